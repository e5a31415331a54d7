package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var MockTemplateMissing = &Rule{
	ID:    "mock-template-missing",
	Title: "a mock has no request template for application/json",
	Doc: "A preflight has no Content-Type, which API Gateway takes for application/json. A mock without a " +
		"template for it has no status and answers 500.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html",
	Severity: finding.Error,
	API:      model.REST,
	Fails: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
    options:
      responses:
        "200":
          description: preflight
          headers: {Access-Control-Allow-Origin: {schema: {type: string}}}
      x-amazon-apigateway-integration:
        type: mock
        responses:
          default:
            statusCode: "200"
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"
`,
	Passes: example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	find:   findMockTemplateMissing,
}

func findMockTemplateMissing(d *View) (found []Finding) {
	for _, p := range d.preflights() {
		i := p.options.Integration
		templates := i.Node.Get("requestTemplates")
		if templates.Get("application/json") != nil || model.Closed(templates) != "" {
			continue
		}
		const render = `{"statusCode": 200}`
		add := layout.Add{At: i.Pointer.Child("requestTemplates"), Value: layout.Map{{Key: "application/json", Value: layout.String(render)}}}
		if templates != nil {
			add = layout.Add{At: add.At.Child("application/json"), Value: layout.String(render)}
		}
		found = append(found, Finding{
			At:      At(i.Key, i.Pointer),
			Message: fmt.Sprintf("OPTIONS %s answers 500: its mock has no request template for application/json", p.options.Path),
			Hint:    "write requestTemplates: {application/json: '" + render + "'}",
			Fix:     []layout.Wish{add},
		})
	}
	return found
}
