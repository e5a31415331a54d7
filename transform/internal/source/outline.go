package source

import (
	"bytes"
	"math"
	"regexp"
	"unicode/utf8"
)

// outline reads the block structure of a YAML text from its indentation, line by
// line, without looking into scalars and flow collections. It takes a tenth of
// the time of a full parse, and the children it has no tokens for are read by the
// engine when somebody asks.
//
// It accepts a part of YAML only, the part that documents are written in, and
// gives up on everything else: anchors, aliases, merge keys, explicit keys,
// directives, tabs between tokens, whatever could mean two things. The engine
// then reads the whole text, or says what is wrong with it. Tests hold that what
// the outline accepts, the engine reads the same.
type outline struct {
	tape
	src  []byte
	pos  int
	open []block // from the root down
}

// block is a mapping or a sequence whose end is not known yet.
type block struct {
	form    form
	column  int
	token   int
	waiting bool // the last key, or dash, has no value yet
	behind  int  // offset behind its colon or dash
	tag     int  // offset of the tag that stands there, or -1
}

// parseOutline returns the root of a YAML text, or nil when it gives up.
func parseOutline(f *File) *Node {
	if !plainText(f.Src) {
		return nil
	}
	o := &outline{tape: tape{file: f, leaf: &yamlLeaf{f}}, src: f.Src}
	o.tokens = make([]token, 0, len(f.Src)/14+8)
	if bytes.HasPrefix(o.src, []byte(bom)) {
		o.pos = len(bom)
	}
	if !o.read() {
		return nil
	}
	return o.node(0)
}

// plainText reports whether a text holds only characters that need no thought:
// no control characters, and no line breaks but newlines.
func plainText(src []byte) bool {
	if len(src) > math.MaxInt32 || !utf8.Valid(src) {
		return false
	}
	for _, odd := range []string{"\u2028", "\u2029", "\u007f", "\uFFFE", "\uFFFF"} {
		if bytes.Contains(src, []byte(odd)) {
			return false
		}
	}
	for i, c := range src {
		switch {
		case c == '\r' && i+1 < len(src) && src[i+1] == '\n', c == '\n', c == '\t':
		case c < ' ', c == 0xC2 && src[i+1] < 0xA0: // control characters, U+0080 to U+009F too
			return false
		}
	}
	return !bytes.Contains(src[min(len(bom), len(src)):], []byte(bom))
}

// read goes through the lines that begin something. It reports whether all of
// them were understood.
func (o *outline) read() bool {
	for started := false; ; started = true {
		column, ok := o.nextLine()
		switch {
		case !ok:
			return false
		case o.pos == len(o.src):
			return o.closeDeeper(-1) && len(o.tokens) > 0
		case column == 0 && o.marker(o.pos):
			if started || o.src[o.pos] == '.' || !o.restBlank(o.pos+3) {
				return false
			}
			o.pos = o.file.LineEnd(o.pos)
		case !o.entry(column):
			return false
		}
	}
}

// nextLine goes to the first character of the next line that is neither blank nor
// a comment, and returns its column.
func (o *outline) nextLine() (column int, ok bool) {
	for o.pos < len(o.src) {
		start := o.pos
		o.pos = o.skipSpaces(o.pos)
		switch {
		case o.pos == len(o.src):
		case o.src[o.pos] == '\t': // also on a blank line, where the engine objects
			return 0, false
		case o.restBlank(o.pos) || o.src[o.pos] == '#':
			o.pos = o.file.LineEnd(o.pos)
		default:
			return o.pos - start, true
		}
	}
	return 0, true
}

// marker reports whether a document marker stands at the start of a line.
func (o *outline) marker(i int) bool {
	return bytes.HasPrefix(o.src[i:], []byte("---")) || bytes.HasPrefix(o.src[i:], []byte("..."))
}

