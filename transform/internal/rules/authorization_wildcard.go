package rules

import (
	"fmt"
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

const withToken = `components:
  securitySchemes:
    token: {type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: custom, x-amazon-apigateway-authorizer: {type: token, authorizerUri: arn}}
security: [{token: []}]
`

var authorizationWildcard = &Rule{
	ID:    "authorization-wildcard",
	Title: "* is to allow Authorization",
	Doc: "In Access-Control-Allow-Headers * covers every header but Authorization, which has to be named. " +
		"Chromium and Firefox let it pass today, and announce that they will not.",
	URL:      "https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name",
	Severity: finding.Error,
	API:      model.REST,
	CORS:     true,
	Fails: withToken + withoutSecurity(example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'*'"`)),
	Passes: withToken + withoutSecurity(example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'*,Authorization'"`)),
	find: findAuthorizationWildcard,
}

func findAuthorizationWildcard(d *View) (found []Finding) {
	for _, p := range d.preflights() {
		h, _ := p.Headers.Get(responses.AllowHeaders)
		if lacksAuthorization(p.Preflight, derive.NeededHeaders(d.Document, p.resource, p.resource.Methods())) {
			found = append(found, Finding{
				At:      ofHeader(p.Entry, h),
				Message: fmt.Sprintf("OPTIONS %s allows \"*\", which does not cover Authorization, and methods of %s need it", p.options.Path, p.resource.Path),
				Hint:    "add Authorization to it",
			})
		}
	}
	return found
}

// lacksAuthorization reports whether Authorization alone is needed and not allowed, because
// * does not cover it.
func lacksAuthorization(have responses.Preflight, needed []string) bool {
	lacks := responses.Missing(have.Headers, responses.AllowHeaders, needed, have.Credentials())
	return len(lacks) == 1 && lacks[0] == "Authorization" && slices.Contains(responses.List(have.Headers.Value(responses.AllowHeaders)), "*")
}
