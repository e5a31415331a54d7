package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	yaml "github.com/oasdiff/yaml3"
)

// yamlTree makes nodes from the engine's. It is the only place that knows the
// engine, whose marks count lines and characters, both from 1.
type yamlTree struct {
	file   *File
	lines  []int // offsets at which the engine's lines start
	shared map[*yaml.Node]bool
	nodes  map[*yaml.Node]*Node // anchored ones, so that every alias meets one node
}

// parseWhole reads every token of a YAML text.
func parseWhole(f *File) (root *Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = f.fault(fmt.Sprintf("not valid YAML: %v", r), "")
		}
	}()
	doc, err := decodeYAML(f)
	if err != nil {
		return nil, err
	}
	t := &yamlTree{
		file:   f,
		lines:  engineLines(f.Src),
		shared: map[*yaml.Node]bool{},
		nodes:  map[*yaml.Node]*Node{},
	}
	if bytes.IndexByte(f.Src, '*') >= 0 {
		if err := t.findAliases(doc); err != nil {
			return nil, err
		}
	}
	f.Aliases = len(t.shared) > 0
	return t.node(doc), nil
}

// decodeYAML returns the root node of the only document in the file.
func decodeYAML(f *File) (*yaml.Node, error) {
	dec := yaml.NewDecoder(bytes.NewReader(f.Src))
	var doc, second yaml.Node
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return nil, f.fault("the file holds no document, only comments", "give it an OpenAPI document")
	case err != nil:
		return nil, yamlFault(f, err)
	}
	switch err := dec.Decode(&second); {
	case errors.Is(err, io.EOF):
	case err != nil:
		return nil, yamlFault(f, err)
	default:
		t := &yamlTree{file: f, lines: engineLines(f.Src)}
		at := t.offset(second.Content[0].Line, second.Content[0].Column)
		return nil, f.Fault(at, "a second document begins in this file", "keep one document in a file")
	}
	return doc.Content[0], nil
}

// decodeFragment reads a piece of a text.
func decodeFragment(src []byte, doc *yaml.Node) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	return yaml.Unmarshal(src, doc)
}

var engineLine = regexp.MustCompile(`^(?:yaml: )?(?:line (\d+): )?(?s:(.*))$`)

// yamlFault gives an error of the engine, "yaml: line 3: …", its place.
func yamlFault(f *File, err error) error {
	m := engineLine.FindStringSubmatch(err.Error())
	reason := "not valid YAML: " + m[2]
	if line, err := strconv.Atoi(m[1]); err == nil {
		lines := engineLines(f.Src)
		start := lines[min(max(line, 1), len(lines))-1]
		return f.Fault(start+len(f.Src[start:])-len(bytes.TrimLeft(f.Src[start:], " ")), reason, "")
	}
	if at, found := unreadable(f.Src); found {
		return f.notText(at)
	}
	if i := bytes.Index(f.Src, []byte("%YAML")); i >= 0 {
		return f.Fault(i, "the directive %YAML is not understood: "+m[2], "take the line out")
	}
	return f.Fault(0, reason, "") // the engine leaves the first line out
}

// unreadable returns the offset of the first byte that is no text for a YAML
// reader: broken UTF-8, or a control character.
func unreadable(src []byte) (int, bool) {
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && size <= 1 || r < ' ' && r != '\t' && r != '\n' && r != '\r' || 0x7F <= r && r < 0xA0 && r != 0x85 {
			return i, true
		}
		i += size
	}
	return 0, false
}

// engineLines returns the offsets at which lines start for the engine: besides
// newlines a lone CR, NEL, LS and PS break a line.
func engineLines(src []byte) []int {
	starts := make([]int, 1, 1+bytes.Count(src, []byte("\n")))
	if bytes.HasPrefix(src, []byte(bom)) {
		starts[0] = len(bom)
	}
	for i := 0; i < len(src); i++ {
		switch c := src[i]; {
		case c == '\n':
			starts = append(starts, i+1)
		case c == '\r' && (i+1 == len(src) || src[i+1] != '\n'):
			starts = append(starts, i+1)
		case c == 0xC2 && bytes.HasPrefix(src[i:], []byte("\u0085")):
			starts = append(starts, i+2)
		case c == 0xE2 && (bytes.HasPrefix(src[i:], []byte("\u2028")) || bytes.HasPrefix(src[i:], []byte("\u2029"))):
			starts = append(starts, i+3)
		}
	}
	return starts
}

// offset turns a mark into an offset.
func (t *yamlTree) offset(line, column int) int {
	if line > len(t.lines) {
		return len(t.file.Src)
	}
	off := t.lines[max(line, 1)-1]
	for n := 1; n < column && off < len(t.file.Src); n++ {
		if t.file.Src[off] < utf8.RuneSelf {
			off++
			continue
		}
		_, size := utf8.DecodeRune(t.file.Src[off:])
		off += size
	}
	return off
}

