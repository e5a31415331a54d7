package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

const answerWithTotal = `paths:
  /pets:
    get:
      responses:
        "200":
          description: pets
          headers:
            Access-Control-Allow-Origin: {schema: {type: string}}
            Access-Control-Expose-Headers: {schema: {type: string}}
            X-Total: {schema: {type: string}}
      x-amazon-apigateway-integration:
        type: http
        httpMethod: GET
        uri: https://backend.example.com
        responses:
          default:
            statusCode: "200"
            responseParameters:
              method.response.header.X-Total: integration.response.header.X-Total
              method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"
`

var notExposed = &Rule{
	ID:    "not-exposed",
	Title: "a response header is sent that scripts cannot read",
	Doc: "Of an answer a script reads a few safelisted headers, and those that Access-Control-Expose-Headers " +
		"names. The others are null to it.",
	URL:      "https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name",
	Severity: finding.Warning,
	API:      model.REST,
	CORS:     true,
	Fails:    answerWithTotal,
	Passes: answerWithTotal + `              method.response.header.Access-Control-Expose-Headers: "'X-Total'"
`,
	find: findNotExposed,
}

// forBrowsers are headers that a browser heeds and no script has a use for.
var forBrowsers = []string{
	"alt-svc", "clear-site-data", "connection", "content-encoding", "content-security-policy", "content-security-policy-report-only",
	"cross-origin-embedder-policy", "cross-origin-opener-policy", "cross-origin-resource-policy", "feature-policy", "keep-alive", "nel",
	"permissions-policy", "referrer-policy", "report-to", "reporting-endpoints", "server", "strict-transport-security", "timing-allow-origin",
	"transfer-encoding", "x-content-type-options", "x-frame-options", "x-powered-by", "x-xss-protection",
}

func isForBrowser(name string) bool { return slices.Contains(forBrowsers, strings.ToLower(name)) }

func findNotExposed(d *View) (found []Finding) {
	for _, r := range d.responses() {
		origin, ok := r.headers.Get(responses.AllowOrigin)
		if !ok || r.method.Name == "OPTIONS" || d.Generated(ofHeader(r.entry, origin).Pointer) {
			continue // where CORS is enabled by a policy, that says what is exposed
		}
		exposed, ok := r.headers.Get(responses.ExposeHeaders)
		if _, static := exposed.Static(); ok && !static {
			continue
		}
		names := responses.List(strings.ToLower(r.headers.Value(responses.ExposeHeaders)))
		if slices.Contains(names, "*") && !r.headers.Credentials() {
			continue
		}
		for _, mapping := range r.entry.Parameters {
			name, ok := strings.CutPrefix(mapping.Name(), responses.MethodTarget)
			if !ok || !policy.IsWorthExposing(name) || isForBrowser(name) || slices.Contains(names, strings.ToLower(policy.Remapped(name))) {
				continue
			}
			found = append(found, Finding{
				At:      At(mapping.Key, r.entry.Pointer.Child("responseParameters", mapping.Name())),
				Message: fmt.Sprintf("%s sends %s, which scripts cannot read", what(r.method), name),
				Hint:    "add " + policy.Remapped(name) + " to " + responses.ExposeHeaders + ", if scripts are to read it",
			})
		}
	}
	return found
}
