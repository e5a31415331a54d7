package source

import "bytes"

// startsPlain reports whether a plain scalar may begin at i.
func (o *outline) startsPlain(i int) bool {
	switch o.src[i] {
	case ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`', '\t':
		return false
	case '-', '?', ':': // indicators, unless a word follows
		return i+1 < len(o.src) && o.src[i+1] > ' ' && bytes.IndexByte([]byte("-?:,[]{}#"), o.src[i+1]) < 0
	}
	return true
}

// plainEnd returns the end of the part of a plain scalar that stands on one line,
// and the offset of a colon that ends it, or -1.
func (o *outline) plainEnd(i int) (end, colon int) {
	end = i
	for ; i < len(o.src); i++ {
		switch c := o.src[i]; {
		case c == '\n' || c == '\r':
			return end, -1
		case c == ' ' || c == '\t':
			continue
		case c == ':' && o.indicator(':', i):
			return end, i
		case c == '#' && (o.src[i-1] == ' ' || o.src[i-1] == '\t'):
			return end, -1
		}
		end = i + 1
	}
	return end, -1
}

// plainLines returns the end of a plain scalar that may go on over lines to the
// right of a column, and goes to the line behind it. A colon in it is a mistake.
func (o *outline) plainLines(column int) (end int, ok bool) {
	for {
		var colon int
		end, colon = o.plainEnd(o.pos)
		if colon >= 0 {
			return 0, false
		}
		commented := !o.restBlank(end)
		o.pos = o.file.LineEnd(end)
		if commented {
			return end, true
		}
		line := o.pos
		next, ok := o.nextText()
		if !ok {
			return 0, false
		}
		if next < 0 || next-o.file.LineStart(next) <= column || o.src[next] == '#' {
			o.pos = line
			return end, true
		}
		o.pos = next
	}
}

// nextText returns the offset of the first character of the next line that is not
// blank, or -1 at the end of the text.
func (o *outline) nextText() (int, bool) {
	for i := o.pos; i < len(o.src); i = o.file.LineEnd(i) {
		first := o.skipSpaces(i)
		switch {
		case first == len(o.src):
		case o.src[first] == '\t':
			return 0, false
		case !o.restBlank(first):
			return first, true
		}
	}
	return -1, true
}

// quotedEnd returns the offset behind a quoted scalar.
func (o *outline) quotedEnd(start int) (end int, ok bool) {
	quote := o.src[start]
	for i := start + 1; i < len(o.src); i++ {
		switch o.src[i] {
		case '\\':
			if quote == '"' {
				i++
			}
		case quote:
			if quote == '"' || i+1 == len(o.src) || o.src[i+1] != quote {
				return i + 1, true
			}
			i++
		}
	}
	return 0, false
}

// flowEnd returns the offset behind a flow collection. Only its extent is told:
// brackets are paired, and quotes and comments are passed over where they begin a
// token; what stands in it is read by the engine.
func (o *outline) flowEnd(start int) (end int, ok bool) {
	var open []byte
	for i := start; i < len(o.src); {
		switch c := o.src[i]; c {
		case ' ', '\n', '\r', ',':
			i++
		case '[', '{':
			if len(open) == tooDeep {
				return 0, false
			}
			open = append(open, c)
			i++
		case ']', '}':
			if open[len(open)-1] != c-2 { // the opening bracket of each
				return 0, false
			}
			open = open[:len(open)-1]
			i++
			if len(open) == 0 {
				return i, true
			}
		case '"', '\'':
			if i, ok = o.quotedEnd(i); !ok {
				return 0, false
			}
		case ':':
			i++
		case '#':
			if o.src[i-1] != ' ' && o.src[i-1] != '\n' {
				return 0, false
			}
			i = o.file.LineEnd(i)
		case '!':
			i = o.tagEnd(i)
		case '&', '*', '%', '@', '`', '|', '>', '?', '\t':
			return 0, false
		default:
			i = o.flowPlainEnd(i)
		}
	}
	return 0, false
}

// flowPlainEnd returns the end of a plain scalar in a flow collection, as far as
// it stands on one line.
func (o *outline) flowPlainEnd(i int) int {
	for ; i < len(o.src); i++ {
		switch c := o.src[i]; c {
		case '\n', '\r', ',', '[', ']', '{', '}':
			return i
		case ':':
			if i+1 == len(o.src) || bytes.IndexByte([]byte(" \t\r\n,[]{}"), o.src[i+1]) >= 0 {
				return i
			}
		case '#':
			if o.src[i-1] == ' ' || o.src[i-1] == '\t' {
				return i
			}
		}
	}
	return i
}

// blockScalar returns the end of a literal or folded scalar, as yamlTree.end has
// it, and goes to the line behind it.
func (o *outline) blockScalar(column int) (end int, ok bool) {
	keep := false
	i := o.pos + 1
	for ; i < len(o.src) && (o.src[i] == '+' || o.src[i] == '-'); i++ {
		keep = o.src[i] == '+'
	}
	if i-o.pos > 2 || !o.restBlankOrComment(i) || i < len(o.src) && o.src[i] == '#' {
		return 0, false
	}
	o.pos = o.file.LineEnd(i)
	end, ok = o.blockLines(column)
	if !ok || end == 0 {
		return 0, false // without text there is no indentation to go by
	}
	if !keep {
		return end, true
	}
	return o.pos, true
}

// blockLines returns the end of the last line of text of a block scalar, and goes
// behind the blank lines that follow it.
func (o *outline) blockLines(column int) (end int, ok bool) {
	indent := -1
	for o.pos < len(o.src) {
		first := o.skipSpaces(o.pos)
		blank := first == len(o.src) || o.src[first] == '\n' || o.src[first] == '\r'
		switch {
		case blank && indent < 0 && first > o.pos:
			return 0, false // these blanks may be text
		case blank && indent >= 0 && first-o.pos > indent:
			end = len(bytes.TrimRight(o.src[:o.file.LineEnd(o.pos)], "\r\n")) // and these are
		case blank:
		case first-o.pos <= column:
			return end, true
		case indent < 0 && o.src[first] == '\t', indent >= 0 && first-o.pos < indent:
			return 0, false
		default:
			if indent < 0 {
				indent = first - o.pos
			}
			end = len(bytes.TrimRight(o.src[:o.file.LineEnd(o.pos)], "\r\n"))
		}
		o.pos = o.file.LineEnd(o.pos)
	}
	return end, true
}
