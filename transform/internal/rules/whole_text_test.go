package rules

import (
	"slices"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// withSchemas is a document with a schema in each place that has one. Any of them may be broken,
// which is noticed when it is looked at.
const withSchemas = `openapi: 3.0.1
info: {title: Pets, version: "1"}
security: [{token: []}]
x-amazon-apigateway-request-validators: {all: {validateRequestParameters: true, validateRequestBody: true}}
x-amazon-apigateway-request-validator: all
x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com"], allowHeaders: [Content-Type]}
components:
  securitySchemes:
    token: {type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: custom, x-amazon-apigateway-authorizer: {type: token, authorizerUri: arn}}
  schemas:
    Pet:
      type: object
      properties: {of a model: {}}
  responses:
    Problem:
      description: problem
      headers: {Access-Control-Allow-Origin: {schema: {type: string}}}
      content:
        application/json:
          schema: {of a shared response: {}}
paths:
  /pets:
    parameters:
      - name: limit
        in: query
        schema: {of a parameter of a path item: {}}
    x-amazon-apigateway-any-method:
      parameters:
        - name: X-Tenant
          in: header
          required: true
          schema: {of a parameter: {}}
      requestBody:
        content:
          application/json:
            schema: {of a body: {}}
            example: {of a body as an example: {}}
      responses:
        "200":
          description: pets
          headers:
            Access-Control-Allow-Origin:
              schema: {of a header: {}}
          content:
            application/json:
              schema: {of a response: {}}
              example: {of a response as an example: {}}
        "404":
          $ref: '#/components/responses/Problem'
      x-amazon-apigateway-integration:
        type: http
        httpMethod: GET
        uri: https://pets.example.com
        responses:
          default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"}}
          "404": {statusCode: "404", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"}}
    options:
      security: []
      responses:
        "200":
          description: preflight
          headers: {Access-Control-Allow-Origin: {schema: {type: string}}}
          content:
            application/json:
              schema: {of an OPTIONS: {}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"}}}
`

// schemasOf are the names of the schemas of the document.
var schemasOf = []string{
	"a model", "a shared response", "a parameter of a path item", "a parameter", "a body", "a body as an example",
	"a header", "a response", "a response as an example", "an OPTIONS",
}

// TestRulesLeaveSchemasUnread holds that rules read no schema, but for those that say that they look
// at the whole text. One that is broken they do not notice.
func TestRulesLeaveSchemasUnread(t *testing.T) {
	reads := map[*Rule][]string{}
	for _, name := range schemasOf {
		text := strings.Replace(withSchemas, "{of "+name+": {}}", `{"x" "y"}`, 1)
		if text == withSchemas {
			t.Fatalf("there is no schema of %s", name)
		}
		for _, r := range OfLint() {
			for _, api := range []model.APIType{model.REST, model.HTTP} {
				v := seen(t, text, api)
				r.Find(v)
				if v.Root.File.Broken != nil && !slices.Contains(reads[r], name) {
					reads[r] = append(reads[r], name)
				}
			}
		}
	}
	reads[responseRef] = slices.DeleteFunc(reads[responseRef], func(name string) bool {
		return name == "a shared response" // whose text is what its fix writes
	})
	for _, r := range OfLint() {
		if r.WholeText != (len(reads[r]) > 0) {
			t.Errorf("%s looks at the whole text: %v, and it reads schemas of %q", r.ID, r.WholeText, reads[r])
		}
	}
}
