package rules

import (
	"iter"
	"slices"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// View is a document as rules see it. They do not change it.
type View struct {
	*model.Document
	API     model.APIType // empty where it is not known
	Reading *own.Reading  // the document as it was written by hand, and what in it was generated

	handler  func(*model.Resource) responses.Handler // what handles the preflight requests of a resource
	catchAll func(*model.Resource) *model.Method     // a method of a resource that handles them, although it is not one for OPTIONS

	// What several rules ask for is read when the first one does.
	preflights   func() []preflight
	mocks        func() []mock
	responses    func() []response
	headers      func() []header
	templates    func() []template
	references   func() []reference
	blocks       func() []block
	blocksByPath func() map[string]block
	mistakes     func() []mistake
	mistakesOf   func(*model.Integration) []mistake
}

// Generated reports whether a member was generated, by itself or with what holds it: it follows a
// policy, whose concerns are reported when CORS is enabled.
func (v *View) Generated(at source.Pointer) bool { return v.Reading.IsGenerated(at) }

// methods are the methods of the document, OPTIONS among them.
func methods(d *View) iter.Seq2[*model.Resource, *model.Method] {
	return func(yield func(*model.Resource, *model.Method) bool) {
		for _, r := range d.Resources {
			for _, item := range r.Items {
				for _, m := range item.All() {
					if !yield(r, m) {
						return
					}
				}
			}
		}
	}
}

// items are the path items of the document.
func items(d *View) iter.Seq2[*model.Resource, *model.PathItem] {
	return func(yield func(*model.Resource, *model.PathItem) bool) {
		for _, r := range d.Resources {
			for _, item := range r.Items {
				if !yield(r, item) {
					return
				}
			}
		}
	}
}

// ofMethod is the place of a method.
func ofMethod(m *model.Method) Place { return At(m.Key, m.Pointer) }

// what is how messages refer to a method.
func what(m *model.Method) string { return m.Name + " " + m.Path }

// hasIntegrations reports whether any method but OPTIONS has an integration: without one, a
// document is not meant for an import.
func hasIntegrations(d *View) bool {
	for _, m := range methods(d) {
		if m.Integration != nil && m.Name != "OPTIONS" {
			return true
		}
	}
	return false
}

// preflight is the response of an OPTIONS that API Gateway sends by itself.
type preflight struct {
	resource *model.Resource
	options  *model.Method
	responses.Preflight
}

// readPreflights returns those of the mocks of a REST API. An HTTP API has no mocks.
func readPreflights(d *View) []preflight {
	if d.API == model.HTTP {
		return nil
	}
	var list []preflight
	for r, item := range items(d) {
		if o := item.Options; o != nil && responses.ResponderOf(o) == responses.Mock {
			list = append(list, preflight{r, o, responses.PreflightHave(o)})
		}
	}
	return list
}

// at is the place of a header of the response, or of the response where it has none.
func (p preflight) at(header string) Place {
	if h, ok := p.Headers.Get(header); ok {
		return ofHeader(p.Entry, h)
	}
	return ofEntry(p.Entry)
}

// letsIn reports whether the response names an origin, or a template of it does.
func (p preflight) letsIn() bool { return hasOrigin(p.Headers) || p.Overrides }

// answersPreflights reports whether a mock of the document answers preflights with an
// origin.
func answersPreflights(d *View) bool { return slices.ContainsFunc(d.preflights(), preflight.letsIn) }

// hasOrigin reports whether the headers of a response name an origin. An empty value names
// none.
func hasOrigin(have responses.Headers) bool {
	h, ok := have.Get(responses.AllowOrigin)
	value, static := h.Static()
	return ok && (!static || value != "")
}

// block is an x-amazon-apigateway-cors that was written by hand.
type block struct {
	node      *source.Node
	pointer   source.Pointer
	path      string          // of its resource, empty at the root
	recursive bool            // it speaks of the resources below as well
	resource  *model.Resource // that it speaks of; at the root all of them as one
	policy    policy.Policy
	mistakes  []*policy.Error // it says nothing for certain where there are some
}

// mock is a method to which API Gateway responds by itself, with what it responds to a request
// without a body.
type mock struct {
	method *model.Method
	responses.MockResponse
}

// response is an integration response of a REST API of which API Gateway makes a response.
type response struct {
	method  *model.Method
	entry   *model.IntegrationResponse
	headers responses.Headers // of CORS
}

// header is a CORS header that is mapped on a response.
type header struct {
	response
	responses.Header
}

// template is one that API Gateway renders for a response, without its comments.
type template struct {
	method *model.Method
	at     Place
	text   string
}

// reference is a $ref that stands in the document.
type reference struct {
	to    string
	where Place
}

// mistake is something in an extension that API Gateway does not take.
type mistake struct {
	*extensions.Error
	where     Place
	isMapping bool // of an integration
}
