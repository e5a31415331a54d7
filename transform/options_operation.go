package transform

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// optionsOperation builds the mock OPTIONS that answers preflights with the given
// headers, as API Gateway's guide recommends it: see
// https://docs.aws.amazon.com/apigateway/latest/developerguide/enable-cors-for-resource-using-swagger-importer-tool.html
func optionsOperation(d *model.Document, item *model.PathItem, status string, headers answers.Headers) layout.Map {
	var op layout.Map
	add := func(key string, v layout.Value) { op = append(op, layout.Member{Key: key, Value: v}) }
	if d.Version == model.Swagger2 {
		json := layout.Strings([]string{"application/json"})
		add("consumes", json)
		add("produces", json)
	}
	if params := optionsParameters(d, item); len(params) > 0 {
		add("parameters", params)
	}
	// Preflights carry no credentials (Fetch standard, CORS-preflight fetch), so
	// whatever the root asks for must not hold here.
	add("security", layout.List{})
	add("responses", layout.Map{{Key: status, Value: layout.Map{
		{Key: "description", Value: layout.String("Default response for CORS method")},
		{Key: "headers", Value: declarations(d.Version, headers)},
	}}})
	if d.Security() != nil && len(d.Security().Schemes) > 0 {
		add(extensions.NameAuth, layout.Map{{Key: "type", Value: layout.String("NONE")}})
	}
	add(extensions.NameIntegration, mockIntegration(status, headers))
	return op
}

// mockIntegration builds the integration of an OPTIONS. contentHandling stands on
// both sides because binary media types may be set outside the document, and with
// "*/*" a mock without it answers 500.
func mockIntegration(status string, headers answers.Headers) layout.Map {
	toText := layout.Member{Key: "contentHandling", Value: layout.String(extensions.ConvertToText)}
	return layout.Map{
		{Key: "type", Value: layout.String(extensions.TypeMock)},
		{Key: "requestTemplates", Value: layout.Map{
			{Key: "application/json", Value: layout.String(`{"statusCode": ` + status + `}`)},
		}},
		{Key: "passthroughBehavior", Value: layout.String(extensions.PassthroughNever)},
		toText,
		{Key: "responses", Value: layout.Map{{Key: "default", Value: layout.Map{
			{Key: "statusCode", Value: layout.String(status)},
			toText,
			{Key: "responseParameters", Value: mappings(headers)},
		}}}},
	}
}

// declarations builds the headers of a method response. A header that is mapped
// and not declared makes the import fail.
func declarations(v model.Version, headers answers.Headers) layout.Map {
	m := make(layout.Map, len(headers))
	for i, h := range headers {
		m[i] = layout.Member{Key: h.Name, Value: declaration(v)}
	}
	return m
}

// declaration is a string header, in the shape of the document's version.
func declaration(v model.Version) layout.Map {
	str := layout.Map{{Key: "type", Value: layout.String("string")}}
	if v == model.Swagger2 {
		return str
	}
	return layout.Map{{Key: "schema", Value: str}}
}

func mappings(headers answers.Headers) layout.Map {
	m := make(layout.Map, len(headers))
	for i, h := range headers {
		m[i] = layout.Member{Key: answers.MethodTarget + h.Name, Value: layout.String(h.Mapping)}
	}
	return m
}

// optionsParameters builds the parameters of an OPTIONS: the variables of its
// path that the path item does not declare, and, as optional, those parameters
// that the path item requires of every method. A preflight carries neither the
// headers nor the body of the call it asks for, and a request validator would
// refuse it with 400.
func optionsParameters(d *model.Document, item *model.PathItem) layout.List {
	var list layout.List
	for _, name := range model.PathVariables(item.Key) {
		declared := slices.ContainsFunc(item.Parameters, func(p model.Parameter) bool { return p.In == "path" && p.Name == name })
		if !declared {
			list = append(list, parameter(d.Version, name, "path", true))
		}
	}
	for _, p := range item.Parameters {
		if p.Required && p.In != "path" {
			list = append(list, parameter(d.Version, p.Name, p.Node.Get("in").Text(), false))
		}
	}
	return list
}

func parameter(v model.Version, name, in string, required bool) layout.Map {
	p := layout.Map{{Key: "name", Value: layout.String(name)}, {Key: "in", Value: layout.String(in)}}
	if required {
		p = append(p, layout.Member{Key: "required", Value: layout.Word("true")})
	} else {
		p = append(p, layout.Member{Key: "required", Value: layout.Word("false")})
	}
	switch {
	case in == "body":
		return append(p, layout.Member{Key: "schema", Value: layout.Map{{Key: "type", Value: layout.String("object")}}})
	case v == model.Swagger2:
		return append(p, layout.Member{Key: "type", Value: layout.String("string")})
	}
	return append(p, layout.Member{Key: "schema", Value: layout.Map{{Key: "type", Value: layout.String("string")}}})
}
