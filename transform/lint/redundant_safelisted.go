package lint

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var redundantSafelisted = &Rule{
	ID:    "redundant-safelisted",
	Title: "a header is listed that needs no listing",
	Doc: "Scripts may send Accept, Accept-Language and Content-Language, and read Content-Type, Cache-Control " +
		"and a few more, without being told. Listing them does no harm.",
	URL:      "https://fetch.spec.whatwg.org/#cors-safelisted-request-header",
	Severity: finding.Info,
	API:      REST,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'Accept,X-Id'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'Content-Type,X-Id'"`),
	run: redundantSafelistedRun,
}

func redundantSafelistedRun(p *pass) {
	p.redundant(answers.AllowHeaders, policy.SafelistedRequestHeader)
	p.redundant(answers.ExposeHeaders, policy.SafelistedResponseHeader)
}

func (p *pass) redundant(header string, isRedundant func(string) bool) {
	p.fixedHeaders(header, func(m *model.Method, where place, value string) {
		names := slices.DeleteFunc(answers.List(value), func(name string) bool { return !isRedundant(name) })
		if len(names) > 0 {
			p.report(where, "leave it so, or take it out", nil, "%s answers %s with %s, which needs no listing", what(m), header, strings.Join(names, ", "))
		}
	})
}
