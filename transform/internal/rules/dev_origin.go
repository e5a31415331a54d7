package rules

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var devOrigin = &Rule{
	ID:    "dev-origin",
	Title: "an origin of development is allowed",
	Doc: "Pages on the machine of a user, in a private network or at an online playground are somebody " +
		"else's on each machine. Keep them out of what is deployed for all.",
	URL:      "https://portswigger.net/web-security/cors",
	Severity: finding.Warning,
	CORS:     true,
	Fails:    example("get", `Access-Control-Allow-Origin: "'http://localhost:3000'"`),
	Passes:   example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	find:     reviewed(policy.ReasonDevOrigin),
}
