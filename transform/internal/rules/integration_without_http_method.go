package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var integrationWithoutHTTPMethod = &Rule{
	ID:    "integration-without-http-method",
	Title: "an integration has no httpMethod",
	Doc: "httpMethod is the method with which API Gateway calls the backend. Every integration of a REST API " +
		"needs it, but for mocks; for a Lambda function it is POST. Without it the import fails: Enumeration " +
		"value for HttpMethod must be non-empty.",
	URL:         "https://github.com/hashicorp/terraform/issues/10501",
	Severity:    finding.Error,
	API:         model.REST,
	ImportFails: true,
	Fails: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: http_proxy, uri: https://pets.example.com}
`,
	Passes: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: https://pets.example.com}
`,
	find: findIntegrationWithoutHTTPMethod,
}

func findIntegrationWithoutHTTPMethod(d *View) (found []Finding) {
	for _, m := range methods(d) {
		i := m.Integration
		if i == nil || i.OpaqueCall() || i.Type.IsMock() || !i.Type.IsMapped() && !i.Type.IsProxy() {
			continue
		}
		if n := i.Node.Get("httpMethod"); n != nil && !n.IsNull() && (!n.IsString() || n.Text() != "") {
			continue
		}
		found = append(found, Finding{
			At:      At(i.Key, i.Pointer),
			Message: fmt.Sprintf("the integration of %s has no httpMethod, so the import fails", what(m)),
			Hint:    "add httpMethod: " + methodOfBackend(i) + ", or the method that the backend expects",
			Fix:     callWithPOST(i),
		})
	}
	return found
}

// methodOfBackend returns the method that a backend most likely expects.
func methodOfBackend(i *model.Integration) string {
	if responses.IsLambda(i) {
		return "POST"
	}
	return "GET"
}

// callWithPOST is the change by which an integration calls its Lambda function with POST.
func callWithPOST(i *model.Integration) []layout.Operation {
	at := i.Pointer.Child("httpMethod")
	switch {
	case !responses.IsLambda(i):
		return nil
	case i.Node.Get("httpMethod") == nil:
		return []layout.Operation{layout.Add{At: at, Value: layout.String("POST")}}
	}
	return []layout.Operation{layout.Set{At: at, Value: layout.String("POST")}}
}
