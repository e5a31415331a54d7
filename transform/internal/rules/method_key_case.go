package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
)

var methodKeyCase = &Rule{
	ID:    "method-key-case",
	Title: "the key of a method is not in lower case",
	Doc: "OpenAPI spells the methods of a path in lower case: get, and not GET. An import passes over members " +
		"that it does not know, with a warning at most, so the API lacks the method.",
	URL:      "https://spec.openapis.org/oas/v3.0.3#path-item-object",
	Severity: finding.Error,
	Fails: `paths:
  /pets:
    GET:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
`,
	Passes: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
`,
	find: findMethodKeyCase,
}

func findMethodKeyCase(d *View) (found []Finding) {
	for _, m := range methods(d) {
		key := m.Key.Text()
		if lower := strings.ToLower(key); lower != key {
			found = append(found, Finding{
				At:      ofMethod(m),
				Message: fmt.Sprintf("%q on %s is not a method of OpenAPI, so an import passes over it", key, m.Path),
				Hint:    "write " + lower,
			})
		}
	}
	return found
}
