package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var varyNeedless = &Rule{
	ID:    "vary-needless",
	Title: "an answer with a fixed origin varies by Origin",
	Doc: "Vary: Origin makes caches keep an answer for each origin. Where all of them get the same " +
		"Access-Control-Allow-Origin, that only costs hits.",
	URL:      "https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches",
	Severity: finding.Info,
	API:      model.REST,
	CORS:     true,
	Fails:    example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`, `Vary: "'Origin'"`),
	Passes:   example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`, `Vary: "'Accept'"`),
	find:     findVaryNeedless,
}

func findVaryNeedless(d *View) (found []Finding) {
	for _, r := range d.responses() {
		origin, ok := r.headers.Get(responses.AllowOrigin)
		_, static := origin.Static()
		vary, _ := r.headers.Get(responses.Vary)
		if !ok || !static || !r.headers.Lists(responses.Vary, "Origin") || overridesOrigin(r.method, r.entry) || d.Generated(ofHeader(r.entry, vary).Pointer) {
			continue
		}
		found = append(found, Finding{
			At:      ofHeader(r.entry, vary),
			Message: fmt.Sprintf("%s answers every origin with the same %s, and with Vary: Origin", what(r.method), responses.AllowOrigin),
			Hint:    "take Origin out of it",
		})
	}
	return found
}
