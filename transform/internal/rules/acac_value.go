package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var acacValue = &Rule{
	ID:       "acac-value",
	Title:    "Access-Control-Allow-Credentials is not true",
	Doc:      "A browser takes the value true in lower case for permission, and every other for none.",
	URL:      "https://fetch.spec.whatwg.org/#concept-cors-check",
	Severity: finding.Error,
	API:      model.REST,
	CORS:     true,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Credentials: "'True'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Credentials: "'true'"`),
	find: findAcacValue,
}

func findAcacValue(d *View) (found []Finding) {
	for _, h := range d.headers() {
		value, static := h.Static()
		if !static || !h.is(responses.AllowCredentials) || value == "true" || value == "false" { // the latter is a rule of its own
			continue
		}
		var fix []layout.Operation
		if fixed := fixedCredentials(value); fixed != "" {
			fix = h.set("'" + fixed + "'")
		}
		found = append(found, Finding{
			At:      h.at(),
			Message: fmt.Sprintf("%s answers %s: %q, which browsers take for no", what(h.method), h.Name, value),
			Hint:    `write "'true'", or take it out`,
			Fix:     fix,
		})
	}
	return found
}
