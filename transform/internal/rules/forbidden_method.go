package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var forbiddenMethod = &Rule{
	ID:       "forbidden-method",
	Title:    "a method that browsers never send is allowed",
	Doc:      "Browsers refuse to send CONNECT, TRACE and TRACK, so allowing them means nothing.",
	URL:      "https://fetch.spec.whatwg.org/#forbidden-method",
	Severity: finding.Warning,
	CORS:     true,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'GET,TRACE'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'GET,PUT'"`),
	find:   findForbiddenMethod,
	blocks: []policy.Reason{policy.ReasonForbiddenMethod},
}

func findForbiddenMethod(d *View) (found []Finding) {
	for _, p := range d.preflights() {
		h, _ := p.Headers.Get(responses.AllowMethods)
		for _, name := range responses.List(p.Headers.Value(responses.AllowMethods)) {
			if policy.ForbiddenMethod(name) {
				found = append(found, Finding{
					At:      ofHeader(p.Entry, h),
					Message: fmt.Sprintf("OPTIONS %s allows %q, which browsers never send", p.options.Path, name),
					Hint:    "take it out",
				})
			}
		}
	}
	return found
}
