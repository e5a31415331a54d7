package lint

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var openAPI31 = &Rule{
	ID:       "openapi-3.1",
	Title:    "the document is OpenAPI 3.1",
	Doc:      "API Gateway imports Swagger 2.0 and OpenAPI 3.0, and refuses OpenAPI 3.1: Invalid OpenAPI input.",
	URL:      "https://github.com/aws/aws-cli/issues/8191",
	Severity: finding.Error,
	Fails: `openapi: 3.1.0
paths: {}
`,
	Passes: `openapi: 3.0.1
paths: {}
`,
	run: openAPI31Run,
}

func openAPI31Run(p *pass) {
	if p.Version == model.OpenAPI31 {
		p.report(at(p.VersionNode, "/openapi"), "write the document as 3.0.1", nil, "API Gateway refuses to import OpenAPI %q", p.VersionNode.Text())
	}
}
