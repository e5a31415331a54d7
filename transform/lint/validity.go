package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/internal/validity"
)

// Validity is the id under which all of kin-openapi's findings can be disabled.
const Validity = "openapi-validity"

// anyValidity explains that id. Nothing is found by it.
var anyValidity = &rules.Rule{
	ID:    Validity,
	Title: "what kin-openapi finds",
	Doc: "Whether a document is valid OpenAPI 3 is kin-openapi's to say. Its findings have ids of their own; " +
		"this one disables all of them.",
	URL:      "https://github.com/getkin/kin-openapi",
	Severity: finding.Warning,
}

// validityRules are the rules of kin-openapi, which says whether a document is valid OpenAPI
// 3: their ids are its codes. The one for all of them is the last.
var validityRules = func() []*rules.Rule {
	var list []*rules.Rule
	for _, code := range validity.Codes() {
		list = append(list, &rules.Rule{
			ID:    code,
			Title: "not valid OpenAPI: " + strings.ReplaceAll(code, "-", " "),
			Doc: "kin-openapi finds that the document does not keep to the specification. API Gateway takes some of " +
				"what is not valid, and leaves out some in silence; other readers of the document may refuse it.",
			URL:      "https://spec.openapis.org/oas/v3.0.3",
			Severity: finding.Warning,
		})
	}
	return append(list, anyValidity)
}()

// Codes of which more can be said than kin-openapi does.
const (
	conflictingPaths = "conflicting-paths" // is what the rule sibling-variables says of REST APIs
	noResponses      = "operation-responses-required"
)

// judge returns what kin-openapi finds, under its codes.
func judge(d *rules.View) (found []rules.Finding) {
	for _, problem := range validity.Judge(d.Document) {
		rule, at := byID(problem.Code), rules.Nearest(d.Root, problem.Pointer)
		if rule == nil || d.Generated(at.Pointer) || problem.Code == conflictingPaths && d.API == model.REST {
			continue
		}
		found = append(found, rules.Finding{
			Rule:    rule,
			At:      at,
			Message: "not valid OpenAPI: " + invalid(d.Root.At(at.Pointer), problem),
			Hint:    fmt.Sprintf("mend it, or if only API Gateway reads the document: --disable %s", problem.Code),
		})
	}
	// In the order of their places, so that lines and columns are counted once.
	slices.SortStableFunc(found, func(a, b rules.Finding) int { return a.At.Node.Start - b.At.Node.Start })
	return found
}

// invalid says what is wrong with a member.
func invalid(member *source.Node, problem validity.Problem) string {
	if problem.Code == noResponses && member.Get("responses") == nil {
		return "the operation has no responses"
	}
	return problem.Message
}
