package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var PreflightAuth = &Rule{
	ID:    "preflight-auth",
	Title: "an OPTIONS asks for credentials",
	Doc: "Preflights carry no credentials: no cookies, no Authorization, no API key. An OPTIONS that asks " +
		"for some refuses them all.",
	URL:      "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
	Severity: finding.Error,
	CORS:     true,
	Fails:    withToken + example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`, `Access-Control-Allow-Headers: "'Authorization'"`),
	Passes:   withToken + withoutSecurity(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`, `Access-Control-Allow-Headers: "'Authorization'"`)),
	find:     findPreflightAuth,
}

func findPreflightAuth(d *View) (found []Finding) {
	for _, item := range items(d) {
		if item.Options == nil {
			continue
		}
		if schemes := d.AuthorizationOf(item.Options, d.API).RefusedBy; len(schemes) > 0 {
			fix, hint := openUp(item.Options, schemes)
			found = append(found, Finding{
				At:      ofMethod(item.Options),
				Message: fmt.Sprintf("%s asks for %q, and preflights carry no credentials", what(item.Options), strings.Join(schemes, ", ")),
				Hint:    hint,
				Fix:     fix,
			})
		}
	}
	return found
}

// openUp is the change by which an OPTIONS requires nothing, and how to make it by hand. A backend
// may want what its OPTIONS requires, so that is left to its owner.
func openUp(o *model.Method, schemes []string) (fix []layout.Operation, hint string) {
	member, hint, value := "security", "write security: [] on it", layout.Value(layout.List{})
	if slices.Contains(schemes, string(extensions.AuthorizationIAM)) {
		member, value = extensions.NameAuth, layout.Map{{Key: "type", Value: layout.String(extensions.AuthorizationNone)}}
		hint = "write " + member + ": {type: " + string(extensions.AuthorizationNone) + "} on it"
	}
	at := o.Pointer.Child(member)
	switch {
	case responses.ResponderOf(o) != responses.Mock:
		return nil, hint
	case o.Node.Get(member) == nil:
		return []layout.Operation{layout.Add{At: at, Value: value}}, hint
	}
	return []layout.Operation{layout.Set{At: at, Value: value}}, hint
}
