package velocity

import "strings"

// lineComment skips a comment with the line break behind it.
func (p *parser) lineComment() {
	if p.inQuotes {
		p.fail("a comment within a text is not known here")
	}
	i := strings.IndexAny(p.rest(), "\r\n")
	if i < 0 {
		p.lastComment()
		return
	}
	p.pos += i
	p.lineBreak()
}

// lastComment skips a comment with no line break behind it.
func (p *parser) lastComment() {
	for _, sign := range []string{"#", "$", "$!", "#*", "#[["} {
		if strings.HasSuffix(p.rest()[len("##"):], sign) {
			p.fail("a comment cannot end in %q without a line break", sign)
		}
	}
	p.pos = len(p.src)
}

func (p *parser) lineBreak() {
	if p.sees("\r\n") {
		p.pos++
	}
	p.pos++
}

func (p *parser) blockComment() {
	inside, _, ends := strings.Cut(p.rest()[len("#*"):], "*#")
	switch {
	case !ends:
		p.fail("the comment does not end")
	case strings.Contains(inside+"*", "#*"):
		p.fail("comments within comments are not known here")
	}
	p.pos += len("#*") + len(inside) + len("*#")
}
