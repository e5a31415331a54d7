package lint

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var preflightAuth = &Rule{
	ID:    "preflight-auth",
	Title: "an OPTIONS asks for credentials",
	Doc: "Preflights carry no credentials: no cookies, no Authorization, no API key. An OPTIONS that asks " +
		"for some refuses them all.",
	URL:      "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
	Severity: finding.Error,
	Fails:    withToken + example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`, `Access-Control-Allow-Headers: "'Authorization'"`),
	Passes:   withToken + withoutSecurity(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`, `Access-Control-Allow-Headers: "'Authorization'"`)),
	run:      preflightAuthRun,
}

func preflightAuthRun(p *pass) {
	p.methods(func(_ *model.Resource, m *model.Method) {
		s := p.SecurityOf(m)
		if m.Name != "OPTIONS" || s == nil || strings.EqualFold(m.Node.Get(extensions.NameAuth).Get("type").Text(), "NONE") {
			return
		}
		var fix []layout.Wish
		switch own := m.Node.Get("security"); {
		case answers.AnswererOf(m) != answers.Mock: // somebody's backend may want them
		case own == nil:
			fix = []layout.Wish{layout.Add{At: m.Pointer.Child("security"), Value: layout.List{}}}
		default:
			fix = []layout.Wish{layout.Set{At: m.Pointer.Child("security"), Value: layout.List{}}}
		}
		p.report(ofMethod(m), "write security: [] on it", fix, "%s asks for %q, and preflights carry no credentials", what(m), strings.Join(s.Schemes, ", "))
	})
}
