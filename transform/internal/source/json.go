package source

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// token is one JSON value or member name: its bytes and the token behind the
// whole value. Values of a 13 MB document take 7 MB this way.
type token struct {
	start, end, next uint32
}

// tape is a JSON text in tokens, in document order. A container is followed by
// its children; an object's children are names and values in turn.
type tape struct {
	file   *File
	tokens []token
}

func parseJSON(f *File) (*Node, error) {
	if len(f.Src) > math.MaxInt32 {
		return nil, f.fault("the file is larger than 2 GiB", "API Gateway imports at most 6 MB")
	}
	t := &tape{file: f}
	if err := t.read(); err != nil {
		return nil, err
	}
	return t.node(0), nil
}

// read tokenizes the file once. What passes here is JSON in every part, also in
// those that nobody looks at later. Repeated names and broken surrogate pairs
// pass: they matter only where something is edited.
func (t *tape) read() error {
	base := 0
	if bytes.HasPrefix(t.file.Src, []byte(bom)) {
		base = len(bom)
	}
	src := t.file.Src[base:]
	dec := jsontext.NewDecoder(bytes.NewBuffer(src),
		jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	t.tokens = make([]token, 0, len(src)/24+8)
	var open []int
	for {
		before := base + int(dec.InputOffset())
		tok, err := dec.ReadToken()
		if errors.Is(err, io.EOF) && len(open) == 0 && len(t.tokens) > 0 {
			return nil
		}
		if err != nil {
			return t.fault(base, err)
		}
		if len(open) == 0 && len(t.tokens) > 0 {
			return t.file.Fault(base+int(dec.InputOffset())-1, "a second JSON value follows the document", "keep one document in a file")
		}
		end := uint32(base) + uint32(dec.InputOffset())
		switch tok.Kind() {
		case '}', ']':
			top := open[len(open)-1]
			open = open[:len(open)-1]
			t.tokens[top].end, t.tokens[top].next = end, uint32(len(t.tokens))
		case '{', '[':
			open = append(open, len(t.tokens))
			t.tokens = append(t.tokens, token{start: end - 1})
		default:
			start := before + len(t.file.Src[before:end]) - len(bytes.TrimLeft(t.file.Src[before:end], " \t\r\n,:"))
			t.tokens = append(t.tokens, token{start: uint32(start), end: end, next: uint32(len(t.tokens)) + 1})
		}
	}
}

func (t *tape) fault(base int, err error) error {
	var syntax *jsontext.SyntacticError
	if !errors.As(err, &syntax) {
		return t.file.Fault(len(t.file.Src), "the JSON text ends too early", "complete it")
	}
	reason := strings.TrimPrefix(syntax.Err.Error(), "jsontext: ")
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return t.file.Fault(len(t.file.Src), "the JSON text ends too early", "is the file truncated?")
	}
	return t.file.Fault(base+int(syntax.ByteOffset), "not valid JSON: "+reason, "")
}

func (t *tape) node(i uint32) *Node {
	n := new(Node)
	t.fill(n, i)
	return n
}

func (t *tape) fill(n *Node, i uint32) {
	tok := t.tokens[i]
	*n = Node{File: t.file, Start: int(tok.start), End: int(tok.end), content: t, token: int32(i)}
	switch t.file.Src[tok.start] {
	case '{':
		n.Kind, n.Style, n.Tag = Map, Flow, mapTag
	case '[':
		n.Kind, n.Style, n.Tag = Seq, Flow, seqTag
	default:
		n.Kind = Scalar
		n.Style, n.Tag = scalarForm(n.Raw())
	}
}

func (t *tape) text(n *Node) string { return scalarText(n.Raw()) }

// expand makes the children of a container, all in one piece of memory.
func (t *tape) expand(n *Node) ([]Member, []*Node) {
	first, end := uint32(n.token)+1, t.tokens[n.token].next
	count := 0
	for c := first; c < end; c = t.tokens[c].next {
		count++
	}
	nodes := make([]Node, count)
	c := first
	for i := range nodes {
		t.fill(&nodes[i], c)
		c = t.tokens[c].next
	}
	if n.Kind == Map {
		members := make([]Member, count/2)
		for i := range members {
			members[i] = Member{Key: &nodes[2*i], Value: &nodes[2*i+1]}
		}
		return members, nil
	}
	items := make([]*Node, count)
	for i := range items {
		items[i] = &nodes[i]
	}
	return nil, items
}

func scalarForm(raw []byte) (Style, string) {
	switch raw[0] {
	case '"':
		return DoubleQuoted, strTag
	case 't', 'f':
		return Plain, boolTag
	case 'n':
		return Plain, nullTag
	}
	if bytes.ContainsAny(raw, ".eE") {
		return Plain, floatTag
	}
	return Plain, intTag
}

func scalarText(raw []byte) string {
	if raw[0] != '"' {
		return string(raw)
	}
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw[1 : len(raw)-1])
	}
	text, _ := jsontext.AppendUnquote(nil, raw) // an invalid surrogate becomes U+FFFD
	return string(text)
}
