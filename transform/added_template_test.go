package transform_test

import (
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/transform"
)

// TestResponseTemplatesAreAddedWhereTheyWork holds which responses without a template get one
// where the policy has several origins, and that every other one is listed as one that pages
// cannot read.
func TestResponseTemplatesAreAddedWhereTheyWork(t *testing.T) {
	const plain = "responses: {default: {statusCode: '200'}}"
	get := func(response, integration string) string {
		return "openapi: 3.0.1\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get: {responses: {'200': {description: a" + response + "}, '204': {description: b}}, " +
			"x-amazon-apigateway-integration: {type: http, httpMethod: GET, uri: 'https://b.example.com', " + integration + "}}\n"
	}
	swagger := strings.NewReplacer("openapi: 3.0.1", "swagger: '2.0'").Replace
	for name, tt := range map[string]struct {
		src                 string
		auto, always, never bool
	}{
		"JSON":                           {get(", content: {application/json: {}}", plain), true, true, false},
		"problem details":                {get(", content: {application/problem+json; charset=utf-8: {}}", plain), true, true, false},
		"nothing declared":               {get("", plain), true, true, false},
		"HTML":                           {get(", content: {text/html: {}}", plain), false, true, false},
		"JSON or HTML":                   {get(", content: {application/json: {}, text/html: {}}", plain), false, true, false},
		"a mapped Content-Type":          {get(", headers: {Content-Type: {schema: {type: string}}}", "responses: {default: {statusCode: '200', responseParameters: {method.response.header.Content-Type: integration.response.header.Content-Type}}}"), false, true, false},
		"a fixed Content-Type of JSON":   {get(", headers: {Content-Type: {schema: {type: string}}}", `responses: {default: {statusCode: '200', responseParameters: {method.response.header.Content-Type: "'application/json'"}}}`), true, true, false},
		"no body":                        {get("", "responses: {default: {statusCode: '204'}}"), false, false, false},
		"a converted response":           {get("", "responses: {default: {statusCode: '200', contentHandling: CONVERT_TO_BINARY}}"), false, false, false},
		"a converted request":            {get("", "contentHandling: CONVERT_TO_TEXT, "+plain), false, false, false},
		"binary media types":             {get("", plain) + "x-amazon-apigateway-binary-media-types: [image/png]\n", false, false, false},
		"Swagger 2.0, produces of its":   {swagger(get("", plain+"}, produces: [application/json], x-a: {")), true, true, false},
		"Swagger 2.0, produces HTML":     {swagger(get("", plain)) + "produces: [text/html]\n", false, true, false},
		"Swagger 2.0, nothing declared":  {swagger(get("", plain)), true, true, false},
		"Swagger 2.0, produces unknown":  {swagger(get("", plain)) + "produces: {Ref: P}\n", false, true, false},
		"Swagger 2.0, produces a text":   {swagger(get("", plain)) + "produces: application/json\n", false, true, false},
		"content of a deployment":        {get(", content: {'Fn::If': [a, {}, {}]}", plain), false, true, false},
		"a mock, which has no body":      {strings.Replace(get(", content: {text/html: {}}", plain), "type: http,", "type: mock,", 1), true, true, false},
		"a template that can choose":     {get("", "responses: {default: {statusCode: '200', responseTemplates: {text/html: x}}}"), true, true, true},
		"a template in the other status": {get("", "responses: {default: {statusCode: '200', responseTemplates: {text/html: x}}, '204': {statusCode: '204', responseTemplates: {text/html: x}}}"), true, true, true},
	} {
		doc, err := transform.Parse("openapi.yaml", []byte(tt.src))
		if err != nil {
			t.Fatal(err)
		}
		for mode, want := range map[transform.ResponseTemplates]bool{
			"": tt.auto, transform.ResponseTemplatesAuto: tt.auto, transform.ResponseTemplatesAlways: tt.always, transform.ResponseTemplatesNever: tt.never,
		} {
			r, err := transform.Enable(doc, several, transform.Options{API: transform.REST, Emit: transform.Emit{AddResponseTemplates: mode}})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			readable := len(r.Resources[0].Unreadable) == 0
			missing := slices.ContainsFunc(r.Findings, func(f transform.Finding) bool { return f.Rule == "response-template-missing" })
			if readable != want || missing == readable {
				t.Errorf("%s, %q: pages can read it: %v, want %v; findings:\n%s", name, mode, readable, want, gocmp.Diff(nil, r.Findings))
			}
		}
	}
}
