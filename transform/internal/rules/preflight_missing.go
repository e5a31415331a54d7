package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var preflightMissing = &Rule{
	ID:    "preflight-missing",
	Title: "a method needs a preflight, and nothing answers it",
	Doc: "Before PUT, PATCH and DELETE, and before calls with headers that are not safelisted or with a " +
		"JSON body, a browser asks with OPTIONS. A resource whose answers carry CORS headers is meant to " +
		"be called from pages, and without an OPTIONS such calls fail.",
	URL:      "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
	Severity: finding.Error,
	API:      model.REST,
	CORS:     true,
	Fails: `paths:
  /pets:
    delete:
      responses: {"200": {description: pets, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}
      x-amazon-apigateway-integration:
        type: http
        httpMethod: GET
        uri: https://pets.example.com
        responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"}}}
`,
	Passes: `paths:
  /pets:
    get:
      responses: {"200": {description: pets, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}
      x-amazon-apigateway-integration:
        type: http
        httpMethod: GET
        uri: https://pets.example.com
        responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"}}}
`,
	find: findPreflightMissing,
}

func findPreflightMissing(d *View) (found []Finding) {
	for _, r := range d.Resources {
		if d.handler(r).How != responses.ByNothing {
			continue
		}
		m, why := preflighted(d, r, namesOrigin)
		if m == nil {
			continue
		}
		found = append(found, Finding{
			At:      ofMethod(m),
			Message: fmt.Sprintf("%s is preflighted because of %s, and %s has no OPTIONS", what(m), why, r.Path),
			Hint:    "generate it: apigw-cors enable --resource " + r.Path,
		})
	}
	return found
}
