package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var severalRequirements = &Rule{
	ID:          "several-requirements",
	Title:       "a route of an HTTP API has several security requirements",
	Doc:         "A route of an HTTP API has one authorizer. The import fails where an operation lists several security requirements.",
	URL:         "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html",
	Severity:    finding.Error,
	API:         model.HTTP,
	ImportFails: true,
	Fails: `components: {securitySchemes: {one: {type: openIdConnect, openIdConnectUrl: "https://a.example.com"}, two: {type: openIdConnect, openIdConnectUrl: "https://b.example.com"}}}
paths:
  /pets:
    get: {security: [{one: []}, {two: []}], x-amazon-apigateway-integration: {type: aws_proxy}}
`,
	Passes: `components: {securitySchemes: {one: {type: openIdConnect, openIdConnectUrl: "https://a.example.com"}}}
paths:
  /pets:
    get: {security: [{one: []}], x-amazon-apigateway-integration: {type: aws_proxy}}
`,
	find: findSeveralRequirements,
}

func findSeveralRequirements(d *View) (found []Finding) {
	for _, m := range methods(d) {
		list := m.Node.Get("security")
		count := len(list.Items())
		for _, requirement := range list.Items() {
			count = max(count, len(requirement.Members()))
		}
		if count > 1 {
			found = append(found, Finding{
				At:      At(list, m.Pointer.Child("security")),
				Message: fmt.Sprintf("%s has %d security requirements, and a route of an HTTP API takes one, so the import fails", what(m), count),
				Hint:    "leave one",
			})
		}
	}
	return found
}
