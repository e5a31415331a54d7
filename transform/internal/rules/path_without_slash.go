package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var pathWithoutSlash = &Rule{
	ID:    "path-without-slash",
	Title: "a path does not begin with a slash",
	Doc: "Every path begins with a slash, the default route of an HTTP API too: /$default. The import fails " +
		"otherwise.",
	URL:         "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-any-method.html",
	Severity:    finding.Error,
	ImportFails: true,
	Fails: `paths:
  pets: {}
`,
	Passes: `paths:
  /pets: {}
`,
	find: findPathWithoutSlash,
}

func findPathWithoutSlash(d *View) (found []Finding) {
	for _, m := range d.Strays {
		if !extensions.IsIntrinsicName(m.Name()) && !model.BeginsWithPlaceholder(m.Name()) {
			found = append(found, Finding{
				At:      At(m.Key, model.Base.Child(m.Name())),
				Message: fmt.Sprintf("the path %q does not begin with a slash", m.Name()),
				Hint:    "write /" + m.Name(),
			})
		}
	}
	return found
}
