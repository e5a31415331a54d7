package lint

import (
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
	API:      HTTP,
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
	run: integrationOfRESTRun,
}

func integrationOfRESTRun(p *pass) {
	p.methods(func(_ *model.Resource, m *model.Method) {
		if i := m.Integration; i != nil && i.Type.IsMapped() {
			p.report(at(i.Node, i.Pointer), "use aws_proxy or http_proxy, or import the document as a REST API", nil,
				"%s has an integration of type %s, which HTTP APIs do not have", what(m), i.Type)
		}
	})
}
