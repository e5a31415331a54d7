package rules

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var starWithAuthorization = &Rule{
	ID:    "star-with-authorization",
	Title: "every origin is allowed to call methods that need authorization",
	Doc: "A page of any site may call such a method with a token that it has. Where tokens are not to " +
		"leave the pages of the API's owner, name the origins.",
	URL:      "https://portswigger.net/web-security/cors",
	Severity: finding.Warning,
	CORS:     true,
	Fails:    withToken + withoutSecurity(example("get", `Access-Control-Allow-Origin: "'*'"`, `Access-Control-Allow-Headers: "'Authorization'"`)),
	Passes:   withToken + withoutSecurity(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`, `Access-Control-Allow-Headers: "'Authorization'"`)),
	find:     reviewed(policy.ReasonStarWithAuthorization),
}
