package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var childOfGreedy = &Rule{
	ID:    "child-of-greedy",
	Title: "a path lies below a greedy variable",
	Doc: "A greedy variable stands for the rest of the path, so nothing can lie below it. The import " +
		"fails.",
	URL:         "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html",
	Severity:    finding.Error,
	API:         model.REST,
	ImportFails: true,
	Fails: `paths:
  /{proxy+}/pets:
    get:
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, passthroughBehavior: never}
`,
	Passes: `paths:
  /pets/{proxy+}:
    get:
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, passthroughBehavior: never}
`,
	find: findChildOfGreedy,
}

func findChildOfGreedy(d *View) (found []Finding) {
	for _, r := range d.Resources {
		before, _, below := strings.Cut(r.Path, "+}/")
		if item := r.Items[0]; below && !r.IsNull() {
			found = append(found, Finding{
				At:      At(item.KeyNode, item.Pointer),
				Message: fmt.Sprintf("%s lies below the greedy variable of %s+}, so the import fails", r.Path, before),
				Hint:    "move it, or make the variable an ordinary one",
			})
		}
	}
	return found
}
