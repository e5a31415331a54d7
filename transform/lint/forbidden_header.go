package lint

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var forbiddenHeader = &Rule{
	ID:    "forbidden-header",
	Title: "a request header is allowed that no script can send",
	Doc: "Browsers set headers such as Origin, Host and Cookie themselves and let no script do so, so " +
		"allowing them means nothing.",
	URL:      "https://fetch.spec.whatwg.org/#forbidden-request-header",
	Severity: finding.Warning,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'Content-Type,Origin'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'Content-Type'"`),
	run: pointless(policy.ReasonForbiddenHeader),
}

// pointless returns what finds request headers that are allowed to no purpose.
func pointless(reason policy.Reason) func(*pass) {
	return func(p *pass) {
		p.fixedHeaders(answers.AllowHeaders, func(m *model.Method, where place, value string) {
			for _, c := range (policy.Policy{AllowHeaders: policy.Literal(answers.List(value))}).Review(false) {
				if c.Reason == reason {
					p.report(where, "take it out", nil, "%s: %s %s", what(m), answers.AllowHeaders, aboutValue(c))
				}
			}
		})
		p.reviewBlocks(reason)
	}
}
