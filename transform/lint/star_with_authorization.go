package lint

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var starWithAuthorization = &Rule{
	ID:    "star-with-authorization",
	Title: "every origin is allowed to call methods that need authorization",
	Doc: "A page of any site may call such a method with a token that it has. Where tokens are not to " +
		"leave the pages of the API's owner, name the origins.",
	URL:      "https://portswigger.net/web-security/cors",
	Severity: finding.Warning,
	Fails: `components: {securitySchemes: {key: {type: apiKey, in: header, name: Authorization}}}
paths:
  /pets:
    get:
      security: [{key: []}]
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
    options:
      responses:
        "200":
          description: preflight
          headers: {Access-Control-Allow-Origin: {schema: {type: string}}, Access-Control-Allow-Headers: {schema: {type: string}}}
      security: []
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: "200"
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: "'*'"
              method.response.header.Access-Control-Allow-Headers: "'Authorization'"
`,
	Passes: `components: {securitySchemes: {key: {type: apiKey, in: header, name: Authorization}}}
paths:
  /pets:
    get:
      security: [{key: []}]
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
    options:
      responses:
        "200":
          description: preflight
          headers: {Access-Control-Allow-Origin: {schema: {type: string}}, Access-Control-Allow-Headers: {schema: {type: string}}}
      security: []
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: "200"
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"
              method.response.header.Access-Control-Allow-Headers: "'Authorization'"
`,
	run: reviewed(policy.ReasonStarWithAuthorization),
}
