package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var mockTemplateMissing = &Rule{
	ID:    "mock-template-missing",
	Title: "a mock has no request template for application/json",
	Doc: "A preflight has no Content-Type, which API Gateway takes for application/json. A mock without a " +
		"template for it has no status and answers 500, or 415 where passthroughBehavior lets nothing through.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html",
	Severity: finding.Error,
	API:      model.REST,
	CORS:     true,
	Fails:    strings.Replace(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`), "        requestTemplates: {application/json: '{\"statusCode\": 200}'}\n", "", 1),
	Passes:   example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	find:     findMockTemplateMissing,
}

func findMockTemplateMissing(d *View) (found []Finding) {
	for _, m := range d.mocks() {
		if !m.failsBy(responses.NoTemplate) {
			continue
		}
		found = append(found, Finding{
			At:      m.at(),
			Message: fmt.Sprintf("%s answers %d: %s", what(m.method), m.Status, m.Fails),
			Hint:    "write requestTemplates: {application/json: '" + renderOK + "'}",
			Fix:     m.addTemplate(d.BinaryMediaTypes()),
		})
	}
	return found
}

// renderOK is the request template of a mock that responds with 200.
const renderOK = `{"statusCode": 200}`

// addTemplate is the change that gives a mock the template, as text where requests may be binary.
func (m mock) addTemplate(types model.BinaryMediaTypes) (fix []layout.Operation) {
	i := m.method.Integration
	at, template := i.Pointer.Child("requestTemplates"), layout.String(renderOK)
	if i.Node.Get("requestTemplates") == nil {
		fix = append(fix, layout.Add{At: at, Value: layout.Map{{Key: "application/json", Value: template}}})
	} else {
		fix = append(fix, layout.Add{At: at.Child("application/json"), Value: template})
	}
	if types.Any || types.JSON || i.Node.Get("contentHandling") != nil {
		fix = append(fix, m.convertToText()...)
	}
	return fix
}
