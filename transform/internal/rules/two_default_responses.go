package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

var twoDefaultResponses = &Rule{
	ID:    "two-default-responses",
	Title: "two integration responses are the default",
	Doc: "An integration response whose selection pattern is default or empty is the default of its method, and " +
		"a method has one. The import fails with a second: Integration response with selection pattern default " +
		"already exists.",
	URL:         "https://github.com/hashicorp/terraform/issues/5893",
	Severity:    finding.Error,
	API:         model.REST,
	ImportFails: true,
	Fails:       withResponses(`{default: {statusCode: "200"}, "": {statusCode: "404"}}`),
	Passes:      withResponses(`{default: {statusCode: "200"}, "404": {statusCode: "404"}}`),
	find:        findTwoDefaultResponses,
}

func findTwoDefaultResponses(d *View) (found []Finding) {
	for _, m := range methods(d) {
		if by := responses.ResponderOf(m); by != responses.Mock && by != responses.BackendMapped {
			continue
		}
		var first *model.IntegrationResponse
		for n := range m.Integration.Responses {
			e := &m.Integration.Responses[n]
			switch {
			case !e.IsDefault(), e.Node.Kind != source.Map, model.Intrinsic(e.Node):
			case first == nil:
				first = e
			default:
				found = append(found, Finding{
					At:      ofEntry(e),
					Message: fmt.Sprintf("%s: the integration responses %q and %q are both the default, so the import fails", what(m), first.Pattern, e.Pattern),
					Hint:    "give one of them a pattern, or take it out",
				})
			}
		}
	}
	return found
}
