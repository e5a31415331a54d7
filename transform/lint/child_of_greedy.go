package lint

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
)

var childOfGreedy = &Rule{
	ID:    "child-of-greedy",
	Title: "a path lies below a greedy variable",
	Doc: "A greedy variable stands for the rest of the path, so nothing can lie below it. The import " +
		"fails.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html",
	Severity: finding.Error,
	API:      REST,
	Fails: `paths:
  /{proxy+}/pets:
    get:
      x-amazon-apigateway-integration: {type: aws_proxy, passthroughBehavior: never}
`,
	Passes: `paths:
  /pets/{proxy+}:
    get:
      x-amazon-apigateway-integration: {type: aws_proxy, passthroughBehavior: never}
`,
	run: childOfGreedyRun,
}

func childOfGreedyRun(p *pass) {
	for _, r := range p.Resources {
		before, _, found := strings.Cut(r.Path, "+}/")
		if item := r.Items[0]; found {
			p.report(at(item.KeyNode, item.Pointer), "move it, or make the variable an ordinary one", nil,
				"%s lies below the greedy variable of %s+}, so the import fails", r.Path, before)
		}
	}
}
