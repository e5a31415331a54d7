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

var preflightAuth = &Rule{
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
	fix, hint = []layout.Operation{put(o, "security", layout.List{})}, "write security: [] on it"
	if slices.Contains(schemes, string(extensions.AuthorizationIAM)) {
		none := put(o, extensions.NameAuth, layout.Map{{Key: "type", Value: layout.String(extensions.AuthorizationNone)}})
		hint = "write " + extensions.NameAuth + ": {type: " + string(extensions.AuthorizationNone) + "} on it"
		if len(schemes) == 1 || o.Node.Get("security") == nil { // that of the root no longer applies then
			fix = nil
		}
		fix = append(fix, none)
	}
	if responses.ResponderOf(o) != responses.Mock {
		return nil, hint
	}
	return fix, hint
}

// put is the change by which a method has a member with a value.
func put(m *model.Method, member string, value layout.Value) layout.Operation {
	at := m.Pointer.Child(member)
	if m.Node.Get(member) == nil {
		return layout.Add{At: at, Value: value}
	}
	return layout.Set{At: at, Value: value}
}
