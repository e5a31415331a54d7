package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var nullOrigin = &Rule{
	ID:    "null-origin",
	Title: "the origin null is allowed",
	Doc: "Every sandboxed frame of every site sends null as its origin, so allowing it allows everybody, " +
		"with credentials as well.",
	URL:      "https://fetch.spec.whatwg.org/#origin-header",
	Severity: finding.Error,
	CORS:     true,
	Fails:    example("get", `Access-Control-Allow-Origin: "'null'"`),
	Passes:   example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	find:     findNullOrigin,
	blocks:   []policy.Reason{policy.ReasonOriginNull},
}

func findNullOrigin(d *View) (found []Finding) {
	for _, h := range d.headers() {
		if value, static := h.Static(); static && strings.EqualFold(h.Name, responses.AllowOrigin) && value == "null" {
			found = append(found, Finding{
				At:      h.at(),
				Message: fmt.Sprintf("%s answers %s: %q, which every sandboxed frame sends", what(h.method), h.Name, value),
				Hint:    "name the origins",
			})
		}
	}
	return found
}
