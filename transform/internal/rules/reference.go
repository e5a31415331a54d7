package rules

import (
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

func readReferences(root *source.Node) []reference {
	w := &referenceWalk{}
	w.walk(root)
	return w.found
}

// referenceWalk keeps the keys on its way, of which it makes a pointer only where there is
// a reference: documents can be deep.
type referenceWalk struct {
	trail []string
	found []reference
}

func (w *referenceWalk) walk(n *source.Node) {
	if n.Alias != "" {
		return // it is read where it is written
	}
	for i, item := range n.Items() {
		w.below(strconv.Itoa(i), item)
	}
	for _, m := range n.Members() {
		name := m.Name()
		switch {
		case name == "$ref" && m.Value.Kind == source.Scalar:
			w.found = append(w.found, reference{m.Value.Text(), At(m.Value, source.Pointer("").Child(w.trail...).Child(name))})
		case isData(n, name):
			// what callers send or receive, or nobody reads as OpenAPI
		default:
			w.below(name, m.Value)
		}
	}
}

func (w *referenceWalk) below(key string, n *source.Node) {
	if n.Kind == source.Scalar {
		return
	}
	w.trail = append(w.trail, key)
	w.walk(n)
	w.trail = w.trail[:len(w.trail)-1]
}

// isData reports whether a member holds values and no part of the description. In a schema
// that is so of its default too, which among responses is a response.
func isData(n *source.Node, name string) bool {
	switch name {
	case "example", "examples", "enum", "const":
		return true
	case "default":
		return n.Get("type") != nil
	}
	return strings.HasPrefix(name, "x-")
}
