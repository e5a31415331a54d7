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

	listLiteral struct {
		at    int
		items []expression
	}

	between struct { // [1..3]
		at       int
		from, to expression
	}

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
		braces bool
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

func (s step) isProperty() bool { return !s.call && s.index == nil }

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

// operator reads an operator of a level, if one stands here. A minus that touches a
// digit belongs to the number.
func (p *parser) operator(level int) string {
	for _, o := range operators[level] {
		after, ok := strings.CutPrefix(p.rest(), o.token)
		if !ok || identifier(o.token) != "" && (word(after) != "" || !p.afterBlank()) {
			continue
		}
		if o.token == "-" && after != "" && isDigit(after[0]) {
			p.fail("a blank is needed behind the minus")
		}
		p.pos += len(o.token)
		return o.operator
	}
	return ""
}

// afterBlank reports whether a blank stands in front of what is next. A word that
// touches a reference is a part of it.
func (p *parser) afterBlank() bool { return strings.ContainsRune(" \t\r\n", rune(p.src[p.pos-1])) }

func (p *parser) unary() (e expression) {
	p.space()
	not, isWord := p.sees("!"), word(p.rest()) == "not"
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
	if !p.sees("(") {
		return p.operand()
	}
	p.pos++
	e := p.expression()
	p.space()
	p.expect(")")
	return e
}

// parameter reads an argument of a method, an item of a list or what #foreach goes
// through: there, unlike in a condition, no operators are allowed.
func (p *parser) parameter() (e expression) {
	p.space()
	p.nested(func() { e = p.operand() })
	p.space()
	return e
}

func (p *parser) operand() expression {
	switch rest := p.rest(); {
	case rest == "":
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
	switch name := word(p.rest()); name {
	case "true", "false":
		p.pos += len(name)
		return literal{name == "true"}
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
	after := p.rest()[end:]
	if err != nil || word(after) != "" || strings.HasPrefix(after, ".") && !strings.HasPrefix(after, "..") {
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
	if p.sees(string(quote)) {
		p.fail("quotes within a text are not known here")
	}
	if quote == '\'' || !strings.ContainsAny(inside, "$#") {
		return literal{inside}
	}
	// The same text, cut off at its end, so that places stay places.
	inner := &parser{src: p.src[:start+end], pos: start, depth: p.depth, inQuotes: true}
	e := interpolated{inner.block()}
	if !inner.done() {
		inner.fail("there is no #if or #foreach that this could belong to")
	}
	return e
}

// list reads a list, or a range.
func (p *parser) list() expression {
	list := listLiteral{at: p.pos}
	p.pos++
	if p.space(); p.sees("]") {
		p.pos++
		return list
	}
	list.items = append(list.items, p.parameter())
	if p.sees("..") {
		return p.between(list.at, list.items[0])
	}
	for p.sees(",") {
		p.pos++
		list.items = append(list.items, p.parameter())
	}
	p.expect("]")
	return list
}

func (p *parser) between(at int, from expression) expression {
	p.pos += len("..")
	to := p.parameter()
	p.expect("]")
	return between{at, from, to}
}
