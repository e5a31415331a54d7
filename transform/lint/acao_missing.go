package lint

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var acaoMissing = &Rule{
	ID:    "acao-missing",
	Title: "an OPTIONS of CORS sends no Access-Control-Allow-Origin",
	Doc: "Without Access-Control-Allow-Origin a browser refuses the preflight, whatever else the answer " +
		"says.",
	URL:      "https://fetch.spec.whatwg.org/#concept-cors-check",
	Severity: finding.Error,
	API:      REST,
	Fails: example("get",
		`Access-Control-Allow-Origin`,
		`Access-Control-Allow-Methods: "'GET'"`),
	Passes: example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	run:    acaoMissingRun,
}

func acaoMissingRun(p *pass) {
	p.preflights(func(_ *model.Resource, o *model.Method, have answers.Preflight) {
		if _, ok := have.Headers.Get(answers.AllowOrigin); ok || have.Overrides || have.Entry == nil {
			return
		}
		p.report(ofEntry(have.Entry), "map it, as in method.response.header.Access-Control-Allow-Origin: \"'https://app.example.com'\"", nil,
			"OPTIONS %s sends no %s", o.Path, answers.AllowOrigin)
	})
}