// entry reads a line: dashes, and then a key with its value or a value alone.
func (o *outline) entry(column int) bool {
	for o.indicator('-', o.pos) {
		if !o.enter(formBlockSeq, column, o.pos) {
			return false
		}
		o.wait(o.pos + 1)
		next := o.skipSpaces(o.pos + 1)
		if o.restEmpty(next) {
			o.pos = o.file.LineEnd(next)
			return true
		}
		column, o.pos = column+next-o.pos, next
	}
	if end, colon, ok := o.key(); ok {
		return o.member(column, end, colon)
	}
	top := o.top()
	if top == nil || !top.waiting || column <= top.column {
		return false
	}
	start := o.pos
	if top.tag >= 0 {
		start = top.tag
	}
	return o.value(start)
}

// indicator reports whether a character stands at i that is an indicator because
// a blank or the end of the line follows it.
func (o *outline) indicator(c byte, i int) bool {
	return o.src[i] == c && (i+1 == len(o.src) || bytes.IndexByte([]byte(" \t\r\n"), o.src[i+1]) >= 0)
}

// longKey is a length that keys stay below; YAML ends them at 1024 characters.
const longKey = 1000

// key returns the end of the key that begins here, and the offset of its colon.
func (o *outline) key() (end, colon int, ok bool) {
	switch c := o.src[o.pos]; {
	case c == '"' || c == '\'':
		end, ok = o.quotedEnd(o.pos)
		colon = o.skipSpaces(end)
		ok = ok && colon < len(o.src) && bytes.IndexByte(o.src[o.pos:end], '\n') < 0
	case o.startsPlain(o.pos):
		end, colon = o.plainEnd(o.pos)
		ok = colon >= 0
		if string(o.src[o.pos:end]) == "<<" {
			return 0, 0, false
		}
	}
	return end, colon, ok && o.indicator(':', colon) && end-o.pos < longKey
}

// member reads a key and what stands on its line.
func (o *outline) member(column, end, colon int) bool {
	if !o.enter(formBlockMap, column, o.pos) {
		return false
	}
	f := formPlain
	switch o.src[o.pos] {
	case '"':
		f = formDouble
	case '\'':
		f = formSingle
	}
	o.add(f, o.pos, end)
	o.wait(colon + 1)
	o.pos = o.skipSpaces(colon + 1)
	if o.restEmpty(o.pos) {
		o.pos = o.file.LineEnd(o.pos)
		return true
	}
	return o.value(o.pos)
}

// top returns the innermost block, or nil.
func (o *outline) top() *block {
	if len(o.open) == 0 {
		return nil
	}
	return &o.open[len(o.open)-1]
}

// wait notes that the innermost block has a key or a dash without a value yet.
func (o *outline) wait(behind int) {
	top := o.top()
	top.waiting, top.behind, top.tag = true, behind, -1
}

// tooDeep is a nesting that no document has. The engine has a limit of its own.
const tooDeep = 500

// enter goes to the block of a form at a column: the one that is open there, or a
// new one where a value is waited for.
func (o *outline) enter(f form, column, start int) bool {
	if !o.closeDeeper(column) {
		return false
	}
	top := o.top()
	if top != nil && top.column == column && top.form == formBlockSeq && f == formBlockMap {
		// A sequence in the column of its key ends with the next key.
		if !o.closeTop() {
			return false
		}
		top = o.top()
	}
	switch {
	case top == nil:
		if len(o.tokens) > 0 {
			return false
		}
	case top.column == column && top.form == f:
		return o.settle(top)
	case !top.waiting || top.column == column && f == formBlockMap:
		return false
	default:
		top.waiting = false
		if top.tag >= 0 {
			start = top.tag
		}
	}
	if len(o.open) == tooDeep {
		return false
	}
	o.open = append(o.open, block{form: f, column: column, token: o.add(f, start, start), tag: -1})
	return true
}

// closeDeeper ends the blocks to the right of a column.
func (o *outline) closeDeeper(column int) bool {
	for top := o.top(); top != nil && top.column > column; top = o.top() {
		if !o.closeTop() {
			return false
		}
	}
	return true
}

