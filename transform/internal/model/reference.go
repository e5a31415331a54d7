package model

import (
	"net/url"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Resolve follows the references ("$ref") of a value within the document. It
// returns nil for one that leads nowhere, to another file, or round in a circle.
func (d *Document) Resolve(n *source.Node) *source.Node {
	const most = 16 // nobody chains more; a circle ends here
	for range most {
		ref, ok := Ref(n)
		if !ok {
			return n
		}
		p, local := LocalTarget(ref)
		if !local {
			return nil
		}
		if n = d.Root.At(p); n == nil {
			return nil
		}
	}
	return nil
}

// LocalTarget returns what a reference refers to within its document, and false where it leads
// elsewhere or has no valid pointer.
func LocalTarget(ref string) (source.Pointer, bool) {
	rest, local := strings.CutPrefix(ref, "#")
	if unescaped, err := url.PathUnescape(rest); err == nil {
		rest = unescaped
	}
	p := source.Pointer(rest)
	return p, local && p.Valid()
}

// Ref returns the target of a reference object.
func Ref(n *source.Node) (string, bool) {
	ref := n.Get("$ref")
	if ref == nil || ref.Kind != source.Scalar {
		return "", false
	}
	return ref.Text(), true
}
