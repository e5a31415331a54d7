package lint

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var blockInvalid = &Rule{
	ID:    "block-invalid",
	Title: "a block x-amazon-apigateway-cors cannot be understood",
	Doc: "API Gateway passes over members that it does not know without a word: the API has no CORS then. On a " +
		"REST API the block is read by apigw-cors alone, which refuses it.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-cors-configuration.html",
	Severity: finding.Error,
	Fails: `x-amazon-apigateway-cors: {allow_origins: ["https://app.example.com"]}
paths: {}
`,
	Passes: `x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com"]}
paths: {}
`,
	run: blockInvalidRun,
}

// blockInvalidRun reports what no other rule speaks of.
func blockInvalidRun(p *pass) {
	rest := policy.Reasons()
	for _, r := range p.rules {
		rest = slices.DeleteFunc(rest, func(reason policy.Reason) bool { return slices.Contains(r.blocks, reason) })
	}
	p.mistakesInBlocks(rest)
}
