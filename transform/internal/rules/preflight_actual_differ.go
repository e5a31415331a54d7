package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var withPut = example("put",
	`Access-Control-Allow-Origin: "'https://app.example.com'"`,
	`Access-Control-Allow-Methods: "'PUT'"`)

var preflightActualDiffer = &Rule{
	ID:    "preflight-actual-differ",
	Title: "the preflight and the answer name different origins",
	Doc: "A browser checks Access-Control-Allow-Origin on the answer to the preflight and again on the " +
		"real answer. An origin that only one of them names cannot call.",
	URL:      "https://fetch.spec.whatwg.org/#concept-cors-check",
	Severity: finding.Error,
	API:      model.REST,
	CORS:     true,
	Fails:    responding("https://admin.example.com", withPut),
	Passes:   responding("https://app.example.com", withPut),
	find:     findPreflightActualDiffer,
}

func findPreflightActualDiffer(d *View) (found []Finding) {
	for _, p := range d.preflights() {
		allowed := p.Headers.Value(responses.AllowOrigin)
		if allowed == "" || p.Overrides || model.MayHavePlaceholder(allowed) {
			continue
		}
		for _, m := range p.resource.Methods() {
			for _, r := range responsesOf(m) {
				value := r.headers.Value(responses.AllowOrigin)
				if value == "" || value == allowed || value == "*" || model.MayHavePlaceholder(value) {
					continue
				}
				h, _ := r.headers.Get(responses.AllowOrigin)
				found = append(found, Finding{
					At:      ofHeader(r.entry, h),
					Message: fmt.Sprintf("%s answers %s with %s %q, and the preflight with %q", what(m), r.entry.Status, responses.AllowOrigin, value, allowed),
					Hint:    "make the two agree",
				})
			}
		}
	}
	return found
}
