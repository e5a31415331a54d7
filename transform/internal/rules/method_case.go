package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var methodCase = &Rule{
	ID:    "method-case",
	Title: "a method is allowed in lower case",
	Doc: "Methods are compared byte for byte: put allows no PUT. Only GET, HEAD and POST pass without " +
		"being listed.",
	URL:      "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
	Severity: finding.Error,
	CORS:     true,
	Fails: example("put",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'get,put'"`),
	Passes: example("put",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'GET,PUT'"`),
	find:   findMethodCase,
	blocks: []policy.Reason{policy.ReasonMethodCase},
}

func findMethodCase(d *View) (found []Finding) {
	for _, p := range d.preflights() {
		value := p.Headers.Value(responses.AllowMethods)
		h, _ := p.Headers.Get(responses.AllowMethods)
		upper := fixedMethods(value)
		if upper == "" || value == upper {
			continue
		}
		found = append(found, Finding{
			At:      ofHeader(p.Entry, h),
			Message: fmt.Sprintf("OPTIONS %s allows %q, and methods are compared byte for byte", p.options.Path, value),
			Hint:    fmt.Sprintf("write %q", "'"+upper+"'"),
			Fix:     []layout.Operation{layout.Set{At: ofHeader(p.Entry, h).Pointer, Value: layout.String("'" + upper + "'")}},
		})
	}
	return found
}
