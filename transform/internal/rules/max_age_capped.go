package rules

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var maxAgeCapped = &Rule{
	ID:       "max-age-capped",
	Title:    "preflights are to be kept for longer than browsers keep them",
	Doc:      "Chromium keeps a preflight for 7200 seconds at most, Safari for 600, Firefox for 86400.",
	URL:      "https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Access-Control-Max-Age",
	Severity: finding.Info,
	CORS:     true,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Max-Age: "'86400'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Max-Age: "'600'"`),
	find: reviewed(policy.ReasonMaxAgeCapped),
}
