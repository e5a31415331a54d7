package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var mappingIgnored = &Rule{
	ID:    "mapping-ignored",
	Title: "a CORS header is mapped on a proxy integration",
	Doc: "The import takes response mappings of aws_proxy and http_proxy, and API Gateway ignores them when it " +
		"answers: the header is not there. The backend has to send it; apigw-cors export --as node, python, go or " +
		"java prints code for that.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html",
	Severity: finding.Warning,
	API:      model.REST,
	CORS:     true,
	Fails: `paths:
  /pets:
    get:
      responses: {"200": {description: pets, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}
      x-amazon-apigateway-integration:
        type: aws_proxy
        httpMethod: POST
        uri: arn
        responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'*'"}}}
`,
	Passes: proxied,
	find:   findMappingIgnored,
}

func findMappingIgnored(d *View) (found []Finding) {
	for _, m := range methods(d) {
		if responses.ResponderOf(m) != responses.Backend {
			continue
		}
		for i := range m.Integration.Responses {
			e := &m.Integration.Responses[i]
			for _, mapping := range e.Parameters {
				if name, ok := strings.CutPrefix(mapping.Name(), responses.MethodTarget); ok && responses.IsCORS(name) {
					found = append(found, Finding{
						At:      At(mapping.Key, e.Pointer.Child("responseParameters", mapping.Name())),
						Message: fmt.Sprintf("%s maps %s, which API Gateway ignores: its integration is a proxy", what(m), name),
						Hint:    "take it out, and let the backend send it",
					})
				}
			}
		}
	}
	return found
}
