package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
)

var noIntegration = &Rule{
	ID:    "no-integration",
	Title: "a method has no integration",
	Doc: "The import takes a method without an integration; the deployment then fails: No integration " +
		"defined for method.",
	URL:      "https://github.com/aws/aws-cdk/issues/8347",
	Severity: finding.Warning,
	Fails: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, passthroughBehavior: never}
    put:
      responses: {"200": {description: pets}}
`,
	Passes: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, passthroughBehavior: never}
`,
	find: findNoIntegration,
}

func findNoIntegration(d *View) (found []Finding) {
	if !hasIntegrations(d) {
		return nil // the document is not meant for an import as it is
	}
	for _, m := range methods(d) {
		if m.Integration == nil && m.Opaque == "" {
			found = append(found, Finding{
				At:      ofMethod(m),
				Message: fmt.Sprintf("%s has no integration, so a deployment fails", what(m)),
				Hint:    "give it one, or take the method out",
			})
		}
	}
	return found
}
