package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var integrationStatusTwice = &Rule{
	ID:    "integration-status-twice",
	Title: "two integration responses have one status",
	Doc: "API Gateway keeps one integration response for each status code of a method. Of two with the same " +
		"statusCode one is lost in the import, with its pattern, its headers and its template.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration-responses.html",
	Severity: finding.Warning,
	API:      model.REST,
	Fails:    withResponses(`{default: {statusCode: "200"}, "404": {statusCode: "200"}}`),
	Passes:   withResponses(`{default: {statusCode: "200"}, "404": {statusCode: "404"}}`),
	find:     findIntegrationStatusTwice,
}

func findIntegrationStatusTwice(d *View) (found []Finding) {
	for _, m := range methods(d) {
		first := map[string]string{} // the pattern, by the status
		for _, r := range responsesOf(m) {
			pattern, ok := first[r.entry.Status]
			if !ok || r.entry.Status == "" {
				first[r.entry.Status] = r.entry.Pattern
				continue
			}
			found = append(found, Finding{
				At:      ofEntry(r.entry),
				Message: fmt.Sprintf("%s: the integration responses %q and %q both have the statusCode %s, and API Gateway keeps one of them", what(m), pattern, r.entry.Pattern, r.entry.Status),
				Hint:    "give them different status codes, or make one of them of the two",
			})
		}
	}
	return found
}
