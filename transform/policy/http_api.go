package policy

import (
	"errors"
	"strings"
)

// ValidateForHTTP reports what a policy says that the CORS configuration of an HTTP
// API cannot say, beside what [Policy.Validate] reports. Of patterns it has "*",
// "https://*" and "http://*" alone, and it works nothing out for each call
// (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html).
func (p Policy) ValidateForHTTP() error {
	v := &validation{credentials: p.mayHaveCredentials()}
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
	for _, m := range members {
		v.stageVariable(m, &p)
	}
	return errors.Join(p.Validate(), errors.Join(v.errs...))
}

func (v *validation) stageVariable(m Member, p *Policy) {
	text, raw := m.raw(p)
	if raw && ParseExpression(text).Form != Intrinsic && strings.Contains(text, stageVariables) {
		v.add(m.Name, text, ReasonHTTPStageVariable, "write the value, or fill it in before the import")
	}
}

// Differing returns the names of the members in which two policies differ, in what they
// say of an API: unset and the default are the same.
func (p Policy) Differing(other Policy) []string {
	var names []string
	for _, m := range members {
		if m.differs(p, other) {
			names = append(names, m.Name)
		}
	}
	return names
}
