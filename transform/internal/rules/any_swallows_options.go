package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var anySwallowsOptions = &Rule{
	ID:    "any-swallows-options",
	Title: "ANY with authorization gets the preflights of its resource",
	Doc: "ANY stands for OPTIONS as well. Preflights carry no credentials, so one that asks for " +
		"authorization refuses them all. An OPTIONS beside it gets them first.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html",
	Severity: finding.Error,
	API:      model.REST,
	CORS:     true,
	Fails: withToken + `paths:
  /pets:
    x-amazon-apigateway-any-method:
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, passthroughBehavior: never}
`,
	Passes: `paths:
  /pets:
    x-amazon-apigateway-any-method:
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, passthroughBehavior: never}
`,
	find: findAnySwallowsOptions,
}

func findAnySwallowsOptions(d *View) (found []Finding) {
	for _, r := range d.Resources {
		m := d.catchAll(r)
		if m == nil {
			continue
		}
		if schemes := d.AuthorizationOf(m, d.API).RefusedBy; len(schemes) > 0 {
			found = append(found, Finding{
				At:      ofMethod(m),
				Message: fmt.Sprintf("%s gets preflights and asks for %q, and preflights carry no credentials", what(m), strings.Join(schemes, ", ")),
				Hint:    "add an OPTIONS without it: apigw-cors enable --resource " + r.Path,
			})
		}
	}
	return found
}
