package lint

import (
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// generated holds the members that the marks of a document list.
type generated map[source.Pointer]bool

func readGenerated(d *model.Document) generated {
	g := generated{}
	g.read("", d.Root)
	for _, r := range d.Resources {
		for _, item := range r.Items {
			g.read(item.Pointer, item.Node)
		}
	}
	return g
}

func (g generated) read(at source.Pointer, n *source.Node) {
	for _, entry := range n.Get(model.MarkName).Items() {
		if p := source.Pointer(entry.Text()); p != "" && p.Valid() {
			g[at+p] = true
		}
	}
}

// isGenerated reports whether a member was generated, by itself or with what holds it.
// It follows a policy then, whose concerns are said when CORS is enabled.
func (p *pass) isGenerated(at source.Pointer) bool {
	for ; at != ""; at, _ = at.Parent() {
		if p.generated[at] {
			return true
		}
	}
	return false
}
