package model

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// schemesIn returns the names of the schemes of all alternatives, each once, in document order.
func schemesIn(security *source.Node) (names []string) {
	for _, requirement := range security.Items() {
		for _, m := range requirement.Members() {
			if name := m.Name(); !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// AsksForCredentials reports whether the root of the document has security
// requirements, also where they cannot be read.
func (d *Document) AsksForCredentials() bool {
	n := d.Root.Get("security")
	return n != nil && !n.IsNull() && (n.Kind != source.Seq || len(n.Items()) > 0)
}

// SecurityOf returns the names of the schemes that hold for a method, each once, as far as they can
// be read, and why there may be others: those of its own requirements, else of the root's. API
// Gateway applies the root's, whatever its documentation says (recorded for OpenAPI 3.0 documents).
func (d *Document) SecurityOf(m *Method) (schemes []string, unknown string) {
	n := d.Hidden.Get(m.Node, "security")
	if n == nil || n.IsNull() {
		n = d.Root.Get("security")
	}
	isOpen := func(requirement *source.Node) bool { return Closed(requirement) != "" }
	switch {
	case m.Opaque != "":
		unknown = m.Opaque
	case n == nil || n.IsNull():
	case n.Kind != source.Seq, Intrinsic(n), slices.ContainsFunc(n.Items(), isOpen):
		unknown = "its security is " + n.Excerpt()
	}
	return schemesIn(n), unknown
}

// sigV4Headers are what a caller sends with a request signed for IAM.
var sigV4Headers = []string{"Authorization", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256"}

// SchemeHeaders returns the request headers that a security scheme reads: none where authorizers
// give the API keys in place of callers.
func (d *Document) SchemeHeaders(name string) []string {
	headers, known := d.schemeHeaders[name]
	if !known {
		headers = slices.Clip(d.readSchemeHeaders(name)) // nobody adds to what others get too
		if d.schemeHeaders == nil {
			d.schemeHeaders = map[string][]string{}
		}
		d.schemeHeaders[name] = headers
	}
	return headers
}

func (d *Document) readSchemeHeaders(name string) []string {
	scheme := d.Resolve(d.schemes().Get(name))
	if scheme == nil || d.authorizersGiveKeys() && d.enforcedScheme(name).isKey {
		return nil
	}
	if extensions.Authtype(scheme.Get(extensions.NameAuthtype).Text()).IsIAM() {
		return sigV4Headers
	}
	node := scheme.Get(extensions.NameAuthorizer)
	authorizer := extensions.Authorizer{
		Type:           extensions.AuthorizerType(node.Get("type").Text()),
		IdentitySource: extensions.Literal(node.Get("identitySource").Text()),
	}
	identity := authorizer.IdentityHeaders()
	if authorizer.Type.Is(extensions.AuthorizerRequest) && node.Get("identitySource") != nil {
		return identity // the scheme's own name is a placeholder then ("Unused")
	}
	switch strings.ToLower(scheme.Get("type").Text()) {
	case "apikey":
		if strings.EqualFold(scheme.Get("in").Text(), "header") {
			return append([]string{scheme.Get("name").Text()}, identity...)
		}
	case "http", "basic", "oauth2", "openidconnect":
		return append([]string{"Authorization"}, identity...)
	}
	return identity
}

// authorizersGiveKeys reports whether API keys come from authorizers, in place of callers.
func (d *Document) authorizersGiveKeys() bool {
	return strings.EqualFold(d.Root.Get(extensions.NameAPIKeySource).Text(), "AUTHORIZER")
}

// IsCredential reports whether a security scheme may read what a browser sends by itself:
// a cookie, or what it was asked for in a dialogue. Of one that cannot be read nothing is
// known.
func (d *Document) IsCredential(name string) bool {
	scheme := d.Resolve(d.schemes().Get(name))
	kind, in := strings.ToLower(scheme.Get("type").Text()), strings.ToLower(scheme.Get("in").Text())
	switch kind {
	case "apikey":
		reads := append(d.SchemeHeaders(name), scheme.Get("name").Text())
		isCookie := slices.ContainsFunc(reads, func(header string) bool { return strings.EqualFold(header, "Cookie") })
		return isCookie || in != "header" && in != "query"
	case "http":
		return !strings.EqualFold(scheme.Get("scheme").Text(), "bearer")
	case "oauth2", "openidconnect":
		return false
	}
	return true
}

func (d *Document) schemes() *source.Node { return d.Root.At(d.SchemesPointer()) }

// SchemesPointer is where the security schemes of the document stand.
func (d *Document) SchemesPointer() source.Pointer {
	if d.Version == Swagger2 {
		return "/securityDefinitions"
	}
	return "/components/securitySchemes"
}

// ModelsPointer is where the schemas of the document stand that have a name: the models.
func (d *Document) ModelsPointer() source.Pointer {
	if d.Version == Swagger2 {
		return "/definitions"
	}
	return "/components/schemas"
}

// isKeyHeader reports whether a scheme is the header in which API Gateway takes its API keys.
func isKeyHeader(scheme *source.Node) bool {
	return strings.EqualFold(scheme.Get("type").Text(), "apiKey") && strings.EqualFold(scheme.Get("in").Text(), "header") &&
		strings.EqualFold(scheme.Get("name").Text(), "x-api-key")
}
