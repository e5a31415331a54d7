package lint

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var preflightActualDiffer = &Rule{
	ID:    "preflight-actual-differ",
	Title: "the preflight and the answer name different origins",
	Doc: "A browser checks Access-Control-Allow-Origin on the answer to the preflight and again on the " +
		"real answer. An origin that only one of them names cannot call.",
	URL:      "https://fetch.spec.whatwg.org/#concept-cors-check",
	Severity: finding.Error,
	API:      REST,
	Fails: `paths:
  /pets:
    put:
      responses: {"200": {description: pets, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}
      x-amazon-apigateway-integration:
        type: http
        responses:
          default:
            statusCode: "200"
            responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://admin.example.com'"}
    options:
      responses:
        "200":
          description: preflight
          headers: {Access-Control-Allow-Origin: {schema: {type: string}}, Access-Control-Allow-Methods: {schema: {type: string}}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: "200"
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"
              method.response.header.Access-Control-Allow-Methods: "'PUT'"
`,
	Passes: `paths:
  /pets:
    put:
      responses: {"200": {description: pets, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}
      x-amazon-apigateway-integration:
        type: http
        responses:
          default:
            statusCode: "200"
            responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"}
    options:
      responses:
        "200":
          description: preflight
          headers: {Access-Control-Allow-Origin: {schema: {type: string}}, Access-Control-Allow-Methods: {schema: {type: string}}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: "200"
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"
              method.response.header.Access-Control-Allow-Methods: "'PUT'"
`,
	run: preflightActualDifferRun,
}

func preflightActualDifferRun(p *pass) {
	p.preflights(func(r *model.Resource, _ *model.Method, have answers.Preflight) {
		allowed := have.Headers.Value(answers.AllowOrigin)
		if allowed == "" || have.Overrides || isFilledIn(allowed) {
			return
		}
		for _, m := range r.Methods() {
			p.entriesOf(m, func(e *model.IntegrationResponse, actual answers.Headers) {
				value := actual.Value(answers.AllowOrigin)
				if value == "" || value == allowed || value == "*" || isFilledIn(value) {
					return
				}
				h, _ := actual.Get(answers.AllowOrigin)
				p.report(ofHeader(e, h), "make the two agree", nil, "%s answers %s with %s %q, and the preflight with %q", what(m), e.Status, answers.AllowOrigin, value, allowed)
			})
		}
	})
}
