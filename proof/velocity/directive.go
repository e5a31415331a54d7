package velocity

import "strings"

// directiveName returns the word behind the hash that stands here, and how long both
// are, with braces; empty where there is no word.
func (p *parser) directiveName() (name string, length int) {
	rest, ok := strings.CutPrefix(p.rest(), "#")
	if !ok {
		return "", 0
	}
	if inner, ok := strings.CutPrefix(rest, "{"); ok {
		if name = word(inner); name != "" && strings.HasPrefix(inner[len(name):], "}") {
			return name, len("#{}") + len(name)
		}
		return "", 0
	}
	name = word(rest)
	if name == "" {
		return "", 0
	}
	return name, len("#") + len(name)
}

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

// open reads the parenthesis behind the name of a directive. Blanks may stand in front
// of it, but for #set only those that are no tabs or line breaks.
func (p *parser) open(name string) {
	blanks := " "
	if name != "set" {
		blanks += "\t\r\n"
	}
	p.pos += len(p.rest()) - len(strings.TrimLeft(p.rest(), blanks))
	if !p.sees("(") {
		p.fail("#%s is followed by a parenthesis", name)
	}
	p.pos++
}

// close reads the parenthesis that ends the arguments of a directive.
func (p *parser) close() {
	p.space()
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
	if s.target.quiet || len(s.target.steps) == 0 && s.target.braces {
		p.fail("%q cannot be assigned: write $%s", s.target.source, s.target.name)
	}
	p.space()
	p.expect("=")
	s.value = p.expression()
	p.close()
	return s
}

func (p *parser) conditional() node {
	var c conditional
	b := branch{condition: p.condition("if")}
	for {
		b.body = p.block()
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
	p.close()
	return e
}

func (p *parser) loop() node {
	l := loop{at: p.pos}
	p.open("foreach")
	p.space()
	r := p.reference()
	if r == nil || r.source != "$"+r.name {
		p.fail("#foreach begins with a variable")
	}
	l.variable = r.name
	p.space()
	p.expect("in")
	if p.rest() != "" && (identifier(p.rest()) != "" || isDigit(p.rest()[0])) {
		p.fail("a blank is expected here")
	}
	l.list = p.parameter()
	p.close()
	p.loops++
	l.body = p.block()
	p.loops--
	if name, length := p.directiveName(); name == "end" {
		p.pos += length
		p.closing()
		return l
	}
	p.fail("the #foreach does not end")
	return nil
}

// leave reads #break, which takes nothing away behind it.
func (p *parser) leave(length int) node {
	if p.loops == 0 {
		p.fail("#break is known here within #foreach")
	}
	p.pos += length
	if strings.HasPrefix(strings.TrimLeft(p.rest(), " \t\r\n"), "(") {
		p.fail("#break with arguments is not known here")
	}
	return leave{}
}
