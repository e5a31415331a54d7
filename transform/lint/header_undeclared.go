package lint

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var headerUndeclared = &Rule{
	ID:    "header-undeclared",
	Title: "a header is mapped and not declared",
	Doc: "A mapping to a header that the method response of its status does not declare fails the import. " +
		"A response that is written as a reference declares none: its headers are lost.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html",
	Severity: finding.Error,
	API:      REST,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`) + `              method.response.header.Access-Control-Allow-Methods: "'GET'"
`,
	Passes: example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	run:    headerUndeclaredRun,
}

func headerUndeclaredRun(p *pass) {
	p.entries(func(m *model.Method, e *model.IntegrationResponse, _ answers.Headers) {
		r := m.Response(e.Status)
		if r == nil || r.Ref != "" || r.Content == nil {
			return // that is what other rules are about
		}
		for _, mapping := range e.Parameters {
			name, ok := strings.CutPrefix(mapping.Name(), answers.MethodTarget)
			if _, declared := r.Header(name); !ok || declared {
				continue
			}
			fix := []layout.Wish{layout.Add{At: r.Pointer.Child("headers").Child(name), Value: declaration(p.Version)}}
			if r.Content.Get("headers") == nil {
				fix = []layout.Wish{layout.Add{At: r.Pointer.Child("headers"), Value: layout.Map{{Key: name, Value: declaration(p.Version)}}}}
			}
			if !policy.IsToken(name) {
				fix = nil // it is no header that could be declared
			}
			p.report(at(mapping.Key, e.Pointer.Child("responseParameters").Child(mapping.Name())), "declare it under headers", fix,
				"%s maps %s, which its response %q does not declare, so the import fails", what(m), name, e.Status)
		}
	})
}
