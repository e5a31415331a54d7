package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

const withFilter = `paths:
  /pets:
    get:
      parameters: [{name: "NAME", in: query, schema: {type: string}}]
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
`

var parameterNameInvalid = &Rule{
	ID:    "parameter-name",
	Title: "a parameter has a name that API Gateway does not take",
	Doc: "The names of header and query parameters hold letters, digits and . _ $ - only. The import fails " +
		"with others, such as filter[name]: Parameter name should match the following regular expression. A " +
		"parameter that is not declared reaches the backend of a proxy integration all the same.",
	URL:         "https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html",
	Severity:    finding.Error,
	API:         model.REST,
	ImportFails: true,
	Fails:       strings.Replace(withFilter, "NAME", "filter[name]", 1),
	Passes:      strings.Replace(withFilter, "NAME", "filter_name", 1),
	find:        findParameterName,
}

// parameterName is what AWS's error message asks names to match.
var parameterName = regexp.MustCompile(`^[a-zA-Z0-9._$-]+$`)

func findParameterName(d *View) (found []Finding) {
	for _, item := range items(d) {
		all := item.All()
		if slices.ContainsFunc(all, func(m *model.Method) bool { return m.Integration != nil }) {
			found = append(found, misnamed(At(item.KeyNode, item.Pointer), item.Key, item.Parameters)...)
		}
		for _, m := range all {
			if m.Integration != nil {
				found = append(found, misnamed(ofMethod(m), what(m), m.Parameters)...)
			}
		}
	}
	return found
}

// misnamed reports the parameters of a path item or a method whose names are not taken.
func misnamed(at Place, who string, parameters []model.Parameter) (found []Finding) {
	for _, parameter := range parameters {
		if !isSent(parameter) || parameter.Name == "" || parameterName.MatchString(parameter.Name) || model.HasPlaceholder(parameter.Name) {
			continue
		}
		found = append(found, Finding{
			At:      at,
			Message: fmt.Sprintf("%s has the %s parameter %q, whose name API Gateway does not take, so the import fails", who, parameter.In, parameter.Name),
			Hint:    "use letters, digits and . _ $ - in it, or leave the parameter out",
		})
	}
	return found
}

// isSent reports whether a parameter is a header or in the query. Names of path variables
// are those of the path, which another rule is about.
func isSent(parameter model.Parameter) bool {
	return parameter.In == "header" || parameter.In == "query"
}
