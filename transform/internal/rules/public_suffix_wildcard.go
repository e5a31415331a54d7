package rules

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

const proxied = `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
`

var publicSuffixWildcard = &Rule{
	ID:    "public-suffix-wildcard",
	Title: "every name under a public suffix is allowed",
	Doc: "Under com, github.io or cloudfront.net anybody registers a name in a minute, and is let in by " +
		"the wildcard.",
	URL:      "https://publicsuffix.org",
	Severity: finding.Warning,
	CORS:     true,
	Fails: `x-amazon-apigateway-cors: {allowOrigins: ["https://*.github.io"]}
` + proxied,
	Passes: `x-amazon-apigateway-cors: {allowOrigins: ["https://octo.github.io"]}
` + proxied,
	find: reviewed(policy.ReasonPublicSuffix),
}
