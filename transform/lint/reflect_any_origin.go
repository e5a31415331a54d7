package lint

import (
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

func reflectAnyOriginRun(p *pass) {
	p.templates(func(m *model.Method, where place, template string) {
		if answers.OverridesOrigin(template) && readsOrigin.MatchString(template) && !strings.Contains(template, "#if") {
			p.report(where, "compare it with the origins that are allowed", nil, "%s answers with the origin of whoever asks", what(m))
		}
	})
}
