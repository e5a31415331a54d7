package rules

import (
	"fmt"
	"regexp"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var modelName = &Rule{
	ID:    "model-name",
	Title: "a model has a name that API Gateway does not take",
	Doc: "Schemas become models of the API, and the names of those hold letters and digits alone. The " +
		"import fails with others.",
	URL:         "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html",
	Severity:    finding.Error,
	API:         model.REST,
	ImportFails: true,
	Fails: `paths: {}
components: {schemas: {Pet.Store: {type: object}}}
`,
	Passes: `paths: {}
components: {schemas: {PetStore: {type: object}}}
`,
	find: findModelName,
}

var alphanumeric = regexp.MustCompile(`^[A-Za-z0-9]+$`)

func findModelName(d *View) (found []Finding) {
	for _, m := range d.Root.At(d.ModelsPointer()).Members() {
		if name := m.Name(); !alphanumeric.MatchString(name) && name != MemberIgnore && !model.HasPlaceholder(name) && !extensions.IsIntrinsicName(name) {
			found = append(found, Finding{
				At:      At(m.Key, d.ModelsPointer().Child(name)),
				Message: fmt.Sprintf("the model %q has a name that API Gateway does not take, so the import fails", name),
				Hint:    "name it with letters and digits alone, in its references as well",
			})
		}
	}
	return found
}
