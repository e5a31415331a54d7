package transform

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
)

// Rules returns the rules of findings that only enabling and disabling CORS has, in the
// order of their ids. The ids of other findings are those of rules of package lint, and of
// concerns about a policy.
func Rules() []finding.Rule {
	var list []finding.Rule
	for _, r := range rules.OfEnabling() {
		list = append(list, r.About())
	}
	return list
}

// RequestsFail reports whether the findings of a rule, which are no errors, are about something
// that keeps pages from reading a response, or lets in others than the policy does.
func RequestsFail(rule string) bool {
	r := rules.ByID(rule)
	return r != nil && r.RequestsFail
}

// LeavesToBackend reports whether the findings of a rule are about something existing that is kept, by
// which no request has to fail, unless a backend sends what the document does not specify.
func LeavesToBackend(rule string) bool { return rules.ByID(rule) == rules.OptionsKept }
