package lint

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

var responseRef = &Rule{
	ID:    "response-ref",
	Title: "a response that has a header mapped is a reference",
	Doc: "The import keeps the status of a referenced response and loses its headers, and then fails on " +
		"the mapping of one. Write the response where it is used.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html",
	Severity: finding.Error,
	API:      REST,
	Fails: `components: {responses: {Preflight: {description: preflight, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}}
paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
    options:
      responses:
        "200": {$ref: "#/components/responses/Preflight"}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: "200"
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"
`,
	Passes: example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	run:    responseRefRun,
}

func responseRefRun(p *pass) {
	p.entries(func(m *model.Method, e *model.IntegrationResponse, _ answers.Headers) {
		r := m.Response(e.Status)
		if r == nil || r.Ref == "" || !slices.ContainsFunc(e.Parameters, isHeaderMapping) {
			return
		}
		var fix []layout.Wish
		if object, ok := inlined(r); ok {
			fix = []layout.Wish{layout.Inline{At: r.Pointer, Value: object}}
		}
		p.report(at(r.Node, r.Pointer), "write the response here", fix,
			"the response %s of %s refers to %q, whose headers the import loses, so the mapping of one fails", e.Status, what(m), r.Ref)
	})
}

// inlined returns what a reference stands for, if that can take its place.
func inlined(r *model.Response) (layout.Map, bool) {
	if r.Content == nil || len(r.Node.Members()) != 1 {
		return nil, false
	}
	content, ok := layout.Of(r.Content, nil)
	object, isMap := content.(layout.Map)
	return object, ok && isMap
}

func isHeaderMapping(m source.Member) bool { return strings.HasPrefix(m.Name(), answers.MethodTarget) }
