package rules

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var exposeStar = &Rule{
	ID:       "expose-star",
	Title:    "every response header is exposed",
	Doc:      "With * scripts read every response header, also those that are added later.",
	URL:      "https://fetch.spec.whatwg.org/#http-access-control-expose-headers",
	Severity: finding.Info,
	CORS:     true,
	Fails: `x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com"], exposeHeaders: ["*"]}
paths: {}
`,
	Passes: `x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com"], exposeHeaders: [X-Total]}
paths: {}
`,
	find: reviewed(policy.ReasonExposeStar),
}
