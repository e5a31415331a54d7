package lint

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var redirectingOperation = &Rule{
	ID:    "redirecting-operation",
	Title: "an operation redirects",
	Doc: "A redirect to another origin sends the call on with Origin: null, which no list of origins allows, " +
		"so the page sees a network error. A redirect within the API works if its answer carries the CORS headers.",
	URL:      "https://fetch.spec.whatwg.org/#http-redirect-fetch",
	Severity: finding.Warning,
	Fails: strings.Replace(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
		`{"200": {description: pets}}`, `{"302": {description: somewhere else}}`, 1),
	Passes: strings.Replace(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
		`{"200": {description: pets}}`, `{"200": {description: "where they are, for the page to go there"}, "304": {description: as before}}`, 1),
	run: redirectingOperationRun,
}

func redirectingOperationRun(p *pass) {
	p.methods(func(r *model.Resource, m *model.Method) {
		if m.Name == "OPTIONS" || m.Integration == nil || !p.answersPages(m) && !answersAsMock(r) && !p.isConfigured() {
			return
		}
		for _, r := range m.Responses {
			if p.isGenerated(r.Pointer) {
				continue
			}
			switch strings.ToUpper(r.Status) {
			case "301", "302", "303", "307", "308", "3XX":
				p.report(at(r.Node, r.Pointer), "answer 200 with the address for the page to call, or leave it so if pages never call it by script", nil,
					"%s answers %s: a redirect to another origin fails when a page calls", what(m), r.Status)
			}
		}
	})
}
