package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var listSyntax = &Rule{
	ID:    "list-syntax",
	Title: "a list in a CORS header has an entry that is no name",
	Doc: "Access-Control-Allow-Methods, -Allow-Headers and -Expose-Headers are lists of tokens, separated " +
		"by commas. One entry that is none voids the whole header, and of a preflight the whole answer.",
	URL:      "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
	Severity: finding.Error,
	CORS:     true,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'GET;PUT'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'GET,PUT'"`),
	find:   findListSyntax,
	blocks: []policy.Reason{policy.ReasonListSyntax},
}

func findListSyntax(d *View) (found []Finding) {
	for _, h := range d.headers() {
		value, static := h.Static()
		if !static || !isList(h.Name) || model.HasPlaceholder(value) {
			continue
		}
		names := responses.List(value)
		if i := slices.IndexFunc(names, func(name string) bool { return !policy.IsToken(name) }); i >= 0 {
			found = append(found, Finding{
				At:      h.at(),
				Message: fmt.Sprintf("%s answers %s with the entry %q, which is no name and voids the header", what(h.method), h.Name, names[i]),
				Hint:    "separate names by commas, and write nothing else",
			})
		}
	}
	return found
}

// isList reports whether a header holds a list of names.
func isList(name string) bool {
	return strings.EqualFold(name, responses.AllowMethods) || strings.EqualFold(name, responses.AllowHeaders) || strings.EqualFold(name, responses.ExposeHeaders)
}
