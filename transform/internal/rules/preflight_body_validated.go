package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
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

var PreflightBodyValidated = &Rule{
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
	for _, m := range preflightHandlers(d) {
		if !validates(d, m, "validateRequestBody") || !hasJSONModel(d, m) {
			continue
		}
		found = append(found, Finding{
			At:      ofMethod(m),
			Message: fmt.Sprintf("%s receives preflight requests, and its request validator responds with 400 to requests without a body", what(m)),
			Hint:    "add an OPTIONS without a body: apigw-cors enable",
		})
	}
	return found
}

// hasJSONModel reports whether a method declares a schema for bodies of JSON, of which a
// request without a Content-Type counts as one.
func hasJSONModel(d *View, m *model.Method) bool {
	const json = "application/json"
	if d.Resolve(m.Node.Get("requestBody")).Get("content").Get(json).Get("schema") != nil {
		return true
	}
	isJSON := m.BodyTypes == nil || slices.ContainsFunc(m.BodyTypes, func(t string) bool { return strings.EqualFold(t, json) })
	return isJSON && slices.ContainsFunc(m.Parameters, func(p model.Parameter) bool { return p.In == "body" && p.Node.Get("schema") != nil })
}
