package lint

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var preflightMissing = &Rule{
	ID:    "preflight-missing",
	Title: "a method needs a preflight, and nothing answers it",
	Doc: "Before PUT, PATCH and DELETE, and before calls with headers that are not safelisted or with a " +
		"JSON body, a browser asks with OPTIONS. A resource whose answers carry CORS headers is meant to " +
		"be called from pages, and without an OPTIONS such calls fail.",
	URL:      "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
	Severity: finding.Error,
	API:      REST,
	Fails: `paths:
  /pets:
    delete:
      responses: {"200": {description: pets, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}
      x-amazon-apigateway-integration:
        type: http
        responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"}}}
`,
	Passes: `paths:
  /pets:
    get:
      responses: {"200": {description: pets, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}
      x-amazon-apigateway-integration:
        type: http
        responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"}}}
`,
	run: preflightMissingRun,
}

func preflightMissingRun(p *pass) {
	for _, r := range p.Resources {
		if _, answered := p.greedyAnswerer(r); answered || r.Options() != nil {
			continue
		}
		for _, m := range r.Methods() {
			if m.Name == model.Any {
				break // it gets OPTIONS as well
			}
			why := derive.PreflightReason(p.Document, r, m)
			if why == "" || !p.answersPages(m) {
				continue
			}
			p.report(ofMethod(m), "generate it: apigw-cors enable --resource "+r.Path, nil, "%s is preflighted because of %s, and %s has no OPTIONS", what(m), why, r.Path)
			break
		}
	}
}

// answersPages reports whether an answer of a method carries Access-Control-Allow-Origin.
func (p *pass) answersPages(m *model.Method) (found bool) {
	p.entriesOf(m, func(_ *model.IntegrationResponse, have answers.Headers) {
		found = found || carriesOrigin(have)
	})
	return found
}
