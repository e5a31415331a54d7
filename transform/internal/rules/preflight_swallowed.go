package rules

import (
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
	API:      model.HTTP,
	CORS:     true,
	Fails:    withAuthorizer,
	Passes: withAuthorizer + `    options:
      responses: {default: {description: preflight}}
      x-amazon-apigateway-integration: *lambda
`,
	find: findPreflightSwallowed,
}

func findPreflightSwallowed(d *View) (found []Finding) {
	for _, m := range catchAlls(d) {
		if schemes := d.AuthorizationOf(m, d.API).RefusedBy; len(schemes) > 0 {
			found = append(found, refusesPreflights(m, schemes))
		}
	}
	return found
}
