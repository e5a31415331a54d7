package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var reflectAnyOrigin = &Rule{
	ID:    "reflect-any-origin",
	Title: "a template answers with any origin that asks",
	Doc: "A template that sends the Origin of the request back without comparing it lets every site in, " +
		"with credentials as well.",
	URL:      "https://portswigger.net/web-security/cors",
	Severity: finding.Error,
	API:      model.REST,
	CORS:     true,
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
	find: findReflectAnyOrigin,
}

// compares is what a template tests an origin with: equality with a text that is not empty,
// or a method.
var compares = regexp.MustCompile(`==\s*["'$][^"']|["'][^"']+["']\s*==|\.(?i:matches|contains|startsWith|endsWith|indexOf|equals|equalsIgnoreCase|containsKey|get\(\s*\$)|#foreach|stageVariables`)

func findReflectAnyOrigin(d *View) (found []Finding) {
	for _, h := range gatewayHeaders(d) {
		if echoesOrigin(h) && h.response.Headers.Credentials() {
			found = append(found, echoed(h))
		}
	}
	for _, t := range d.templates() {
		if responses.OverridesOrigin(t.text) && readsOrigin.MatchString(t.text) && !compares.MatchString(t.text) {
			found = append(found, Finding{
				At:      t.at,
				Message: fmt.Sprintf("%s answers with the origin of whoever asks", what(t.method)),
				Hint:    "compare it with the origins that are allowed",
			})
		}
	}
	return found
}

// echoesOrigin reports whether a gateway response sends the Origin of the request back.
func echoesOrigin(h gatewayHeader) bool {
	return h.is(responses.AllowOrigin) && strings.EqualFold(h.Mapping, "method.request.header.origin")
}

func echoed(h gatewayHeader) Finding {
	return Finding{
		At:      h.at(),
		Message: fmt.Sprintf("the gateway response %s answers with the origin of whoever asks", h.response.Type),
		Hint:    "name an origin",
	}
}
