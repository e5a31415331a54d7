package lint

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var credentialsUnneeded = &Rule{
	ID:    "credentials-unneeded",
	Title: "credentials are allowed, and no method uses any",
	Doc: "Credentials are what a browser adds by itself: cookies, and what it was asked for in a dialogue. A " +
		"token that a script puts into a header is none, and is sent without the permission.",
	URL:      "https://fetch.spec.whatwg.org/#concept-request-credentials-mode",
	Severity: finding.Warning,
	API:      REST,
	Fails: withToken + withoutSecurity(example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'Authorization'"`,
		`Access-Control-Allow-Credentials: "'true'"`)),
	Passes: strings.Replace(withToken, "in: header, name: Authorization", "in: cookie, name: session", 1) + withoutSecurity(example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'Authorization'"`,
		`Access-Control-Allow-Credentials: "'true'"`)),
	run: credentialsUnneededRun,
}

func credentialsUnneededRun(p *pass) {
	p.preflights(func(r *model.Resource, o *model.Method, have answers.Preflight) {
		h, ok := have.Headers.Get(answers.AllowCredentials)
		if !ok || !have.Credentials() || p.isGenerated(ofHeader(have.Entry, h).pointer) || len(r.Methods()) == 0 {
			return
		}
		if slices.ContainsFunc(r.Methods(), p.mayUseCredentials) || slices.ContainsFunc(r.Items, func(item *model.PathItem) bool { return hasCookie(item.Parameters) }) {
			return
		}
		p.report(ofHeader(have.Entry, h), "take it out, unless the backend reads cookies", nil, "OPTIONS %s allows credentials, and the methods of %s read tokens from headers", o.Path, r.Path)
	})
}

// mayUseCredentials reports whether a method may read what a browser sends by itself. Of
// one without security nothing is known.
func (p *pass) mayUseCredentials(m *model.Method) bool {
	s := p.SecurityOf(m)
	return s == nil || slices.ContainsFunc(s.Schemes, p.IsCredential) || hasCookie(m.Parameters)
}

func hasCookie(parameters []model.Parameter) bool {
	return slices.ContainsFunc(parameters, func(parameter model.Parameter) bool { return parameter.In == "cookie" })
}
