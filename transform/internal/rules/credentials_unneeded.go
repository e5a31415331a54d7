package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var credentialsUnneeded = &Rule{
	ID:    "credentials-unneeded",
	Title: "credentials are allowed, and no method uses any",
	Doc: "Credentials are what a browser adds by itself: cookies, and what it was asked for in a dialogue. A " +
		"token that a script puts into a header is none, and is sent without the permission.",
	URL:      "https://fetch.spec.whatwg.org/#concept-request-credentials-mode",
	Severity: finding.Warning,
	API:      model.REST,
	CORS:     true,
	Fails: withToken + withoutSecurity(example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'Authorization'"`,
		`Access-Control-Allow-Credentials: "'true'"`)),
	Passes: strings.Replace(withToken, "in: header, name: Authorization", "in: cookie, name: session", 1) + withoutSecurity(example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'Authorization'"`,
		`Access-Control-Allow-Credentials: "'true'"`)),
	find: findCredentialsUnneeded,
}

func findCredentialsUnneeded(d *View) (found []Finding) {
	for _, p := range d.preflights() {
		h, ok := p.Headers.Get(responses.AllowCredentials)
		if !ok || !p.Credentials() || d.Generated(ofHeader(p.Entry, h).Pointer) || len(p.resource.Methods()) == 0 {
			continue
		}
		if slices.ContainsFunc(p.resource.Methods(), func(m *model.Method) bool { return mayUseCredentials(d, m) }) || slices.ContainsFunc(p.resource.Items, func(item *model.PathItem) bool { return hasCookie(item.Parameters) }) {
			continue
		}
		found = append(found, Finding{
			At:      ofHeader(p.Entry, h),
			Message: fmt.Sprintf("OPTIONS %s allows credentials, and the methods of %s read tokens from headers", p.options.Path, p.resource.Path),
			Hint:    "take it out, unless the backend reads cookies",
		})
	}
	return found
}

// mayUseCredentials reports whether a method may read what a browser sends by itself. Of
// one without security nothing is known.
func mayUseCredentials(d *View, m *model.Method) bool {
	schemes, _ := d.SecurityOf(m)
	return len(schemes) == 0 || slices.ContainsFunc(schemes, d.IsCredential) || hasCookie(m.Parameters)
}

func hasCookie(parameters []model.Parameter) bool {
	return slices.ContainsFunc(parameters, func(parameter model.Parameter) bool { return parameter.In == "cookie" })
}
