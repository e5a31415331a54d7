package velocity

import (
	"strconv"
	"strings"
)

// expression is what stands in the parentheses of a directive or of a method.
type expression interface{}

type (
	literal struct{ value any }

	// interpolated is a text in double quotes, in which references are rendered.
	interpolated struct{ nodes []node }

	listLiteral []expression

	between struct{ from, to expression } // [1..3]

	unary struct{ operand expression } // !

	binary struct {
		at          int
		operator    string
		left, right expression
	}

	reference struct {
		at     int
		source string // as written, which is what an unknown one renders as
		quiet  bool
		name   string
		steps  []step
	}

	// step is a property, a call or an index.
	step struct {
		at    int
		name  string
		call  bool
		args  []expression
		index expression
	}
)

// operators by how tightly they bind, the loosest first, with the words that some
// write in their place.
var operators = [][]struct{ token, operator string }{
	{{"||", "||"}, {"or", "||"}},
	{{"&&", "&&"}, {"and", "&&"}},
	{{"==", "=="}, {"!=", "!="}, {"eq", "=="}, {"ne", "!="}},
	{{"<=", "<="}, {">=", ">="}, {"<", "<"}, {">", ">"}, {"le", "<="}, {"ge", ">="}, {"lt", "<"}, {"gt", ">"}},
	{{"+", "+"}, {"-", "-"}},
	{{"*", "*"}, {"/", "/"}, {"%", "%"}},
}

func (p *parser) expression() (e expression) {
	p.nested(func() { e = p.operation(0) })
	return e
}

func (p *parser) operation(level int) expression {
	if level == len(operators) {
		return p.unary()
	}
	left := p.operation(level + 1)
	for {
		p.space()
		at := p.pos
		operator := p.operator(level)
		if operator == "" {
			return left
		}
		left = binary{at, operator, left, p.operation(level + 1)}
	}
}

// operator reads an operator of a level, if one stands here.
func (p *parser) operator(level int) string {
	for _, o := range operators[level] {
		after, ok := strings.CutPrefix(p.rest(), o.token)
		if ok && (identifier(o.token) == "" || identifier(after) == "") {
			p.pos += len(o.token)
			return o.operator
		}
	}
	return ""
}

func (p *parser) unary() (e expression) {
	p.space()
	not, isWord := strings.HasPrefix(p.rest(), "!"), identifier(p.rest()) == "not"
	if !not && !isWord {
		return p.primary()
	}
	p.pos++
	if isWord {
		p.pos += len("ot")
	}
	p.nested(func() { e = unary{p.unary()} })
	return e
}

func (p *parser) primary() expression {
	switch rest := p.rest(); {
	case rest == "":
		p.fail("an expression is expected here")
	case rest[0] == '(':
		p.pos++
		e := p.expression()
		p.space()
		p.expect(")")
		return e
	case rest[0] == '$':
		if r := p.reference(); r != nil {
			return r
		}
	case rest[0] == '"' || rest[0] == '\'':
		return p.quoted(rest[0])
	case rest[0] == '[':
		return p.list()
	case isDigit(rest[0]), rest[0] == '-' && len(rest) > 1 && isDigit(rest[1]):
		return p.number()
	}
	switch word := identifier(p.rest()); word {
	case "true", "false":
		p.pos += len(word)
		return literal{word == "true"}
	}
	p.fail("an expression is expected here")
	return nil
}

func (p *parser) number() expression {
	end := 1
	for end < len(p.rest()) && isDigit(p.rest()[end]) {
		end++
	}
	n, err := strconv.ParseInt(p.rest()[:end], 10, 32)
	decimal := p.rest()[end:]
	if err != nil || len(decimal) > 1 && decimal[0] == '.' && isDigit(decimal[1]) {
		p.fail("only whole numbers are known here")
	}
	p.pos += end
	return literal{int(n)}
}

// quoted reads a text. The quote itself, doubled, is the only escape that there is,
// and not known here.
func (p *parser) quoted(quote byte) expression {
	start := p.pos + 1
	end := strings.IndexByte(p.src[start:], quote)
	if end < 0 {
		p.fail("the text does not end")
	}
	inside := p.src[start : start+end]
	p.pos = start + end + 1
	if strings.HasPrefix(p.rest(), string(quote)) {
		p.fail("quotes within a text are not known here")
	}
	if quote == '\'' || !strings.ContainsAny(inside, "$#") {
		return literal{inside}
	}
	// The same text, cut off at its end, so that places stay places.
	inner := &parser{src: p.src[:start+end], pos: start, depth: p.depth}
	e := interpolated{inner.block(p.depth)}
	if !inner.done() {
		inner.fail("there is no #if or #foreach that this could belong to")
	}
	return e
}

func (p *parser) list() expression {
	p.pos++
	list := listLiteral{}
	for {
		p.space()
		if strings.HasPrefix(p.rest(), "]") {
			p.pos++
			return list
		}
		if len(list) > 0 {
			if len(list) == 1 && strings.HasPrefix(p.rest(), "..") {
				return p.between(list[0])
			}
			p.expect(",")
		}
		list = append(list, p.expression())
	}
}

func (p *parser) between(from expression) expression {
	p.pos += len("..")
	to := p.expression()
	p.space()
	p.expect("]")
	return between{from, to}
}

// reference reads a reference, or returns nil where a dollar sign is only a dollar
// sign.
func (p *parser) reference() *reference {
	start := p.pos
	if !strings.HasPrefix(p.rest(), "$") {
		return nil
	}
	rest, quiet := strings.CutPrefix(p.rest()[1:], "!")
	inner, braces := strings.CutPrefix(rest, "{")
	name := identifier(inner)
	if name == "" {
		return nil
	}
	p.pos = len(p.src) - len(inner) + len(name)
	r := &reference{at: start, quiet: quiet, name: name}
	p.nested(func() {
		for p.step(r) {
		}
	})
	if braces {
		p.expect("}")
	}
	r.source = p.src[start:p.pos]
	return r
}

// step reads the next property, call or index of a reference, if there is one.
func (p *parser) step(r *reference) bool {
	rest := p.rest()
	switch {
	case strings.HasPrefix(rest, "["):
		s := step{at: p.pos}
		p.pos++
		s.index = p.expression()
		p.space()
		p.expect("]")
		r.steps = append(r.steps, s)
		return true
	case !strings.HasPrefix(rest, ".") || identifier(rest[1:]) == "":
		return false
	}
	s := step{at: p.pos, name: identifier(rest[1:])}
	p.pos += 1 + len(s.name)
	if strings.HasPrefix(p.rest(), "(") {
		s.call, s.args = true, p.arguments()
	}
	r.steps = append(r.steps, s)
	return true
}

func (p *parser) arguments() []expression {
	p.pos++
	var args []expression
	for {
		p.space()
		if strings.HasPrefix(p.rest(), ")") {
			p.pos++
			return args
		}
		if len(args) > 0 {
			p.expect(",")
		}
		args = append(args, p.expression())
	}
}
