package rules

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var insecureOrigin = &Rule{
	ID:       "insecure-origin",
	Title:    "an origin over http is allowed",
	Doc:      "Whoever is on the way to a page over http can change it, and call in its name.",
	URL:      "https://portswigger.net/web-security/cors",
	Severity: finding.Warning,
	CORS:     true,
	Fails:    example("get", `Access-Control-Allow-Origin: "'http://app.example.com'"`),
	Passes:   example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	find:     reviewed(policy.ReasonInsecureOrigin),
}
