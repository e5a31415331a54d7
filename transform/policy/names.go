package policy

// The names of members, as API Gateway spells them and as errors give them. addHeaders is
// ours: API Gateway does not have it.
const (
	MemberAllowOrigins     = "allowOrigins"
	MemberAllowMethods     = "allowMethods"
	MemberAllowHeaders     = "allowHeaders"
	MemberAddHeaders       = "addHeaders"
	MemberExposeHeaders    = "exposeHeaders"
	MemberMaxAge           = "maxAge"
	MemberAllowCredentials = "allowCredentials"
)

// The response headers that carry them, as the Fetch standard spells them (section 3.3.3).
const (
	HeaderAllowOrigin      = "Access-Control-Allow-Origin"
	HeaderAllowMethods     = "Access-Control-Allow-Methods"
	HeaderAllowHeaders     = "Access-Control-Allow-Headers"
	HeaderExposeHeaders    = "Access-Control-Expose-Headers"
	HeaderMaxAge           = "Access-Control-Max-Age"
	HeaderAllowCredentials = "Access-Control-Allow-Credentials"
)
