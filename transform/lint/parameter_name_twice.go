package lint

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var parameterNameTwice = &Rule{
	ID:    "parameter-name-twice",
	Title: "two parameters of a method have one name",
	Doc: "API Gateway tells the parameters of a method apart by their names alone: one of the query and one of " +
		"the path cannot be called the same. An import answers: Parameter names must be unique across querystring, " +
		"header and path.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html",
	Severity: finding.Error,
	API:      REST,
	Fails: `paths:
  /pets/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}, {name: id, in: query, schema: {type: string}}]
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
`,
	Passes: `paths:
  /pets/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}, {name: by, in: query, schema: {type: string}}]
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
`,
	run: parameterNameTwiceRun,
}

func parameterNameTwiceRun(p *pass) {
	for _, r := range p.Resources {
		for _, item := range r.Items {
			for _, m := range item.All() {
				p.namesOf(m, slices.Concat(item.Parameters, m.Parameters))
			}
		}
	}
}

func (p *pass) namesOf(m *model.Method, parameters []model.Parameter) {
	in := map[string]string{}
	for _, parameter := range parameters {
		if !slices.Contains([]string{"header", "path", "query"}, parameter.In) || m.Integration == nil {
			continue
		}
		if other, ok := in[parameter.Name]; ok && other != parameter.In {
			p.report(ofMethod(m), "rename one of them", nil, "%s has the parameter %q in %s and in %s, so the import fails", what(m), parameter.Name, other, parameter.In)
		}
		in[parameter.Name] = parameter.In
	}
}
