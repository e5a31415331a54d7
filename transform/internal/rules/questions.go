package rules

import (
	"iter"
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

// preflightOf returns the response with which a mock answers the preflights of a resource,
// if it lets an origin in.
func preflightOf(r *model.Resource) (have responses.Preflight, ok bool) {
	o := responses.MockOptions(r)
	if o == nil {
		return responses.Preflight{}, false
	}
	p := preflight{r, o, responses.PreflightHave(o)}
	return p.Preflight, p.letsIn()
}

// preflighted returns the first method of a resource that needs a preflight and for which
// a test holds, and why it needs one.
func preflighted(d *View, r *model.Resource, test func(*model.Method) bool) (m *model.Method, why string) {
	for _, m := range r.Methods() {
		if why := derive.PreflightReason(d.Document, r, m); why != "" && test(m) {
			return m, why
		}
	}
	return nil, ""
}

// namesOrigin reports whether a mapping of a method's responses names an origin.
func namesOrigin(m *model.Method) bool {
	return slices.ContainsFunc(responsesOf(m), func(r response) bool { return hasOrigin(r.headers) })
}

// preflightHandlers are the methods that handle the preflight requests for their own path, with
// their path items: OPTIONS, or ANY where the resource has none.
func preflightHandlers(d *View) iter.Seq2[*model.PathItem, *model.Method] {
	return func(yield func(*model.PathItem, *model.Method) bool) {
		for _, r := range d.Resources {
			h := d.handler(r)
			if h.How == responses.ByOwnMethod && !yield(h.Resource.ItemOf(h.Method), h.Method) {
				return
			}
		}
	}
}
