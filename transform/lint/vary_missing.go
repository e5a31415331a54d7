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
	Fails: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
    options:
      responses:
        "200":
          description: preflight
          headers: {Access-Control-Allow-Origin: {schema: {type: string}}, Access-Control-Allow-Methods: {schema: {type: string}}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: "200"
            responseParameters:
              method.response.header.Access-Control-Allow-Methods: "'GET'"
            responseTemplates:
              application/json: |
                #if($input.params("Origin") == "https://app.example.com")
                #set($context.responseOverride.header.Access-Control-Allow-Origin = $input.params("Origin"))
                #end
`,
	Passes: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
    options:
      responses:
        "200":
          description: preflight
          headers: {Access-Control-Allow-Origin: {schema: {type: string}}, Access-Control-Allow-Methods: {schema: {type: string}}, Vary: {schema: {type: string}}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: "200"
            responseParameters:
              method.response.header.Access-Control-Allow-Methods: "'GET'"
              method.response.header.Vary: "'Origin'"
            responseTemplates:
              application/json: |
                #if($input.params("Origin") == "https://app.example.com")
                #set($context.responseOverride.header.Access-Control-Allow-Origin = $input.params("Origin"))
                #end
`,
	run: varyMissingRun,
}

func varyMissingRun(p *pass) {
	p.entries(func(m *model.Method, e *model.IntegrationResponse, have answers.Headers) {
		computes := slices.ContainsFunc(e.Templates, func(t source.Member) bool {
			return answers.OverridesOrigin(t.Value.Text()) && readsOrigin.MatchString(t.Value.Text())
		})
		if computes && !strings.Contains(strings.ToLower(have.Value(answers.Vary)), "origin") {
			p.report(ofEntry(e), "map method.response.header.Vary: \"'Origin'\", and declare it", nil, "%s answers with the caller's origin and without Vary: Origin", what(m))
		}
	})
}

// readsOrigin matches what in a template reads the request's Origin.
var readsOrigin = regexp.MustCompile(`(?i)["'.]origin\b`)
