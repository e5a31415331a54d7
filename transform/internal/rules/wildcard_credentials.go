package rules

import (
	"fmt"
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var wildcardCredentials = &Rule{
	ID:       "wildcard-credentials",
	Title:    "* stands for names where calls carry credentials",
	Doc:      "In calls with credentials, * among methods or headers is no wildcard but the name *.",
	URL:      "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
	Severity: finding.Error,
	CORS:     true,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'*'"`,
		`Access-Control-Allow-Credentials: "'true'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'*'"`),
	find:   findWildcardCredentials,
	blocks: []policy.Reason{policy.ReasonWildcardCredentials},
}

func findWildcardCredentials(d *View) (found []Finding) {
	for _, r := range d.responses() {
		if !r.headers.Credentials() {
			continue
		}
		for _, h := range r.headers {
			if value, static := h.Static(); static && isList(h.Name) && slices.Contains(responses.List(value), "*") {
				found = append(found, Finding{
					At:      ofHeader(r.entry, h),
					Message: fmt.Sprintf("%s answers %s: %q beside credentials, where it is no wildcard", what(r.method), h.Name, value),
					Hint:    "list the names",
				})
			}
		}
	}
	return found
}
