package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var PreflightAuth = &Rule{
	ID:    "preflight-auth",
	Title: "an OPTIONS asks for credentials",
	Doc: "Preflights carry no credentials: no cookies, no Authorization, no API key. An OPTIONS that asks " +
		"for some refuses them all.",
	URL:          "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
	Severity:     finding.Error,
	RequestsFail: true,
	CORS:         true,
	Fails:        withToken + example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`, `Access-Control-Allow-Headers: "'Authorization'"`),
	Passes:       withToken + withoutSecurity(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`, `Access-Control-Allow-Headers: "'Authorization'"`)),
	find:         findPreflightAuth,
}

func findPreflightAuth(d *View) (found []Finding) {
	for _, item := range items(d) {
		if item.Options == nil {
			continue
		}
		if schemes := requiredSchemes(d, item.Options); schemes != nil {
			found = append(found, Finding{
				At:      ofMethod(item.Options),
				Message: fmt.Sprintf("%s asks for %q, and preflights carry no credentials", what(item.Options), strings.Join(schemes, ", ")),
				Hint:    "write security: [] on it",
				Fix:     openUp(item.Options),
			})
		}
	}
	return found
}

// openUp is the change by which an OPTIONS requires nothing. A backend may want what its
// OPTIONS requires, so that is left to its owner.
func openUp(o *model.Method) []layout.Wish {
	at := o.Pointer.Child("security")
	switch {
	case answers.AnswererOf(o) != answers.Mock:
		return nil
	case o.Node.Get("security") == nil:
		return []layout.Wish{layout.Add{At: at, Value: layout.List{}}}
	}
	return []layout.Wish{layout.Set{At: at, Value: layout.List{}}}
}
