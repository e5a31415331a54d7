package policy

import "errors"

// Policy is the CORS of one resource, or one layer of it: what a command line,
// a policy file or a block in the document says. Its members are those of API
// Gateway's own CORS object (see
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-cors-configuration.html
// and Cors in
// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html).
// The zero Policy says nothing.
//
// # AllowOrigins
//
// The origins whose pages may read the answers: Access-Control-Allow-Origin.
// A literal lists them as browsers send them, which is how [ParseOrigin] reads
// them:
//
//	https://app.example.com      accepted
//	http://localhost:3000        accepted
//	https://*.example.com        accepted: every sub-domain, not example.com itself
//	https://*                    accepted: every page over https
//	*                            accepted, as the only one
//	https://app.example.com/     refused: no browser sends a slash
//	https://app.example.com:443  refused: no browser sends the default port
//	null                         refused: every sandboxed frame sends it
//
// There is no default: an API is not opened because a setting was forgotten.
// Unset in every source, the resource is left without CORS. Nothing in a
// document says who calls it, so derived is a mistake; none is a mistake too,
// since CORS that lets nobody in is no CORS.
//
// # AllowMethods
//
// The methods a preflight lets through: Access-Control-Allow-Methods. Unset and
// derived mean the same: the methods of the resource and OPTIONS. A literal
// replaces them: some of the seven methods of API Gateway, or "*" alone. None
// leaves the header out, and browsers then let GET, HEAD and POST through.
//
// # AllowHeaders and AddHeaders
//
// The request headers a preflight lets through: Access-Control-Allow-Headers.
// Unset, they are derived from the document, together with those of the console
// ([ConsoleHeaders]); derived leaves the console's out; a literal replaces both;
// none leaves the header out. A literal may hold "*" beside names, because "*"
// does not cover Authorization.
//
// AddHeaders come on top of whatever AllowHeaders gives, so that one more
// header does not cost the derived ones.
//
// # ExposeHeaders
//
// The response headers a script may read beyond the safelisted ones:
// Access-Control-Expose-Headers. Unset and none leave the header out; derived
// means the headers that the responses declare; a literal lists them, or "*".
//
// # MaxAge
//
// The seconds a browser may keep the answer to a preflight:
// Access-Control-Max-Age, from 0 to 86400, or -1, which keeps browsers from
// keeping it. Unset and none leave the header out, and browsers then keep it
// for five seconds. It cannot be derived.
//
// # AllowCredentials
//
// Whether a call may carry cookies, HTTP authentication and client
// certificates, and its answer still be read: Access-Control-Allow-Credentials.
// Unset, none and false are off, and leave the header out. It cannot be
// derived. With credentials, "*" means the one-character name or nothing at
// all, so [Policy.Validate] refuses it everywhere. A token that a script sets
// in an Authorization header is not credentials in this sense.
type Policy struct {
	AllowOrigins     Value[[]string]
	AllowMethods     Value[[]string]
	AllowHeaders     Value[[]string]
	AddHeaders       []string
	ExposeHeaders    Value[[]string]
	MaxAge           Value[int]
	AllowCredentials Value[bool]
}

// Validate reports everything that is wrong with p, in the order of the members
// and of their values. The errors are joined; [All] takes them apart.
//
// What raw expressions give is not judged, and an unset member is no mistake. So a
// layer of a policy can be validated as it is read, and the effective policy
// again: values of two layers may be right alone and wrong together.
func (p Policy) Validate() error {
	v := &validation{credentials: p.mayHaveCredentials()}
	for _, m := range members {
		if m.validate != nil {
			m.validate(v, p)
		}
	}
	for _, m := range members {
		if text, raw := m.raw(&p); raw {
			v.expression(m.Name, text)
		}
	}
	return errors.Join(v.errs...)
}

// Review returns the concerns about a valid policy, in the order of its members.
// needsAuthorization tells that the methods read credentials of their callers.
func (p Policy) Review(needsAuthorization bool) []Concern {
	r := &reviewer{credentials: p.mayHaveCredentials(), authorization: needsAuthorization}
	for _, m := range members {
		if m.review != nil {
			m.review(r, p)
		}
	}
	return r.concerns
}

// mayHaveCredentials reports whether calls may carry credentials, as far as is
// known: an expression may turn out as true.
func (p Policy) mayHaveCredentials() bool {
	on, _ := p.AllowCredentials.Literal()
	return on || p.AllowCredentials.Kind() == KindRaw
}

// members are what is known of each member, in the order in which they are written.
var members = []Member{
	{
		Name: MemberAllowOrigins, Header: HeaderAllowOrigin, Flag: "allow-origin", Repeated: true,
		OnPreflight: true, OnActual: true, Example: "https://app.example.com",
		in:       func(p *Policy) any { return &p.AllowOrigins },
		validate: func(v *validation, p Policy) { v.origins(p.AllowOrigins) },
		review:   func(r *reviewer, p Policy) { r.origins(p.AllowOrigins) },
	},
	{
		Name: MemberAllowMethods, Header: HeaderAllowMethods, Flag: "allow-methods",
		OnPreflight: true, Derivable: true, Example: "GET", Default: "default: those of the resource", unset: KindDerived,
		in:       func(p *Policy) any { return &p.AllowMethods },
		validate: func(v *validation, p Policy) { v.methods(p.AllowMethods) },
	},
	{
		Name: MemberAllowHeaders, Header: HeaderAllowHeaders, Flag: "allow-headers",
		OnPreflight: true, Derivable: true, FoldsCase: true, Example: "Content-Type", Default: "default: those that are needed, and the console's five",
		in:       func(p *Policy) any { return &p.AllowHeaders },
		validate: func(v *validation, p Policy) { v.headers(p.AllowHeaders) },
		review:   func(r *reviewer, p Policy) { r.headers(p.AllowHeaders) },
	},
	{
		Name: MemberAddHeaders, Header: HeaderAllowHeaders, Flag: "add-header", Repeated: true,
		OnPreflight: true, Own: true, FoldsCase: true, Example: "X-Request-Id",
		in:       func(p *Policy) any { return &p.AddHeaders },
		validate: func(v *validation, p Policy) { v.added(p.AddHeaders, p.AllowHeaders) },
		review:   func(r *reviewer, p Policy) { r.added(p.AddHeaders) },
	},
	{
		Name: MemberExposeHeaders, Header: HeaderExposeHeaders, Flag: "expose-headers",
		OnActual: true, Derivable: true, FoldsCase: true, Example: "X-Total-Count", Default: "default", unset: KindNone,
		in:       func(p *Policy) any { return &p.ExposeHeaders },
		validate: func(v *validation, p Policy) { v.exposed(p.ExposeHeaders) },
		review:   func(r *reviewer, p Policy) { r.exposed(p.ExposeHeaders) },
	},
	{
		Name: MemberMaxAge, Header: HeaderMaxAge, Flag: "max-age",
		OnPreflight: true, Default: "default", unset: KindNone,
		in:       func(p *Policy) any { return &p.MaxAge },
		validate: func(v *validation, p Policy) { v.seconds(MemberMaxAge, p.MaxAge) },
		review:   func(r *reviewer, p Policy) { r.seconds(MemberMaxAge, p.MaxAge) },
	},
	{
		Name: MemberAllowCredentials, Header: HeaderAllowCredentials, Flag: "allow-credentials",
		OnPreflight: true, OnActual: true, Default: "default", unset: KindNone,
		in: func(p *Policy) any { return &p.AllowCredentials },
	},
}
