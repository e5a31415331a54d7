// Package operation builds the parts of operations that are alike for both API types, in
// the shape of the document's version.
package operation

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

// Declarations builds the headers of a method response. A header that is mapped
// and not declared makes the import fail.
func Declarations(v model.Version, headers responses.Headers) layout.Map {
	m := make(layout.Map, len(headers))
	for i, h := range headers {
		m[i] = layout.Member{Key: h.Name, Value: Declaration(v)}
	}
	return m
}

// Declaration says that a header or a parameter is a string, in the shape of the
// document's version.
func Declaration(v model.Version) layout.Map {
	str := layout.Map{{Key: "type", Value: layout.String("string")}}
	if v == model.Swagger2 {
		return str
	}
	return layout.Map{{Key: "schema", Value: str}}
}

// Consumed returns the media type that an OPTIONS takes. Form fields that the path
// item declares are its fields too, and only a form has fields.
func Consumed(item *model.PathItem) string {
	if slices.ContainsFunc(item.Parameters, func(p model.Parameter) bool { return p.In == "formdata" }) {
		return "multipart/form-data"
	}
	return "application/json"
}

// Parameters builds the parameters of an OPTIONS: the variables of its
// path that the path item does not declare, and, as optional, those parameters
// that the path item requires of every method. A preflight carries neither the
// headers nor the body of the call it asks for, and a request validator would
// refuse it with 400.
func Parameters(d *model.Document, item *model.PathItem) layout.List {
	var list layout.List
	for _, name := range model.PathVariables(item.Key) {
		declared := slices.ContainsFunc(item.Parameters, func(p model.Parameter) bool {
			return p.In == "path" && model.VariableName(p.Name) == name
		})
		if !declared {
			list = append(list, pathParameter(d.Version, name))
		}
	}
	for _, p := range item.Parameters {
		if p.Required && p.In != "path" {
			list = append(list, optional(d.Version, p))
		}
	}
	return list
}

func pathParameter(v model.Version, name string) layout.Map {
	p := layout.Map{
		{Key: "name", Value: layout.String(name)},
		{Key: "in", Value: layout.String("path")},
		{Key: "required", Value: layout.Word("true")},
	}
	return append(p, Declaration(v)...)
}

// optional returns a parameter with all that it says but that it is required.
func optional(v model.Version, p model.Parameter) layout.Map {
	if all, ok := layout.Of(p.Node, nil); ok {
		return all.(layout.Map).With("required", layout.Word("false"))
	}
	plain := layout.Map{
		{Key: "name", Value: layout.String(p.Name)},
		{Key: "in", Value: layout.String(p.Node.Get("in").Text())},
		{Key: "required", Value: layout.Word("false")},
	}
	return append(plain, Declaration(v)...)
}
