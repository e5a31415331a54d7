package layout

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/edit"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// fillUnwritten adds members to a null that nobody wrote ("headers:"), in lines
// of their own below its key.
func (o *object) fillUnwritten() ([]edit.Edit, error) {
	f := o.node.File
	if f.Syntax == source.JSON || o.parent().Style != source.Block {
		return nil, f.Fault(o.key.Key.Start, fmt.Sprintf("the value of %q is missing", o.key.Name()), "write an object there")
	}
	at := f.LineEnd(o.node.End)
	w := newBlockWriter(o.site, at)
	var edits []edit.Edit
	for _, a := range o.added {
		edits = append(edits, insertLines(f, at, w, a))
	}
	return edits, nil
}

// editBlock changes an object that is written by indentation: members are whole
// lines.
func (o *object) editBlock() ([]edit.Edit, error) {
	f := o.node.File
	w := newBlockWriter(o.site, o.members[0].Key.Start)
	edits, err := o.removeLines()
	if err != nil {
		return nil, err
	}
	for i, m := range o.members {
		if v, ok := o.set[i]; ok {
			edits = append(edits, setLines(w, m, v)...)
		}
	}
	for _, a := range o.added {
		at, err := o.lineFor(a)
		if err != nil {
			return nil, err
		}
		edits = append(edits, insertLines(f, at, w, a))
	}
	return edits, nil
}

// setLines replaces the value of a member. A comment behind the old value stays
// in front of the new one's further lines: at their end it would speak of the last
// of them.
func setLines(w blockWriter, m source.Member, v Value) []edit.Edit {
	f := m.Key.File
	text := w.member(Member{m.Name(), v})
	first, rest, several := strings.Cut(text, w.newline)
	lineEnd := len(bytes.TrimRight(f.Src[:f.LineEnd(m.Value.End)], "\r\n"))
	comment := lineEnd - len(bytes.TrimLeft(f.Src[m.Value.End:max(lineEnd, m.Value.End)], " \t"))
	ownLines := f.LineStart(m.Value.Start) > m.Key.End
	switch {
	case !several, !ownLines && comment >= lineEnd:
		return []edit.Edit{{Start: m.Key.Start, End: m.Value.End, New: text}}
	case !ownLines:
		return []edit.Edit{{Start: m.Key.Start, End: m.Value.End, New: first}, {Start: lineEnd, End: lineEnd, New: w.newline + rest}}
	case comment >= lineEnd:
		return []edit.Edit{{Start: f.LineStart(m.Value.Start), End: m.Value.End, New: rest}}
	}
	return []edit.Edit{
		{Start: m.Value.Start, End: comment},
		{Start: lineEnd, End: lineEnd, New: w.newline + rest},
	}
}

// lineFor returns the start of the line at which an addition goes in. Behind the
// last member means behind its last line of text and the comments right below it
// that are indented further, which belong to it. Other comments and blank lines
// stay where they are, in front of what comes next.
func (o *object) lineFor(a Add) (int, error) {
	i := o.before(a)
	if i == len(o.members) {
		last := o.members[i-1].Value
		if !endsInOpenScalar(last) {
			return behindComments(last.File, lineBehind(last), column(o.members[0])), nil
		}
		i-- // a line break behind it would change the scalar's text
	}
	m := o.members[i]
	if !ownLine(m) {
		return 0, m.Key.File.Fault(m.Key.Start, fmt.Sprintf("the member %q does not begin its line, so nothing can be put in front of it", m.Name()), "begin a line with it")
	}
	return m.Key.File.LineStart(m.Key.Start), nil
}

// behindComments returns the offset behind the lines from off on that are comments
// to the right of a column.
func behindComments(f *source.File, off, column int) int {
	for off < len(f.Src) && f.Src[off-1] == '\n' {
		line := f.Src[off:f.LineEnd(off)]
		text := bytes.TrimLeft(line, " ")
		if len(line)-len(text) <= column || !bytes.HasPrefix(text, []byte("#")) {
			break
		}
		off += len(line)
	}
	return off
}

// endsInOpenScalar reports whether a value ends in a block scalar that is cut off
// by the end of a file without a final newline, and that a line break would change.
func endsInOpenScalar(n *source.Node) bool {
	if n.End < len(n.File.Src) || bytes.HasSuffix(n.File.Src, []byte("\n")) {
		return false
	}
	last := n.LastLeaf()
	return last.Style == source.BlockScalar && last.Chomping() != '-'
}

// ownLine reports whether nothing but indentation stands before a key.
func ownLine(m source.Member) bool {
	f := m.Key.File
	before := bytes.TrimPrefix(f.Src[f.LineStart(m.Key.Start):m.Key.Start], []byte("\uFEFF"))
	return len(bytes.TrimLeft(before, " ")) == 0
}

// insertLines puts a member in lines of its own in front of an offset that is a
// line's start, or the end of a file whose last line is not ended and stays so.
func insertLines(f *source.File, at int, w blockWriter, a Add) edit.Edit {
	text := strings.Repeat(" ", w.indent) + w.member(a.member())
	if at > 0 && f.Src[at-1] != '\n' {
		return edit.Edit{Start: at, End: at, New: w.newline + text}
	}
	return edit.Edit{Start: at, End: at, New: text + w.newline}
}

// removeLines takes out the lines of the members that go.
func (o *object) removeLines() ([]edit.Edit, error) {
	f := o.node.File
	var cuts []edit.Edit
	for i, m := range o.members {
		if !o.removed[i] {
			continue
		}
		if !ownLine(m) {
			return nil, f.Fault(m.Key.Start, fmt.Sprintf("the member %q does not begin its line, so it cannot be taken out", m.Name()), "begin a line with it")
		}
		cut := edit.Edit{Start: f.LineStart(m.Key.Start), End: lineBehind(m.Value)}
		if n := len(cuts); n > 0 && cuts[n-1].End == cut.Start {
			cuts[n-1].End = cut.End
		} else {
			cuts = append(cuts, cut)
		}
	}
	return cuts, nil
}
