package lint

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var acaoMissing = &Rule{
	ID:    "acao-missing",
	Title: "an OPTIONS of CORS, or a method that it allows, sends no Access-Control-Allow-Origin",
	Doc: "A browser looks for Access-Control-Allow-Origin on the answer to the preflight, and again on the " +
		"answer to the call. Without it the call fails, whatever else the answers say.",
	URL:      "https://fetch.spec.whatwg.org/#concept-cors-check",
	Severity: finding.Error,
	API:      REST,
	Fails: example("get",
		`Access-Control-Allow-Origin`,
		`Access-Control-Allow-Methods: "'GET'"`),
	Passes: example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	run:    acaoMissingRun,
}

func acaoMissingRun(p *pass) {
	p.preflights(func(r *model.Resource, o *model.Method, have answers.Preflight) {
		switch {
		case have.Entry == nil:
		case !carriesOrigin(have.Headers) && !have.Overrides:
			p.report(ofEntry(have.Entry), "map it, as in method.response.header.Access-Control-Allow-Origin: \"'https://app.example.com'\"", nil,
				"OPTIONS %s sends no %s", o.Path, answers.AllowOrigin)
		default:
			p.bareAnswers(r, have)
		}
	})
}

// bareAnswers reports the methods that a preflight allows and none of whose answers carries
// the header. Of those that carry it sometimes another rule speaks.
func (p *pass) bareAnswers(r *model.Resource, preflight answers.Preflight) {
	for _, m := range r.Methods() {
		entries, carrying := 0, false
		p.entriesOf(m, func(e *model.IntegrationResponse, have answers.Headers) {
			entries++
			carrying = carrying || carriesOrigin(have) || overridesOrigin(m, e)
		})
		lacks := answers.MissingMethods
		if p.isGenerated(preflight.Entry.Pointer) {
			lacks = isNotListed // by a policy that says which methods are enabled, safelisted ones too
		}
		if entries == 0 || carrying || len(lacks(preflight.Headers, []string{m.Name}, preflight.Credentials())) > 0 {
			continue
		}
		p.report(ofMethod(m), "let its answers carry it too: apigw-cors enable, with --set addResponseTemplates=true for several origins", nil, "no answer of %s carries %s, which the preflight promises", what(m), answers.AllowOrigin)
	}
}

func isNotListed(have answers.Headers, need []string, credentials bool) []string {
	return answers.Missing(have, answers.AllowMethods, need, credentials)
}

// carriesOrigin reports whether an answer names an origin. An empty value names none.
func carriesOrigin(have answers.Headers) bool {
	h, ok := have.Get(answers.AllowOrigin)
	value, static := h.Static()
	return ok && (!static || value != "")
}
