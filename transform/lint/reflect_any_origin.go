package lint

import (
	"regexp"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var reflectAnyOrigin = &Rule{
	ID:    "reflect-any-origin",
	Title: "a template answers with any origin that asks",
	Doc: "A template that sends the Origin of the request back without comparing it lets every site in, " +
		"with credentials as well.",
	URL:      "https://portswigger.net/web-security/cors",
	Severity: finding.Error,
	API:      REST,
	Fails: example("get",
		`Access-Control-Allow-Origin`,
		`Access-Control-Allow-Methods: "'GET'"`,
		`Vary: "'Origin'"`) + `            responseTemplates:
              application/json: |
                #set($context.responseOverride.header.Access-Control-Allow-Origin = $input.params("Origin"))
`,
	Passes: example("get",
		`Access-Control-Allow-Origin`,
		`Access-Control-Allow-Methods: "'GET'"`,
		`Vary: "'Origin'"`) + `            responseTemplates:
              application/json: |
                #if($input.params("Origin") == "https://app.example.com")
                #set($context.responseOverride.header.Access-Control-Allow-Origin = $input.params("Origin"))
                #end
`,
	run: reflectAnyOriginRun,
}

// compares is what a template tests an origin with: equality with a text that is not empty,
// or a method.
var compares = regexp.MustCompile(`==\s*["'$][^"']|["'][^"']+["']\s*==|\.(?i:matches|contains|startsWith|endsWith|indexOf|equals|equalsIgnoreCase|containsKey|get\(\s*\$)|#foreach|stageVariables`)

func reflectAnyOriginRun(p *pass) {
	p.gatewayHeaders(func(g answers.GatewayResponse, h answers.Header) {
		if isNamed(h, answers.AllowOrigin) && strings.EqualFold(h.Mapping, "method.request.header.origin") {
			severity := finding.Error
			if g.Headers.Value(answers.AllowCredentials) != "true" { // it says no more than * then
				severity = finding.Warning
			}
			p.reportAs(severity, ofGateway(g, h), "name an origin", nil, "the gateway response %s answers with the origin of whoever asks", g.Type)
		}
	})
	p.templates(func(m *model.Method, where place, template string) {
		if answers.OverridesOrigin(template) && readsOrigin.MatchString(template) && !compares.MatchString(template) {
			p.report(where, "compare it with the origins that are allowed", nil, "%s answers with the origin of whoever asks", what(m))
		}
	})
}
