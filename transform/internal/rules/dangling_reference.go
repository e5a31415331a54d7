package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var danglingReference = &Rule{
	ID:    "dangling-reference",
	Title: "a reference leads nowhere",
	Doc: "What a reference stands for is not in the document. The import leaves it out with a warning, or " +
		"fails.",
	URL:       "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-errors-warnings.html",
	Severity:  finding.Warning,
	WholeText: true,
	Fails: `paths:
  /pets:
    get:
      responses: {"200": {description: pets, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
`,
	Passes: `paths:
  /pets:
    get:
      responses: {"200": {description: pets, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
components: {schemas: {Pet: {type: object}}}
`,
	find: findDanglingReference,
}

func findDanglingReference(d *View) (found []Finding) {
	for _, ref := range d.references() {
		if to, local := model.LocalTarget(ref.to); local && !model.MayHavePlaceholder(ref.to[1:]) && Nearest(d.Root, to).Pointer != to {
			found = append(found, Finding{
				At:      ref.where,
				Message: fmt.Sprintf("the reference %q leads nowhere", ref.to),
				Hint:    "is it misspelled?",
			})
		}
	}
	return found
}
