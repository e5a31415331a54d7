package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var apiUntold = &Rule{
	ID:    "api-untold",
	Title: "nothing tells whether the document is for a REST API or an HTTP API",
	Doc: "It has members of both kinds, or only such as are met in documents for both. The rules that are " +
		"about one kind are not tried. Say which one it is: --api rest or --api http, or api in the policy file.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html",
	Severity: finding.Warning,
	Fails: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, payloadFormatVersion: "2.0"}
`,
	Passes: `x-amazon-apigateway-gateway-responses: {}
paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, payloadFormatVersion: "2.0"}
`,
	find: findAPIUntold,
}

func findAPIUntold(d *View) []Finding {
	said := model.InferAPIType(d.Reading.HandWritten)
	if d.API != "" || said.API != "" || said.Sign == nil {
		return nil
	}
	return []Finding{{
		At:      At(said.Sign.Node, ""),
		Message: fmt.Sprintf("%s does not tell whether this is a REST API or an HTTP API, so the rules about either are not tried", said.Sign.Name),
		Hint:    "say --api rest or --api http",
	}}
}
