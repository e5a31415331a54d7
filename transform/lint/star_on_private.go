package lint

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

const fromOffice = `x-amazon-apigateway-policy:
  Version: "2012-10-17"
  Statement:
    - {Effect: Allow, Principal: "*", Action: "execute-api:Invoke", Resource: "*", Condition: {IpAddress: {"aws:SourceIp": "192.0.2.0/24"}}}
`

var starOnPrivate = &Rule{
	ID:    "star-on-private",
	Title: "every origin is allowed to call an API that is protected by its network",
	Doc: "Where a caller's place in the network is all that lets it in, a browser in that network is let in " +
		"too, and * makes it call for the page of any site.",
	URL:      "https://fetch.spec.whatwg.org/#basic-safe-cors-protocol-setup",
	Severity: finding.Warning,
	API:      REST,
	Fails:    fromOffice + example("get", `Access-Control-Allow-Origin: "'*'"`),
	Passes:   fromOffice + example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	run:      starOnPrivateRun,
}

func starOnPrivateRun(p *pass) {
	sign, ok := p.privateSign()
	if !ok {
		return
	}
	p.preflights(func(_ *model.Resource, o *model.Method, have answers.Preflight) {
		h, _ := have.Headers.Get(answers.AllowOrigin)
		if have.Headers.Value(answers.AllowOrigin) == "*" && p.isGenerated(ofHeader(have.Entry, h).pointer) { // it is not spoken of, but what it meets is
			p.report(sign, "name the origins, with --allow-origin", nil, "every origin is allowed to call an API that lets callers in by their place in the network")
		}
	})
	p.fixedHeaders(answers.AllowOrigin, func(m *model.Method, where place, value string) {
		if value == "*" && p.SecurityOf(m) == nil {
			p.report(where, "name the origins", nil, "%s answers %s: \"*\", and the document lets callers in by their place in the network", what(m), answers.AllowOrigin)
		}
	})
}
