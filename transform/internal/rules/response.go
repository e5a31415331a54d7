package rules

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// readResponses returns those of a document. An HTTP API has none.
func readResponses(d *View) []response {
	if d.API == model.HTTP {
		return nil
	}
	var list []response
	for _, m := range methods(d) {
		list = append(list, responsesOf(m)...)
	}
	return list
}

// responsesOf returns those of a method.
func responsesOf(m *model.Method) []response {
	if by := responses.ResponderOf(m); by != responses.Mock && by != responses.BackendMapped {
		return nil
	}
	var list []response
	for i := range m.Integration.Responses {
		if e := &m.Integration.Responses[i]; e.Opaque == "" {
			list = append(list, response{m, e, responses.ReadMapped(e.Parameters, responses.MethodTarget)})
		}
	}
	return list
}

// ofEntry is the place of an integration response.
func ofEntry(e *model.IntegrationResponse) Place { return At(e.Key, e.Pointer) }

// ofHeader is the place of a mapping in an integration response.
func ofHeader(e *model.IntegrationResponse, h responses.Header) Place {
	return At(h.Node, e.Pointer.Child("responseParameters", h.Key.Text()))
}

// ofParameter is the place of any mapping in an integration response.
func ofParameter(e *model.IntegrationResponse, mapping source.Member) Place {
	return At(mapping.Key, e.Pointer.Child("responseParameters", mapping.Name()))
}

// letsIn reports whether the response names an origin, or a template of it does.
func (r response) letsIn() bool { return hasOrigin(r.headers) || overridesOrigin(r.method, r.entry) }

// at is the place of the mapping.
func (h header) at() Place { return ofHeader(h.entry, h.Header) }

// is reports whether the header has a name, whatever its case.
func (h header) is(name string) bool { return strings.EqualFold(h.Name, name) }

// value is the fixed value of the header, empty where it has none.
func (h header) value() string {
	value, _ := h.Static()
	return value
}

// set is the change that gives the mapping another value.
func (h header) set(value string) []layout.Operation {
	return []layout.Operation{layout.Set{At: h.at().Pointer, Value: layout.String(value)}}
}

// readHeaders returns every CORS header that is mapped on a response.
func readHeaders(d *View) []header {
	var list []header
	for _, r := range d.responses() {
		for _, h := range r.headers {
			list = append(list, header{r, h})
		}
	}
	return list
}

// fixedHeaders returns the CORS headers of a name that have a fixed value which was written
// by hand, and in which nothing is filled in before the import.
func fixedHeaders(d *View, name string) []header {
	return slices.DeleteFunc(slices.Clone(d.headers()), func(h header) bool {
		value, static := h.Static()
		return !h.is(name) || !static || model.MayHavePlaceholder(value) || d.Generated(h.at().Pointer)
	})
}

// gatewayHeader is a CORS header of a gateway response.
type gatewayHeader struct {
	response responses.GatewayResponse
	responses.Header
}

// at is the place of the mapping.
func (h gatewayHeader) at() Place {
	return At(h.Node, h.response.Pointer.Child("responseParameters", h.Key.Text()))
}

// is reports whether the header has a name, whatever its case.
func (h gatewayHeader) is(name string) bool { return strings.EqualFold(h.Name, name) }

// gatewayHeaders returns every CORS header of the gateway responses. An HTTP API has none.
func gatewayHeaders(d *View) []gatewayHeader {
	if d.API == model.HTTP {
		return nil
	}
	var list []gatewayHeader
	declared, _ := responses.Gateway(d.Document)
	for _, g := range declared {
		for _, h := range g.Headers {
			list = append(list, gatewayHeader{g, h})
		}
	}
	return list
}

// readTemplates returns them all. What the request template of a mock overrides reaches the
// response too.
func readTemplates(d *View) []template {
	var list []template
	for _, p := range d.preflights() {
		for _, t := range p.options.Integration.Node.Get("requestTemplates").Members() {
			at := At(t.Value, p.options.Integration.Pointer.Child("requestTemplates", t.Name()))
			list = append(list, template{p.options, at, responses.WithoutComments(t.Value.Text())})
		}
	}
	for _, r := range d.responses() {
		for _, t := range r.entry.Templates {
			at := At(t.Value, r.entry.Pointer.Child("responseTemplates", t.Name()))
			list = append(list, template{r.method, at, responses.WithoutComments(t.Value.Text())})
		}
	}
	return list
}

// overridesOrigin reports whether a template of a response sets the origin, be it by what was
// generated.
func overridesOrigin(m *model.Method, e *model.IntegrationResponse) bool {
	return slices.ContainsFunc(responses.TemplatesOf(m, e), func(t source.Member) bool { return responses.OverridesOrigin(t.Value.Text()) })
}
