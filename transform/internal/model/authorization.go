package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Authorization is what API Gateway asks of those who call a method, before it does
// anything else.
type Authorization struct {
	// RefusedBy are the security schemes, or the authorization type, that ask for what no
	// preflight request carries. It has no credentials (Fetch standard, CORS-preflight
	// fetch), so that one of them is enough to refuse it.
	RefusedBy []string
	// Unknown tells why there may be more of them; empty where there are not.
	Unknown string
}

// AuthorizationOf returns what API Gateway asks of the callers of a method: what the
// security of the method requires, or that of the root, as far as API Gateway enforces it.
// A scheme without an authorizer is for readers of the document, but for IAM and API keys.
// x-amazon-apigateway-auth overrules the security, and says nothing of API keys; HTTP APIs
// have none.
func (d *Document) AuthorizationOf(m *Method, api APIType) Authorization {
	kind, unknown := authorizationType(m)
	names, why := d.SecurityOf(m)
	if unknown != "" || why != "" {
		return Authorization{Unknown: cmp.Or(unknown, why)}
	}
	var a Authorization
	schemes := d.enforced(names)
	open, isGiven := kind.Is(extensions.AuthorizationNone), d.givesKeys(schemes)
	for _, s := range schemes {
		isKey := s.isKey && api != HTTP && (open || !isGiven)
		if isKey || s.refuses && !open {
			a.RefusedBy = append(a.RefusedBy, s.name)
		}
		a.Unknown = cmp.Or(a.Unknown, s.unknown)
	}
	if kind.Is(extensions.AuthorizationIAM) {
		a.RefusedBy = append(a.RefusedBy, string(kind))
	} else if kind != "" && !open && a.RefusedBy == nil {
		a.Unknown = cmp.Or(a.Unknown, fmt.Sprintf("its %s is of the type %s, and it has no authorizer", extensions.NameAuth, kind))
	}
	return a
}

// NeedsAuthorization reports whether a method, or its backend, knows who its caller is. An API
// key tells only which client calls. What nobody enforces counts: a backend may look at it.
func (d *Document) NeedsAuthorization(m *Method) bool {
	switch kind, _ := authorizationType(m); {
	case kind.Is(extensions.AuthorizationNone):
		return false
	case kind != "":
		return true
	}
	schemes, _ := d.SecurityOf(m)
	return slices.ContainsFunc(d.enforced(schemes), func(s enforcedScheme) bool { return !s.isKey })
}

// IgnoredSchemes returns the security schemes that hold for a method and of which API Gateway makes
// nothing. Where x-amazon-apigateway-auth protects the method in another way there are none.
func (d *Document) IgnoredSchemes(m *Method) []string {
	kind, unknown := authorizationType(m)
	names, why := d.SecurityOf(m)
	if unknown != "" || why != "" || kind != "" && !kind.Is(extensions.AuthorizationNone) {
		return nil
	}
	return slices.DeleteFunc(names, func(name string) bool { return !d.isDocumentation(name) })
}

// isDocumentation reports whether a security scheme is for readers of the document alone: it has
// neither an authorizer nor an authorization type, and is not the API key of API Gateway.
func (d *Document) isDocumentation(name string) bool {
	n, s := d.Resolve(d.schemes().Get(name)), d.enforcedScheme(name)
	if s.unknown != "" || s.isKey || s.hasAuthorizer || n.Get(extensions.NameAuthtype) != nil {
		return false
	}
	return slices.Contains([]string{"apikey", "http", "basic", "oauth2", "openidconnect"}, strings.ToLower(n.Get("type").Text()))
}

// authorizationType returns the type in the x-amazon-apigateway-auth of a method, empty where
// it has none, or why it is not known.
func authorizationType(m *Method) (kind extensions.AuthorizationType, unknown string) {
	n := m.Node.Get(extensions.NameAuth)
	if n == nil || n.IsNull() {
		return "", ""
	}
	why := Closed(n)
	if t := n.Get("type"); why == "" && t != nil && !t.IsNull() && !t.IsString() {
		why = t.Excerpt()
	}
	if why != "" {
		return "", "its " + extensions.NameAuth + " is " + why
	}
	return extensions.AuthorizationType(n.Get("type").Text()), ""
}

// enforcedScheme is what API Gateway makes of a security scheme.
type enforcedScheme struct {
	name          string
	isKey         bool // the API key of API Gateway
	hasAuthorizer bool
	refuses       bool   // preflight requests
	unknown       string // why it is not known what it does
}

func (d *Document) enforced(names []string) []enforcedScheme {
	schemes := make([]enforcedScheme, len(names))
	for i, name := range names {
		schemes[i] = d.enforcedScheme(name)
	}
	return schemes
}

func (d *Document) enforcedScheme(name string) enforcedScheme {
	s := enforcedScheme{name: name}
	n := d.Resolve(d.schemes().Get(name))
	if n == nil {
		s.unknown = fmt.Sprintf("its security scheme %q is not in the document", name)
		return s
	}
	authorizer, kind := n.Get(extensions.NameAuthorizer), n.Get(extensions.NameAuthtype)
	s.hasAuthorizer = authorizer != nil
	switch why := Closed(n); {
	case why != "":
		s.unknown = fmt.Sprintf("its security scheme %q is %s", name, why)
	case kind != nil && !kind.IsString():
		s.unknown = fmt.Sprintf("the %s of its security scheme %q is %s", extensions.NameAuthtype, name, kind.Excerpt())
	case extensions.Authtype(kind.Text()).IsIAM():
		s.refuses = true
	case s.hasAuthorizer:
		s.refuses, s.unknown = refusesPreflights(authorizer)
	default:
		s.isKey = isKeyHeader(n)
	}
	return s
}

// refusesPreflights reports whether an authorizer wants something of which a preflight request
// has nothing. Without it, it is not even asked. A preflight request goes to the URL of the
// request that it is for, so that it carries its query.
func refusesPreflights(authorizer *source.Node) (refuses bool, unknown string) {
	sources, kind := authorizer.Get("identitySource"), authorizer.Get("type")
	for _, n := range []*source.Node{authorizer, sources, kind} {
		if IsElsewhere(n) {
			return false, "its authorizer is " + n.Excerpt()
		}
	}
	isOf := func(text, place string) bool {
		return strings.HasPrefix(text, "method.request."+place+".") || strings.HasPrefix(text, "$request."+place+".")
	}
	identified := false
	for _, text := range strings.Split(sources.Text(), ",") {
		text = strings.TrimSpace(text)
		_, header, _ := strings.Cut(text, "header.")
		if isOf(text, "header") && !CarriedByPreflights(header) {
			return true, ""
		}
		identified = identified || isOf(text, "header") || isOf(text, "querystring")
	}
	return !identified, ""
}

// givesKeys reports whether the authorizer of a method gives its API key, in place of the caller.
func (d *Document) givesKeys(schemes []enforcedScheme) bool {
	return d.authorizersGiveKeys() && slices.ContainsFunc(schemes, func(s enforcedScheme) bool { return s.hasAuthorizer })
}

// CarriedByPreflights reports whether every preflight request has a header.
func CarriedByPreflights(header string) bool {
	return slices.Contains([]string{"accept", "access-control-request-method", "host", "origin", "user-agent"}, strings.ToLower(header))
}
