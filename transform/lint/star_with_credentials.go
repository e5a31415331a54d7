package lint

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

var starWithCredentials = &Rule{
	ID:    "star-with-credentials",
	Title: "every origin is allowed, with credentials",
	Doc: "A browser refuses * for Access-Control-Allow-Origin on a call with credentials, and API Gateway " +
		"refuses the two together in the configuration of an HTTP API. Name the origins, or allow no " +
		"credentials.",
	URL:      "https://fetch.spec.whatwg.org/#concept-cors-check",
	Severity: finding.Error,
	Fails: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
    options:
      responses:
        "200":
          description: preflight
          headers: {Access-Control-Allow-Origin: {schema: {type: string}}, Access-Control-Allow-Credentials: {schema: {type: string}}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: "200"
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: "'*'"
              method.response.header.Access-Control-Allow-Credentials: "'true'"
`,
	Passes: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
    options:
      responses:
        "200":
          description: preflight
          headers: {Access-Control-Allow-Origin: {schema: {type: string}}, Access-Control-Allow-Credentials: {schema: {type: string}}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: "200"
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"
              method.response.header.Access-Control-Allow-Credentials: "'true'"
`,
	run: starWithCredentialsRun,
}

func starWithCredentialsRun(p *pass) {
	p.entries(func(m *model.Method, e *model.IntegrationResponse, have answers.Headers) {
		if have.Value(answers.AllowOrigin) == "*" && have.Value(answers.AllowCredentials) == "true" {
			h, _ := have.Get(answers.AllowCredentials)
			p.report(ofHeader(e, h), "name the origins, or take "+h.Name+" out", nil, "%s answers \"*\" and allows credentials, which browsers refuse together", what(m))
		}
	})
	n := p.Root.Get(extensions.NameCORS)
	for _, origin := range n.Get("allowOrigins").Items() {
		if allowed := n.Get("allowCredentials"); origin.Text() == "*" && allowed != nil && allowed.IsBool() && strings.EqualFold(allowed.Text(), "true") {
			p.report(at(allowed, source.Pointer("").Child(extensions.NameCORS).Child("allowCredentials")), "name the origins, or turn it off", nil,
				"allowCredentials stands beside the origin \"*\", so the import fails")
		}
	}
}
