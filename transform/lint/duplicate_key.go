package lint

import (
	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

var duplicateKey = &Rule{
	ID:    "duplicate-key",
	Title: "a key stands twice in one object",
	Doc: "Some readers take the first of the two, some the last, and some refuse the document. What apigw-cors " +
		"would have to edit there it refuses.",
	URL:      "https://yaml.org/spec/1.2.2/#3213-node-comparison",
	Severity: finding.Error,
	Fails: `paths:
  /pets: {}
  /pets: {}
`,
	Passes: `paths:
  /pets: {}
  /cats: {}
`,
	run: duplicateKeyRun,
}

// duplicateKeyRun looks at the objects on the way to what CORS is about.
func duplicateKeyRun(p *pass) {
	p.duplicates(p.Root, "")
	p.duplicates(p.Root.Get("paths"), model.Base)
	for _, r := range p.Resources {
		for _, item := range r.Items {
			p.duplicates(item.Node, item.Pointer)
			for _, m := range item.All() {
				p.duplicates(m.Node, m.Pointer)
				p.duplicates(m.Node.Get("responses"), m.Pointer.Child("responses"))
				p.duplicates(m.Node.Get(extensions.NameIntegration), m.Pointer.Child(extensions.NameIntegration))
			}
		}
	}
}

func (p *pass) duplicates(n *source.Node, where source.Pointer) {
	if n == nil || n.Alias != "" {
		return // it is read where it is written
	}
	seen := map[string]bool{}
	for _, m := range n.Members() {
		if second, ok := n.Duplicate(m.Name()); ok && !seen[m.Name()] {
			p.report(at(second.Key, where.Child(m.Name())), "keep one of them", nil, "the key %q stands twice in one object", m.Name())
		}
		seen[m.Name()] = true
	}
}
