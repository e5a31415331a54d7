package rules

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var subdomainWildcard = &Rule{
	ID:    "subdomain-wildcard",
	Title: "every sub-domain is allowed",
	Doc: "One sub-domain that somebody else has taken over, or a hole in one of its pages, is enough to " +
		"call with what the others may do.",
	URL:      "https://portswigger.net/web-security/cors",
	Severity: finding.Info,
	CORS:     true,
	Fails: `x-amazon-apigateway-cors: {allowOrigins: ["https://*.example.com"]}
` + proxied,
	Passes: `x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com"]}
` + proxied,
	find: reviewed(policy.ReasonSubdomains),
}
