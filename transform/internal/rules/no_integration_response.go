package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var noIntegrationResponse = &Rule{
	ID:    "no-integration-response",
	Title: "an integration has no responses",
	Doc: "API Gateway makes each response of an integration of the type aws or http from one of its integration " +
		"responses. Without any it responds with 500 to every request: No match for output mapping and no default. " +
		"No CORS header can be mapped either.",
	URL:      pageIntegrationResponses,
	Severity: finding.Error,
	API:      model.REST,
	CORS:     true,
	Fails:    withResponses("{}"),
	Passes:   withResponses(`{default: {statusCode: "200"}}`),
	find:     findNoIntegrationResponse,
}

const pageIntegrationResponses = "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration-responses.html"

func findNoIntegrationResponse(d *View) (found []Finding) {
	for _, m := range methods(d) {
		if responses.ResponderOf(m) != responses.BackendMapped || len(m.Integration.Responses) > 0 {
			continue
		}
		found = append(found, Finding{
			At:      At(m.Integration.Key, m.Integration.Pointer),
			Message: fmt.Sprintf("%s: the integration has no responses, so API Gateway answers 500", what(m)),
			Hint:    "add responses with a default to the integration",
		})
	}
	return found
}
