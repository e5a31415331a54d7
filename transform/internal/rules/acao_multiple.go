package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var acaoMultiple = &Rule{
	ID:    "acao-multiple",
	Title: "Access-Control-Allow-Origin names several origins",
	Doc: "The header carries one origin, and a browser compares it byte for byte with that of the page. A " +
		"list equals none. Of several origins, a template has to choose the caller's.",
	URL:      "https://fetch.spec.whatwg.org/#concept-cors-check",
	Severity: finding.Error,
	API:      model.REST,
	CORS:     true,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com,https://admin.example.com'"`),
	Passes: example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	find:   findAcaoMultiple,
}

func findAcaoMultiple(d *View) (found []Finding) {
	for _, r := range d.responses() {
		first, _ := r.headers.Get(responses.AllowOrigin)
		for _, h := range r.headers {
			if strings.EqualFold(h.Name, responses.AllowOrigin) && h.Name != first.Name {
				found = append(found, Finding{
					At:      ofHeader(r.entry, h),
					Message: fmt.Sprintf("%s maps %s and %s, which are one header", what(r.method), first.Name, h.Name),
					Hint:    "keep one of them",
				})
			}
		}
	}
	for _, h := range d.headers() {
		value, static := h.Static()
		if static && h.is(responses.AllowOrigin) && len(strings.FieldsFunc(value, isSeparator)) > 1 && !model.MayHavePlaceholder(value) {
			found = append(found, Finding{
				At:      h.at(),
				Message: fmt.Sprintf("%s answers %s: %q, a list, which equals no origin", what(h.method), h.Name, value),
				Hint:    "name one, or let a template choose: apigw-cors enable --allow-origin A --allow-origin B",
			})
		}
	}
	return found
}

func isSeparator(r rune) bool { return r == ',' || r == ' ' || r == ';' || r == '|' }
