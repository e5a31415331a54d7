package lint

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

const withAuthorizer = `x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com"], allowHeaders: [Authorization]}
components:
  securitySchemes:
    jwt: {type: oauth2, flows: {}, x-amazon-apigateway-authorizer: {type: jwt, identitySource: $request.header.Authorization, jwtConfiguration: {issuer: "https://issuer.example.com", audience: [a]}}}
paths:
  /pets:
    x-amazon-apigateway-any-method:
      security: [{jwt: []}]
      x-amazon-apigateway-integration: &lambda {type: AWS_PROXY, httpMethod: POST, uri: arn, payloadFormatVersion: "2.0"}
`

var preflightSwallowed = &Rule{
	ID:    "preflight-swallowed",
	Title: "a route for any method with an authorizer gets preflights",
	Doc: "An HTTP API answers preflights by itself only where no route matches them. ANY matches OPTIONS too, " +
		"and $default what nothing else does: with an authorizer they refuse preflights, which carry no " +
		"credentials. An OPTIONS route without one gets them first.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html",
	Severity: finding.Error,
	API:      HTTP,
	Fails:    withAuthorizer,
	Passes: withAuthorizer + `    options:
      responses: {default: {description: preflight}}
      x-amazon-apigateway-integration: *lambda
`,
	run: preflightSwallowedRun,
}

func preflightSwallowedRun(p *pass) {
	if p.Root.Get(extensions.NameCORS) == nil {
		return // CORS is not enabled here
	}
	for _, r := range p.Resources {
		if r.Options() != nil || r.Path == model.DefaultRoute && p.hasOptionsForAll() {
			continue
		}
		for _, m := range r.Methods() {
			if s := p.SecurityOf(m); m.Name == model.Any && s != nil {
				p.report(ofMethod(m), "add an OPTIONS route without it: apigw-cors enable", nil,
					"%s gets preflights and asks for %q, and preflights carry no credentials", what(m), strings.Join(s.Schemes, ", "))
			}
		}
	}
}

// hasOptionsForAll reports whether an OPTIONS stands on a greedy variable at the root. It
// stands for every path but "/" itself.
func (p *pass) hasOptionsForAll() bool {
	return slices.ContainsFunc(p.Resources, func(r *model.Resource) bool {
		return r.Options() != nil && model.IsGreedyOver(r.Path, "/any")
	})
}
