package layout

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/edit"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// splice returns the edits that replace the beginning of a text by another, in the
// way the text is written. Whether the rest still says what it said is for Verify
// to show: a line break in front of it can change what its first blanks mean.
func (o *object) splice(m source.Member, w Splice) ([]edit.Edit, error) {
	n := m.Value
	if !n.IsString() || !strings.HasPrefix(n.Text(), w.Old) {
		return nil, n.File.Fault(n.Start, fmt.Sprintf("%q does not begin with the text that was expected", m.Name()), "write it as a plain text")
	}
	switch first := n.Raw()[0]; {
	case n.Style == source.BlockScalar:
		return o.spliceBlockScalar(m, w)
	case n.Style == source.Plain && w.Old == "":
		return o.spliceUnquoted(m, w)
	case n.Style == source.DoubleQuoted && first == '"':
		return spliceQuoted(n, w, inDouble(w.Old), inDouble(w.New))
	case n.Style == source.SingleQuoted && first == '\'':
		indent := o.continuation(m)
		return spliceQuoted(n, w, inSingle(w.Old, indent), inSingle(w.New, indent))
	}
	return nil, n.File.Fault(n.Start, fmt.Sprintf("nothing can be put in front of the text of %q as it is written", m.Name()), "write it in quotes, without a tag or an anchor")
}

// spliceQuoted replaces what stands behind the opening quote.
func spliceQuoted(n *source.Node, w Splice, old, text string) ([]edit.Edit, error) {
	inside := n.Start + 1
	if !bytes.HasPrefix(n.File.Src[inside:n.End], []byte(old)) {
		return nil, n.File.Fault(n.Start, "the generated part of this text was written anew by hand or by a formatter, so where it ends is uncertain",
			"take it out by hand, from its first comment to its last")
	}
	edits := []edit.Edit{{Start: inside, End: inside + len(old), New: text}}
	if w.Unquote && w.New == "" {
		edits[0].Start = n.Start
		edits = append(edits, edit.Edit{Start: n.End - 1, End: n.End})
	}
	return edits, nil
}

// spliceUnquoted puts quotes around a text that has none, of a kind that needs no
// escapes in it.
func (o *object) spliceUnquoted(m source.Member, w Splice) ([]edit.Edit, error) {
	n := m.Value
	raw := string(n.Raw())
	begin, end := `"`+inDouble(w.New), `"`
	switch {
	case strings.ContainsAny(raw, "\r\n"):
		return nil, n.File.Fault(n.Start, fmt.Sprintf("the text of %q goes over several lines without quotes", m.Name()), "write it in quotes")
	case !strings.ContainsAny(raw, `"\`):
	case strings.Contains(raw, "'"):
		return nil, n.File.Fault(n.Start, fmt.Sprintf("the text of %q has no quotes, and both kinds of quotes in it", m.Name()), "write it in quotes")
	default:
		begin, end = "'"+inSingle(w.New, o.continuation(m)), "'"
	}
	return []edit.Edit{{Start: n.Start, End: n.Start, New: begin}, {Start: n.End, End: n.End, New: end}}, nil
}

// inDouble writes text as it stands between double quotes.
func inDouble(text string) string {
	s := jsonString(text)
	return s[1 : len(s)-1]
}

// inSingle writes text as it stands between single quotes, where an empty line is
// a line break.
func inSingle(text, continuation string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "'", "''"), "\n", continuation)
}

// continuation returns an empty line and the indent of the next one.
func (o *object) continuation(m source.Member) string {
	line := newline(m.Key.File, m.Key.Start)
	return line + line + strings.Repeat(" ", o.lineIndent(m)+indentStep(o.site))
}

// lineIndent returns how far the line is indented on which a member begins.
func (o *object) lineIndent(m source.Member) int {
	f := m.Key.File
	line := f.Src[f.LineStart(m.Key.Start):m.Key.Start]
	return max(len(line)-len(bytes.TrimLeft(line, " ")), column(m)*block(o.node))
}

// block is 1 for a collection that is written by indentation.
func block(n *source.Node) int {
	if n.Style == source.Block {
		return 1
	}
	return 0
}

// spliceBlockScalar replaces the first lines of a block scalar.
func (o *object) spliceBlockScalar(m source.Member, w Splice) ([]edit.Edit, error) {
	n, f := m.Value, m.Value.File
	at := f.LineEnd(n.Start)
	indent, ok := contentIndent(n, at, column(m))
	if !ok {
		return nil, f.Fault(n.Start, fmt.Sprintf("the text of %q is an empty block", m.Name()), "write it in quotes")
	}
	folded := bytes.IndexByte(f.Src[n.Start:at], '>') >= 0
	old := inBlock(w.Old, indent, newline(f, n.Start), folded)
	if !bytes.HasPrefix(f.Src[at:], []byte(old)) {
		return nil, f.Fault(n.Start, "the generated part of this text was written anew by hand or by a formatter, so where it ends is uncertain",
			"take it out by hand, from its first comment to its last")
	}
	return []edit.Edit{{Start: at, End: at + len(old), New: inBlock(w.New, indent, newline(f, n.Start), folded)}}, nil
}

// contentIndent returns how far the text of a block scalar is indented: as its
// header says, else as its first line that is not empty.
func contentIndent(n *source.Node, at, parent int) (indent int, ok bool) {
	header := bytes.TrimLeft(n.File.Src[n.Start:at], "|>+-")
	if len(header) > 0 && '1' <= header[0] && header[0] <= '9' {
		return parent + int(header[0]-'0'), true
	}
	for line := range bytes.Lines(n.File.Src[min(at, n.End):n.End]) {
		if text := bytes.TrimLeft(line, " "); len(bytes.TrimSpace(text)) > 0 {
			return len(line) - len(text), true
		}
	}
	return 0, false
}

// inBlock writes text as lines of a block scalar. In a folded one, an empty line is
// a line break.
func inBlock(text string, indent int, newline string, folded bool) string {
	between := newline
	if folded {
		between += newline
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(strings.Repeat(" ", indent) + strings.TrimSuffix(line, "\n") + between)
	}
	return b.String()
}
