package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var acacFalse = &Rule{
	ID:    "acac-false",
	Title: "Access-Control-Allow-Credentials: false has no effect",
	Doc: "The only value that browsers know is true. To forbid credentials, leave the header out: false says " +
		"no more than that.",
	URL:      "https://fetch.spec.whatwg.org/#http-access-control-allow-credentials",
	Severity: finding.Warning,
	API:      model.REST,
	CORS:     true,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Credentials: "'false'"`),
	Passes: example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	find:   findAcacFalse,
}

func findAcacFalse(d *View) (found []Finding) {
	for _, h := range d.headers() {
		value, static := h.Static()
		if static && h.is(responses.AllowCredentials) && value == "false" {
			found = append(found, Finding{
				At:      h.at(),
				Message: fmt.Sprintf("%s sends %s: %q, which has no effect", what(h.method), h.Name, value),
				Hint:    "remove the header",
			})
		}
	}
	return found
}
