package velocity

import "strings"

// Signs that begin nothing are text. Where Velocity loses them, or reads what touches
// them in another way than elsewhere, they are refused.

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

// afterReference refuses what Velocity takes for a part of a reference, or reads in
// another way than elsewhere, when it touches one that has no braces. "$x" and a
// comma, a quote, a blank or a brace that closes are not concerned.
func (p *parser) afterReference(r *reference) {
	if r.braces {
		return
	}
	after := strings.TrimLeft(p.rest(), "}")
	if p.beforeSet(len(p.rest())-len(after)) || isTaken(r, after) {
		p.fail("braces are needed: %q is followed by %q", r.source, excerpt(p.rest()))
	}
}

// isTaken reports whether a text, which follows a reference, is not read as text.
func isTaken(r *reference, after string) bool {
	switch {
	case after == "":
		return false
	case after[0] == '$':
		endsInProperty := len(r.steps) > 0 && r.steps[len(r.steps)-1].isProperty()
		return endsInProperty || !beginsReference(after)
	case after[0] == '#':
		return strings.HasPrefix(after, "##") || strings.HasPrefix(after, "#*")
	}
	return after[0] == '{' || word(after) != "" && !isDigit(after[0])
}

func beginsReference(s string) bool {
	s = strings.TrimPrefix(strings.TrimPrefix(s[1:], "!"), "{")
	return identifier(s) != ""
}

// excerpt returns the beginning of a text.
func excerpt(s string) string {
	letters := []rune(s[:min(len(s), 40)])
	return string(letters[:min(len(letters), 8)])
}

// dollar refuses a dollar sign that Velocity loses or stumbles over. Any other that
// begins no reference is text.
func (p *parser) dollar() {
	rest := p.rest()
	p.refuseBeforeSet(1)
	switch {
	case rest == "$" && !p.inQuotes:
		p.fail("a dollar sign cannot be the last character")
	case len(rest) > 1 && strings.ContainsRune("}[.", rune(rest[1])):
		p.refuseBeforeSet(2)
	case len(rest) > 1 && strings.ContainsRune("$!{#_", rune(rest[1])):
		p.fail("%q begins no reference that is known here", excerpt(rest))
	}
}

// refuseBeforeSet refuses signs of a length that Velocity loses: those with nothing
// but blanks between them and a #set.
func (p *parser) refuseBeforeSet(length int) {
	if end := p.pos + length; p.beforeSet(length) {
		p.fail("%q before #set is not known here", p.src[p.pos:end])
	}
}

// beforeSet reports whether nothing but blanks stand between what comes next, of a
// length, and a #set.
func (p *parser) beforeSet(length int) bool {
	ahead := &parser{src: p.src, pos: p.pos + length}
	ahead.pos += ahead.blanksBeforeSet()
	name, _ := ahead.directiveName()
	return name == "set"
}

// backslash reads a backslash that escapes nothing.
func (p *parser) backslash() node {
	if after := p.rest()[1:]; after != "" && strings.ContainsRune(`$#\`, rune(after[0])) {
		p.fail("escapes are not known here")
	}
	p.pos++
	return text(`\`)
}

// hash reads what begins with a hash: a comment, a directive or text.
func (p *parser) hash() node {
	switch {
	case p.sees("##"):
		p.lineComment()
		return text("")
	case p.sees("#*"):
		p.blockComment()
		return text("")
	case p.sees("#[["):
		p.fail("#[[ is not known here")
	case p.rest() == "#" && !p.inQuotes:
		p.fail("a hash cannot be the last character")
	}
	name, length := p.directiveName()
	switch name {
	case "set":
		p.pos += length
		return p.set()
	case "if":
		p.pos += length
		return p.conditional()
	case "foreach":
		p.pos += length
		return p.loop()
	case "break":
		return p.leave(length)
	case "parse", "include", "macro", "stop", "define", "evaluate", "literal":
		p.fail("#%s is not known here", name)
	}
	return p.plainHash(length)
}

// plainHash reads a hash, and the word behind it, that stand for themselves.
func (p *parser) plainHash(length int) node {
	start, end := p.pos, p.pos+max(1, length)
	name, after := p.src[start:end], p.src[end:]
	switch {
	case length == 0 || isDigit(name[1]):
		p.refuseBeforeSet(end - start)
	case strings.HasPrefix(strings.TrimLeft(after, " \t\r\n"), "("), name == "#@":
		p.fail("the macro %q is not known here", name)
	}
	if strings.HasPrefix(after, "$") {
		p.fail("%q before a dollar sign is not known here", name)
	}
	p.pos = end
	return text(name)
}
