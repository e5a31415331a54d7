package lint

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var listSyntax = &Rule{
	ID:    "list-syntax",
	Title: "a list in a CORS header has an entry that is no name",
	Doc: "Access-Control-Allow-Methods, -Allow-Headers and -Expose-Headers are lists of tokens, separated " +
		"by commas. One entry that is none voids the whole header, and of a preflight the whole answer.",
	URL:      "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
	Severity: finding.Error,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'GET;PUT'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'GET,PUT'"`),
	run:    listSyntaxRun,
	blocks: []policy.Reason{policy.ReasonListSyntax},
}

func listSyntaxRun(p *pass) {
	p.corsHeaders(func(m *model.Method, e *model.IntegrationResponse, h answers.Header) {
		value, static := h.Static()
		if !static || !isList(h.Name) || strings.Contains(value, "${") {
			return
		}
		for _, name := range answers.List(value) {
			if !policy.IsToken(name) {
				p.report(ofHeader(e, h), "separate names by commas, and write nothing else", nil, "%s answers %s with the entry %q, which is no name and voids the header", what(m), h.Name, name)
				return
			}
		}
	})
}

// isList reports whether a header holds a list of names.
func isList(name string) bool {
	return strings.EqualFold(name, answers.AllowMethods) || strings.EqualFold(name, answers.AllowHeaders) || strings.EqualFold(name, answers.ExposeHeaders)
}
