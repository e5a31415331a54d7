package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var noDefaultResponse = &Rule{
	ID:    "no-default-response",
	Title: "no integration response is for what the backend responds with when all is well",
	Doc: "API Gateway selects the integration response whose pattern matches the status of the backend, or for a " +
		"Lambda function its error message, which a success does not have. Where none matches and none is the " +
		"default, it responds with 500: No match for output mapping and no default.",
	URL:      pageIntegrationResponses,
	Severity: finding.Error,
	API:      model.REST,
	Fails:    withResponses(`{"4..": {statusCode: "200"}}`),
	Passes:   withResponses(`{"2..": {statusCode: "200"}}`),
	find:     findNoDefaultResponse,
}

func findNoDefaultResponse(d *View) (found []Finding) {
	for _, m := range methods(d) {
		if responses.ResponderOf(m) != responses.BackendMapped || len(m.Integration.Responses) == 0 || responses.SelectsSuccess(m.Integration) {
			continue
		}
		found = append(found, Finding{
			At:      At(m.Integration.Key, m.Integration.Pointer),
			Message: fmt.Sprintf("%s: no integration response is for a success of the backend, so API Gateway answers 500", what(m)),
			Hint:    "add an integration response default",
		})
	}
	return found
}
