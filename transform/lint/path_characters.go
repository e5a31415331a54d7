package lint

import (
	"regexp"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
)

var pathCharacters = &Rule{
	ID:    "path-characters",
	Title: "a path has characters that API Gateway does not take",
	Doc: "The parts of a path hold letters, digits and _ - . , : and a variable fills a part as a whole. " +
		"The import fails with others.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html",
	Severity: finding.Error,
	API:      REST,
	Fails: `paths:
  /pets/{id}.json:
    get:
      x-amazon-apigateway-integration: {type: aws_proxy, passthroughBehavior: never}
`,
	Passes: `paths:
  /pets/{id}/json:
    get:
      x-amazon-apigateway-integration: {type: aws_proxy, passthroughBehavior: never}
`,
	run: pathCharactersRun,
}

var pathPart = regexp.MustCompile(`^(?:[A-Za-z0-9_.,:-]+|\{[A-Za-z0-9_.,:-]+\+?\})$`)

func pathCharactersRun(p *pass) {
	for _, r := range p.Resources {
		for _, item := range r.Items {
			for part := range strings.SplitSeq(strings.Trim(item.Key, "/"), "/") {
				if part != "" && part != "$default" && !pathPart.MatchString(part) {
					p.report(at(item.KeyNode, item.Pointer), "use letters, digits and _ - . , : and let a variable fill a part as a whole", nil,
						"%s has the part %q, which API Gateway does not take", item.Key, part)
					break
				}
			}
		}
	}
}
