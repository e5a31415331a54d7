package rules

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var originNoPort = &Rule{
	ID:    string(policy.ReasonNoPort),
	Title: "localhost is allowed without a port",
	Doc: "http://localhost is the page on port 80. Development servers have a port of their own, which is part " +
		"of the origin.",
	URL:      "https://html.spec.whatwg.org/#concept-origin",
	Severity: finding.Warning,
	CORS:     true,
	Fails:    example("get", `Access-Control-Allow-Origin: "'http://localhost'"`),
	Passes:   example("get", `Access-Control-Allow-Origin: "'http://localhost:3000'"`),
	find:     reviewed(policy.ReasonNoPort),
}
