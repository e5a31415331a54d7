package lint

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var wildcardCredentials = &Rule{
	ID:       "wildcard-credentials",
	Title:    "* stands for names where calls carry credentials",
	Doc:      "In calls with credentials, * among methods or headers is no wildcard but the name *.",
	URL:      "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
	Severity: finding.Error,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'*'"`,
		`Access-Control-Allow-Credentials: "'true'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'*'"`),
	run:    wildcardCredentialsRun,
	blocks: []policy.Reason{policy.ReasonWildcardCredentials},
}

func wildcardCredentialsRun(p *pass) {
	p.entries(func(m *model.Method, e *model.IntegrationResponse, have answers.Headers) {
		if have.Value(answers.AllowCredentials) != "true" {
			return
		}
		for _, h := range have {
			if value, static := h.Static(); static && isList(h.Name) && slices.Contains(answers.List(value), "*") {
				p.report(ofHeader(e, h), "list the names", nil, "%s answers %s: %q beside credentials, where it is no wildcard", what(m), h.Name, value)
			}
		}
	})
}
