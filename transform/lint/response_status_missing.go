package lint

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var responseStatusMissing = &Rule{
	ID:    "response-status-missing",
	Title: "an integration response has no status, or one that is not declared",
	Doc: "An integration response answers with the method response of its statusCode. Without one the " +
		"import fails: No method response exists for method.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration-response.html",
	Severity: finding.Error,
	API:      REST,
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
	run: responseStatusMissingRun,
}

func responseStatusMissingRun(p *pass) {
	p.entries(func(m *model.Method, e *model.IntegrationResponse, _ answers.Headers) {
		switch {
		case model.Closed(m.Node.Get("responses")) != "", answers.DeclaresOnlyDefaults(m):
		case e.Status == "":
			p.report(ofEntry(e), "give it the statusCode of a declared response", nil, "%s: the integration response %q has no statusCode", what(m), e.Pattern)
		case m.Response(e.Status) == nil && !strings.Contains(e.Status, "$"):
			p.report(ofEntry(e), "declare a response for it", nil, "%s: the integration response %q answers %s, which the method does not declare, so the import fails", what(m), e.Pattern, e.Status)
		}
	})
}
