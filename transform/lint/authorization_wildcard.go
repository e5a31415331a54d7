package lint

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

const withToken = `components: {securitySchemes: {token: {type: apiKey, in: header, name: Authorization}}}
security: [{token: []}]
`

var authorizationWildcard = &Rule{
	ID:    "authorization-wildcard",
	Title: "* is to allow Authorization",
	Doc: "In Access-Control-Allow-Headers * covers every header but Authorization, which has to be named. " +
		"Chromium and Firefox let it pass today, and announce that they will not.",
	URL:      "https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name",
	Severity: finding.Error,
	API:      REST,
	Fails: withToken + withoutSecurity(example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'*'"`)),
	Passes: withToken + withoutSecurity(example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'*,Authorization'"`)),
	run: authorizationWildcardRun,
}

func authorizationWildcardRun(p *pass) {
	p.preflights(func(r *model.Resource, o *model.Method, have answers.Preflight) {
		h, _ := have.Headers.Get(answers.AllowHeaders)
		if lacksAuthorization(have, derive.NeededHeaders(p.Document, r, r.Methods())) {
			p.report(ofHeader(have.Entry, h), "add Authorization to it", nil, "OPTIONS %s allows \"*\", which does not cover Authorization, and methods of %s need it", o.Path, r.Path)
		}
	})
}

// lacksAuthorization reports whether Authorization alone is needed and not allowed, because
// * does not cover it.
func lacksAuthorization(have answers.Preflight, needed []string) bool {
	lacks := answers.Missing(have.Headers, answers.AllowHeaders, needed, have.Credentials())
	return len(lacks) == 1 && lacks[0] == "Authorization" && slices.Contains(answers.List(have.Headers.Value(answers.AllowHeaders)), "*")
}
