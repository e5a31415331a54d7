package validity

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/getkin/kin-openapi/openapi3"
)

// components reads them one by one. Examples and links are left out: an import does not
// look at them.
func (r *reader) components() *openapi3.Components {
	all := r.doc.Root.Get("components")
	if all == nil {
		return nil
	}
	c := &openapi3.Components{}
	var names []string
	for _, name := range sections {
		names = append(names, name)
	}
	r.into(c, all, components, names...)
	r.schemesElsewhere = model.Closed(all) != "" || model.Closed(all.Get("securitySchemes")) != ""
	schema := &openapi3.SchemaRef{Value: &openapi3.Schema{}}
	unknown := "unknown"
	c.Schemas = section(r, all, "schemas", *schema)
	c.Parameters = section(r, all, "parameters", openapi3.ParameterRef{Value: &openapi3.Parameter{Name: unknown, In: "query", Schema: schema}})
	c.Headers = section(r, all, "headers", openapi3.HeaderRef{Value: &openapi3.Header{Parameter: openapi3.Parameter{Schema: schema}}})
	c.RequestBodies = section(r, all, "requestBodies", openapi3.RequestBodyRef{Value: &openapi3.RequestBody{Content: openapi3.Content{"*/*": {}}}})
	c.Responses = section(r, all, "responses", openapi3.ResponseRef{Value: &openapi3.Response{Description: &unknown}})
	c.SecuritySchemes = section(r, all, "securitySchemes", openapi3.SecuritySchemeRef{Value: openapi3.NewJWTSecurityScheme()})
	c.Callbacks = section(r, all, "callbacks", openapi3.CallbackRef{Value: &openapi3.Callback{}})
	return c
}

// section reads the components of a kind. What cannot be read has something instead, so
// that it is known by its name.
func section[T any](r *reader, all *source.Node, name string, instead T) map[string]*T {
	n := all.Get(name)
	if n == nil || model.Closed(n) != "" {
		return nil
	}
	read := map[string]*T{}
	at := components.Child(name)
	for _, m := range slices.Backward(n.Members()) { // of two with a name the first one stays
		if m.Value.IsNull() || isLeftOut(m.Name(), "components", true) {
			continue
		}
		one := new(T)
		if !r.into(one, m.Value, at.Child(m.Name())) {
			*one = instead
		}
		read[m.Name()] = one
	}
	return read
}
