package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var integrationOfREST = &Rule{
	ID:    "integration-of-rest",
	Title: "an HTTP API has an integration that only REST APIs have",
	Doc: "HTTP APIs have proxy integrations only. The import warns of mock, aws and http, and the route " +
		"does not work.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html",
	Severity: finding.Error,
	API:      model.HTTP,
	CORS:     true,
	Fails: `paths:
  /$default:
    x-amazon-apigateway-any-method: {isDefaultRoute: true, x-amazon-apigateway-integration: {type: aws_proxy}}
  /pets:
    options: {x-amazon-apigateway-integration: {type: mock}}
`,
	Passes: `paths:
  /$default:
    x-amazon-apigateway-any-method: {isDefaultRoute: true, x-amazon-apigateway-integration: {type: aws_proxy}}
`,
	find: findIntegrationOfREST,
}

func findIntegrationOfREST(d *View) (found []Finding) {
	for _, m := range methods(d) {
		if i, called := m.Integration, model.CalledType(d.Document, m); called.IsMapped() {
			found = append(found, Finding{
				At:      At(i.Node, i.Pointer),
				Message: fmt.Sprintf("%s has an integration of type %s, which HTTP APIs do not have", what(m), called),
				Hint:    "use aws_proxy or http_proxy, or import the document as a REST API" + removable(m, called),
			})
		}
	}
	return found
}

// removable tells how to remove an OPTIONS that an HTTP API does not need: its configuration
// responds to preflight requests.
func removable(m *model.Method, called extensions.IntegrationType) string {
	if m.Name != "OPTIONS" || !called.IsMock() {
		return ""
	}
	return "; if it is for CORS, remove it: apigw-cors enable --existing replace"
}
