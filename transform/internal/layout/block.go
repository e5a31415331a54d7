package layout

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// blockWriter writes YAML by indentation.
type blockWriter struct {
	indent  int // of the members of the object that is changed
	step    int
	dashes  int // how far a dash stands to the right of its key
	quote   byte
	newline string
}

func newBlockWriter(s site, at int) blockWriter {
	w := blockWriter{step: indentStep(s), quote: quoteChar(s), newline: newline(s.node.File, at)}
	w.dashes = seqIndent(s, w.step)
	if members := written(s.node); len(members) > 0 {
		w.indent = column(members[0])
	} else {
		w.indent = column(s.key) + w.step
	}
	return w
}

// member returns a member in lines, the first of them not indented, the last one
// not ended.
func (w blockWriter) member(m Member) string {
	var b strings.Builder
	w.writeMember(&b, m, w.indent)
	return b.String()
}

func (w blockWriter) writeMember(b *strings.Builder, m Member, indent int) {
	b.WriteString(yamlString(m.Key, w.quote, false))
	b.WriteByte(':')
	switch v := m.Value.(type) {
	case Map:
		if len(v) > 0 {
			w.writeMap(b, v, indent+w.step)
			return
		}
	case List:
		if len(v) > 0 {
			w.writeList(b, v, indent+w.dashes)
			return
		}
	}
	b.WriteByte(' ')
	if s, ok := m.Value.(String); ok && fitsLiteral(string(s)) {
		w.writeLiteral(b, string(s), indent+w.step)
		return
	}
	b.WriteString(w.leaf(m.Value))
}

// fitsLiteral reports whether text of several lines can stand as a literal block
// scalar that every reader takes for the same text: nothing in it that a block
// scalar cannot hold, no blanks at the start or at the end of lines, where readers
// and editors differ.
func fitsLiteral(text string) bool {
	body := strings.TrimSuffix(text, "\n")
	if !strings.Contains(body, "\n") {
		return false
	}
	first, _, _ := strings.Cut(body, "\n")
	if first == "" || first[0] == ' ' || strings.HasSuffix(body, "\n") {
		return false
	}
	for _, line := range strings.Split(body, "\n") {
		if strings.TrimRight(line, " ") != line || strings.ContainsFunc(line, needsEscape) {
			return false
		}
	}
	return true
}

func (w blockWriter) writeLiteral(b *strings.Builder, text string, indent int) {
	body, ended := strings.CutSuffix(text, "\n")
	b.WriteByte('|')
	if !ended {
		b.WriteByte('-')
	}
	for _, line := range strings.Split(body, "\n") {
		if line == "" {
			b.WriteString(w.newline)
			continue
		}
		w.startLine(b, indent)
		b.WriteString(line)
	}
}

func (w blockWriter) writeMap(b *strings.Builder, m Map, indent int) {
	for _, member := range m {
		w.startLine(b, indent)
		w.writeMember(b, member, indent)
	}
}

func (w blockWriter) writeList(b *strings.Builder, list List, indent int) {
	for _, v := range list {
		w.startLine(b, indent)
		b.WriteString("- ")
		m, ok := v.(Map)
		if !ok || len(m) == 0 {
			b.WriteString(w.leaf(v))
			continue
		}
		for i, member := range m {
			if i > 0 {
				w.startLine(b, indent+2)
			}
			w.writeMember(b, member, indent+2)
		}
	}
}

func (w blockWriter) startLine(b *strings.Builder, indent int) {
	b.WriteString(w.newline)
	b.WriteString(strings.Repeat(" ", indent))
}

// leaf writes what stands on one line: a scalar, or a collection in flow style.
func (w blockWriter) leaf(v Value) string {
	if s, ok := v.(String); ok {
		return yamlString(string(s), w.quote, false)
	}
	return flowWriter{yaml: true, quote: w.quote, colon: ": ", comma: ", "}.value(v)
}

// lineBehind returns the offset behind the line on which a value ends. The span
// of a block scalar that keeps its trailing line breaks ends at a line start.
func lineBehind(n *source.Node) int {
	f := n.File
	if n.End > n.Start && n.End <= len(f.Src) && f.Src[n.End-1] == '\n' {
		return n.End
	}
	return f.LineEnd(n.End)
}
