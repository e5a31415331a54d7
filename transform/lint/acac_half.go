package lint

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var acacHalf = &Rule{
	ID:    "acac-half",
	Title: "credentials are allowed on the preflight or on the answer, and not on both",
	Doc: "A browser checks Access-Control-Allow-Credentials on the answer to the preflight and again on " +
		"the real answer. With one of the two missing, calls with cookies fail.",
	URL:      "https://fetch.spec.whatwg.org/#concept-cors-check",
	Severity: finding.Error,
	API:      REST,
	Fails: `paths:
  /pets:
    get:
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
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Credentials: "'true'"`),
	run: acacHalfRun,
}

func acacHalfRun(p *pass) {
	p.preflights(func(r *model.Resource, o *model.Method, have answers.Preflight) {
		if have.Headers.Value(answers.AllowOrigin) == "" {
			return
		}
		preflight := have.Headers.Value(answers.AllowCredentials) == "true"
		for _, m := range r.Methods() {
			p.entriesOf(m, func(e *model.IntegrationResponse, actual answers.Headers) {
				if actual.Value(answers.AllowOrigin) == "" || (actual.Value(answers.AllowCredentials) == "true") == preflight {
					return
				}
				has, lacks := "the preflight of "+r.Path, what(m)+", "+e.Status
				if !preflight {
					has, lacks = lacks, has
				}
				p.report(ofEntry(e), "put it on both, or on none", nil, "%s allows credentials, and %s does not", has, lacks)
			})
		}
	})
}
