package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

const lambda = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:pets/invocations`

var lambdaProxyNotPOST = &Rule{
	ID:    "lambda-proxy-not-post",
	Title: "a Lambda function is called with another method than POST",
	Doc: "httpMethod is the method with which API Gateway calls the Lambda service, and not that of the request: " +
		"it is POST for every function. A REST API with another one can be imported, and responds to every " +
		"request with 500; an HTTP API refuses it.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html",
	Severity: finding.Error,
	Fails: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: GET, uri: "` + lambda + `", passthroughBehavior: never}
`,
	Passes: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: "` + lambda + `", passthroughBehavior: never}
`,
	find: findLambdaProxyNotPOST,
}

func findLambdaProxyNotPOST(d *View) (found []Finding) {
	for _, m := range methods(d) {
		i := m.Integration
		if i == nil || i.OpaqueCall() {
			continue
		}
		n := responses.NotPOST(i)
		if n == nil {
			continue
		}
		found = append(found, Finding{
			At:      At(n, i.Pointer.Child("httpMethod")),
			Message: fmt.Sprintf("the integration of %s calls a Lambda function with %q, so every request fails", what(m), n.Text()),
			Hint:    "write httpMethod: POST",
			Fix:     callWithPOST(i),
		})
	}
	return found
}
