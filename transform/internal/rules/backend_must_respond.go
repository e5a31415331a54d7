package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var backendMustRespond = &Rule{
	ID:    "backend-must-answer",
	Title: "a backend has to send the CORS headers itself",
	Doc: "API Gateway adds no header to the answers of proxy integrations. That the preflight is answered " +
		"is not enough: the backend has to send Access-Control-Allow-Origin too, with errors as well. " +
		"apigw-cors export --as node, python, go or java prints code for it.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html",
	Severity: finding.Info,
	API:      model.REST,
	CORS:     true,
	Fails:    example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	Passes: strings.NewReplacer(
		`{"200": {description: pets}}`, `{"200": {description: pets, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}`,
		"{type: aws_proxy, httpMethod: POST, uri: arn}",
		`{type: http, httpMethod: GET, uri: https://pets.example.com, responses: {default: {statusCode: "200", responseParameters: `+
			`{method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"}}}}`,
	).Replace(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`)),
	find: findBackendMustRespond,
}

func findBackendMustRespond(d *View) (found []Finding) {
	for _, p := range d.preflights() {
		origin, ok := p.Headers.Get(responses.AllowOrigin)
		if !ok || d.Generated(ofHeader(p.Entry, origin).Pointer) {
			continue // enable says it, with what the policy asks for
		}
		said := responses.AllowOrigin
		if _, err := policy.ParseOrigin(origin.Say()); err == nil { // what cannot stand there is for no backend to send
			said += ": " + origin.Say()
		}
		if p.Credentials() {
			said += " and " + responses.AllowCredentials + ": true"
		}
		for _, m := range p.resource.Methods() {
			if responses.ResponderOf(m) == responses.Backend {
				found = append(found, Finding{
					At:      ofMethod(m),
					Message: fmt.Sprintf("%s is answered by its backend, and API Gateway adds no header to that", what(m)),
					Hint:    "let it send " + said,
				})
			}
		}
	}
	return found
}
