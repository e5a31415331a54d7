package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var mockStatus = &Rule{
	ID:    "mock-status",
	Title: "a mock has no status, or no response for it",
	Doc: "A mock responds with the integration response for the statusCode that its request template renders. " +
		"Without a statusCode, or without a response for it, it responds with 500.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html",
	Severity: finding.Error,
	API:      model.REST,
	CORS:     true,
	Fails:    strings.Replace(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`), `{"statusCode": 200}`, "{}", 1),
	Passes:   example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	find:     findMockStatus,
}

func findMockStatus(d *View) (found []Finding) {
	for _, m := range d.mocks() {
		if m.failsBy(responses.NoStatus, responses.NoEntry) {
			found = append(found, Finding{
				At:      ofTemplate(m.method.Integration),
				Message: fmt.Sprintf("%s answers %d: %s", what(m.method), m.Status, m.Fails),
				Hint:    "write the request template {\"statusCode\": 200}, and an integration response for that status or default",
			})
		}
	}
	return found
}

// ofTemplate is the place of the request template of a mock, or of the mock where it has
// none.
func ofTemplate(i *model.Integration) Place {
	at := i.Pointer.Child("requestTemplates", "application/json")
	if template := i.Node.Get("requestTemplates").Get("application/json"); template != nil {
		return At(template, at)
	}
	return At(i.Key, i.Pointer)
}
