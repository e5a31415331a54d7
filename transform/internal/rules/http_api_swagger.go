package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var httpAPISwagger = &Rule{
	ID:          "http-api-swagger",
	Title:       "the document of an HTTP API is Swagger 2.0",
	Doc:         "API Gateway imports an HTTP API from OpenAPI 3.0 alone.",
	URL:         "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html",
	Severity:    finding.Error,
	API:         model.HTTP,
	ImportFails: true,
	Fails: `swagger: "2.0"
paths: {}
`,
	Passes: `openapi: 3.0.1
paths: {}
`,
	find: findHTTPAPISwagger,
}

func findHTTPAPISwagger(d *View) []Finding {
	if d.Version != model.Swagger2 {
		return nil
	}
	return []Finding{{
		At:      At(d.VersionNode, "/swagger"),
		Message: fmt.Sprintf("API Gateway does not import Swagger %q as an HTTP API", d.VersionNode.Text()),
		Hint:    "write the document as openapi: 3.0.1",
	}}
}