// tooMany is a number of values that no document has: API Gateway imports 6 MB.
const tooMany = 10_000_000

// findAliases notes every node that an alias points to. It refuses aliases of
// aliases that stand for more values than anybody could read.
func (t *yamlTree) findAliases(root *yaml.Node) error {
	sizes := map[*yaml.Node]int{} // of anchored nodes, their aliases written out
	var tooBig *yaml.Node
	var size func(n *yaml.Node) int
	size = func(n *yaml.Node) int {
		if n.Kind == yaml.AliasNode {
			t.shared[n.Alias] = true
			if sizes[n.Alias] > tooMany && tooBig == nil {
				tooBig = n
			}
			return sizes[n.Alias] // 0 within the node itself: that is a circle
		}
		total := 1
		for _, c := range n.Content {
			total = min(total+size(c), tooMany+1)
		}
		if n.Anchor != "" {
			sizes[n] = total
		}
		return total
	}
	size(root)
	if tooBig == nil {
		return nil
	}
	at := t.offset(tooBig.Line, tooBig.Column)
	return t.file.Fault(at, fmt.Sprintf("the alias *%s stands for more than %d values once all aliases are written out", tooBig.Value, tooMany), "write out what is meant")
}

func (t *yamlTree) node(y *yaml.Node) *Node {
	if y.Kind == yaml.AliasNode {
		return t.alias(y)
	}
	if n := t.nodes[y]; n != nil {
		return n
	}
	n := &Node{
		File:   t.file,
		Start:  t.offset(y.Line, y.Column),
		End:    t.end(y),
		Anchor: y.Anchor,
		Shared: t.shared[y],

		content: yamlContent{t, y},
	}
	if y.Anchor != "" {
		t.nodes[y] = n
	}
	t.shape(n, y)
	return n
}

// shape sets what depends on the kind of the value.
func (t *yamlTree) shape(n *Node, y *yaml.Node) {
	n.Style = yamlStyle(y)
	switch y.Kind {
	case yaml.MappingNode:
		n.Kind = Map
	case yaml.SequenceNode:
		n.Kind = Seq
	default:
		n.Kind = Scalar
	}
}

// alias returns a node that spans "*name" and has the content of what it names.
func (t *yamlTree) alias(y *yaml.Node) *Node {
	target := t.node(y.Alias)
	n := &Node{
		File:  t.file,
		Kind:  target.Kind,
		Style: target.Style,
		Start: t.offset(y.Line, y.Column),
		End:   t.offset(y.EndLine, y.EndColumn),
		Alias: y.Value,

		content: aliasContent{target},
	}
	return n
}

// yamlContent is the engine's node.
type yamlContent struct {
	tree *yamlTree
	node *yaml.Node
}

func (c yamlContent) tag(*Node) string { return c.node.Tag }

func (c yamlContent) text(*Node) string { return c.node.Value }

func (c yamlContent) expand(n *Node) ([]Member, []*Node) {
	if n.Kind == Map {
		return c.tree.members(c.node), nil
	}
	return nil, c.tree.items(c.node)
}

// aliasContent is what an alias points to.
type aliasContent struct{ target *Node }

func (c aliasContent) tag(*Node) string { return c.target.Tag() }

func (c aliasContent) text(*Node) string { return c.target.Text() }

func (c aliasContent) expand(*Node) ([]Member, []*Node) {
	return c.target.Members(), c.target.Items()
}

func yamlStyle(y *yaml.Node) Style {
	switch {
	case y.Style&yaml.FlowStyle != 0:
		return Flow
	case y.Kind != yaml.ScalarNode:
		return Block
	case y.Style&yaml.SingleQuotedStyle != 0:
		return SingleQuoted
	case y.Style&yaml.DoubleQuotedStyle != 0:
		return DoubleQuoted
	case y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return BlockScalar
	}
	return Plain
}

// end returns the end of a node. The engine ends a block scalar with its last
// line of text; where the header asks to keep trailing line breaks ("|+"), the
// blank lines that follow belong to the value as well, and to all collections
// that end with it.
func (t *yamlTree) end(y *yaml.Node) int {
	end := t.offset(y.EndLine, y.EndColumn)
	var key *yaml.Node
	for y.Kind != yaml.AliasNode && y.Style&yaml.FlowStyle == 0 && len(y.Content) > 0 {
		if last := len(y.Content) - 1; y.Kind == yaml.MappingNode {
			key = y.Content[last-1]
			y = y.Content[last]
		} else {
			key, y = nil, y.Content[last]
		}
	}
	if key != nil && y.Tag == nullTag && y.Value == "" && y.Anchor == "" {
		return t.colonEnd(t.offset(key.EndLine, key.EndColumn))
	}
	if yamlStyle(y) != BlockScalar {
		return end
	}
	scalar := &Node{File: t.file, Style: BlockScalar, Start: t.offset(y.Line, y.Column), End: end}
	if scalar.Chomping() != '+' {
		return end
	}
	end = t.file.LineEnd(end)
	for end < len(t.file.Src) {
		next := t.file.LineEnd(end)
		if strings.TrimSpace(string(t.file.Src[end:next])) != "" {
			break
		}
		end = next
	}
	return end
}

