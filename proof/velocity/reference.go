package velocity

import "strings"

// reference reads a reference, or returns nil where a dollar sign is only a dollar
// sign.
func (p *parser) reference() *reference {
	start := p.pos
	if !p.sees("$") {
		return nil
	}
	rest, quiet := strings.CutPrefix(p.rest()[1:], "!")
	inner, braces := strings.CutPrefix(rest, "{")
	name := identifier(inner)
	switch name {
	case "":
		return nil
	case "true", "false":
		p.fail("%q is no name of a variable", name)
	}
	p.pos = len(p.src) - len(inner) + len(name)
	r := &reference{at: start, quiet: quiet, braces: braces, name: name}
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
		s.index = p.index()
		p.expect("]")
		r.steps = append(r.steps, s)
		return true
	case !strings.HasPrefix(rest, ".") || identifier(rest[1:]) == "":
		return false
	}
	s := step{at: p.pos, name: identifier(rest[1:])}
	if s.name == "true" || s.name == "false" {
		p.fail("%q is no name of a property", s.name)
	}
	p.pos += 1 + len(s.name)
	if p.sees("(") {
		s.call, s.args = true, p.arguments()
	}
	r.steps = append(r.steps, s)
	return true
}

// index reads what stands in the brackets behind a reference.
func (p *parser) index() expression {
	if p.space(); p.sees("[") {
		p.fail("a list is no index")
	}
	return p.parameter()
}

func (p *parser) arguments() []expression {
	p.pos++
	if p.sees(")") {
		p.pos++
		return nil
	}
	args := []expression{p.parameter()}
	for p.sees(",") {
		p.pos++
		args = append(args, p.parameter())
	}
	p.expect(")")
	return args
}
