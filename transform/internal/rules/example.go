package rules

import (
	"fmt"
	"strings"
)

// example is a document in which a method of /pets has an OPTIONS whose mock answers with
// headers, each given as its mapping is written: `Access-Control-Allow-Origin: "'*'"`. A
// name alone is declared and not mapped.
func example(method string, mappings ...string) string {
	var declared []string
	var mapped strings.Builder
	for _, mapping := range mappings {
		name, _, ok := strings.Cut(mapping, ":")
		declared = append(declared, name+": {schema: {type: string}}")
		if ok {
			mapped.WriteString("              method.response.header." + mapping + "\n")
		}
	}
	return fmt.Sprintf(`paths:
  /pets:
    %s:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
    options:
      responses:
        "200":
          description: preflight
          headers: {%s}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: "200"
            responseParameters:
%s`, method, strings.Join(declared, ", "), mapped.String())
}

// responding is an example whose method responds with an origin that its integration maps.
func responding(origin, example string) string {
	return strings.Replace(example, `      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
`, `      responses: {"200": {description: pets, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}
      x-amazon-apigateway-integration:
        type: http
        httpMethod: GET
        uri: https://pets.example.com
        responses:
          default:
            statusCode: "200"
            responseParameters: {method.response.header.Access-Control-Allow-Origin: "'`+origin+`'"}
`, 1)
}

// withoutSecurity is an example whose OPTIONS asks for none, whatever the document says.
func withoutSecurity(example string) string {
	return strings.Replace(example, "    options:\n", "    options:\n      security: []\n", 1)
}

// chosen is a template that lets the origins in for which a test holds.
func chosen(test string) string { return fmt.Sprintf(choosing, test) }

// withResponses is a document with a method that has integration responses.
func withResponses(responses string) string {
	return `paths:
  /pets:
    get:
      responses: {"200": {description: pets}, "404": {description: none}}
      x-amazon-apigateway-integration:
        type: http
        httpMethod: GET
        uri: https://pets.example.com
        responses: ` + responses + "\n"
}
