package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var methodCase = &Rule{
	ID:    "method-case",
	Title: "a method is allowed in lower case",
	Doc: "Methods are compared byte for byte: put allows no PUT. Only GET, HEAD and POST pass without " +
		"being listed.",
	URL:      "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
	Severity: finding.Error,
	Fails: example("put",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'get,put'"`),
	Passes: example("put",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'GET,PUT'"`),
	run:    methodCaseRun,
	blocks: []policy.Reason{policy.ReasonMethodCase},
}

func methodCaseRun(p *pass) {
	p.preflights(func(_ *model.Resource, o *model.Method, have answers.Preflight) {
		value := have.Headers.Value(answers.AllowMethods)
		h, _ := have.Headers.Get(answers.AllowMethods)
		upper := strings.ToUpper(value)
		if names := answers.List(value); value == upper || slices.ContainsFunc(names, func(name string) bool { return !policy.IsMethod(strings.ToUpper(name)) }) {
			return
		}
		p.report(ofHeader(have.Entry, h), fmt.Sprintf("write %q", "'"+upper+"'"), setMapping(have.Entry, h, "'"+upper+"'"),
			"OPTIONS %s allows %q, and methods are compared byte for byte", o.Path, value)
	})
}
