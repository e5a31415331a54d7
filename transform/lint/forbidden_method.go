package lint

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var forbiddenMethod = &Rule{
	ID:       "forbidden-method",
	Title:    "a method that browsers never send is allowed",
	Doc:      "Browsers refuse to send CONNECT, TRACE and TRACK, so allowing them means nothing.",
	URL:      "https://fetch.spec.whatwg.org/#forbidden-method",
	Severity: finding.Warning,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'GET,TRACE'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'GET,PUT'"`),
	run:    forbiddenMethodRun,
	blocks: []policy.Reason{policy.ReasonForbiddenMethod},
}

func forbiddenMethodRun(p *pass) {
	p.preflights(func(_ *model.Resource, o *model.Method, have answers.Preflight) {
		h, _ := have.Headers.Get(answers.AllowMethods)
		for _, name := range answers.List(have.Headers.Value(answers.AllowMethods)) {
			switch strings.ToUpper(name) {
			case "CONNECT", "TRACE", "TRACK":
				p.report(ofHeader(have.Entry, h), "take it out", nil, "OPTIONS %s allows %q, which browsers never send", o.Path, name)
			}
		}
	})
}
