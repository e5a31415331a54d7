package lint

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var starWithCredentials = &Rule{
	ID:    "star-with-credentials",
	Title: "every origin is allowed, with credentials",
	Doc: "A browser refuses * for Access-Control-Allow-Origin on a call with credentials, and API Gateway " +
		"refuses the two together in the configuration of an HTTP API. Name the origins, or allow no " +
		"credentials.",
	URL:      "https://fetch.spec.whatwg.org/#concept-cors-check",
	Severity: finding.Error,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'*'"`,
		`Access-Control-Allow-Credentials: "'true'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Credentials: "'true'"`),
	run:    starWithCredentialsRun,
	blocks: []policy.Reason{policy.ReasonStarWithCredentials},
}

func starWithCredentialsRun(p *pass) {
	p.gatewayHeaders(func(g answers.GatewayResponse, h answers.Header) {
		if isNamed(h, answers.AllowCredentials) && g.Headers.Value(answers.AllowOrigin) == "*" && g.Headers.Value(answers.AllowCredentials) == "true" {
			p.report(ofGateway(g, h), "name an origin, or take "+h.Name+" out", nil, "the gateway response %s answers \"*\" and allows credentials, which browsers refuse together", g.Type)
		}
	})
	p.entries(func(m *model.Method, e *model.IntegrationResponse, have answers.Headers) {
		if have.Value(answers.AllowOrigin) == "*" && have.Value(answers.AllowCredentials) == "true" {
			h, _ := have.Get(answers.AllowCredentials)
			p.report(ofHeader(e, h), "name the origins, or take "+h.Name+" out", nil, "%s answers \"*\" and allows credentials, which browsers refuse together", what(m))
		}
	})
}
