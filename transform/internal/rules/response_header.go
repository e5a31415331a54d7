package rules

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var responseHeader = &Rule{
	ID:    "response-header",
	Title: "a header of answers is allowed as one of requests",
	Doc: "Access-Control-Allow-Origin and its like are headers of answers. Pages do not send them, and those " +
		"that do, because somebody has told them so, need no permission but a correction.",
	URL:      "https://fetch.spec.whatwg.org/#http-responses",
	Severity: finding.Warning,
	CORS:     true,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'Content-Type,Access-Control-Allow-Origin'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'Content-Type'"`),
	find: pointless(policy.ReasonResponseHeader),
}
