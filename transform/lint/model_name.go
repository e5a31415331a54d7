package lint

import (
	"regexp"

	"github.com/apigw-cors/apigw-cors/transform/finding"
)

var modelName = &Rule{
	ID:    "model-name",
	Title: "a model has a name that API Gateway does not take",
	Doc: "Schemas become models of the API, and the names of those hold letters and digits alone. The " +
		"import fails with others.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html",
	Severity: finding.Error,
	API:      REST,
	Fails: `paths: {}
components: {schemas: {Pet.Store: {type: object}}}
`,
	Passes: `paths: {}
components: {schemas: {PetStore: {type: object}}}
`,
	run: modelNameRun,
}

var alphanumeric = regexp.MustCompile(`^[A-Za-z0-9]+$`)

func modelNameRun(p *pass) {
	for _, m := range p.Root.At(p.ModelsPointer()).Members() {
		if name := m.Name(); !alphanumeric.MatchString(name) && name != MemberIgnore {
			p.report(at(m.Key, p.ModelsPointer().Child(name)), "name it with letters and digits alone, in its references as well", nil,
				"the model %q has a name that API Gateway does not take, so the import fails", name)
		}
	}
}
