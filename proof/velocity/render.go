package velocity

import (
	"fmt"
	"math"
	"strings"
)

// maxWork bounds what a template may take: loops in loops, texts that double. It
// counts steps, and the bytes of what each step looks at or makes.
const maxWork = 200_000

type renderer struct {
	src       string
	input     Input
	variables map[string]any
	text      *strings.Builder
	work      int
	leaving   bool // #break ends the innermost loop
	out       Output
}

func (r *renderer) fail(at int, format string, args ...any) { fail(r.src, at, format, args...) }

// spend counts work.
func (r *renderer) spend(at, work int) {
	if r.work += work + 1; r.work > maxWork {
		r.fail(at, "the template does too much")
	}
}

func (r *renderer) nodes(nodes []node) {
	for _, n := range nodes {
		if r.leaving {
			return
		}
		r.node(n)
	}
}

func (r *renderer) node(n node) {
	switch n := n.(type) {
	case text:
		r.work += len(n) // what renders it more than once asks whether that is too much
		r.text.WriteString(string(n))
	case *reference:
		r.write(n)
	case set:
		r.set(n)
	case conditional:
		for _, b := range n {
			if b.condition == nil || r.holds(b.condition) {
				r.nodes(b.body)
				return
			}
		}
	case loop:
		r.loop(n)
	case leave:
		r.leaving = true
	}
}

func (r *renderer) write(n *reference) {
	switch v := r.value(n); {
	case v != nil:
		r.text.WriteString(r.textOf(n.at, v))
	case !n.quiet:
		r.spend(n.at, len(n.source))
		r.text.WriteString(n.source)
	}
}

// set assigns. A null is not assigned: the variable keeps what it had.
func (r *renderer) set(s set) {
	v := r.value(s.value)
	switch {
	case len(s.target.steps) == 0 && isReserved(s.target.name):
		r.fail(s.at, "$%s cannot be assigned", s.target.name)
	case len(s.target.steps) > 0:
		r.override(s, v)
	case v != nil:
		r.variables[s.target.name] = v
	}
}

// loop goes through a list. Anything that is none is passed over.
func (r *renderer) loop(l loop) {
	if isReserved(l.variable) {
		r.fail(l.at, "$%s cannot be assigned", l.variable)
	}
	v := r.value(l.list)
	items, ok := v.(*list)
	if !ok {
		if !isPlain(v) {
			r.fail(l.at, "#foreach is known here with lists")
		}
		return
	}
	before, had := r.variables[l.variable]
	for _, item := range items.items {
		r.spend(l.at, 1)
		if item == nil {
			r.fail(l.at, "a null in a list is not known here")
		}
		r.variables[l.variable] = item
		r.nodes(l.body)
		if r.leaving {
			r.leaving = false
			break
		}
	}
	if delete(r.variables, l.variable); had {
		r.variables[l.variable] = before
	}
}

// value works an expression out. A null is nil.
func (r *renderer) value(e expression) any {
	switch e := e.(type) {
	case literal:
		return e.value
	case interpolated:
		return r.interpolate(e)
	case listLiteral:
		items := make([]any, len(e.items))
		for i, item := range e.items {
			items[i] = r.value(item)
		}
		return r.newList(e.at, items)
	case between:
		return r.between(e)
	case unary:
		return !r.holds(e.operand)
	case binary:
		return r.operate(e)
	case *reference:
		r.spend(e.at, 1)
		return r.lookup(e)
	}
	panic(fmt.Sprintf("velocity: %T is no expression", e))
}

// interpolate renders the inside of a text in double quotes.
func (r *renderer) interpolate(e interpolated) string {
	outer := r.text
	r.text = &strings.Builder{}
	r.nodes(e.nodes)
	inner := r.text.String()
	r.text = outer
	return inner
}

// between makes the list of a range, which may go down. If an end is no number there
// is none.
func (r *renderer) between(e between) any {
	from, ok1 := r.value(e.from).(int)
	to, ok2 := r.value(e.to).(int)
	if !ok1 || !ok2 {
		return nil
	}
	r.spend(e.at, max(from-to, to-from))
	step := 1
	if from > to {
		step = -1
	}
	items := []any{from}
	for from != to {
		from += step
		items = append(items, from)
	}
	return r.newList(e.at, items)
}

// holds reports whether a condition holds: a reference to anything but null and
// false does, and of what stands there itself nothing but true. A text or a list is
// not even worked out.
func (r *renderer) holds(e expression) bool {
	switch e := e.(type) {
	case *reference:
		v := r.value(e)
		b, isBool := v.(bool)
		return v != nil && (b || !isBool)
	case literal:
		return e.value == true
	case unary:
		return !r.holds(e.operand)
	case binary:
		b, _ := r.operate(e).(bool)
		return b
	}
	return false
}

func (r *renderer) operate(e binary) any {
	switch e.operator {
	case "||":
		return r.holds(e.left) || r.holds(e.right)
	case "&&":
		return r.holds(e.left) && r.holds(e.right)
	}
	left, right := r.value(e.left), r.value(e.right)
	switch e.operator {
	case "==":
		return r.same(e.at, left, right)
	case "!=":
		return !r.same(e.at, left, right)
	case "<", ">", "<=", ">=":
		return compare(e.operator, left, right)
	}
	return r.calculate(e, left, right)
}

// compare compares numbers. Nothing else is smaller or greater.
func compare(operator string, left, right any) bool {
	a, ok1 := left.(int)
	b, ok2 := right.(int)
	if !ok1 || !ok2 {
		return false
	}
	switch operator {
	case "<":
		return a < b
	case ">":
		return a > b
	case "<=":
		return a <= b
	}
	return a >= b
}

// calculate works out what is no condition. What is no number gives a null, but a
// text can be added to anything.
func (r *renderer) calculate(e binary, left, right any) any {
	a, ok1 := left.(int)
	b, ok2 := right.(int)
	if ok1 && ok2 {
		return r.arithmetic(e, a, b)
	}
	_, text1 := left.(string)
	_, text2 := right.(string)
	switch {
	case e.operator != "+" || !text1 && !text2:
		return nil
	case left == nil || right == nil:
		r.fail(e.at, "adding a null to a text is not known here")
	}
	s := r.textOf(e.at, left) + r.textOf(e.at, right)
	r.spend(e.at, len(s))
	return s
}

func (r *renderer) arithmetic(e binary, a, b int) any {
	var n int64
	switch x, y := int64(a), int64(b); {
	case e.operator == "+":
		n = x + y
	case e.operator == "-":
		n = x - y
	case e.operator == "*":
		n = x * y
	case y == 0:
		return nil // Velocity logs it
	case e.operator == "/":
		n = x / y
	default:
		n = x % y
	}
	if n < math.MinInt32 || n > math.MaxInt32 {
		r.fail(e.at, "numbers beyond 32 bits are not known here")
	}
	return int(n)
}
