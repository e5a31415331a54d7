package layout

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Value is what an operation writes: a [Map], a [List], a [String], a [Word], a [Tagged]
// or a [TaggedList].
type Value interface{ value() }

// Map is an object whose members are written in this order.
type Map []Member

// Member is a key and its value.
type Member struct {
	Key   string
	Value Value
}

// List is an array.
type List []Value

// String is text. It is quoted where a reader could take it for something else.
type String string

// Word is a number, true, false or null, written as it is.
type Word string

// Tagged is a scalar under a YAML tag of its own, as in !Sub "text".
type Tagged struct{ Tag, Text string }

// TaggedList is an array under a YAML tag of its own, as in !Join ["", […]]. It
// stands on one line.
type TaggedList struct {
	Tag   string
	Items List
}

func (Map) value()        {}
func (List) value()       {}
func (String) value()     {}
func (Word) value()       {}
func (Tagged) value()     {}
func (TaggedList) value() {}

// Strings returns a list of strings.
func Strings(texts []string) List {
	list := make(List, len(texts))
	for i, text := range texts {
		list[i] = String(text)
	}
	return list
}

// Get returns the member with that key, or nil.
func (m Map) Get(key string) Value {
	for _, member := range m {
		if member.Key == key {
			return member.Value
		}
	}
	return nil
}

// With returns m with a member added at its end, or replaced in its place.
func (m Map) With(key string, v Value) Map {
	out := make(Map, 0, len(m)+1)
	found := false
	for _, member := range m {
		if member.Key == key {
			member.Value, found = v, true
		}
		out = append(out, member)
	}
	if !found {
		out = append(out, Member{key, v})
	}
	return out
}

// Of returns the value of a node without the members in a set. It reports false
// for what has no form as a Value: an alias, which could lead round in a circle or
// stand for more than fits into memory, a tagged object, a key that is no scalar, a
// repeated key.
func Of(n *source.Node, without map[*source.Node]bool) (Value, bool) {
	switch {
	case n.Alias != "":
		return nil, false
	case n.Kind == source.Scalar:
		return scalarOf(n), true
	case n.Kind == source.Seq:
		return listOf(n, without)
	case !n.Plainly():
		return nil, false
	}
	return mapOf(n, without)
}

func scalarOf(n *source.Node) Value {
	switch {
	case n.IsString():
		return String(n.Text())
	case n.IsNull():
		return Word("null")
	case strings.HasPrefix(n.Tag(), "!!"):
		return Word(n.Text())
	}
	return Tagged{n.Tag(), n.Text()}
}

func listOf(n *source.Node, without map[*source.Node]bool) (Value, bool) {
	list := make(List, 0, len(n.Items()))
	for _, item := range n.Items() {
		v, ok := Of(item, without)
		if !ok {
			return nil, false
		}
		list = append(list, v)
	}
	if !n.Plainly() {
		return TaggedList{n.Tag(), list}, true
	}
	return list, true
}

func mapOf(n *source.Node, without map[*source.Node]bool) (Value, bool) {
	m := make(Map, 0, len(n.Members()))
	for _, member := range n.Members() {
		if without[member.Value] {
			continue
		}
		if member.Merged {
			return nil, false
		}
		v, ok := Of(member.Value, without)
		if !ok || member.Key.Kind != source.Scalar || m.Get(member.Name()) != nil {
			return nil, false
		}
		m = append(m, Member{member.Name(), v})
	}
	return m, true
}

// Equal reports whether a node says exactly v: the order of members and the way
// things are written apart. A number is not the string of its digits.
func Equal(n *source.Node, v Value) bool {
	switch v := v.(type) {
	case Map:
		return equalMap(n, v)
	case List:
		return n.Plainly() && equalItems(n, v)
	case TaggedList:
		return n.Tag() == v.Tag && equalItems(n, v.Items)
	default:
		return n.Kind == source.Scalar && scalarOf(n) == v
	}
}

func equalMap(n *source.Node, m Map) bool {
	if n.Kind != source.Map || !n.Plainly() || len(n.Members()) != len(m) {
		return false
	}
	for _, member := range m {
		child := n.Get(member.Key)
		if child == nil || !Equal(child, member.Value) {
			return false
		}
	}
	return true
}

func equalItems(n *source.Node, list List) bool {
	items := n.Items()
	if n.Kind != source.Seq || len(items) != len(list) {
		return false
	}
	for i, v := range list {
		if !Equal(items[i], v) {
			return false
		}
	}
	return true
}