func (o *outline) closeTop() bool {
	top := o.top()
	if !o.settle(top) {
		return false
	}
	o.closeAt(top.token, int(o.tokens[len(o.tokens)-1].end))
	o.open = o.open[:len(o.open)-1]
	return true
}

// settle gives a key or dash that waits in vain the null that nobody wrote.
func (o *outline) settle(b *block) bool {
	if b.waiting {
		o.add(formUnwritten, b.behind, b.behind)
		b.waiting = false
		return b.tag < 0
	}
	return true
}

// localTag matches the tags that CloudFormation has.
var localTag = regexp.MustCompile(`^![A-Za-z][A-Za-z0-9]*$`)

// value reads a scalar or a flow collection. start is where its tag begins, or
// the value itself.
func (o *outline) value(start int) bool {
	top := o.top()
	if o.src[o.pos] == '!' {
		end := o.tagEnd(o.pos)
		next := o.skipSpaces(end)
		switch {
		case top.tag >= 0 || !localTag.Match(o.src[o.pos:end]):
			return false
		case o.restEmpty(next):
			top.tag = o.pos
			o.pos = o.file.LineEnd(next)
			return true
		}
		o.pos = next
	}
	f, end, ok := o.scalar(top.column)
	if !ok {
		return false
	}
	o.add(f, start, end)
	top.waiting = false
	return true
}

func (o *outline) tagEnd(i int) int {
	for i < len(o.src) && bytes.IndexByte([]byte(" \t\r\n"), o.src[i]) < 0 {
		i++
	}
	return i
}

// scalar reads a value that has no tokens of its own inside, and goes to the line
// behind it. Its further lines must stand to the right of column.
func (o *outline) scalar(column int) (f form, end int, ok bool) {
	switch c := o.src[o.pos]; {
	case c == '|' || c == '>':
		end, ok = o.blockScalar(column)
		return formBlockScalar, end, ok
	case c == '"':
		f = formDouble
		end, ok = o.quotedEnd(o.pos)
	case c == '\'':
		f = formSingle
		end, ok = o.quotedEnd(o.pos)
	case c == '{' || c == '[':
		f = formFlow
		end, ok = o.flowEnd(o.pos)
	case o.startsPlain(o.pos):
		end, ok = o.plainLines(column)
		return formPlain, end, ok
	}
	if !ok || !o.unmarked(o.pos, end) || !o.restBlankOrComment(end) {
		return f, end, false
	}
	o.pos = o.file.LineEnd(end)
	return f, end, true
}

// unmarked reports whether no further line of a quoted scalar or a flow collection
// begins with a tab or a document marker. How far they are indented is up to the
// author: the engine does not mind.
func (o *outline) unmarked(start, end int) bool {
	for i := o.file.LineEnd(start); i < end; i = o.file.LineEnd(i) {
		if first := o.skipSpaces(i); o.marker(i) || o.src[first] == '\t' {
			return false
		}
	}
	return true
}

// skipSpaces returns the offset of the first character from i that is no space.
func (o *outline) skipSpaces(i int) int {
	for i < len(o.src) && o.src[i] == ' ' {
		i++
	}
	return i
}

// restBlank reports whether nothing but white space follows on the line.
func (o *outline) restBlank(i int) bool {
	for i < len(o.src) && (o.src[i] == ' ' || o.src[i] == '\t') {
		i++
	}
	return i == len(o.src) || o.src[i] == '\n' || o.src[i] == '\r'
}

// restEmpty reports whether nothing but a comment, if that, follows on the line.
// i is the first character that is no space, with a space or an indicator before.
// A tab is something: the engine objects to it in some places.
func (o *outline) restEmpty(i int) bool {
	return i == len(o.src) || o.src[i] != '\t' && o.restBlank(i) || o.src[i] == '#' && o.src[i-1] == ' '
}

// restBlankOrComment is restEmpty for what directly follows a value.
func (o *outline) restBlankOrComment(i int) bool {
	return o.restEmpty(o.skipSpaces(i))
}
