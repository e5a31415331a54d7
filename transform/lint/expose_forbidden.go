package lint

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var exposeForbidden = &Rule{
	ID:       "expose-forbidden",
	Title:    "a response header is exposed that no script can read",
	Doc:      "Browsers keep Set-Cookie from scripts, whatever is exposed.",
	URL:      "https://fetch.spec.whatwg.org/#forbidden-response-header-name",
	Severity: finding.Warning,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Expose-Headers: "'Set-Cookie'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Expose-Headers: "'X-Total'"`),
	run: exposeForbiddenRun,
}

func exposeForbiddenRun(p *pass) {
	p.corsHeaders(func(m *model.Method, e *model.IntegrationResponse, h answers.Header) {
		value, static := h.Static()
		if !static || !strings.EqualFold(h.Name, answers.ExposeHeaders) || p.isGenerated(ofHeader(e, h).pointer) {
			return
		}
		for _, name := range answers.List(value) {
			if strings.EqualFold(name, "Set-Cookie") || strings.EqualFold(name, "Set-Cookie2") {
				p.report(ofHeader(e, h), "take it out", nil, "%s exposes %q, which no script can read", what(m), name)
			}
		}
	})
	p.reviewBlocks(policy.ReasonExposeForbidden)
}
