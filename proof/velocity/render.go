package velocity

import (
	"fmt"
	"strconv"
	"strings"
)

// maxSteps and maxText bound what a template may take: loops in loops, and texts
// that double.
const (
	maxSteps = 100_000
	maxText  = 1 << 20
)

type renderer struct {
	src       string
	input     Input
	variables map[string]any
	text      strings.Builder
	steps     int
	out       Output
}

func (r *renderer) fail(at int, format string, args ...any) { fail(r.src, at, format, args...) }

// step counts what is done.
func (r *renderer) step(at int) {
	if r.steps++; r.steps > maxSteps || r.text.Len() > maxText {
		r.fail(at, "the template does too much")
	}
}

func (r *renderer) nodes(nodes []node) {
	for _, n := range nodes {
		r.node(n)
	}
}

func (r *renderer) node(n node) {
	switch n := n.(type) {
	case text:
		r.text.WriteString(string(n))
	case *reference:
		r.step(n.at)
		r.write(n)
	case set:
		r.step(n.at)
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
	}
}

func (r *renderer) write(n *reference) {
	switch v := r.lookup(n); {
	case v != nil:
		r.text.WriteString(r.textOf(n.at, v))
	case !n.quiet:
		r.text.WriteString(n.source)
	}
}

// set assigns. A null is not assigned: the variable keeps what it had.
func (r *renderer) set(s set) {
	v := r.value(s.value)
	switch {
	case v == nil:
	case len(s.target.steps) == 0:
		if isReserved(s.target.name) {
			r.fail(s.at, "$%s cannot be assigned", s.target.name)
		}
		r.variables[s.target.name] = v
	default:
		r.override(s, v)
	}
}

func (r *renderer) loop(l loop) {
	items, ok := r.value(l.list).([]any)
	if !ok {
		r.fail(l.at, "#foreach goes through a list")
	}
	before, had := r.variables[l.variable]
	for _, item := range items {
		r.step(l.at)
		r.variables[l.variable] = item
		r.nodes(l.body)
	}
	if delete(r.variables, l.variable); had {
		r.variables[l.variable] = before
	}
}

// override sets an override of the response, each once.
func (r *renderer) override(s set, v any) {
	names := r.names(s.target.steps)
	switch {
	case s.target.name != "context" || len(names) < 2 || names[0] != "responseOverride":
		r.fail(s.at, "%s cannot be assigned", s.target.source)
	case names[1] == "status" && len(names) == 2:
		status, err := strconv.Atoi(r.textOf(s.at, v))
		if r.out.Status != 0 {
			r.fail(s.at, "the status is overridden twice, which API Gateway answers with 5XX")
		}
		if err == nil && 100 <= status && status <= 599 { // anything else is ignored
			r.out.Status = status
		}
	case names[1] == "header" && len(names) == 3:
		for _, h := range r.out.Header {
			if strings.EqualFold(h.Name, names[2]) {
				r.fail(s.at, "the header %q is overridden twice, which API Gateway answers with 5XX", names[2])
			}
		}
		r.out.Header = append(r.out.Header, Field{names[2], r.textOf(s.at, v)})
	default:
		r.fail(s.at, "%s cannot be assigned", s.target.source)
	}
}

// names returns the names of properties, which may be given as indexes.
func (r *renderer) names(steps []step) []string {
	var names []string
	for _, s := range steps {
		switch {
		case s.call:
			r.fail(s.at, "a call cannot be assigned to")
		case s.index != nil:
			names = append(names, r.textOf(s.at, r.value(s.index)))
		default:
			names = append(names, s.name)
		}
	}
	return names
}

// value works an expression out. A null is nil.
func (r *renderer) value(e expression) any {
	switch e := e.(type) {
	case literal:
		return e.value
	case interpolated:
		return r.interpolate(e)
	case listLiteral:
		list := make([]any, len(e))
		for i, item := range e {
			list[i] = r.value(item)
		}
		return list
	case between:
		return r.between(e)
	case unary:
		return !r.holds(e.operand)
	case binary:
		return r.operate(e)
	case *reference:
		r.step(e.at)
		return r.lookup(e)
	}
	panic(fmt.Sprintf("velocity: %T is no expression", e))
}

// interpolate renders the inside of a text in double quotes.
func (r *renderer) interpolate(e interpolated) string {
	outer := r.text
	r.text = strings.Builder{}
	r.nodes(e.nodes)
	inner := r.text.String()
	r.text = strings.Builder{}
	r.text.WriteString(outer.String())
	return inner
}

func (r *renderer) between(e between) any {
	from, ok1 := r.value(e.from).(int)
	to, ok2 := r.value(e.to).(int)
	if !ok1 || !ok2 || max(from-to, to-from) > maxSteps {
		r.fail(0, "a range goes from one small number to another")
	}
	list := []any{from}
	for from != to {
		if from < to {
			from++
		} else {
			from--
		}
		list = append(list, from)
	}
	return list
}

// holds reports whether a condition holds: a reference to anything but null and
// false does, and of what stands there itself nothing but true.
func (r *renderer) holds(e expression) bool {
	v := r.value(e)
	b, isBool := v.(bool)
	if _, isReference := e.(*reference); isReference && !isBool {
		return v != nil
	}
	return b
}

func (r *renderer) operate(e binary) any {
	switch e.operator {
	case "||":
		return r.holds(e.left) || r.holds(e.right)
	case "&&":
		return r.holds(e.left) && r.holds(e.right)
	case "==":
		return r.equal(e)
	case "!=":
		return !r.equal(e)
	}
	left, right := r.value(e.left), r.value(e.right)
	a, ok1 := left.(int)
	b, ok2 := right.(int)
	if ok1 && ok2 {
		return r.arithmetic(e, a, b)
	}
	if s, t, ok := texts(left, right); ok && e.operator == "+" {
		if len(s)+len(t) > maxText {
			r.fail(e.at, "the template does too much")
		}
		return s + t
	}
	r.fail(e.at, "%s is known here between numbers", e.operator)
	return nil
}

func texts(a, b any) (s, t string, ok bool) {
	s, ok1 := a.(string)
	t, ok2 := b.(string)
	return s, t, ok1 && ok2
}

func (r *renderer) arithmetic(e binary, a, b int) any {
	switch e.operator {
	case "<":
		return a < b
	case ">":
		return a > b
	case "<=":
		return a <= b
	case ">=":
		return a >= b
	case "+":
		return a + b
	case "-":
		return a - b
	case "*":
		return a * b
	}
	switch {
	case b == 0:
		return nil // Velocity logs it
	case e.operator == "/":
		return a / b
	}
	return a % b
}

// equal compares by value; values of different kinds as the texts they render as. A
// null equals nothing but a null.
func (r *renderer) equal(e binary) bool {
	left, right := r.value(e.left), r.value(e.right)
	if left == nil || right == nil {
		return left == nil && right == nil
	}
	return r.textOf(e.at, left) == r.textOf(e.at, right)
}

// textOf returns the text that a value renders as.
func (r *renderer) textOf(at int, v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case bool:
		return strconv.FormatBool(v)
	case []any:
		items := make([]string, len(v))
		for i, item := range v {
			items[i] = "null"
			if item != nil {
				items[i] = r.textOf(at, item)
			}
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	r.fail(at, "it is not known what this renders as")
	return ""
}
