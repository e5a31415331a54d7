package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var pathCharacters = &Rule{
	ID:    "path-characters",
	Title: "a path has characters that API Gateway does not take",
	Doc: "The parts of a path hold letters, digits and _ - . , : and a variable fills a part as a whole. " +
		"The import fails with others.",
	URL:         "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html",
	Severity:    finding.Error,
	API:         model.REST,
	ImportFails: true,
	Fails: `paths:
  /pets/{id}.json:
    get:
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, passthroughBehavior: never}
`,
	Passes: `paths:
  /pets/{id}/json:
    get:
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, passthroughBehavior: never}
`,
	find: findPathCharacters,
}

var pathPart = regexp.MustCompile(`^(?:[A-Za-z0-9_.,:-]+|\{[A-Za-z0-9_.,:-]+\+?\})$`)

func findPathCharacters(d *View) (found []Finding) {
	for _, r := range d.Resources {
		for _, item := range r.Items {
			if item.Node.IsNull() {
				continue
			}
			for part := range strings.SplitSeq(strings.Trim(item.Key, "/"), "/") {
				if part != "" && part != "$default" && !pathPart.MatchString(part) && !model.HasPlaceholder(part) {
					found = append(found, Finding{
						At:      At(item.KeyNode, item.Pointer),
						Message: fmt.Sprintf("%s has the part %q, which API Gateway does not take", item.Key, part),
						Hint:    "use letters, digits and _ - . , : and let a variable fill a part as a whole",
					})
					break
				}
			}
		}
	}
	return found
}
