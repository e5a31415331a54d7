package rules

import (
	"fmt"
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/finding"
)

var pathReserved = &Rule{
	ID:       "path-reserved",
	Title:    "a path is one that API Gateway keeps for itself",
	Doc:      "API Gateway keeps /ping and /sping for its health check. Calls by way of a custom domain do not reach a resource of that path.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html",
	Severity: finding.Warning,
	Fails: `paths:
  /ping:
    get:
      responses: {"200": {description: pong}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
`,
	Passes: `paths:
  /health:
    get:
      responses: {"200": {description: well}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
`,
	find: findPathReserved,
}

func findPathReserved(d *View) (found []Finding) {
	for _, r := range d.Resources {
		if !slices.Contains([]string{"/ping", "/sping"}, r.Path) {
			continue
		}
		for _, item := range r.Items {
			found = append(found, Finding{
				At:      At(item.KeyNode, item.Pointer),
				Message: fmt.Sprintf("API Gateway keeps %s for itself", item.Key),
				Hint:    "give it another path, such as /health",
			})
		}
	}
	return found
}
