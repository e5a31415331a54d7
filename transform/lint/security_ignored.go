package lint

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

var securityIgnored = &Rule{
	ID:    "security-ignored",
	Title: "methods ask for a security scheme that API Gateway does not enforce",
	Doc: "A REST API enforces a scheme that has an x-amazon-apigateway-authorizer or -authtype, and the API key " +
		"in the header x-api-key. Others are documentation: the methods are open, unless their backend looks.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html",
	Severity: finding.Warning,
	API:      REST,
	Fails: `security: [{token: []}]
components: {securitySchemes: {token: {type: http, scheme: bearer}}}
` + proxied,
	Passes: `security: [{token: []}]
components: {securitySchemes: {token: {type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: custom, x-amazon-apigateway-authorizer: {type: token, authorizerUri: arn}}}}
` + proxied,
	run: securityIgnoredRun,
}

func securityIgnoredRun(p *pass) {
	var used []string
	p.methods(func(_ *model.Resource, m *model.Method) {
		auth := m.Node.Get(extensions.NameAuth).Get("type").Text() // it says how a method is protected, whatever its security says
		if s := p.SecurityOf(m); s != nil && m.Integration != nil && (auth == "" || strings.EqualFold(auth, "NONE")) {
			used = append(used, s.Schemes...)
		}
	})
	for _, m := range p.Root.At(p.SchemesPointer()).Members() {
		if slices.Contains(used, m.Name()) && isDocumentation(m.Value) {
			p.report(at(m.Key, p.SchemesPointer().Child(m.Name())), "give it an "+extensions.NameAuthorizer+", or let the backend look at the token", nil,
				"API Gateway does not enforce the security scheme %q of the type %s", m.Name(), m.Value.Get("type").Text())
		}
	}
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
