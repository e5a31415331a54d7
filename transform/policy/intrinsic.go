package policy

import (
	"encoding/json"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// LongForm returns a CloudFormation intrinsic as JSON, whether it is written as a
// tag (!Sub "…") or in long form ({"Fn::Sub": "…"}), and false for any other value.
// It may be called with nil.
func LongForm(n *source.Node) (string, bool) {
	if n == nil || n.Alias != "" || !model.Intrinsic(n) {
		return "", false
	}
	var b strings.Builder
	if !writeLong(&b, n, maxDepth) {
		return "", false
	}
	return b.String(), true
}

// maxDepth is deeper than anybody nests intrinsics.
const maxDepth = 32

// writeLong writes a value with its tags in long form, and reports whether it could.
func writeLong(b *strings.Builder, n *source.Node, depth int) bool {
	if depth == 0 || n.Alias != "" {
		return false
	}
	name := longName(n.Tag())
	if name == "" {
		return writeValue(b, n, depth)
	}
	b.WriteString("{" + jsonText(name) + ":")
	ok := true
	if resource, attribute, found := strings.Cut(n.Text(), "."); name == "Fn::GetAtt" && n.Kind == source.Scalar && found {
		b.WriteString("[" + jsonText(resource) + "," + jsonText(attribute) + "]")
	} else {
		ok = writeValue(b, n, depth)
	}
	b.WriteString("}")
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

// writeValue writes a value apart from its own tag.
func writeValue(b *strings.Builder, n *source.Node, depth int) bool {
	switch n.Kind {
	case source.Seq:
		return writeList(b, n, depth)
	case source.Map:
		return writeObject(b, n, depth)
	}
	if n.IsBool() || n.IsNull() || strings.HasPrefix(n.Tag(), "!!int") {
		return writeWord(b, n.Text())
	}
	b.WriteString(jsonText(n.Text()))
	return true
}

// writeWord writes what is no text, if JSON has it.
func writeWord(b *strings.Builder, word string) bool {
	if !json.Valid([]byte(word)) {
		return false
	}
	b.WriteString(word)
	return true
}

func writeList(b *strings.Builder, n *source.Node, depth int) bool {
	b.WriteString("[")
	for i, item := range n.Items() {
		if i > 0 {
			b.WriteString(",")
		}
		if !writeLong(b, item, depth-1) {
			return false
		}
	}
	b.WriteString("]")
	return true
}

func writeObject(b *strings.Builder, n *source.Node, depth int) bool {
	b.WriteString("{")
	for i, m := range n.Members() {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString(jsonText(m.Name()) + ":")
		if m.Merged || !writeLong(b, m.Value, depth-1) {
			return false
		}
	}
	b.WriteString("}")
	return true
}

func jsonText(text string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(text) // a string always encodes
	return strings.TrimSuffix(b.String(), "\n")
}
