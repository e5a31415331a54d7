package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var acaoMismatch = &Rule{
	ID:    "acao-mismatch",
	Title: "the preflight names another origin than the block of its resource",
	Doc: "The block x-amazon-apigateway-cors says who is to call. On a REST API it has no effect by itself: " +
		"what counts is the header, which a browser compares byte for byte.",
	URL:      "https://fetch.spec.whatwg.org/#concept-cors-check",
	Severity: finding.Error,
	API:      model.REST,
	CORS:     true,
	Fails: `x-amazon-apigateway-cors: {allowOrigins: ["https://web.example.com"]}
` + example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	Passes: `x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com"]}
` + example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	find: findAcaoMismatch,
}

func findAcaoMismatch(d *View) (found []Finding) {
	for _, p := range d.preflights() {
		h, ok := p.Headers.Get(responses.AllowOrigin)
		value, static := h.Static()
		if !ok || !static || p.Overrides || model.MayHavePlaceholder(value) || d.Generated(ofHeader(p.Entry, h).Pointer) {
			continue
		}
		wanted := originsOf(d, p.resource)
		if len(wanted) == 0 || slices.Contains(wanted, value) {
			continue
		}
		found = append(found, Finding{
			At:      ofHeader(p.Entry, h),
			Message: fmt.Sprintf("OPTIONS %s answers %s: %q, and its %s names %s%s", p.options.Path, h.Name, value, extensions.NameCORS, strings.Join(wanted, ", "), difference(value, wanted)),
			Hint:    "make the two agree",
		})
	}
	return found
}

// originsOf returns those that the block of a resource names, and none where that cannot be
// told.
func originsOf(d *View, r *model.Resource) []string {
	b, ok := blockOf(d, r)
	if !ok || len(b.mistakes) > 0 {
		return nil
	}
	origins, _ := b.policy.AllowOrigins.Literal()
	return origins
}

// difference says where two origins part, which is hard to see where they are alike.
func difference(value string, wanted []string) string {
	if len(wanted) != 1 {
		return ""
	}
	i := 0
	for i < min(len(value), len(wanted[0])) && value[i] == wanted[0][i] {
		i++
	}
	return fmt.Sprintf(" (they differ from byte %d on)", i+1)
}
