package rules

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var subdomainWithCredentials = &Rule{
	ID:    "subdomain-with-credentials",
	Title: "every sub-domain is allowed, with credentials",
	Doc: "One sub-domain that somebody else has taken over, or a hole in one of its pages, is enough to make " +
		"requests with the cookies of users and to read the responses.",
	URL:      "https://portswigger.net/web-security/cors",
	Severity: finding.Warning,
	CORS:     true,
	Fails: `x-amazon-apigateway-cors: {allowOrigins: ["https://*.example.com"], allowCredentials: true}
` + proxied,
	Passes: `x-amazon-apigateway-cors: {allowOrigins: ["https://*.example.com"]}
` + proxied,
	find: reviewed(policy.ReasonSubdomainsWithCredentials),
}
