package lint

import (
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// generatedIn returns what reports whether a member of a document was generated, by itself
// or with what holds it. The ownership markers of the document list what was.
func generatedIn(d *model.Document) func(source.Pointer) bool {
	listed := map[source.Pointer]bool{}
	read := func(at source.Pointer, n *source.Node) {
		for _, entry := range n.Get(model.MarkName).Items() {
			if p := source.Pointer(entry.Text()); p != "" && p.Valid() {
				listed[at+p] = true
			}
		}
	}
	read("", d.Root)
	for _, r := range d.Resources {
		for _, item := range r.Items {
			read(item.Pointer, item.Node)
		}
	}
	return func(at source.Pointer) bool {
		for ; at != ""; at, _ = at.Parent() {
			if listed[at] {
				return true
			}
		}
		return false
	}
}
