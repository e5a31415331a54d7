package rules

import (
	"fmt"
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var responseStatusMissing = &Rule{
	ID:    "response-status-missing",
	Title: "an integration response has no status, or one that is not declared",
	Doc: "An integration response responds with the method response of its statusCode. Where there is none, API " +
		"Gateway responds with 500: Output mapping refers to an invalid method response.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration-response.html",
	Severity: finding.Error,
	API:      model.REST,
	CORS:     true,
	Fails: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: 
        type: http
        httpMethod: GET
        uri: https://pets.example.com
        responses: {default: {statusCode: "404"}}
`,
	Passes: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: 
        type: http
        httpMethod: GET
        uri: https://pets.example.com
        responses: {default: {statusCode: "200"}}
`,
	find: findResponseStatusAbsent,
}

func findResponseStatusAbsent(d *View) (found []Finding) {
	for _, r := range d.responses() {
		is, unknown := responses.IsUndeclared(r.method, r.entry.Status)
		switch {
		case !is || unknown != "" || model.MayHavePlaceholder(r.entry.Status):
		case r.entry.Status == "":
			found = append(found, Finding{
				At:      ofEntry(r.entry),
				Message: fmt.Sprintf("%s: the integration response %q has no statusCode", what(r.method), r.entry.Pattern),
				Hint:    "give it the statusCode of a declared response",
			})
		case !slices.ContainsFunc(r.entry.Parameters, isHeaderMapping): // with a mapping, another rule reports it
			found = append(found, Finding{
				At:      ofEntry(r.entry),
				Message: fmt.Sprintf("%s: the integration response %q answers %s, which the method does not declare, so API Gateway answers 500 in its place", what(r.method), r.entry.Pattern, r.entry.Status),
				Hint:    "declare a response for it",
			})
		}
	}
	return found
}
