package lint

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var acaoMultiple = &Rule{
	ID:    "acao-multiple",
	Title: "Access-Control-Allow-Origin names several origins",
	Doc: "The header carries one origin, and a browser compares it byte for byte with that of the page. A " +
		"list equals none. Of several origins, a template has to choose the caller's.",
	URL:      "https://fetch.spec.whatwg.org/#concept-cors-check",
	Severity: finding.Error,
	API:      REST,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com,https://admin.example.com'"`),
	Passes: example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	run:    acaoMultipleRun,
}

func acaoMultipleRun(p *pass) {
	p.entries(func(m *model.Method, e *model.IntegrationResponse, have answers.Headers) {
		first, _ := have.Get(answers.AllowOrigin)
		for _, h := range have {
			if isNamed(h, answers.AllowOrigin) && h.Name != first.Name {
				p.report(ofHeader(e, h), "keep one of them", nil, "%s maps %s and %s, which are one header", what(m), first.Name, h.Name)
			}
		}
	})
	p.corsHeaders(func(m *model.Method, e *model.IntegrationResponse, h answers.Header) {
		value, static := h.Static()
		if static && strings.EqualFold(h.Name, answers.AllowOrigin) && len(strings.FieldsFunc(value, isSeparator)) > 1 && !isFilledIn(value) {
			p.report(ofHeader(e, h), "name one, or let a template choose: apigw-cors enable --allow-origin A --allow-origin B", nil,
				"%s answers %s: %q, a list, which equals no origin", what(m), h.Name, value)
		}
	})
}

func isSeparator(r rune) bool { return r == ',' || r == ' ' || r == ';' || r == '|' }
