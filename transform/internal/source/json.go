package source

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

func parseJSON(f *File) (*Node, error) {
	if len(f.Src) > math.MaxInt32 {
		return nil, f.fault("the file is larger than 2 GiB", "API Gateway imports at most 6 MB")
	}
	t := &tape{file: f, leaf: jsonLeaf{}}
	if err := t.readJSON(); err != nil {
		return nil, err
	}
	return t.node(0), nil
}

// readJSON tokenizes the file once. What passes here is JSON in every part, also in
// those that nobody looks at later. Repeated names and broken surrogate pairs
// pass: they matter only where something is edited.
func (t *tape) readJSON() error {
	base := 0
	if bytes.HasPrefix(t.file.Src, []byte(bom)) {
		base = len(bom)
	}
	src := t.file.Src[base:]
	dec := jsontext.NewDecoder(bytes.NewBuffer(src),
		jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	t.tokens = make([]token, 0, len(src)/20+8)
	var open []int
	for {
		before := base + int(dec.InputOffset())
		tok, err := dec.ReadToken()
		if errors.Is(err, io.EOF) && len(open) == 0 && len(t.tokens) > 0 {
			return nil
		}
		if err != nil {
			return t.jsonFault(base, err)
		}
		if len(open) == 0 && len(t.tokens) > 0 {
			return t.file.Fault(base+int(dec.InputOffset())-1, "a second JSON value follows the document", "keep one document in a file")
		}
		end := base + int(dec.InputOffset())
		switch kind := tok.Kind(); kind {
		case '}', ']':
			t.closeAt(open[len(open)-1], end)
			open = open[:len(open)-1]
		case '{':
			open = append(open, t.add(formFlowMap, end-1, end))
		case '[':
			open = append(open, t.add(formFlowSeq, end-1, end))
		default:
			start := before
			for isBetweenTokens(t.file.Src[start]) {
				start++
			}
			f := formPlain
			if kind == '"' {
				f = formDouble
			}
			t.add(f, start, end)
		}
	}
}

// isBetweenTokens reports whether a byte may be between two tokens.
func isBetweenTokens(c byte) bool {
	return c == ' ' || c == '\n' || c == ',' || c == ':' || c == '\t' || c == '\r'
}

func (t *tape) jsonFault(base int, err error) error {
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

// jsonLeaf reads JSON's strings, numbers and words.
type jsonLeaf struct{}

func (jsonLeaf) tagOf(n *Node) string {
	raw := n.Raw()
	switch raw[0] {
	case '{':
		return mapTag
	case '[':
		return seqTag
	case '"':
		return strTag
	case 't', 'f':
		return boolTag
	case 'n':
		return nullTag
	}
	if bytes.ContainsAny(raw, ".eE") {
		return floatTag
	}
	return intTag
}

func (jsonLeaf) textOf(n *Node) string {
	raw := n.Raw()
	if raw[0] != '"' {
		return string(raw)
	}
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw[1 : len(raw)-1])
	}
	text, _ := jsontext.AppendUnquote(nil, raw) // an invalid surrogate becomes U+FFFD
	return string(text)
}

func (jsonLeaf) childrenOf(*Node) ([]Member, []*Node) { return nil, nil }
