package rules

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var anyHost = &Rule{
	ID:       "any-host",
	Title:    "every origin of a scheme is allowed",
	Doc:      "https://* lets the pages of every site in that is served over https, which is nearly every site.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html",
	Severity: finding.Warning,
	CORS:     true,
	Fails: `x-amazon-apigateway-cors: {allowOrigins: ["https://*"], allowMethods: [GET]}
paths: {}
`,
	Passes: `x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com"], allowMethods: [GET]}
paths: {}
`,
	find: reviewed(policy.ReasonAnyHost),
}
