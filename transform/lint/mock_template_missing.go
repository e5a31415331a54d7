package lint

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var mockTemplateMissing = &Rule{
	ID:    "mock-template-missing",
	Title: "a mock has no request template for application/json",
	Doc: "A preflight has no Content-Type, which API Gateway takes for application/json. A mock without a " +
		"template for it has no status and answers 500.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html",
	Severity: finding.Error,
	API:      REST,
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
	run:    mockTemplateMissingRun,
}

func mockTemplateMissingRun(p *pass) {
	p.preflights(func(_ *model.Resource, o *model.Method, _ answers.Preflight) {
		i := o.Integration
		templates := i.Node.Get("requestTemplates")
		if templates.Get("application/json") != nil || model.Closed(templates) != "" {
			return
		}
		const render = `{"statusCode": 200}`
		add := layout.Add{At: i.Pointer.Child("requestTemplates"), Value: layout.Map{{Key: "application/json", Value: layout.String(render)}}}
		if templates != nil {
			add = layout.Add{At: add.At.Child("application/json"), Value: layout.String(render)}
		}
		p.report(at(i.Key, i.Pointer), "write requestTemplates: {application/json: '"+render+"'}", []layout.Wish{add},
			"OPTIONS %s answers 500: its mock has no request template for application/json", o.Path)
	})
}
