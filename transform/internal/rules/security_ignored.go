package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

var SecurityIgnored = &Rule{
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
	var used []string
	for _, m := range methods(d) {
		auth := m.Node.Get(extensions.NameAuth).Get("type").Text() // it says how a method is protected, whatever its security says
		if s := d.SecurityOf(m); s != nil && m.Integration != nil && (auth == "" || strings.EqualFold(auth, "NONE")) {
			used = append(used, s.Schemes...)
		}
	}
	for _, m := range d.Root.At(d.SchemesPointer()).Members() {
		if slices.Contains(used, m.Name()) && isDocumentation(m.Value) {
			found = append(found, Finding{
				At:      At(m.Key, d.SchemesPointer().Child(m.Name())),
				Message: fmt.Sprintf("API Gateway does not enforce the security scheme %q of the type %s", m.Name(), m.Value.Get("type").Text()),
				Hint:    "give it an " + extensions.NameAuthorizer + ", or let the backend look at the token",
			})
		}
	}
	return found
}

// isDocumentation reports whether API Gateway makes nothing of a security scheme.
func isDocumentation(scheme *source.Node) bool {
	if scheme.Get(extensions.NameAuthorizer) != nil || scheme.Get(extensions.NameAuthtype) != nil {
		return false
	}
	switch kind := strings.ToLower(scheme.Get("type").Text()); kind {
	case "apikey":
		return !strings.EqualFold(scheme.Get("in").Text(), "header") || !strings.EqualFold(scheme.Get("name").Text(), "x-api-key")
	default:
		return slices.Contains([]string{"http", "basic", "oauth2", "openidconnect"}, kind)
	}
}
