package velocity

import (
	"slices"
	"strings"
)

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
)

// maxNesting is deeper than anybody nests directives and expressions.
const maxNesting = 100

// parser reads a template from its beginning to its end.
type parser struct {
	src   string
	pos   int
	depth int
}

func (p *parser) done() bool { return p.pos >= len(p.src) }

func (p *parser) fail(format string, args ...any) { fail(p.src, p.pos, format, args...) }

func (p *parser) rest() string { return p.src[p.pos:] }

// nested counts how deep the parser is.
func (p *parser) nested(parse func()) {
	if p.depth++; p.depth > maxNesting {
		p.fail("this is nested too deep")
	}
	parse()
	p.depth--
}

// block reads nodes up to a directive that ends a block, or to the end.
func (p *parser) block(depth int) (nodes []node) {
	p.nested(func() {
		for !p.done() {
			if name, _ := p.directiveName(); slices.Contains([]string{"end", "else", "elseif"}, name) {
				break
			}
			nodes = append(nodes, p.node())
		}
	})
	return nodes
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
			return r
		}
		if p.rest() == "$" {
			p.fail("a dollar sign cannot be the last character")
		}
	case '#':
		if n, ok := p.hash(); ok {
			return n
		}
	case '\\':
		if next := p.rest()[1:]; strings.HasPrefix(next, "$") || strings.HasPrefix(next, "#") || strings.HasPrefix(next, `\`) {
			p.fail("escapes are not known here")
		}
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

// blanksBeforeSet returns how many blanks a #set takes away in front of it. Those
// that follow text on its line belong to the text.
func (p *parser) blanksBeforeSet() int {
	rest := p.rest()
	after := strings.TrimLeft(rest, " \t")
	if !strings.HasPrefix(after, "#") {
		return 0
	}
	ahead := &parser{src: p.src, pos: len(p.src) - len(after)}
	if name, _ := ahead.directiveName(); name != "set" {
		return 0
	}
	return len(rest) - len(after)
}

// hash reads what begins with a hash, if that has a meaning.
func (p *parser) hash() (node, bool) {
	switch {
	case strings.HasPrefix(p.rest(), "##"):
		p.lineComment()
		return text(""), true
	case strings.HasPrefix(p.rest(), "#*"):
		p.blockComment()
		return text(""), true
	case strings.HasPrefix(p.rest(), "#["):
		if strings.HasPrefix(p.rest(), "#[[") {
			p.fail("#[[ is not known here")
		}
		return nil, false
	}
	name, length := p.directiveName()
	switch name {
	case "set":
		p.pos += length
		return p.set(), true
	case "if":
		p.pos += length
		return p.conditional(), true
	case "foreach":
		p.pos += length
		return p.loop(), true
	case "parse", "include", "macro", "stop", "define", "evaluate", "literal", "break":
		p.fail("#%s is not known here", name)
	}
	return nil, false
}

// lineComment skips a comment with the line break behind it.
func (p *parser) lineComment() {
	i := strings.IndexAny(p.rest(), "\r\n")
	if i < 0 {
		p.pos = len(p.src)
		return
	}
	p.pos += i
	p.lineBreak()
}

func (p *parser) lineBreak() {
	if strings.HasPrefix(p.rest(), "\r\n") {
		p.pos += 2
	} else if strings.HasPrefix(p.rest(), "\n") || strings.HasPrefix(p.rest(), "\r") {
		p.pos++
	}
}

func (p *parser) blockComment() {
	inside, _, ends := strings.Cut(p.rest()[len("#*"):], "*#")
	switch {
	case !ends:
		p.fail("the comment does not end")
	case strings.Contains(inside, "#*"):
		p.fail("comments within comments are not known here")
	}
	p.pos += len("#*") + len(inside) + len("*#")
}

// directiveName returns the name of the directive that begins here, and how long it
// is with the hash; empty where none does.
func (p *parser) directiveName() (name string, length int) {
	rest, ok := strings.CutPrefix(p.rest(), "#")
	if !ok {
		return "", 0
	}
	if inner, ok := strings.CutPrefix(rest, "{"); ok {
		if name = identifier(inner); name != "" && strings.HasPrefix(inner[len(name):], "}") {
			return name, len(name) + 3
		}
		return "", 0
	}
	for _, name := range []string{"elseif", "else", "end"} { // what follows may touch them
		if strings.HasPrefix(rest, name) {
			return name, len(name) + 1
		}
	}
	name = identifier(rest)
	return name, len(name) + 1
}

// identifier returns the name that a text begins with.
func identifier(s string) string {
	for i := range len(s) {
		letter := 'a' <= s[i]|0x20 && s[i]|0x20 <= 'z'
		if !letter && (i == 0 || !isDigit(s[i]) && s[i] != '_' && s[i] != '-') {
			return s[:i]
		}
	}
	return s
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// closing skips what a directive takes away behind it: blanks, if a line break
// follows, and that.
func (p *parser) closing() {
	rest := p.rest()
	line := strings.TrimLeft(rest, " \t")
	if strings.HasPrefix(line, "\n") || strings.HasPrefix(line, "\r") {
		p.pos += len(rest) - len(line)
		p.lineBreak()
	}
}

// open reads the parenthesis behind the name of a directive.
func (p *parser) open(name string) {
	p.pos += len(p.rest()) - len(strings.TrimLeft(p.rest(), " \t"))
	if !strings.HasPrefix(p.rest(), "(") {
		p.fail("#%s is followed by a parenthesis", name)
	}
	p.pos++
}

// close reads the parenthesis that ends the arguments of a directive.
func (p *parser) close() {
	p.expect(")")
	p.closing()
}

func (p *parser) set() node {
	s := set{at: p.pos}
	p.open("set")
	p.space()
	if s.target = p.reference(); s.target == nil {
		p.fail("#set begins with a reference")
	}
	p.space()
	p.expect("=")
	s.value = p.expression()
	p.space()
	p.close()
	return s
}

func (p *parser) conditional() node {
	var c conditional
	b := branch{condition: p.condition("if")}
	for {
		b.body = p.block(p.depth)
		c = append(c, b)
		name, length := p.directiveName()
		p.pos += length
		switch {
		case p.done() && name == "":
			p.fail("the #if does not end")
		case name == "end":
			p.closing()
			return c
		case b.condition == nil:
			p.fail("nothing but #end may follow #else")
		case name == "elseif":
			b = branch{condition: p.condition("elseif")}
		default:
			p.closing()
			b = branch{}
		}
	}
}

func (p *parser) condition(name string) expression {
	p.open(name)
	e := p.expression()
	p.space()
	p.close()
	return e
}

func (p *parser) loop() node {
	l := loop{at: p.pos}
	p.open("foreach")
	p.space()
	r := p.reference()
	if r == nil || len(r.steps) > 0 {
		p.fail("#foreach begins with a variable")
	}
	l.variable = r.name
	p.space()
	p.expect("in")
	l.list = p.expression()
	p.space()
	p.close()
	l.body = p.block(p.depth)
	if name, length := p.directiveName(); name == "end" {
		p.pos += length
		p.closing()
		return l
	}
	p.fail("the #foreach does not end")
	return nil
}

// space skips blanks and line breaks, which stand freely within parentheses.
func (p *parser) space() {
	p.pos += len(p.rest()) - len(strings.TrimLeft(p.rest(), " \t\r\n"))
}

func (p *parser) expect(token string) {
	if !strings.HasPrefix(p.rest(), token) {
		p.fail("%q is expected here", token)
	}
	p.pos += len(token)
}
