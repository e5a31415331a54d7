package rules

import (
	"fmt"
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var acaoMissing = &Rule{
	ID:    "acao-missing",
	Title: "an OPTIONS of CORS, or a method that it allows, sends no Access-Control-Allow-Origin",
	Doc: "A browser looks for Access-Control-Allow-Origin on the answer to the preflight, and again on the " +
		"answer to the call. Without it the call fails, whatever else the answers say.",
	URL:      "https://fetch.spec.whatwg.org/#concept-cors-check",
	Severity: finding.Error,
	API:      model.REST,
	CORS:     true,
	Fails: example("get",
		`Access-Control-Allow-Origin`,
		`Access-Control-Allow-Methods: "'GET'"`),
	Passes: example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	find:   findAcaoMissing,
}

func findAcaoMissing(d *View) (found []Finding) {
	for _, p := range d.preflights() {
		switch {
		case p.Entry == nil:
		case !p.letsIn():
			found = append(found, Finding{
				At:      ofEntry(p.Entry),
				Message: fmt.Sprintf("OPTIONS %s sends no %s", p.options.Path, responses.AllowOrigin),
				Hint:    "map it, as in method.response.header.Access-Control-Allow-Origin: \"'https://app.example.com'\"",
			})
		default:
			found = append(found, bareMethods(d, p)...)
		}
	}
	return found
}

// bareMethods reports the methods that a preflight allows and of whose responses none names
// an origin. Of those that have the header sometimes another rule speaks.
func bareMethods(d *View, p preflight) (found []Finding) {
	for _, m := range p.resource.Methods() {
		all := responsesOf(m)
		if len(all) == 0 || slices.ContainsFunc(all, response.letsIn) || !allowed(d, p, m) {
			continue
		}
		found = append(found, Finding{
			At:      ofMethod(m),
			Message: fmt.Sprintf("no answer of %s carries %s, which the preflight promises", what(m), responses.AllowOrigin),
			Hint:    "let its answers carry it too: apigw-cors enable, with several origins",
		})
	}
	return found
}

// allowed reports whether a preflight allows a method. One that was generated lists those
// that its policy enables, safelisted ones too.
func allowed(d *View, p preflight, m *model.Method) bool {
	name := []string{m.Name}
	if d.Generated(p.Entry.Pointer) {
		return len(responses.Missing(p.Headers, responses.AllowMethods, name, p.Credentials())) == 0
	}
	return len(responses.MissingMethods(p.Headers, name, p.Credentials())) == 0
}
