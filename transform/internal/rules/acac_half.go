package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var acacHalf = &Rule{
	ID:    "acac-half",
	Title: "credentials are allowed on the preflight or on the answer, and not on both",
	Doc: "A browser checks Access-Control-Allow-Credentials on the answer to the preflight and again on " +
		"the real answer. With one of the two missing, calls with cookies fail.",
	URL:      "https://fetch.spec.whatwg.org/#concept-cors-check",
	Severity: finding.Error,
	API:      model.REST,
	CORS:     true,
	Fails: responding("https://app.example.com", example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Credentials: "'true'"`)),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Credentials: "'true'"`),
	find: findAcacHalf,
}

func findAcacHalf(d *View) (found []Finding) {
	for _, p := range d.preflights() {
		if p.Headers.Value(responses.AllowOrigin) == "" {
			continue
		}
		preflight := p.Credentials()
		for _, m := range p.resource.Methods() {
			for _, r := range responsesOf(m) {
				if r.headers.Value(responses.AllowOrigin) == "" || r.headers.Credentials() == preflight {
					continue
				}
				has, lacks := "the preflight of "+p.resource.Path, what(m)+", "+r.entry.Status
				if !preflight {
					has, lacks = lacks, has
				}
				found = append(found, Finding{
					At:      ofEntry(r.entry),
					Message: fmt.Sprintf("%s allows credentials, and %s does not", has, lacks),
					Hint:    "put it on both, or on none",
				})
			}
		}
	}
	return found
}
