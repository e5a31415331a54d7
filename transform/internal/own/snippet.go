package own

import (
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// TemplatePointer is the place of a response template.
func TemplatePointer(entry *model.IntegrationResponse, t source.Member) source.Pointer {
	return entry.Pointer.Child("responseTemplates").Child(t.Name())
}

// HasSnippet reports whether a snippet is in front of a template of a resource. Its fence
// tells it, and no marker.
func HasSnippet(r *model.Resource) bool {
	found := false
	for _, item := range r.Items {
		eachTemplate(item, func(_ *model.IntegrationResponse, t source.Member) {
			snippet, _ := responses.Fenced(t.Value.Text())
			found = found || snippet != ""
		})
	}
	return found
}

// splices returns the operations that give each template of a path item the
// snippet that is wanted, and take out one that is not.
func splices(item *model.PathItem, wanted map[source.Pointer]string) []layout.Operation {
	var ops []layout.Operation
	eachTemplate(item, func(entry *model.IntegrationResponse, t source.Member) {
		at := TemplatePointer(entry, t)
		has, _ := responses.Fenced(t.Value.Text())
		if wants := wanted[at]; wants != has {
			ops = append(ops, layout.Splice{At: at, Old: has, New: wants, Unquote: responses.IsUnquoted(has)})
		}
	})
	return ops
}

// eachTemplate visits the response templates of a path item.
func eachTemplate(item *model.PathItem, visit func(*model.IntegrationResponse, source.Member)) {
	for _, m := range item.All() {
		if m.Integration == nil {
			continue
		}
		for i := range m.Integration.Responses {
			for _, t := range m.Integration.Responses[i].Templates {
				visit(&m.Integration.Responses[i], t)
			}
		}
	}
}

// NoModels returns what is no model for the style of what is written: generated
// members, and templates, which may be written otherwise with a snippet in front of
// them than without.
func (r *Reading) NoModels() map[*source.Node]bool {
	set := map[*source.Node]bool{}
	for n := range r.HandWritten.Hidden {
		set[n] = true
	}
	for _, resource := range r.HandWritten.Resources {
		for _, item := range resource.Items {
			eachTemplate(item, func(_ *model.IntegrationResponse, t source.Member) { set[t.Value] = true })
		}
	}
	return set
}
