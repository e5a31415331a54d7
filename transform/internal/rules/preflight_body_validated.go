package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

const validatingBodies = `x-amazon-apigateway-request-validators: {body: {validateRequestBody: true, validateRequestParameters: false}}
x-amazon-apigateway-request-validator: body
paths:
  /pets:
    x-amazon-apigateway-any-method:
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
`

var preflightBodyValidated = &Rule{
	ID:    "preflight-body-validated",
	Title: "a request validator refuses preflight requests, which have no body",
	Doc: "A request validator that validates bodies responds with 400 to a request without one, whatever required " +
		"specifies. ANY receives preflight requests too. Add an OPTIONS method without a body beside it.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html",
	Severity: finding.Error,
	API:      model.REST,
	CORS:     true,
	Fails:    validatingBodies,
	Passes: validatingBodies + `    options:
      responses: {"200": {description: preflight}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
`,
	find: findPreflightBodyValidated,
}

func findPreflightBodyValidated(d *View) (found []Finding) {
	for item, m := range preflightHandlers(d) {
		if responses.ValidatePreflights(d.Document, item, m).Body {
			found = append(found, Finding{
				At:      ofMethod(m),
				Message: fmt.Sprintf("%s receives preflight requests, and its request validator responds with 400 to requests without a body", what(m)),
				Hint:    "add an OPTIONS without a body: apigw-cors enable",
			})
		}
	}
	return found
}
