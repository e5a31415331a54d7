package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var BlockWithoutEffect = &Rule{
	ID:    "block-without-effect",
	Title: "a route of an HTTP API has a block of its own",
	Doc: "API Gateway acts on x-amazon-apigateway-cors at the root of the document of an HTTP API, for all " +
		"routes. Elsewhere it has no effect.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-cors-configuration.html",
	Severity: finding.Warning,
	API:      model.HTTP,
	Fails: `paths:
  /pets:
    x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com"]}
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: AWS_PROXY, httpMethod: POST, uri: arn, payloadFormatVersion: "2.0"}
`,
	Passes: `x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com"]}
paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: AWS_PROXY, httpMethod: POST, uri: arn, payloadFormatVersion: "2.0"}
`,
	find: findBlockWithoutEffect,
}

func findBlockWithoutEffect(d *View) (found []Finding) {
	for _, b := range d.blocks() {
		if b.path != "" {
			found = append(found, Finding{
				At:      At(b.node, b.pointer),
				Message: fmt.Sprintf("%s on %s has no effect: an HTTP API has one at its root", extensions.NameCORS, b.resource.Path),
				Hint:    "move it to the root",
			})
		}
	}
	return found
}
