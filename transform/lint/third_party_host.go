package lint

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var thirdPartyHost = &Rule{
	ID:    "third-party-host",
	Title: "an origin at a provider may call with credentials",
	Doc: "Names such as app.netlify.app are given to anybody, and to somebody else when they are given up. " +
		"With credentials, the next owner calls in the name of your users.",
	URL:      "https://portswigger.net/web-security/cors",
	Severity: finding.Warning,
	Fails: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
    options:
      responses:
        "200":
          description: preflight
          headers: {Access-Control-Allow-Origin: {schema: {type: string}}, Access-Control-Allow-Credentials: {schema: {type: string}}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: "200"
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: "'https://shop.netlify.app'"
              method.response.header.Access-Control-Allow-Credentials: "'true'"
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
          headers: {Access-Control-Allow-Origin: {schema: {type: string}}, Access-Control-Allow-Credentials: {schema: {type: string}}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: "200"
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: "'https://shop.example.com'"
              method.response.header.Access-Control-Allow-Credentials: "'true'"
`,
	run: reviewed(policy.ReasonThirdPartyHost),
}
