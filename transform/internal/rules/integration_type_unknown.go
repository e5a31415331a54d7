package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var integrationTypeUnknown = &Rule{
	ID:       "integration-type-unknown",
	Title:    "an integration has a type that API Gateway does not know",
	Doc:      "API Gateway ignores an integration whose type it does not know, and a deployment then fails.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html",
	Severity: finding.Error,
	Fails: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: lambda, httpMethod: POST, uri: arn, passthroughBehavior: never}
`,
	Passes: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: AWS_PROXY, httpMethod: POST, uri: arn, passthroughBehavior: never}
`,
	find: findIntegrationTypeUnknown,
}

func findIntegrationTypeUnknown(d *View) (found []Finding) {
	for _, m := range methods(d) {
		i := m.Integration
		if i == nil || i.Opaque != "" || i.Type.IsMapped() || i.Type.IsProxy() || model.MayHavePlaceholder(string(i.Type)) {
			continue
		}
		known := []string{"aws_proxy", "http_proxy", "aws", "http", "mock"}
		hint := "write one of " + strings.Join(known, ", ")
		if near := finding.NearestOne(strings.ToLower(string(i.Type)), known); near != "" {
			hint = "did you mean " + near + "?"
		}
		if i.Type == "" {
			found = append(found, Finding{
				At:      At(i.Node, i.Pointer),
				Message: fmt.Sprintf("%s has an integration without a type", what(m)),
				Hint:    hint,
			})
			continue
		}
		found = append(found, Finding{
			At:      At(i.Node, i.Pointer),
			Message: fmt.Sprintf("%s has an integration of type %q, which API Gateway does not know", what(m), i.Type),
			Hint:    hint,
		})
	}
	return found
}
