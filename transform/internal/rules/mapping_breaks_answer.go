package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var MappingBreaksAnswer = &Rule{
	ID:       "mapping-breaks-answer",
	Title:    "a mapping sets a header that makes API Gateway answer 500",
	Doc:      "API Gateway sets Content-Length and Transfer-Encoding itself. A mapping of one makes each call fail with 500.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html",
	Severity: finding.Error,
	API:      model.REST,
	Fails: `paths:
  /pets:
    get:
      responses: {"200": {description: pets, headers: {Content-Length: {schema: {type: string}}}}}
      x-amazon-apigateway-integration:
        type: http
        httpMethod: GET
        uri: https://pets.example.com
        responses:
          default:
            statusCode: "200"
            responseParameters: {method.response.header.Content-Length: integration.response.header.Content-Length}
`,
	Passes: `paths:
  /pets:
    get:
      responses: {"200": {description: pets, headers: {ETag: {schema: {type: string}}}}}
      x-amazon-apigateway-integration:
        type: http
        httpMethod: GET
        uri: https://pets.example.com
        responses:
          default:
            statusCode: "200"
            responseParameters: {method.response.header.ETag: integration.response.header.ETag}
`,
	find: findMappingBreaksAnswer,
}

func findMappingBreaksAnswer(d *View) (found []Finding) {
	for _, r := range d.responses() {
		for _, mapping := range r.entry.Parameters {
			name, ok := strings.CutPrefix(mapping.Name(), answers.MethodTarget)
			if ok && (strings.EqualFold(name, "Content-Length") || strings.EqualFold(name, "Transfer-Encoding")) {
				found = append(found, Finding{
					At:      At(mapping.Key, r.entry.Pointer.Child("responseParameters", mapping.Name())),
					Message: fmt.Sprintf("%s maps %s, which API Gateway sets itself, so it answers 500", what(r.method), name),
					Hint:    "take it out",
				})
			}
		}
	}
	return found
}
