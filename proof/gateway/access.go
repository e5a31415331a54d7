package gateway

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// access is who may call a method.
type access struct {
	iam        bool // callers sign their requests
	key        bool // an API key is required
	authorizer *authorizer
	keyGiven   bool     // by the authorizer, in place of the caller
	schemes    []string // headers in which schemes without an authorizer want something
	root       bool     // this is the security at the root
}

// authorizer decides about requests.
type authorizer struct {
	identity   []source // what identifies the caller, all of which a request has to carry
	isFunction bool     // it is a Lambda function, and no user pool
	isJWT      bool     // it is that of an HTTP API for tokens
	pointer    string
}

// source is a place in a request.
type source struct{ in, name string } // "header" or "query"

// scheme is a security scheme.
type scheme struct {
	header     string // that the caller sends
	iam, key   bool
	authorizer *authorizer
	unknown    *Unknown
}

func (r *reader) security() {
	r.schemes = map[string]*scheme{}
	place, schemes := "/securityDefinitions", asObject(r.root["securityDefinitions"])
	if components := asObject(r.root["components"]); components != nil {
		place, schemes = "/components/securitySchemes", asObject(components["securitySchemes"])
	}
	r.opaqueSchemes = transformed(schemes, place)
	for name, tree := range schemes {
		r.schemes[name] = r.scheme(tree, place+pointer(name))
	}
	if r.root["security"] == nil {
		return
	}
	requirements := &openapi3.Operation{}
	if err := kinRead(r.budget, map[string]any{"security": r.root["security"], "responses": map[string]any{}}, requirements); err != nil || requirements.Security == nil {
		r.opaque = unknown(reasonOf(r.root["security"]), "/security", "security cannot be read")
		return
	}
	r.common = schemeNames(*requirements.Security)
}

// schemeNames are the schemes of all requirements, in their order.
func schemeNames(requirements openapi3.SecurityRequirements) []string {
	var names []string
	for _, requirement := range requirements {
		names = append(names, slices.Sorted(maps.Keys(requirement))...)
	}
	return names
}

func (r *reader) scheme(tree any, at string) *scheme {
	object, u := r.followed(tree, at)
	if u != nil {
		return &scheme{unknown: u}
	}
	p := only(object, "type", "name", "scheme", "bearerFormat", "openIdConnectUrl", extensions.NameAuthtype)
	p["in"] = object["in"]
	switch p["type"] {
	case "basic":
		p["type"], p["scheme"] = "http", "basic"
	case "oauth2":
		p["flows"] = map[string]any{}
	}
	read := &openapi3.SecurityScheme{}
	if err := kinRead(r.budget, p, read); err != nil {
		return &scheme{unknown: unreadable(at, err)}
	}
	s := &scheme{}
	switch {
	case read.Type != "apiKey":
		s.header = "Authorization"
	case read.In == "header":
		s.header = read.Name
		s.key = strings.EqualFold(read.Name, "x-api-key")
	}
	kind, _, u := decoded[extensions.Authtype](r.budget, read.Extensions, extensions.NameAuthtype, at)
	if u = cmp.Or(u, transformed(object, at)); u != nil {
		return &scheme{unknown: u}
	}
	s.iam = kind.IsIAM()
	_, hasAuthorizer := object[extensions.NameAuthorizer]
	if !hasAuthorizer {
		return s
	}
	s.key = false
	declared, _, u := decoded[extensions.Authorizer](r.budget, object, extensions.NameAuthorizer, at)
	if u = cmp.Or(u, misread(declared.Unknown, at, "type", "identitySource")); u != nil {
		return &scheme{unknown: u}
	}
	s.authorizer = newAuthorizer(declared, s.header, at)
	return s
}

func newAuthorizer(declared extensions.Authorizer, header, at string) *authorizer {
	a := &authorizer{pointer: at, isFunction: declared.Type.Is(extensions.AuthorizerRequest) || declared.Type.Is(extensions.AuthorizerToken), isJWT: declared.Type.Is(extensions.AuthorizerJWT)}
	if text, ok := declared.IdentitySource.Text(); ok {
		for _, part := range strings.Split(text, ",") {
			if s, ok := identity(strings.TrimSpace(part)); ok {
				a.identity = append(a.identity, s)
			}
		}
	}
	if len(a.identity) == 0 && !declared.Type.Is(extensions.AuthorizerRequest) {
		if header == "" {
			header = "Authorization"
		}
		a.identity = []source{{"header", header}}
	}
	return a
}

// identity reads one identity source of a REST or an HTTP API. Stage variables and the
// context are always there.
func identity(text string) (source, bool) {
	for prefix, in := range map[string]string{
		"method.request.header.": "header", "$request.header.": "header",
		"method.request.querystring.": "query", "$request.querystring.": "query",
	} {
		if name, ok := strings.CutPrefix(text, prefix); ok {
			return source{in, name}, true
		}
	}
	return source{}, false
}

