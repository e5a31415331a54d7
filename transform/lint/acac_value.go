package lint

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var acacValue = &Rule{
	ID:       "acac-value",
	Title:    "Access-Control-Allow-Credentials is not true",
	Doc:      "A browser takes the value true in lower case for permission, and every other for none.",
	URL:      "https://fetch.spec.whatwg.org/#concept-cors-check",
	Severity: finding.Error,
	API:      REST,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Credentials: "'True'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Credentials: "'true'"`),
	run: acacValueRun,
}

func acacValueRun(p *pass) {
	p.corsHeaders(func(m *model.Method, e *model.IntegrationResponse, h answers.Header) {
		value, static := h.Static()
		value = strings.Trim(value, " \t") // as browsers do
		if !static || !strings.EqualFold(h.Name, answers.AllowCredentials) || value == "true" {
			return
		}
		var fix []layout.Wish
		if strings.EqualFold(value, "true") {
			fix = setMapping(e, h, "'true'")
		}
		severity := finding.Error
		if value == "false" { // it says what holds without it
			severity = finding.Warning
		}
		p.reportAs(severity, ofHeader(e, h), `write "'true'", or take it out`, fix, "%s answers %s: %q, which browsers take for no", what(m), h.Name, value)
	})
}
