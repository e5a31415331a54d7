package rules

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

var varyMissing = &Rule{
	ID:    "vary-missing",
	Title: "an origin is worked out for each call, without Vary: Origin",
	Doc: "Where the answer depends on the Origin of the request, a cache has to know: without Vary: Origin " +
		"it gives one page the answer for another.",
	URL:      "https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches",
	Severity: finding.Error,
	API:      model.REST,
	CORS:     true,
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
	find: findVaryMissing,
}

func findVaryMissing(d *View) (found []Finding) {
	for _, r := range d.responses() {
		computes := slices.ContainsFunc(responses.TemplatesOf(r.method, r.entry), func(t source.Member) bool {
			return responses.OverridesOrigin(t.Value.Text()) && readsOrigin.MatchString(t.Value.Text())
		})
		if computes && !r.headers.VariesWithOrigin() {
			found = append(found, Finding{
				At:      ofEntry(r.entry),
				Message: fmt.Sprintf("%s answers with the caller's origin and without Vary: Origin", what(r.method)),
				Hint:    "map method.response.header.Vary: \"'Origin'\", and declare it",
			})
		}
	}
	return found
}

// readsOrigin matches what in a template reads the request's Origin.
var readsOrigin = regexp.MustCompile(`(?i)["'.]origin\b`)
