package rules

import (
	"fmt"
	"slices"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var securityIgnored = &Rule{
	ID:    "security-ignored",
	Title: "methods ask for a security scheme that API Gateway does not enforce",
	Doc: "A REST API enforces a scheme that has an x-amazon-apigateway-authorizer or -authtype, and the API key " +
		"in the header x-api-key. Others are documentation: the methods are open, unless their backend looks.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html",
	Severity: finding.Warning,
	API:      model.REST,
	Fails: `security: [{token: []}]
components: {securitySchemes: {token: {type: http, scheme: bearer}}}
` + proxied,
	Passes: `security: [{token: []}]
components: {securitySchemes: {token: {type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: custom, x-amazon-apigateway-authorizer: {type: token, authorizerUri: arn}}}}
` + proxied,
	find: findSecurityIgnored,
}

func findSecurityIgnored(d *View) (found []Finding) {
	var ignored []string
	for _, m := range methods(d) {
		if m.Integration != nil {
			ignored = append(ignored, d.IgnoredSchemes(m)...)
		}
	}
	for _, m := range d.Root.At(d.SchemesPointer()).Members() {
		if slices.Contains(ignored, m.Name()) {
			found = append(found, Finding{
				At:      At(m.Key, d.SchemesPointer().Child(m.Name())),
				Message: fmt.Sprintf("API Gateway does not enforce the security scheme %q of the type %s", m.Name(), d.Resolve(m.Value).Get("type").Text()),
				Hint:    "give it an " + extensions.NameAuthorizer + ", or let the backend look at the token",
			})
		}
	}
	return found
}
