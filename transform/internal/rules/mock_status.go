package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var MockStatus = &Rule{
	ID:    "mock-status",
	Title: "the template of a mock sets no status",
	Doc: "A mock answers with the response for the statusCode that its request template renders. Without " +
		"one it answers 500.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html",
	Severity: finding.Error,
	API:      model.REST,
	Fails: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
    options:
      responses:
        "200":
          description: preflight
          headers: {Access-Control-Allow-Origin: {schema: {type: string}}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{}'}
        responses:
          default:
            statusCode: "200"
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"
`,
	Passes: example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	find:   findMockStatus,
}

func findMockStatus(d *View) (found []Finding) {
	for _, m := range methods(d) {
		if answers.AnswererOf(m) != answers.Mock {
			continue
		}
		template := m.Integration.Node.Get("requestTemplates").Get("application/json")
		where := At(template, m.Integration.Pointer.Child("requestTemplates", "application/json"))
		switch {
		case template == nil || !template.IsString():
		case !strings.Contains(template.Text(), "statusCode"):
			found = append(found, Finding{
				At:      where,
				Message: fmt.Sprintf("%s answers 500: the template %q of its mock sets no statusCode", what(m), template.Excerpt()),
				Hint:    "write {\"statusCode\": 200}",
			})
		case len(m.Integration.Responses) > 0 && answers.PreflightHave(m).Entry == nil && fixedStatus.MatchString(template.Text()):
			found = append(found, Finding{
				At:      where,
				Message: fmt.Sprintf("%s answers 500: no response of its mock is for the status in %q", what(m), template.Excerpt()),
				Hint:    "add a response default, or one for that status",
			})
		}
	}
	return found
}

// fixedStatus is a template that gives one status, whatever the request.
var fixedStatus = regexp.MustCompile(`^\s*\{\s*["']?statusCode["']?\s*:\s*\d{3}\s*\}\s*$`)
