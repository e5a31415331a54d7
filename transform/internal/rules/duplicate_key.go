package rules

import (
	"fmt"
	"slices"

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
	find: findDuplicateKey,
}

// findDuplicateKey looks at the objects on the way to what CORS is about.
func findDuplicateKey(d *View) []Finding {
	found := slices.Concat(duplicates(d.Root, ""), duplicates(d.Root.Get("paths"), model.Base))
	for _, item := range items(d) {
		found = append(found, duplicates(item.Node, item.Pointer)...)
	}
	for _, m := range methods(d) {
		found = append(found, duplicates(m.Node, m.Pointer)...)
		for _, name := range []string{"responses", extensions.NameIntegration} {
			found = append(found, duplicates(m.Node.Get(name), m.Pointer.Child(name))...)
		}
	}
	return found
}

// duplicates reports the keys that an object has twice. What is written as an alias is
// read where it is written out.
func duplicates(n *source.Node, where source.Pointer) (found []Finding) {
	if n == nil || n.Alias != "" {
		return nil
	}
	seen := map[string]bool{}
	for _, m := range n.Members() {
		if second, ok := n.Duplicate(m.Name()); ok && !seen[m.Name()] {
			found = append(found, Finding{
				At:      At(second.Key, where.Child(m.Name())),
				Message: fmt.Sprintf("the key %q stands twice in one object", m.Name()),
				Hint:    "keep one of them",
			})
		}
		seen[m.Name()] = true
	}
	return found
}