// access returns who may call an operation: of its requirements all schemes count, since a
// preflight carries none of what any of them asks for.
func (r *reader) access(operation *openapi3.Operation, at string) (access, *Unknown) {
	a := access{root: operation.Security == nil && len(r.common) > 0}
	names := r.common
	if operation.Security != nil {
		names = schemeNames(*operation.Security)
	} else if r.opaque != nil {
		return a, r.opaque
	}
	auth, _, u := decoded[extensions.Auth](r.budget, operation.Extensions, extensions.NameAuth, at)
	if u = cmp.Or(u, misread(auth.Unknown, at+pointer(extensions.NameAuth), "type")); u != nil {
		return a, u
	}
	a.iam = auth.Type.Is(extensions.AuthorizationIAM)
	for _, name := range names {
		s, ok := r.schemes[name]
		if !ok {
			return a, cmp.Or(r.opaqueSchemes, unknown(ReasonUnreadable, at, "its security names %q, which is no security scheme of the document", name))
		}
		if s.unknown != nil {
			return a, s.unknown
		}
		if auth.IsNone() { // of a key it says nothing
			a.key = a.key || s.key
			continue
		}
		given := s.key && r.api.keyOfAuthorizer
		if s.authorizer == nil && !given && s.header != "" && !strings.ContainsFunc(s.header, isNotOfName) {
			a.schemes = append(a.schemes, s.header)
		}
		a.iam = a.iam || s.iam
		a.key = a.key || s.key && r.api.options.APIType == REST
		if a.authorizer == nil {
			a.authorizer = s.authorizer
		}
	}
	a.keyGiven = r.api.keyOfAuthorizer && a.authorizer != nil
	return a, nil
}

// headers are those that a request of the method carries so that it is allowed.
func (a access) headers() []Field {
	var fields []Field
	if a.iam {
		fields = append(fields, Field{"Authorization", "AWS4-HMAC-SHA256 Credential=example"}, Field{"X-Amz-Date", "20260101T000000Z"}, Field{"X-Amz-Security-Token", "example"})
	}
	if a.key && !a.keyGiven {
		fields = append(fields, Field{"X-Api-Key", "example"})
	}
	if a.authorizer != nil {
		for _, s := range a.authorizer.identity {
			if s.in == "header" {
				fields = append(fields, Field{s.name, "example"})
			}
		}
	}
	for _, name := range a.schemes {
		if !has(fields, name) {
			fields = append(fields, Field{name, "example"})
		}
	}
	return fields
}

// queries are the parameters that a request of the method carries so that it is allowed.
func (a access) queries() []Field {
	var fields []Field
	if a.authorizer != nil {
		for _, s := range a.authorizer.identity {
			if s.in == "query" {
				fields = append(fields, Field{s.name, "example"})
			}
		}
	}
	return fields
}

// authorize answers a request that is not allowed.
func (c *call) authorize() *Response {
	a := c.method.access
	if a.root && (a.iam || a.key || a.authorizer != nil) {
		c.step(behaviourRootSecurity, "/security", "the method has no security of its own")
	}
	if refused := c.guard(); refused != nil {
		return refused
	}
	if a.iam && c.header("Authorization") == "" {
		c.step(BehaviourIAM, c.method.pointer, "the request has no signature")
		return c.refuse(extensions.MissingAuthenticationToken, "Missing Authentication Token")
	}
	if a.authorizer != nil {
		if refused := c.identify(a.authorizer); refused != nil {
			return refused
		}
	}
	if a.key && !a.keyGiven && c.header("X-Api-Key") == "" {
		c.step(BehaviourAPIKey, c.method.pointer, "the request has no X-Api-Key")
		return c.refuse(extensions.InvalidAPIKey, "Forbidden")
	}
	if a.iam || a.key || a.authorizer != nil {
		c.step(behaviourCredentialsHold, c.method.pointer, "the request carries what is asked for")
	}
	return nil
}

// identify answers a request that does not identify its caller.
func (c *call) identify(auth *authorizer) *Response {
	if len(auth.identity) == 0 && c.req.Method == "OPTIONS" {
		c.step(BehaviourAuthorizerDenies, auth.pointer, "the request is a preflight")
		return c.refuse(extensions.AccessDenied, "User is not authorized to access this resource")
	}
	for _, s := range auth.identity {
		value := c.header(s.name)
		if s.in == "query" {
			value = valueOf(c.req.Query, s.name)
		}
		if value == "" {
			r := BehaviourAuthorizer
			if c.api.options.APIType == HTTP {
				r = BehaviourHTTPAuthorizer
			}
			c.step(r, auth.pointer, "the request has no %s %s", s.in, s.name)
			return c.refuse(extensions.Unauthorized, "Unauthorized")
		}
	}
	return nil
}
