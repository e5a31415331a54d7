package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var exposeForbidden = &Rule{
	ID:       "expose-forbidden",
	Title:    "a response header is exposed that no script can read",
	Doc:      "Browsers keep Set-Cookie from scripts, whatever is exposed.",
	URL:      "https://fetch.spec.whatwg.org/#forbidden-response-header-name",
	Severity: finding.Warning,
	CORS:     true,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Expose-Headers: "'Set-Cookie'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Expose-Headers: "'X-Total'"`),
	find: findExposeForbidden,
}

func findExposeForbidden(d *View) (found []Finding) {
	for _, h := range d.headers() {
		value, static := h.Static()
		if !static || !strings.EqualFold(h.Name, responses.ExposeHeaders) || d.Generated(h.at().Pointer) {
			continue
		}
		for _, name := range responses.List(value) {
			if policy.ForbiddenResponseHeader(name) {
				found = append(found, Finding{
					At:      h.at(),
					Message: fmt.Sprintf("%s exposes %q, which no script can read", what(h.method), name),
					Hint:    "take it out",
				})
			}
		}
	}
	return append(found, reviewBlocks(d, policy.ReasonExposeForbidden)...)
}
