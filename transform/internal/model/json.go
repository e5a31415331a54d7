package model

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Bounds of what is written as JSON. Aliases can make a value of any size out of a short
// text.
const (
	DeepestJSON = 200
	LongestJSON = 64 << 20 // bytes
)

// JSON returns a value as JSON: aliases followed, and the tags of CloudFormation in their
// long form. It returns false for a value that exceeds the bounds.
func JSON(n *source.Node) (string, bool) {
	w := &jsonWriter{}
	ok := w.tagged(n, DeepestJSON)
	return w.String(), ok
}

type jsonWriter struct{ strings.Builder }

func (w *jsonWriter) tagged(n *source.Node, depth int) bool {
	if depth == 0 || w.Len() > LongestJSON {
		return false
	}
	name := longName(n.Tag())
	if name == "" {
		return w.value(n, depth)
	}
	w.WriteString("{" + Quoted(name) + ":")
	ok := true
	if resource, attribute, found := strings.Cut(n.Text(), "."); name == "Fn::GetAtt" && n.Kind == source.Scalar && found {
		w.WriteString("[" + Quoted(resource) + "," + Quoted(attribute) + "]")
	} else {
		ok = w.value(n, depth)
	}
	w.WriteByte('}')
	return ok
}

// longName returns the long name of a tag, and empty for one that is YAML's own.
func longName(tag string) string {
	name, ok := strings.CutPrefix(tag, "!")
	switch {
	case !ok || strings.HasPrefix(name, "!"):
		return ""
	case name == "Ref" || name == "Condition":
		return name
	}
	return "Fn::" + name
}

// value writes a value apart from its own tag. Of two members with one name the first is
// written.
func (w *jsonWriter) value(n *source.Node, depth int) bool {
	switch n.Kind {
	case source.Seq:
		w.WriteByte('[')
		for i, item := range n.Items() {
			if i > 0 {
				w.WriteByte(',')
			}
			if !w.tagged(item, depth-1) {
				return false
			}
		}
		w.WriteByte(']')
	case source.Map:
		written := map[string]bool{}
		w.WriteByte('{')
		for _, m := range n.Members() {
			if written[m.Name()] {
				continue
			}
			if len(written) > 0 {
				w.WriteByte(',')
			}
			written[m.Name()] = true
			w.WriteString(Quoted(m.Name()) + ":")
			if !w.tagged(m.Value, depth-1) {
				return false
			}
		}
		w.WriteByte('}')
	default:
		w.WriteString(ScalarJSON(n))
	}
	return true
}

// ScalarJSON returns a scalar as JSON, apart from its tag.
func ScalarJSON(n *source.Node) string {
	text := n.Text()
	switch {
	case n.IsNull():
		return "null"
	case n.IsBool():
		return strings.ToLower(text)
	case n.IsNumber() && json.Valid([]byte(text)):
		return text
	case n.IsNumber():
		return number(text)
	}
	return Quoted(text)
}

// number writes what JSON has no such form for: 0x1F, 0o17, +1, .5, .inf.
func number(text string) string {
	if i, err := strconv.ParseInt(text, 0, 64); err == nil {
		return strconv.FormatInt(i, 10)
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return Quoted(text)
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

// Quoted returns a text as a JSON string.
func Quoted(text string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(text) // a string always encodes
	return strings.TrimSuffix(b.String(), "\n")
}
