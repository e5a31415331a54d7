package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var openAPI31 = &Rule{
	ID:          "openapi-3.1",
	Title:       "the document is not OpenAPI 3.0",
	Doc:         "API Gateway imports Swagger 2.0 and OpenAPI 3.0, and refuses other versions, OpenAPI 3.1 among them: Invalid OpenAPI input.",
	URL:         "https://github.com/aws/aws-cli/issues/8191",
	Severity:    finding.Error,
	ImportFails: true,
	Fails: `openapi: 3.1.0
paths: {}
`,
	Passes: `openapi: 3.0.1
paths: {}
`,
	find: findOpenAPI31,
}

func findOpenAPI31(d *View) (found []Finding) {
	if d.Version != model.Swagger2 && !strings.HasPrefix(d.VersionNode.Text(), "3.0") {
		found = append(found, Finding{
			At:      At(d.VersionNode, "/openapi"),
			Message: fmt.Sprintf("API Gateway refuses to import OpenAPI %q", d.VersionNode.Text()),
			Hint:    "write the document as 3.0.1",
		})
	}
	return found
}
