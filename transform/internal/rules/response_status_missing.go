package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var ResponseStatusMissing = &Rule{
	ID:    "response-status-missing",
	Title: "an integration response has no status, or one that is not declared",
	Doc: "An integration response answers with the method response of its statusCode. Without one the " +
		"import fails: No method response exists for method.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration-response.html",
	Severity: finding.Error,
	API:      model.REST,
	Fails: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: 
        type: http
        responses: {default: {statusCode: "404"}}
`,
	Passes: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: 
        type: http
        responses: {default: {statusCode: "200"}}
`,
	find: findResponseStatusMissing,
}

func findResponseStatusMissing(d *View) (found []Finding) {
	for _, r := range d.responses() {
		switch {
		case model.Closed(r.method.Node.Get("responses")) != "", answers.DeclaresOnlyDefaults(r.method):
		case r.entry.Status == "":
			found = append(found, Finding{
				At:      ofEntry(r.entry),
				Message: fmt.Sprintf("%s: the integration response %q has no statusCode", what(r.method), r.entry.Pattern),
				Hint:    "give it the statusCode of a declared response",
			})
		case r.method.Response(r.entry.Status) == nil && !strings.Contains(r.entry.Status, "$"):
			found = append(found, Finding{
				At:      ofEntry(r.entry),
				Message: fmt.Sprintf("%s: the integration response %q answers %s, which the method does not declare, so the import fails", what(r.method), r.entry.Pattern, r.entry.Status),
				Hint:    "declare a response for it",
			})
		}
	}
	return found
}
