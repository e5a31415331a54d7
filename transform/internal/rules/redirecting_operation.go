package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var redirectingOperation = &Rule{
	ID:    "redirecting-operation",
	Title: "an operation redirects",
	Doc: "A redirect to another origin sends the call on with Origin: null, which no list of origins allows, " +
		"so the page sees a network error. A redirect within the API works if its answer carries the CORS headers.",
	URL:      "https://fetch.spec.whatwg.org/#http-redirect-fetch",
	Severity: finding.Warning,
	CORS:     true,
	Fails: strings.Replace(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
		`{"200": {description: pets}}`, `{"302": {description: somewhere else}}`, 1),
	Passes: strings.Replace(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
		`{"200": {description: pets}}`, `{"200": {description: "where they are, for the page to go there"}, "304": {description: as before}}`, 1),
	find: findRedirectingOperation,
}

func findRedirectingOperation(d *View) (found []Finding) {
	for r, m := range methods(d) {
		if m.Name == "OPTIONS" || m.Integration == nil || !isForPages(d, r, m) {
			continue
		}
		for _, declared := range m.Responses {
			if !isRedirect(declared.Status) || d.Generated(declared.Pointer) {
				continue
			}
			found = append(found, Finding{
				At:      At(declared.Node, declared.Pointer),
				Message: fmt.Sprintf("%s answers %s: a redirect to another origin fails when a page calls", what(m), declared.Status),
				Hint:    "answer 200 with the address for the page to call, or leave it so if pages never call it by script",
			})
		}
	}
	return found
}

// isForPages reports whether the document lets pages of other origins call a method.
func isForPages(d *View, r *model.Resource, m *model.Method) bool {
	_, letsIn := preflightOf(r)
	return letsIn || namesOrigin(m) || responses.HasConfiguration(d.Document, d.API)
}

func isRedirect(status string) bool {
	return slices.Contains([]string{"301", "302", "303", "307", "308", "3XX"}, strings.ToUpper(status))
}
