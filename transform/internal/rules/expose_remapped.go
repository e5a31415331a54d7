package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var exposeRemapped = &Rule{
	ID:    "expose-remapped",
	Title: "a response header is exposed that API Gateway renames",
	Doc: "API Gateway sends some headers of backends under another name: WWW-Authenticate arrives as " +
		"x-amzn-Remapped-WWW-Authenticate. Expose that name for scripts to read it.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html",
	Severity: finding.Warning,
	API:      model.REST,
	CORS:     true,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Expose-Headers: "'WWW-Authenticate'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Expose-Headers: "'x-amzn-Remapped-WWW-Authenticate'"`),
	find: findExposeRemapped,
}

func findExposeRemapped(d *View) (found []Finding) {
	for _, h := range fixedHeaders(d, responses.ExposeHeaders) {
		for _, name := range responses.List(h.value()) {
			renamed := policy.Remapped(name)
			if renamed == name || strings.EqualFold(name, "Date") || strings.EqualFold(name, "Server") { // API Gateway has its own of these two
				continue
			}
			found = append(found, Finding{
				At:      h.at(),
				Message: fmt.Sprintf("%s exposes %s, which leaves API Gateway as %s", what(h.method), name, renamed),
				Hint:    "write " + renamed,
			})
		}
	}
	return found
}
