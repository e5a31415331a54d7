package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var forbiddenHeader = &Rule{
	ID:    "forbidden-header",
	Title: "a request header is allowed that no script can send",
	Doc: "Browsers set headers such as Origin, Host and Cookie themselves and let no script do so, so " +
		"allowing them means nothing.",
	URL:      "https://fetch.spec.whatwg.org/#forbidden-request-header",
	Severity: finding.Warning,
	CORS:     true,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'Content-Type,Origin'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'Content-Type'"`),
	find: pointless(policy.ReasonForbiddenHeader),
}

// pointless returns what finds request headers that are allowed to no purpose.
func pointless(reason policy.Reason) func(*View) []Finding {
	return func(d *View) (found []Finding) {
		for _, h := range fixedHeaders(d, responses.AllowHeaders) {
			for _, c := range (policy.Policy{AllowHeaders: policy.Literal(responses.List(h.value()))}).Review(false) {
				if c.Reason == reason {
					found = append(found, Finding{
						At:      h.at(),
						Message: fmt.Sprintf("%s: %s %s", what(h.method), responses.AllowHeaders, aboutValue(c)),
						Hint:    "take it out",
					})
				}
			}
		}
		return append(found, reviewBlocks(d, reason)...)
	}
}