func (t *yamlTree) items(y *yaml.Node) []*Node {
	items := make([]*Node, len(y.Content))
	for i, c := range y.Content {
		items[i] = t.node(c)
	}
	return items
}

// members returns the members of a mapping, those of its merge keys last. A key
// that is written in the mapping wins over a merged one, an earlier merge over a
// later one (YAML 1.1, merge key language-independent type).
func (t *yamlTree) members(y *yaml.Node) []Member {
	members := make([]Member, 0, len(y.Content)/2)
	var merges []*yaml.Node
	for i := 0; i+1 < len(y.Content); i += 2 {
		if y.Content[i].Tag == "!!merge" {
			merges = append(merges, y.Content[i+1])
			continue
		}
		m := t.member(y.Content[i], y.Content[i+1])
		if y.Style&yaml.FlowStyle != 0 && m.Value.Unwritten() && m.Value.Start < len(t.file.Src) && t.file.Src[m.Value.Start] == ' ' {
			m.Value.Start++ // so that a comma can follow where a plain key ends in a colon
			m.Value.End++
		}
		members = append(members, m)
	}
	if len(merges) == 0 {
		return members
	}
	return t.merge(members, merges)
}

func (t *yamlTree) member(key, value *yaml.Node) Member {
	m := Member{Key: t.node(key), Value: t.node(value)}
	if m.Value.IsNull() && m.Value.Text() == "" && m.Value.Anchor == "" {
		m.Value.Start = t.colonEnd(m.Key.End)
		m.Value.End = m.Value.Start
	}
	return m
}

// colonEnd returns the offset behind the colon that follows a key, or the end of
// a key that has none ("{a, b}"). The engine marks a value that is not written
// at the next token, which may be lines away.
func (t *yamlTree) colonEnd(keyEnd int) int {
	rest := t.file.Src[keyEnd:]
	blanks := len(rest) - len(bytes.TrimLeft(rest, " \t"))
	if blanks < len(rest) && rest[blanks] == ':' {
		return keyEnd + blanks + 1
	}
	return keyEnd
}

func (t *yamlTree) merge(members []Member, merges []*yaml.Node) []Member {
	has := make(map[string]bool, len(members))
	for _, m := range members {
		has[m.Name()] = true
	}
	for _, source := range merges {
		for _, n := range mergeSources(t.node(source)) {
			for _, m := range n.Members() {
				if has[m.Name()] {
					continue
				}
				has[m.Name()] = true
				members = append(members, Member{Key: m.Key, Value: m.Value, Merged: true})
			}
		}
	}
	return members
}

// mergeSources returns the maps that a merge key names: one, or a sequence.
func mergeSources(n *Node) []*Node {
	if n.Kind == Seq {
		return n.Items()
	}
	return []*Node{n}
}

// resolvePlain returns the tag of a plain scalar. What the engine takes for more
// than a scalar when it stands alone ("a:") is a string where it stands.
func resolvePlain(raw []byte) string {
	var doc yaml.Node
	err := decodeFragment(raw, &doc)
	if err != nil || len(doc.Content) != 1 || doc.Content[0].Kind != yaml.ScalarNode {
		return strTag
	}
	return doc.Content[0].Tag
}

// childrenOf reads a flow collection.
func (l *yamlLeaf) childrenOf(n *Node) ([]Member, []*Node) {
	start, _ := l.body(n)
	t := &yamlTree{file: l.file, lines: engineLines(l.file.Src[start:n.End])}
	for i := range t.lines {
		t.lines[i] += start
	}
	content := yamlContent{t, l.parse(start, n.End)}
	return content.expand(n)
}

// parse reads a piece of the text with the engine. What is no YAML becomes an
// empty node, and the file is marked as broken.
func (l *yamlLeaf) parse(start, end int) *yaml.Node {
	var doc yaml.Node
	err := decodeFragment(l.file.Src[start:end], &doc)
	if err == nil && len(doc.Content) == 1 {
		return doc.Content[0]
	}
	if l.file.Broken == nil {
		reason := "nothing stands here"
		if err != nil {
			reason = engineLine.FindStringSubmatch(err.Error())[2]
		}
		l.file.Broken = l.file.Fault(start, "not valid YAML: "+reason, "")
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: nullTag}
}

// engineText returns the text of a scalar that takes more than a look.
func (l *yamlLeaf) engineText(start, end int) string { return l.parse(start, end).Value }
