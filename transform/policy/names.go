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
