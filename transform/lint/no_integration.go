package lint

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
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
      x-amazon-apigateway-integration: {type: aws_proxy, passthroughBehavior: never}
    put:
      responses: {"200": {description: pets}}
`,
	Passes: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, passthroughBehavior: never}
`,
	run: noIntegrationRun,
}

func noIntegrationRun(p *pass) {
	if !p.hasIntegrations() {
		return // the document is not meant for an import as it is
	}
	p.methods(func(_ *model.Resource, m *model.Method) {
		if m.Integration == nil && m.Opaque == "" {
			p.report(ofMethod(m), "give it one, or take the method out", nil, "%s has no integration, so a deployment fails", what(m))
		}
	})
}
