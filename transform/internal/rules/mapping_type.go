package rules

import (
	"cmp"
	"fmt"
	"regexp"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var mappingType = &Rule{
	ID:    "mapping-type",
	Title: "a mapping is a number or a boolean",
	Doc: "The import drops mappings that are no strings, with a warning at most. A value that is sent as " +
		"it is stands in single quotes within the string.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html",
	Severity: finding.Error,
	API:      model.REST,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Max-Age: 600`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Max-Age: "'600'"`),
	find: findMappingType,
}

// plainWord is a number or a boolean that means the same as a text.
var plainWord = regexp.MustCompile(`^(?:-?\d+|true|false)$`)

func findMappingType(d *View) (found []Finding) {
	for _, r := range d.responses() {
		for _, mapping := range r.entry.Parameters {
			if !responses.IsDropped(mapping.Value) {
				continue
			}
			where := r.entry.Pointer.Child("responseParameters").Child(mapping.Name())
			hint, fix := "take it out, or give it a value", []layout.Operation(nil)
			if text := mapping.Value.Text(); plainWord.MatchString(text) {
				hint, fix = fmt.Sprintf("write %q", "'"+text+"'"), []layout.Operation{layout.Set{At: where, Value: layout.String("'" + text + "'")}}
			}
			found = append(found, Finding{
				At:      At(mapping.Value, where),
				Message: fmt.Sprintf("%s maps %s to %s, which is no string, so the import drops it", what(r.method), mapping.Name(), cmp.Or(mapping.Value.Excerpt(), "nothing")),
				Hint:    hint,
				Fix:     fix,
			})
		}
	}
	return found
}
