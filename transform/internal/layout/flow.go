package layout

import (
	"bytes"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// flowWriter writes JSON, and YAML in flow style.
type flowWriter struct {
	yaml  bool
	quote byte // of YAML's keys and strings
	keys  bool // quote every key of YAML, as the neighbours do

	colon  string // between key and value
	comma  string // between members; ends in the indent of the members
	indent string // of the object's members, where each has its own line
	step   string // added to indent on each level; empty when all is on one line
	lines  string // newline; empty when all is on one line
}

// newFlowWriter copies the style of an object with members, the last of parents
// being the object around it. quote is used in YAML where keys are plain.
func (h habits) newFlowWriter(n *source.Node, parents []*source.Node, quote byte) flowWriter {
	members := written(n)
	last := members[len(members)-1]
	w := flowWriter{
		yaml:  n.File.Syntax == source.YAML,
		quote: quote,
		colon: colonOf(last),
	}
	switch h.keyStyle(n, parents) {
	case source.SingleQuoted:
		w.keys, w.quote = true, '\''
	case source.DoubleQuoted:
		w.keys, w.quote = true, '"'
	}
	gap := gapBefore(n, len(members)-1)
	if i := strings.LastIndexByte(gap, '\n'); i >= 0 {
		w.lines = newline(n.File, last.Key.Start)
		w.indent = gap[i+1:]
		w.step = stepOf(n, w.indent)
		w.comma = "," + w.lines + w.indent
		return w
	}
	w.comma = "," + gap
	if len(members) == 1 {
		w.comma = commaAfter(w.colon)
	}
	return w
}

// keyStyle returns how keys are written in an object in braces, and in those
// around it where its own keys had to be quoted and so tell nothing.
func (h habits) keyStyle(n *source.Node, parents []*source.Node) source.Style {
	for _, m := range h.authors(n) {
		if m.Key.Style == source.Plain || yamlString(m.Name(), '"', true) == m.Name() {
			return m.Key.Style
		}
	}
	if len(parents) == 0 {
		return source.Plain
	}
	parent := parents[len(parents)-1]
	if parent.Style != source.Flow {
		return source.Plain
	}
	return h.keyStyle(parent, parents[:len(parents)-1])
}

// commaAfter returns the comma that goes with a colon.
func commaAfter(colon string) string {
	if strings.HasSuffix(colon, " ") {
		return ", "
	}
	return ","
}

// gapBefore returns the white space before the member at an index: what follows
// the comma, the brace or a comment.
func gapBefore(n *source.Node, i int) string {
	src := n.File.Src
	before := src[n.Start:written(n)[i].Key.Start]
	return string(before[len(bytes.TrimRight(before, " \t\r\n")):])
}

func colonOf(m source.Member) string {
	colon := string(m.Key.File.Src[m.Key.End:m.Value.Start])
	if strings.TrimSpace(colon) != ":" || strings.ContainsAny(colon, "\r\n") || m.Key.File.Syntax == source.YAML && colon == ":" && m.Key.Style == source.Plain {
		return ": "
	}
	return colon
}

// stepOf returns what a level adds to the indent of the object's members: the
// difference to the line of the closing brace, where that has a line of its own.
func stepOf(n *source.Node, indent string) string {
	f := n.File
	line := string(f.Src[f.LineStart(n.End-1) : n.End-1])
	if rest, ok := strings.CutPrefix(indent, line); ok && rest != "" && strings.TrimSpace(line) == "" {
		return rest
	}
	return defaultStep(indent)
}

func defaultStep(indent string) string {
	if strings.HasPrefix(indent, "\t") {
		return "\t"
	}
	return "  "
}

// below returns the writer for an empty object that stands in one of w's style.
func (w flowWriter) below() flowWriter {
	if w.lines != "" {
		w.indent += w.step
		w.comma = "," + w.lines + w.indent
	}
	return w
}

// member returns a member without a comma.
func (w flowWriter) member(m Member) string {
	return w.key(m.Key) + w.colon + w.value(m.Value)
}

// members returns several members with the commas between them.
func (w flowWriter) members(m Map) string {
	texts := make([]string, len(m))
	for i, member := range m {
		texts[i] = w.member(member)
	}
	return strings.Join(texts, w.comma)
}

func (w flowWriter) key(key string) string {
	switch {
	case !w.yaml:
		return jsonString(key)
	case w.keys:
		return quoted(key, w.quote)
	}
	return yamlString(key, w.quote, true)
}

func (w flowWriter) value(v Value) string {
	switch v := v.(type) {
	case Map:
		if len(v) == 0 {
			return "{}"
		}
		return w.enclose("{", w.below().members(v), "}")
	case List:
		if len(v) == 0 {
			return "[]"
		}
		return w.enclose("[", w.below().elements(v), "]")
	case Word:
		return string(v)
	case Tagged:
		return v.Tag + " " + quoted(v.Text, w.quote)
	case TaggedList:
		return v.Tag + " " + flowWriter{yaml: w.yaml, quote: w.quote, keys: w.keys, colon: ": ", comma: ", "}.value(v.Items)
	}
	return w.text(string(v.(String)))
}

func (w flowWriter) elements(list List) string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = w.value(v)
	}
	return strings.Join(texts, w.comma)
}

// enclose puts brackets around content that was written one level deeper.
func (w flowWriter) enclose(open, content, end string) string {
	if w.lines == "" {
		return open + content + end
	}
	return open + w.lines + w.indent + w.step + content + w.lines + w.indent + end
}

func (w flowWriter) text(s string) string {
	switch {
	case !w.yaml:
		return jsonString(s)
	case w.keys:
		return quoted(s, w.quote)
	}
	return yamlString(s, w.quote, true)
}

// JSON returns a value as JSON on one line.
func JSON(v Value) string {
	return flowWriter{colon: ": ", comma: ", "}.value(v)
}
