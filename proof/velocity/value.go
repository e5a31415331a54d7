package velocity

import (
	"slices"
	"strconv"
	"strings"
)

// A value is nil for a null, a string, an int, a bool, a *list or one of the objects
// that API Gateway gives.

// list is a list, or an array, which is what .split() gives.
type list struct {
	items   []any
	isArray bool
	weight  int // how long it is when written out, about
}

// newList returns a list. Lists in lists could otherwise grow with every step by as
// much as there is.
func (r *renderer) newList(at int, items []any) *list {
	l := &list{items: items, weight: len(items) + 1}
	for _, item := range items {
		l.weight += weigh(item)
	}
	r.spend(at, l.weight)
	return l
}

func weigh(v any) int {
	switch v := v.(type) {
	case string:
		return len(v)
	case *list:
		return v.weight
	}
	return 1
}

// textOf returns the text that a value renders as.
func (r *renderer) textOf(at int, v any) string {
	r.spend(at, weigh(v))
	switch v := v.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case bool:
		return strconv.FormatBool(v)
	case *list:
		if !v.isArray {
			return r.textOfList(at, v)
		}
	}
	r.fail(at, "it is not known what this renders as")
	return ""
}

func (r *renderer) textOfList(at int, l *list) string {
	items := make([]string, len(l.items))
	for i, item := range l.items {
		items[i] = "null"
		if item != nil {
			items[i] = r.textOf(at, item)
		}
	}
	return "[" + strings.Join(items, ", ") + "]"
}

// same reports whether two values are equal as == has it: values of different kinds
// are if they render alike, and a null equals nothing but a null.
func (r *renderer) same(at int, a, b any) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	if sameKind(a, b) {
		return r.equal(at, a, b)
	}
	return r.textOf(at, a) == r.textOf(at, b)
}

func sameKind(a, b any) bool {
	switch a.(type) {
	case string:
		_, ok := b.(string)
		return ok
	case int:
		_, ok := b.(int)
		return ok
	case bool:
		_, ok := b.(bool)
		return ok
	case *list:
		_, ok := b.(*list)
		return ok
	}
	return false
}

// equal reports whether two values are equal as Java's equals has it.
func (r *renderer) equal(at int, a, b any) bool {
	r.spend(at, min(weigh(a), weigh(b)))
	l, ok1 := a.(*list)
	m, ok2 := b.(*list)
	switch {
	case !ok1 || !ok2:
		return isPlain(a) && isPlain(b) && a == b
	case l.isArray || m.isArray:
		r.fail(at, "arrays are not compared here")
	}
	return slices.EqualFunc(l.items, m.items, func(x, y any) bool { return r.equal(at, x, y) })
}

func isPlain(v any) bool {
	switch v.(type) {
	case nil, string, int, bool:
		return true
	}
	return false
}
