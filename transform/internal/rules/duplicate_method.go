package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var duplicateMethod = &Rule{
	ID:          "duplicate-method",
	Title:       "one resource has a method twice",
	Doc:         "API Gateway takes /pets and /pets/ for one resource. A method that both have fails the import.",
	URL:         "https://github.com/aws/serverless-application-model/issues/3816",
	Severity:    finding.Error,
	API:         model.REST,
	ImportFails: true,
	Fails: `paths:
  /pets:
    get: {}
  /pets/:
    get: {}
`,
	Passes: `paths:
  /pets:
    get: {}
  /pets/:
    put: {}
`,
	find: findDuplicateMethod,
}

func findDuplicateMethod(d *View) (found []Finding) {
	for _, r := range d.Resources {
		seen := map[string]*model.Method{}
		for _, item := range r.Items {
			for _, m := range item.All() {
				if first := seen[m.Name]; first != nil && first.Path != m.Path {
					found = append(found, Finding{
						At:      ofMethod(m),
						Message: fmt.Sprintf("%s stands on %s as well, and API Gateway takes the two for one resource, so the import fails", what(m), first.Path),
						Hint:    "keep one of them",
					})
				}
				seen[m.Name] = m
			}
		}
	}
	return found
}
