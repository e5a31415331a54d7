package rules

import (
	"fmt"
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
	URL:         "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html",
	Severity:    finding.Error,
	API:         model.REST,
	ImportFails: true,
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
	find: findParameterNameTwice,
}

func findParameterNameTwice(d *View) (found []Finding) {
	for _, item := range items(d) {
		for _, m := range item.All() {
			if m.Integration != nil {
				found = append(found, namesTwice(m, slices.Concat(item.Parameters, m.Parameters))...)
			}
		}
	}
	return found
}

// namesTwice reports the names that several of a method's parameters have.
func namesTwice(m *model.Method, parameters []model.Parameter) (found []Finding) {
	in := map[string]string{}
	for _, parameter := range parameters {
		if !slices.Contains([]string{"header", "path", "query"}, parameter.In) {
			continue
		}
		if other, ok := in[parameter.Name]; ok && other != parameter.In {
			found = append(found, Finding{
				At:      ofMethod(m),
				Message: fmt.Sprintf("%s has the parameter %q in %s and in %s, so the import fails", what(m), parameter.Name, other, parameter.In),
				Hint:    "rename one of them",
			})
		}
		in[parameter.Name] = parameter.In
	}
	return found
}
