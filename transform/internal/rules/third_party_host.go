package rules

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var thirdPartyHost = &Rule{
	ID:    "third-party-host",
	Title: "an origin at a provider may call with credentials",
	Doc: "Names such as app.netlify.app are given to anybody, and to somebody else when they are given up. " +
		"With credentials, the next owner calls in the name of your users.",
	URL:      "https://portswigger.net/web-security/cors",
	Severity: finding.Warning,
	CORS:     true,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://shop.netlify.app'"`,
		`Access-Control-Allow-Credentials: "'true'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://shop.example.com'"`,
		`Access-Control-Allow-Credentials: "'true'"`),
	find: reviewed(policy.ReasonThirdPartyHost),
}
