package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var starWithCredentials = &Rule{
	ID:    "star-with-credentials",
	Title: "every origin is allowed, with credentials",
	Doc: "A browser refuses * for Access-Control-Allow-Origin on a call with credentials, and API Gateway " +
		"refuses the two together in the configuration of an HTTP API. Name the origins, or allow no " +
		"credentials.",
	URL:      "https://fetch.spec.whatwg.org/#concept-cors-check",
	Severity: finding.Error,
	CORS:     true,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'*'"`,
		`Access-Control-Allow-Credentials: "'true'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Credentials: "'true'"`),
	find:   findStarWithCredentials,
	blocks: []policy.Reason{policy.ReasonStarWithCredentials},
}

func findStarWithCredentials(d *View) (found []Finding) {
	for _, h := range gatewayHeaders(d) {
		if h.is(responses.AllowCredentials) && h.response.Headers.Value(responses.AllowOrigin) == "*" && h.response.Headers.Credentials() {
			found = append(found, Finding{
				At:      h.at(),
				Message: fmt.Sprintf("the gateway response %s answers \"*\" and allows credentials, which browsers refuse together", h.response.Type),
				Hint:    "name an origin, or take " + h.Name + " out",
			})
		}
	}
	for _, r := range d.responses() {
		if r.headers.Value(responses.AllowOrigin) == "*" && r.headers.Credentials() {
			h, _ := r.headers.Get(responses.AllowCredentials)
			found = append(found, Finding{
				At:      ofHeader(r.entry, h),
				Message: fmt.Sprintf("%s answers \"*\" and allows credentials, which browsers refuse together", what(r.method)),
				Hint:    "name the origins, or take " + h.Name + " out",
			})
		}
	}
	return found
}
