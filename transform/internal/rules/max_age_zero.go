package rules

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var maxAgeZero = &Rule{
	ID:       "max-age-zero",
	Title:    "browsers are told to keep no preflight",
	Doc:      "Each call that needs a preflight then costs two round trips.",
	URL:      "https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Access-Control-Max-Age",
	Severity: finding.Info,
	CORS:     true,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Max-Age: "'0'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Max-Age: "'600'"`),
	find: reviewed(policy.ReasonMaxAgeZero),
}
