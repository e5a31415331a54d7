package lint

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/internal/validity"
)

// judged are the rules of kin-openapi, which says whether a document is valid OpenAPI 3.
// Their ids are its codes.
var judged = func() []*Rule {
	var list []*Rule
	for _, code := range validity.Codes() {
		list = append(list, &Rule{
			ID:    code,
			Title: "not valid OpenAPI: " + strings.ReplaceAll(code, "-", " "),
			Doc: "kin-openapi finds that the document does not keep to the specification. API Gateway takes some of " +
				"what is not valid, and leaves out some in silence; other readers of the document may refuse it.",
			URL:      "https://spec.openapis.org/oas/v3.0.3",
			Severity: finding.Warning,
		})
	}
	return list
}()

// Codes of which more can be said than kin-openapi does.
const (
	conflictingPaths = "conflicting-paths" // is what the rule sibling-variables says of REST APIs
	noResponses      = "operation-responses-required"
)

// Validity is the id under which all of kin-openapi's findings can be disabled.
const Validity = "openapi-validity"

// validityRule explains that id. Nothing is found by it.
var validityRule = &Rule{
	ID:    Validity,
	Title: "what kin-openapi finds",
	Doc: "Whether a document is valid OpenAPI 3 is kin-openapi's to say. Its findings have ids of their own; " +
		"this one disables all of them.",
	URL:      "https://github.com/getkin/kin-openapi",
	Severity: finding.Warning,
}

// IsOfValidity reports whether a finding is one of kin-openapi's.
func IsOfValidity(f finding.Finding) bool {
	return slices.ContainsFunc(judged, func(r *Rule) bool { return r.ID == f.Rule })
}

// judge notes what kin-openapi finds, under its codes.
func (p *pass) judge() {
	places := map[source.Pointer]place{}
	problems := validity.Judge(p.Document)
	for _, problem := range problems {
		places[problem.Pointer] = p.nearest(problem.Pointer)
	}
	// In their order, so that lines and columns are counted once.
	slices.SortStableFunc(problems, func(a, b validity.Problem) int { return places[a.Pointer].off - places[b.Pointer].off })
	for _, problem := range problems {
		i := slices.IndexFunc(judged, func(r *Rule) bool { return r.ID == problem.Code })
		where := places[problem.Pointer]
		if i < 0 || p.isGenerated(where.pointer) || problem.Code == conflictingPaths && p.api == REST {
			continue
		}
		p.rule = judged[i]
		message := problem.Message
		if problem.Code == noResponses && p.Root.At(where.pointer).Get("responses") == nil {
			message = "the operation has no responses"
		}
		p.report(where, fmt.Sprintf("mend it, or if only API Gateway reads the document: --disable %s", problem.Code), nil, "not valid OpenAPI: %s", message)
	}
}

// nearest is the place of a member, or of the nearest one above it that there is.
func (p *pass) nearest(at source.Pointer) place {
	n, found := p.Root, place{off: p.Root.Start}
	for _, key := range at.Keys() {
		below, ok := n.Member(key)
		if i, err := strconv.Atoi(key); err == nil && 0 <= i && i < len(n.Items()) {
			below, ok = source.Member{Key: n.Items()[i], Value: n.Items()[i]}, true
		}
		if !ok {
			break
		}
		n, found = below.Value, place{below.Key.Start, found.pointer.Child(key)}
	}
	return found
}
