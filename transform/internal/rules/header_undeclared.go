package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/operation"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var headerUndeclared = &Rule{
	ID:    "header-undeclared",
	Title: "a header is mapped and not declared",
	Doc: "A mapping to a header that the method response of its status does not declare fails the import. " +
		"A response that is written as a reference declares none: its headers are lost.",
	URL:         "https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html",
	Severity:    finding.Error,
	API:         model.REST,
	CORS:        true,
	ImportFails: true,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`) + `              method.response.header.Access-Control-Allow-Methods: "'GET'"
`,
	Passes: example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	find:   findHeaderUndeclared,
}

func findHeaderUndeclared(d *View) (found []Finding) {
	for _, r := range d.responses() {
		declared := r.method.Response(r.entry.Status)
		is, _ := responses.IsUndeclared(r.method, r.entry.Status)
		if r.entry.Status == "" || model.MayHavePlaceholder(r.entry.Status) || declared == nil && !is || declared != nil && (declared.Ref != "" || declared.Content == nil || declared.Open) {
			continue // that is what other rules are about
		}
		for _, mapping := range r.entry.Parameters {
			name, ok := strings.CutPrefix(mapping.Name(), responses.MethodTarget)
			if _, isDeclared := declared.Header(name); !ok || isDeclared {
				continue
			}
			found = append(found, undeclared(d, r, mapping, name))
		}
	}
	return found
}

// undeclared reports a mapping of a header that a method response does not declare, or that
// has no method response.
func undeclared(d *View, r response, mapping source.Member, name string) Finding {
	f := Finding{
		At:      ofParameter(r.entry, mapping),
		Message: fmt.Sprintf("%s maps %s, which its response %q does not declare, so the import fails", what(r.method), name, r.entry.Status),
		Hint:    "declare it under headers",
	}
	if declared := r.method.Response(r.entry.Status); declared != nil {
		f.Fix = declare(d.Version, declared, name)
		return f
	}
	f.Message = fmt.Sprintf("%s maps %s on the status %s, for which it declares no response, so the import fails", what(r.method), name, r.entry.Status)
	f.Hint = "declare a response for it, with the header"
	return f
}

// declare is the change that declares a header on a response. What is no token is no header
// that could be declared.
func declare(v model.Version, r *model.Response, name string) []layout.Operation {
	at, value := r.Pointer.Child("headers"), operation.Declaration(v)
	switch {
	case !policy.IsToken(name):
		return nil
	case r.Content.Get("headers") == nil:
		return []layout.Operation{layout.Add{At: at, Value: layout.Map{{Key: name, Value: value}}}}
	}
	return []layout.Operation{layout.Add{At: at.Child(name), Value: value}}
}
