package lint

import (
	"regexp"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

var varyMissing = &Rule{
	ID:    "vary-missing",
	Title: "an origin is worked out for each call, without Vary: Origin",
	Doc: "Where the answer depends on the Origin of the request, a cache has to know: without Vary: Origin " +
		"it gives one page the answer for another.",
	URL:      "https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches",
	Severity: finding.Warning,
	API:      REST,
	Fails: example("get",
		`Access-Control-Allow-Origin`,
		`Access-Control-Allow-Methods: "'GET'"`) + `            responseTemplates:
              application/json: |
                #if($input.params("Origin") == "https://app.example.com")
                #set($context.responseOverride.header.Access-Control-Allow-Origin = $input.params("Origin"))
                #end
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
	run: varyMissingRun,
}

func varyMissingRun(p *pass) {
	p.entries(func(m *model.Method, e *model.IntegrationResponse, have answers.Headers) {
		computes := slices.ContainsFunc(templatesOf(m, e), func(t source.Member) bool {
			return answers.OverridesOrigin(t.Value.Text()) && readsOrigin.MatchString(t.Value.Text())
		})
		if computes && !strings.Contains(strings.ToLower(have.Value(answers.Vary)), "origin") {
			p.report(ofEntry(e), "map method.response.header.Vary: \"'Origin'\", and declare it", nil, "%s answers with the caller's origin and without Vary: Origin", what(m))
		}
	})
}

// readsOrigin matches what in a template reads the request's Origin.
var readsOrigin = regexp.MustCompile(`(?i)["'.]origin\b`)
