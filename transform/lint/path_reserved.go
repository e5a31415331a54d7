package lint

import (
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
	run: pathReservedRun,
}

func pathReservedRun(p *pass) {
	for _, r := range p.Resources {
		if !slices.Contains([]string{"/ping", "/sping"}, r.Path) {
			continue
		}
		for _, item := range r.Items {
			p.report(at(item.KeyNode, item.Pointer), "give it another path, such as /health", nil, "API Gateway keeps %s for itself", item.Key)
		}
	}
}
