package velocity

import "strings"

// node is a part of a template that renders by itself.
type node interface{}

type (
	text string // renders as it is

	set struct {
		at     int
		target *reference
		value  expression
	}

	branch struct {
		condition expression // nil in #else
		body      []node
	}

	conditional []branch

	loop struct {
		at       int
		variable string
		list     expression
		body     []node
	}

	leave struct{} // #break
)

// maxNesting is deeper than anybody nests directives and expressions.
const maxNesting = 100

// parser reads a template from its beginning to its end.
type parser struct {
	src      string
	pos      int
	depth    int
	loops    int  // how many #foreach are open
	inQuotes bool // what is read is the inside of a text in double quotes
}

func (p *parser) done() bool { return p.pos >= len(p.src) }

func (p *parser) fail(format string, args ...any) { fail(p.src, p.pos, format, args...) }

func (p *parser) rest() string { return p.src[p.pos:] }

// sees reports whether a token comes next.
func (p *parser) sees(token string) bool { return strings.HasPrefix(p.rest(), token) }

// nested counts how deep the parser is.
func (p *parser) nested(parse func()) {
	if p.depth++; p.depth > maxNesting {
		p.fail("this is nested too deep")
	}
	parse()
	p.depth--
}

// block reads nodes up to a directive that ends a block, or to the end.
func (p *parser) block() (nodes []node) {
	p.nested(func() {
		for !p.done() && !p.endsBlock() {
			nodes = append(nodes, p.node())
		}
	})
	return nodes
}

func (p *parser) endsBlock() bool {
	name, _ := p.directiveName()
	return name == "end" || name == "else" || name == "elseif"
}

// node reads a reference, a directive, a comment or text up to the next of them.
func (p *parser) node() node {
	switch p.src[p.pos] {
	case ' ', '\t':
		if blanks := p.blanksBeforeSet(); blanks > 0 {
			p.pos += blanks
			return text("")
		}
	case '$':
		if r := p.reference(); r != nil {
			p.afterReference(r)
			return r
		}
		p.dollar()
	case '#':
		return p.hash()
	case '\\':
		return p.backslash()
	}
	start := p.pos
	p.pos++
	if i := strings.IndexAny(p.rest(), `$#\`); i >= 0 {
		p.pos += i
	} else {
		p.pos = len(p.src)
	}
	return text(p.src[start:p.pos])
}

// space skips blanks and line breaks, which stand freely within parentheses.
func (p *parser) space() {
	p.pos += len(p.rest()) - len(strings.TrimLeft(p.rest(), " \t\r\n"))
}

func (p *parser) expect(token string) {
	if !p.sees(token) {
		p.fail("%q is expected here", token)
	}
	p.pos += len(token)
}

// word returns the letters, digits and signs that a name of a directive may have.
func word(s string) string {
	for i := range len(s) {
		if !isLetter(s[i]) && !isDigit(s[i]) && s[i] != '_' && s[i] != '@' {
			return s[:i]
		}
	}
	return s
}

// identifier returns the name of a variable or a member that a text begins with.
func identifier(s string) string {
	for i := range len(s) {
		if !isLetter(s[i]) && (i == 0 || !isDigit(s[i]) && s[i] != '_' && s[i] != '-') {
			return s[:i]
		}
	}
	return s
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
