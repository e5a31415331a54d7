package lint

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var pathWithoutSlash = &Rule{
	ID:    "path-without-slash",
	Title: "a path does not begin with a slash",
	Doc: "Every path begins with a slash, the default route of an HTTP API too: /$default. The import fails " +
		"otherwise.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-any-method.html",
	Severity: finding.Error,
	Fails: `paths:
  pets: {}
`,
	Passes: `paths:
  /pets: {}
`,
	run: pathWithoutSlashRun,
}

func pathWithoutSlashRun(p *pass) {
	for _, m := range p.Strays {
		if m.Name() != "Fn::Transform" {
			p.report(at(m.Key, model.Base.Child(m.Name())), "write /"+m.Name(), nil, "the path %q does not begin with a slash", m.Name())
		}
	}
}
