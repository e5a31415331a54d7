package fetch

// A Rule is what a request is refused by: a step of the algorithm. Its text is stable.
type Rule string

// The rules, in the order of the steps.
const (
	RuleURLInvalid            Rule = "url-invalid"            // the URL is none
	RuleURLScheme             Rule = "url-scheme"             // the URL is neither of http nor of https
	RuleURLUserinfo           Rule = "url-userinfo"           // the URL names a user
	RuleMethodInvalid         Rule = "method-invalid"         // the method is none
	RuleForbiddenMethod       Rule = "forbidden-method"       // no script can send the method
	RuleCredentialsUnknown    Rule = "credentials-unknown"    // the credentials mode is none
	RuleBodyWithGet           Rule = "body-with-get"          // a GET or HEAD has a body
	RuleHeaderInvalid         Rule = "header-invalid"         // a header of the request has another form
	RuleResponseInvalid       Rule = "response-invalid"       // a header of the response has another form
	RuleACAOMissing           Rule = "acao-missing"           // the response has no Access-Control-Allow-Origin
	RuleStarWithCredentials   Rule = "star-with-credentials"  // it is "*", and the request has credentials
	RuleACAOMultiple          Rule = "acao-multiple"          // it is not one origin
	RuleACAOMismatch          Rule = "acao-mismatch"          // it is another origin
	RuleACACMissing           Rule = "acac-missing"           // the response does not allow credentials
	RuleACACValue             Rule = "acac-value"             // Access-Control-Allow-Credentials is not "true"
	RulePreflightStatus       Rule = "preflight-status"       // the status of the preflight response is none of success
	RuleListSyntax            Rule = "list-syntax"            // a list has an entry that is no name
	RuleMethodNotAllowed      Rule = "method-not-allowed"     // the method is not allowed
	RuleMethodCase            Rule = "method-case"            // the method is allowed in another case
	RuleHeaderNotAllowed      Rule = "header-not-allowed"     // a header is not allowed
	RuleAuthorizationWildcard Rule = "authorization-wildcard" // "*" does not allow Authorization
	RuleWildcardCredentials   Rule = "wildcard-credentials"   // "*" is no wildcard, as the request has credentials
)

// Header returns the header of a response that a rule is about; empty: none, or one of several.
func (r Rule) Header() string {
	switch r {
	case RuleACAOMissing, RuleStarWithCredentials, RuleACAOMultiple, RuleACAOMismatch:
		return allowOrigin
	case RuleACACMissing, RuleACACValue:
		return allowCredentials
	case RuleMethodNotAllowed, RuleMethodCase:
		return allowMethods
	case RuleHeaderNotAllowed, RuleAuthorizationWildcard:
		return allowHeaders
	}
	return ""
}
