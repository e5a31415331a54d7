package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/operation"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var responseRef = &Rule{
	ID:    "response-ref",
	Title: "a response that has a header mapped is a reference",
	Doc: "The import keeps the status of a referenced response and loses its headers, and then fails on " +
		"the mapping of one. Write the response where it is used.",
	URL:         "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html",
	Severity:    finding.Error,
	API:         model.REST,
	CORS:        true,
	ImportFails: true,
	Fails: `components: {responses: {Preflight: {description: preflight, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}}
paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
    options:
      responses:
        "200": {$ref: "#/components/responses/Preflight"}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: "200"
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"
`,
	Passes: example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	find:   findResponseRef,
}

func findResponseRef(d *View) (found []Finding) {
	for _, r := range d.responses() {
		declared := r.method.Response(r.entry.Status)
		if declared == nil || declared.Ref == "" || !slices.ContainsFunc(r.entry.Parameters, isHeaderMapping) {
			continue
		}
		found = append(found, Finding{
			At:      At(declared.Node, declared.Pointer),
			Message: fmt.Sprintf("the response %s of %s refers to %q, whose headers the import loses, so the mapping of one fails", r.entry.Status, what(r.method), declared.Ref),
			Hint:    "write the response here",
			Fix:     inline(d.Version, declared, r.entry),
		})
	}
	return found
}

// inline is the change that writes what a reference stands for in its place, if it can take it,
// with the headers declared that an integration response maps.
func inline(v model.Version, r *model.Response, entry *model.IntegrationResponse) []layout.Operation {
	if r.Content == nil || len(r.Node.Members()) != 1 {
		return nil
	}
	content, ok := layout.Of(r.Content, nil)
	object, isMap := content.(layout.Map)
	if !ok || !isMap {
		return nil
	}
	return []layout.Operation{layout.Inline{At: r.Pointer, Value: declaring(v, object, r, entry)}}
}

// declaring is a response with the headers that an integration response maps, if it can take them.
func declaring(v model.Version, object layout.Map, r *model.Response, entry *model.IntegrationResponse) layout.Map {
	headers, isMap := object.Get("headers").(layout.Map)
	if object.Get("headers") != nil && !isMap {
		return object
	}
	missing := false
	for _, mapping := range entry.Parameters {
		name, ok := strings.CutPrefix(mapping.Name(), responses.MethodTarget)
		if _, isDeclared := r.Header(name); !ok || isDeclared || !policy.IsToken(name) {
			continue
		}
		headers, missing = headers.With(name, operation.Declaration(v)), true
	}
	if !missing {
		return object
	}
	return object.With("headers", headers)
}

func isHeaderMapping(m source.Member) bool {
	return strings.HasPrefix(m.Name(), responses.MethodTarget)
}
