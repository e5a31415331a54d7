package lint

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var forbiddenHeader = &Rule{
	ID:    "forbidden-header",
	Title: "a request header is allowed that no script can send",
	Doc: "Browsers set headers such as Origin, Host and Cookie themselves and let no script do so, so " +
		"allowing them means nothing. Access-Control-Allow-* are headers of answers.",
	URL:      "https://fetch.spec.whatwg.org/#forbidden-request-header",
	Severity: finding.Warning,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'Content-Type,Origin'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'Content-Type'"`),
	run: forbiddenHeaderRun,
}

func forbiddenHeaderRun(p *pass) {
	p.corsHeaders(func(m *model.Method, e *model.IntegrationResponse, h answers.Header) {
		value, static := h.Static()
		if !static || !strings.EqualFold(h.Name, answers.AllowHeaders) || strings.Contains(value, "${") || p.isGenerated(ofHeader(e, h).pointer) {
			return
		}
		review := policy.Policy{AllowHeaders: policy.Literal(list(value))}.Review(false)
		for _, c := range review {
			p.report(ofHeader(e, h), "take it out", nil, "%s allows the request header %q, which no script can send", what(m), c.Value)
		}
	})
	p.reviewBlocks(policy.ReasonForbiddenHeader)
	p.reviewBlocks(policy.ReasonResponseHeader)
}
