package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var preflightRequiredParameter = &Rule{
	ID:    "preflight-required-parameter",
	Title: "an OPTIONS requires a header that no preflight carries",
	Doc: "A request validator answers 400 to a call without a required header, also to an OPTIONS, which has " +
		"the parameters of its path item too. A preflight carries no header of the script's. Declare the " +
		"parameter on the OPTIONS as not required.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html",
	Severity: finding.Error,
	API:      model.REST,
	CORS:     true,
	Fails: validating + `  /pets:
    parameters: [{name: X-Tenant, in: header, required: true, schema: {type: string}}]
` + strings.TrimPrefix(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`, `Access-Control-Allow-Headers: "'X-Tenant'"`), "paths:\n  /pets:\n"),
	Passes: validating + `  /pets:
    parameters: [{name: X-Tenant, in: header, required: false, schema: {type: string}}]
` + strings.TrimPrefix(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`, `Access-Control-Allow-Headers: "'X-Tenant'"`), "paths:\n  /pets:\n"),
	find: findPreflightRequiredParameter,
}

const validating = `x-amazon-apigateway-request-validators: {all: {validateRequestParameters: true, validateRequestBody: false}}
x-amazon-apigateway-request-validator: all
paths:
`

func findPreflightRequiredParameter(d *View) (found []Finding) {
	for item, m := range preflightHandlers(d) {
		for _, name := range responses.ValidatePreflights(d.Document, item, m).Headers {
			found = append(found, Finding{
				At:      ofMethod(m),
				Message: fmt.Sprintf("%s requires the header %q, which no preflight carries, so its validator answers 400", what(m), name),
				Hint:    "declare it on the OPTIONS with required: false",
			})
		}
	}
	return found
}
