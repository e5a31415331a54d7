package rules

import "github.com/apigw-cors/apigw-cors/transform/finding"

var extensionInvalid = &Rule{
	ID:    "extension-invalid",
	Title: "an extension of API Gateway has a member or a value that there is not",
	Doc: "API Gateway passes over members of its extensions that it does not know, most of them without a word, " +
		"and refuses some values. A gateway response whose mapping names another mapping sends a header of that name.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html",
	Severity: finding.Warning,
	Fails: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, passthroughBehaviour: never}
`,
	Passes: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, passthroughBehavior: never}
`,
	find:     reportMistakes(false),
	GivesWay: true,
}
