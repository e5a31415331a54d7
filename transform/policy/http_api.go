package policy

import (
	"errors"
	"reflect"
	"strings"
)

// ValidateForHTTP reports what a policy says that the CORS configuration of an HTTP
// API cannot say, beside what [Policy.Validate] reports. Of patterns it has "*",
// "https://*" and "http://*" alone, and it works nothing out for each call
// (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html).
func (p Policy) ValidateForHTTP() error {
	v := &validation{credentials: p.MayHaveCredentials()}
	origins, _ := p.AllowOrigins.Literal()
	for _, value := range origins {
		if o, err := parseOrigin(value); err == nil && o.Form == OriginSubdomains {
			remedy := `name the origins, or write "` + o.Scheme + `://*" for all of the scheme`
			if v.credentials {
				remedy = "name the origins"
			}
			v.add(MemberAllowOrigins, value, ReasonHTTPSubdomains, remedy)
		}
	}
	stageVariable(v, MemberAllowOrigins, p.AllowOrigins)
	stageVariable(v, MemberAllowMethods, p.AllowMethods)
	stageVariable(v, MemberAllowHeaders, p.AllowHeaders)
	stageVariable(v, MemberExposeHeaders, p.ExposeHeaders)
	stageVariable(v, MemberMaxAge, p.MaxAge)
	stageVariable(v, MemberAllowCredentials, p.AllowCredentials)
	return errors.Join(p.Validate(), errors.Join(v.errs...))
}

func stageVariable[T any](v *validation, member string, value Value[T]) {
	text, raw := value.Raw()
	if raw && ParseExpression(text).Form != Intrinsic && strings.Contains(text, stageVariables) {
		v.add(member, text, ReasonHTTPStageVariable, "write the value, or fill it in before the import")
	}
}

// Differing returns the names of the members in which two policies differ, in what they
// say of an API: unset and the default are the same.
func (p Policy) Differing(other Policy) []string {
	p, other = p.withDefaults(), other.withDefaults()
	pairs := map[string][2]any{
		MemberAllowOrigins:     {p.AllowOrigins, other.AllowOrigins},
		MemberAllowMethods:     {p.AllowMethods, other.AllowMethods},
		MemberAllowHeaders:     {p.AllowHeaders, other.AllowHeaders},
		MemberAddHeaders:       {p.AddHeaders, other.AddHeaders},
		MemberExposeHeaders:    {p.ExposeHeaders, other.ExposeHeaders},
		MemberMaxAge:           {p.MaxAge, other.MaxAge},
		MemberAllowCredentials: {p.AllowCredentials, other.AllowCredentials},
	}
	var names []string
	for _, name := range Members() {
		if !reflect.DeepEqual(pairs[name][0], pairs[name][1]) {
			names = append(names, name)
		}
	}
	return names
}

// withDefaults leaves out what says no more than the default.
func (p Policy) withDefaults() Policy {
	if p.AllowMethods.Kind() == KindDerived {
		p.AllowMethods = Value[[]string]{}
	}
	if p.ExposeHeaders.Kind() == KindNone {
		p.ExposeHeaders = Value[[]string]{}
	}
	if p.MaxAge.Kind() == KindNone {
		p.MaxAge = Value[int]{}
	}
	if on, _ := p.AllowCredentials.Literal(); !on && p.AllowCredentials.Kind() != KindRaw {
		p.AllowCredentials = Value[bool]{}
	}
	return p
}
