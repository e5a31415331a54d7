package lint

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

var varyNeedless = &Rule{
	ID:    "vary-needless",
	Title: "an answer with a fixed origin varies by Origin",
	Doc: "Vary: Origin makes caches keep an answer for each origin. Where all of them get the same " +
		"Access-Control-Allow-Origin, that only costs hits.",
	URL:      "https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches",
	Severity: finding.Info,
	API:      REST,
	Fails:    example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`, `Vary: "'Origin'"`),
	Passes:   example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`, `Vary: "'Accept'"`),
	run:      varyNeedlessRun,
}

func varyNeedlessRun(p *pass) {
	p.entries(func(m *model.Method, e *model.IntegrationResponse, have answers.Headers) {
		origin, ok := have.Get(answers.AllowOrigin)
		_, static := origin.Static()
		vary, _ := have.Get(answers.Vary)
		varies := slices.Contains(answers.List(strings.ToLower(have.Value(answers.Vary))), "origin")
		if !ok || !static || !varies || overridesOrigin(m, e) || p.isGenerated(ofHeader(e, vary).pointer) {
			return
		}
		p.report(ofHeader(e, vary), "take Origin out of it", nil, "%s answers every origin with the same %s, and with Vary: Origin", what(m), answers.AllowOrigin)
	})
}

// overridesOrigin reports whether a template of an answer sets the origin itself.
func overridesOrigin(m *model.Method, e *model.IntegrationResponse) bool {
	return slices.ContainsFunc(templatesOf(m, e), func(t source.Member) bool { return answers.OverridesOrigin(t.Value.Text()) })
}

// templatesOf returns the templates that have a say in an answer: its own, and that of the
// request.
func templatesOf(m *model.Method, e *model.IntegrationResponse) []source.Member {
	return slices.Concat(e.Templates, m.Integration.Node.Get("requestTemplates").Members())
}
