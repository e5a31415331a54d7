package gateway_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// responseCase is a request to the API of a document, and the response to it: the status, the
// headers that are named, and the behaviours that led to it.
type responseCase struct {
	name    string
	paths   string // members of paths, in YAML
	root    string // members of the root beside them
	kind    gateway.APIType
	request string // "GET /a?q=1", then headers "Name: value", one a line, then a body behind an empty line
	options gateway.Options
	backend gateway.Backend

	bodyHolds bool // the body stands for one that satisfies its model

	status     int
	header     string // "Name: value" of each that must be sent, one a line; "Name:" must not be sent
	body       string
	behaviours string         // ids, one behind the other, each of which must be applied
	unknown    gateway.Reason // why it cannot be told
}

// method is an operation with an integration, in flow style.
func method(name, integration string, more ...string) string {
	return fmt.Sprintf("%s: {responses: {'200': {description: ok, headers: {A: {schema: {type: string}}}}, '404': {description: none}}, %s x-amazon-apigateway-integration: %s}", name, strings.Join(append(more, ""), ", "), integration)
}

// path is a path item with methods.
func path(name string, methods ...string) string {
	return name + ":\n" + "    " + strings.Join(methods, "\n    ") + "\n"
}

const (
	mock      = `{type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: '200', responseParameters: {method.response.header.A: "'mock'"}}}}`
	proxy     = `{type: AWS_PROXY, httpMethod: POST, uri: 'arn:aws:apigateway:x:lambda:path/f/invocations'}`
	errorsOf  = "x-amazon-apigateway-gateway-responses: {DEFAULT_4XX: {responseParameters: {gatewayresponse.header.A: \"'4xx'\"}}, DEFAULT_5XX: {responseParameters: {gatewayresponse.header.A: \"'5xx'\"}}}\n"
	schemesOf = "components: {securitySchemes: {key: {type: apiKey, in: header, name: x-api-key}, iam: {type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: awsSigv4}, " +
		"token: {type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authorizer: {type: token, authorizerUri: u}}, " +
		"request: {type: apiKey, in: header, name: Unused, x-amazon-apigateway-authorizer: {type: request, authorizerUri: u}}, " +
		"identity: {type: apiKey, in: header, name: Unused, x-amazon-apigateway-authorizer: {type: request, authorizerUri: u, identitySource: 'method.request.header.X-Id, method.request.querystring.q'}}, " +
		"bearer: {type: http, scheme: bearer}}}\n"
)

var responseCases = []responseCase{
	{name: "a mock answers by itself", paths: path("/a", method("get", mock)), request: "GET /a", status: 200, header: "A: mock\nContent-Type: application/json", behaviours: "route request-template mock-status selection mapping"},
	{name: "a slash at the end makes no difference", paths: path("/a/", method("get", mock)), request: "GET /a", status: 200},
	{name: "nor does it in the request", paths: path("/a", method("get", mock)), request: "GET /a/", status: 200},
	{name: "no method", paths: path("/a", method("get", mock)), root: errorsOf, request: "PUT /a", status: 403, header: "A: 4xx", body: `{"message":"Missing Authentication Token"}`, behaviours: "route-missing gateway-response"},
	{name: "no gateway response", paths: path("/a", method("get", mock)), request: "GET /b", status: 403, header: "A:", behaviours: "gateway-response"},
	{name: "ANY takes what is left", paths: path("/a", method("get", mock), method("x-amazon-apigateway-any-method", proxy)), request: "OPTIONS /a", status: 200, behaviours: "route proxy stub"},
	{name: "and not what is there", paths: path("/a", method("get", mock), method("x-amazon-apigateway-any-method", proxy)), request: "GET /a", header: "A: mock", status: 200},
	{name: "{proxy+} takes a method that a sibling does not have", paths: path("/test", method("post", proxy)) + path("/{proxy+}", method("options", mock)), request: "OPTIONS /test", status: 200, header: "A: mock"},
	{name: "ANY of the sibling comes first", paths: path("/test/any", method("x-amazon-apigateway-any-method", proxy)) + path("/{proxy+}", method("options", mock)), request: "OPTIONS /test/any", status: 200, header: "A:"},
	{name: "a literal segment before a variable", paths: path("/{x}", method("get", proxy)) + path("/a", method("get", mock)), request: "GET /a", status: 200, header: "A: mock"},
	{name: "a variable where the literal has no method", paths: path("/{x}/b", method("get", mock)) + path("/a/c", method("get", proxy)), request: "GET /a/b", status: 200, header: "A: mock", behaviours: "route-by-segment"},
	{name: "a variable beside {proxy+}", paths: path("/{x}", method("get", mock)) + path("/{proxy+}", method("get", proxy)), request: "GET /a", unknown: gateway.ReasonImport},
	{name: "of an HTTP API", kind: gateway.HTTP, paths: path("/{x}", method("get", proxy, "security: [{jwt: []}]")) + path("/{proxy+}", method("get", proxy)), root: jwt, request: "GET /a", status: 401},
	{name: "no path", paths: path("/a", method("get", mock)) + "  $default: {}\n", request: "GET /a", status: 200, header: "A: mock"},
	{name: "{proxy+} below", paths: path("/a/{x}", method("get", proxy)) + path("/{proxy+}", method("get", mock)), request: "GET /a/b/c", status: 200, header: "A: mock"},
	{name: "a segment is unescaped", paths: path("/a,b", method("get", mock)), request: "GET /a%2Cb", status: 200},
	{name: "the base path is ignored", paths: path("/a", method("get", mock)), root: "servers: [{url: 'https://x.example/v1'}]\n", request: "GET /v1/a", status: 403},
	{name: "or stands before", paths: path("/a", method("get", mock)), root: "servers: [{url: 'https://x.example/v1/w'}]\n", options: gateway.Options{BasePath: gateway.BasePathPrepend}, request: "GET /v1/w/a", status: 200},
	{name: "or all but its first part", paths: path("/a", method("get", mock)), root: "servers: [{url: 'https://x.example/{basePath}', variables: {basePath: {default: /v1/w}}}]\n", options: gateway.Options{BasePath: gateway.BasePathSplit}, request: "GET /w/a", status: 200},

	{name: "a token", paths: path("/a", method("get", mock, "security: [{token: []}]")), root: schemesOf + errorsOf, request: "GET /a", status: 401, header: "A: 4xx", behaviours: "authorizer"},
	{name: "with it", paths: path("/a", method("get", mock, "security: [{token: []}]")), root: schemesOf, request: "GET /a\nAuthorization: x", status: 200, behaviours: "credentials-hold"},
	{name: "an authorizer without identity and a preflight", paths: path("/a", method("options", mock, "security: [{request: []}]")), root: schemesOf, request: "OPTIONS /a", status: 403, behaviours: "authorizer-denies"},
	{name: "and a call", paths: path("/a", method("get", mock, "security: [{request: []}]")), root: schemesOf, request: "GET /a", status: 200},
	{name: "identity in two places", paths: path("/a", method("get", mock, "security: [{identity: []}]")), root: schemesOf, request: "GET /a\nX-Id: 1", status: 401},
	{name: "in both", paths: path("/a", method("get", mock, "security: [{identity: []}]")), root: schemesOf, request: "GET /a?q=1\nX-Id: 1", status: 200},
	{name: "a signature", paths: path("/a", method("get", mock, "security: [{iam: []}]")), root: schemesOf, request: "GET /a", status: 403, behaviours: "iam"},
	{name: "a key", paths: path("/a", method("get", mock, "security: [{key: []}]")), root: schemesOf, request: "GET /a", status: 403, behaviours: "api-key", body: `{"message":"Forbidden"}`},
	{name: "with it", paths: path("/a", method("get", mock, "security: [{key: []}]")), root: schemesOf, request: "GET /a\nx-api-key: x", status: 200},
	{name: "a scheme without an authorizer", paths: path("/a", method("get", mock, "security: [{bearer: []}]")), root: schemesOf, request: "GET /a", status: 200},
	{name: "security at the root", paths: path("/a", method("options", mock)), root: schemesOf + "security: [{token: []}]\n", request: "OPTIONS /a", status: 401, behaviours: "root-security authorizer"},
	{name: "and none of its own", paths: path("/a", method("options", mock, "security: []")), root: schemesOf + "security: [{token: []}]\n", request: "OPTIONS /a", status: 200},
	{name: "auth NONE", paths: path("/a", method("options", mock, "x-amazon-apigateway-auth: {type: none}")), root: schemesOf + "security: [{token: []}]\n", request: "OPTIONS /a", status: 200},
	{name: "auth AWS_IAM", paths: path("/a", method("options", mock, "x-amazon-apigateway-auth: {type: AWS_IAM}")), request: "OPTIONS /a", status: 403, behaviours: "iam"},
	{name: "a key that the authorizer gives", paths: path("/a", method("get", mock, "security: [{key: [], token: []}]")), root: schemesOf + "x-amazon-apigateway-api-key-source: AUTHORIZER\n", request: "GET /a\nAuthorization: x", status: 200, behaviours: "credentials-hold"},
	{name: "where there is none", paths: path("/a", method("get", mock, "security: [{key: []}]")), root: schemesOf + "x-amazon-apigateway-api-key-source: AUTHORIZER\n", request: "GET /a", status: 403, behaviours: "api-key"},
	{name: "a resource policy that denies all", paths: path("/a", method("options", mock)), root: errorsOf + "x-amazon-apigateway-policy: {Statement: [{Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: '*'}, {Effect: Deny, Principal: {AWS: ['*']}, Action: ['execute-api:*'], Resource: ['execute-api:/*']}]}\n", request: "OPTIONS /a", status: 403, header: "A: 4xx", behaviours: "resource-policy-denies"},
	{name: "that allows an account", paths: path("/a", method("options", mock)), root: "x-amazon-apigateway-policy: {Statement: [{Effect: Allow, Principal: {AWS: '123456789012'}, Action: 'execute-api:Invoke', Resource: '*'}]}\n", request: "OPTIONS /a", status: 403, behaviours: "resource-policy-denies"},
	{name: "whose call is signed", paths: path("/a", method("get", mock, "security: [{iam: []}]")), root: schemesOf + "x-amazon-apigateway-policy: {Statement: [{Effect: Allow, Principal: {AWS: '123456789012'}, Action: 'execute-api:Invoke', Resource: '*'}]}\n", request: "GET /a\nAuthorization: x", status: 200, behaviours: "resource-policy"},
	{name: "that denies some", paths: path("/a", method("options", mock)), root: "x-amazon-apigateway-policy: {Statement: [{Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: '*'}, {Effect: Deny, Principal: '*', Action: '*', Resource: '*', Condition: {IpAddress: {}}}]}\n", request: "OPTIONS /a", status: 200, behaviours: "resource-policy"},
	{name: "that allows another method", paths: path("/a/{x}", method("options", mock), method("put", mock)), root: "x-amazon-apigateway-policy: {Statement: [{Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*/PUT/*'}]}\n", request: "OPTIONS /a/b", status: 403, behaviours: "resource-policy-denies"},
	{name: "that allows this one", paths: path("/a/{x}", method("options", mock), method("put", mock)), root: "x-amazon-apigateway-policy: {Statement: [{Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: ['execute-api:/*/PUT/*', 'execute-api:/*/OPTIONS/a/*']}]}\n", request: "OPTIONS /a/b", status: 200},
	{name: "that denies it", paths: path("/a/{x}", method("options", mock), method("put", mock)), root: "x-amazon-apigateway-policy: {Statement: [{Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: '*'}, {Effect: Deny, Principal: '*', Action: 'execute-api:Invoke', Resource: 'arn:aws:execute-api:eu-west-1:123456789012:abc/*/OPTIONS/*'}]}\n", request: "OPTIONS /a/b", status: 403, behaviours: "resource-policy-denies"},
	{name: "that denies it on a stage", paths: path("/a/{x}", method("options", mock), method("put", mock)), root: "x-amazon-apigateway-policy: {Statement: [{Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: '*'}, {Effect: Deny, Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/prod/OPTIONS/*'}]}\n", request: "OPTIONS /a/b", status: 200, behaviours: "resource-policy"},
	{name: "that is one statement", paths: path("/a/{x}", method("options", mock), method("put", mock)), root: "x-amazon-apigateway-policy: {Statement: {Effect: Deny, Principal: '*', Action: '*', Resource: '*'}}\n", request: "OPTIONS /a/b", status: 403, behaviours: "resource-policy-denies"},
	{name: "that denies another action", paths: path("/a/{x}", method("options", mock), method("put", mock)), root: "x-amazon-apigateway-policy: {Statement: [{Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*'}, {Effect: Deny, Principal: '*', Action: 'execute-api:ManageConnections', Resource: '*'}]}\n", request: "OPTIONS /a/b", status: 200},
	{name: "that allows another action", paths: path("/a/{x}", method("options", mock), method("put", mock)), root: "x-amazon-apigateway-policy: {Statement: [{Effect: Allow, Principal: '*', Action: 'execute-api:InvalidateCache', Resource: '*'}]}\n", request: "OPTIONS /a/b", status: 403, behaviours: "resource-policy-denies"},
	{name: "that allows what the deployment says", paths: path("/a/{x}", method("options", mock), method("put", mock)), root: "x-amazon-apigateway-policy: {Statement: [{Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: {'Fn::Sub': 'execute-api:/x'}}]}\n", request: "OPTIONS /a/b", status: 200, behaviours: "resource-policy"},
	{name: "whose call a function decides", paths: path("/a", method("get", mock, "security: [{token: []}]")), root: schemesOf + "x-amazon-apigateway-policy: {Statement: []}\n", request: "GET /a\nAuthorization: x", status: 200, behaviours: "resource-policy credentials-hold"},
	{name: "that denies what is signed", paths: path("/a", method("get", mock, "security: [{iam: []}]")), root: schemesOf + "x-amazon-apigateway-policy: {Statement: {Effect: Deny, Principal: '*', Action: '*', Resource: '*'}}\n", request: "GET /a\nAuthorization: x", status: 403, behaviours: "resource-policy-denies"},
	{name: "of an HTTP API", kind: gateway.HTTP, paths: path("/a", method("get", proxy)), root: "x-amazon-apigateway-policy: {Statement: []}\n", request: "GET /a", status: 200},
	{name: "that nobody knows", paths: path("/a", method("options", mock)), root: "x-amazon-apigateway-policy: {Version: x}\n", request: "OPTIONS /a", status: 200, behaviours: "resource-policy"},

	{name: "schemes of the deployment", paths: path("/a", method("get", mock, "security: [{token: []}]")), root: "components: {securitySchemes: {'Fn::If': [c, {}, {}]}}\n", request: "GET /a", unknown: gateway.ReasonIntrinsic},
	{name: "an authtype of the deployment", paths: path("/a", method("get", mock, "security: [{s: []}]")), root: "components: {securitySchemes: {s: {type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: !Ref T}}}\n", request: "GET /a", unknown: gateway.ReasonIntrinsic},
	{name: "security of the deployment", paths: path("/a", method("get", mock, "security: !If [c, [], [{token: []}]]")), request: "GET /a", unknown: gateway.ReasonIntrinsic},
	{name: "a requirement of the deployment", paths: path("/a", method("get", mock, "security: [!If [c, {}, {token: []}]]")), request: "GET /a", unknown: gateway.ReasonIntrinsic},
	{name: "auth of the deployment", paths: path("/a", method("get", mock, "x-amazon-apigateway-auth: {type: !Ref T}")), request: "GET /a", unknown: gateway.ReasonIntrinsic},
	{name: "a scheme that is not defined", paths: path("/a", method("get", mock, "security: [{nobody: []}]")), root: schemesOf, request: "GET /a", unknown: gateway.ReasonUnreadable},
	{name: "validators of the deployment", paths: path("/a", method("get", mock)), root: "x-amazon-apigateway-request-validator: all\nx-amazon-apigateway-request-validators: {all: {validateRequestParameters: !Ref V}}\n", request: "GET /a", unknown: gateway.ReasonIntrinsic},
	{name: "binary types of the deployment", paths: path("/a", method("get", mock)), root: "x-amazon-apigateway-binary-media-types: [!Ref T]\n", request: "GET /a", unknown: gateway.ReasonIntrinsic},
	{name: "and converted", paths: path("/a", method("get", strings.Replace(mock, "type: mock", "type: mock, contentHandling: CONVERT_TO_TEXT", 1))), root: "x-amazon-apigateway-binary-media-types: [!Ref T]\n", request: "GET /a", status: 200},
	{name: "templates of the deployment", paths: path("/a", method("get", strings.Replace(mock, "requestTemplates: {", "requestTemplates: {'Fn::Transform': {}, ", 1))), request: "GET /a", unknown: gateway.ReasonIntrinsic},
	{name: "a nearer path of the deployment", paths: path("/{p+}", method("get", mock)) + "  'Fn::Transform': {}\n", request: "GET /a", unknown: gateway.ReasonIntrinsic},
	{name: "two responses of one status", paths: path("/a", method("get", strings.Replace(mock, "responses: {", "responses: {'200': {statusCode: '200'}, ", 1))), request: "GET /a", unknown: gateway.ReasonAmbiguous},
	{name: "that say the same", paths: path("/a", method("get", `{type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: '200'}, '200': {statusCode: 200}}}`)), request: "GET /a", status: 200},
	{name: "two responses of one status that say the same", paths: path("/a", method("get", `{type: http, httpMethod: GET, responses: {default: {statusCode: '200'}, '2..': {statusCode: '200'}}}`)), request: "GET /a", status: 200, behaviours: "selection selection-shared"},
	{name: "of which one is not for it", paths: path("/a", method("get", `{type: mock, requestTemplates: {application/json: '{"statusCode": 204}'}, responses: {default: {statusCode: '200'}, '200': {statusCode: 200}}}`)), request: "GET /a", unknown: gateway.ReasonAmbiguous},
	{name: "two defaults", paths: path("/a", method("get", strings.Replace(mock, "responses: {", "responses: {'': {statusCode: '200'}, ", 1))), request: "GET /a", unknown: gateway.ReasonImport},
	{name: "a status of a gateway response of the deployment", paths: path("/a", method("get", mock)), root: "x-amazon-apigateway-gateway-responses: {DEFAULT_4XX: {statusCode: !Ref S}}\n", request: "GET /b", unknown: gateway.ReasonIntrinsic},
	{name: "headers beside a reference", paths: "/a:\n    get: {responses: {'200': {$ref: '#/x', headers: {A: {}}}}, x-amazon-apigateway-integration: " + mock + "}\n", request: "GET /a", unknown: gateway.ReasonImport},
	{name: "a method that nobody knows", paths: path("/a", method("x-amazon-apigateway-any-method", proxy)), request: "patch /a", status: 403},
	{name: "more than JSON", paths: path("/a", method("get", strings.Replace(mock, `200}'`, `200} x }'`, 1))), request: "GET /a", status: 500, behaviours: "mock-without-status"},
	{name: "several requirements", kind: gateway.HTTP, paths: path("/a", method("get", proxy, "security: [{jwt: []}, {jwt: []}]")), root: jwt, request: "GET /a", unknown: gateway.ReasonImport},

	{name: "a validator", paths: path("/a", method("get", mock, "parameters: [{name: X-A, in: header, required: true, schema: {}}]")), root: validators, request: "GET /a", status: 400, header: "A: 4xx", behaviours: "validator"},
	{name: "satisfied", paths: path("/a", method("get", mock, "parameters: [{name: X-A, in: header, required: true, schema: {}}]")), root: validators, request: "GET /a\nx-a: 1", status: 200},
	{name: "of a parameter of the path item", paths: path("/a", "parameters: [{name: q, in: query, required: true, schema: {}}]", method("options", mock)), root: validators, request: "OPTIONS /a", status: 400},
	{name: "which an operation overrides", paths: path("/a", "parameters: [{name: q, in: query, required: true, schema: {}}]", method("options", mock, "parameters: [{name: q, in: query, schema: {}}]")), root: validators, request: "OPTIONS /a", status: 200},
	{name: "of a body without a model", paths: path("/a", method("post", mock, "requestBody: {required: true, content: {application/json: {}}}")), root: validators, request: "POST /a", status: 200},
	{name: "of a body", paths: path("/a", method("post", mock, modelled)), root: validators, request: "POST /a", status: 400, body: `{"message":"Invalid request body"}`, behaviours: "validator"},
	{name: "that satisfies its model", paths: path("/a", method("post", mock, modelled)), root: validators + model, request: "POST /a\n\n{\"a\": 1}", status: 200},
	{name: "that does not", paths: path("/a", method("post", mock, modelled)), root: validators + model, request: "POST /a\n\n{\"a\": \"x\"}", status: 400, behaviours: "validator"},
	{name: "that is no JSON", paths: path("/a", method("post", mock, modelled)), root: validators + model, request: "POST /a\n\nx", status: 400, behaviours: "validator"},
	{name: "of another media type", paths: path("/a", method("post", mock, modelled)), root: validators + model, request: "POST /a\nContent-Type: text/plain\n\nx", status: 500, behaviours: "passthrough mock-without-status"},
	{name: "that stands for others", paths: path("/a", method("post", mock, modelled)), root: validators + model, request: "POST /a\n\n{}", bodyHolds: true, status: 200, behaviours: "body-holds"},
	{name: "with a model that is none", paths: path("/a", method("post", mock, modelled)), root: validators + "components: {schemas: {M: {type: 5}}}\n", request: "POST /a\n\n{}", unknown: gateway.ReasonUnreadable},
	{name: "with a model that is not there", paths: path("/a", method("post", mock, modelled)), root: validators, request: "POST /a\n\n{}", unknown: gateway.ReasonUnreadable},
	{name: "no validator", paths: path("/a", method("get", mock, "parameters: [{name: X-A, in: header, required: true, schema: {}}]")), request: "GET /a", status: 200},

	{name: "another media type with never", paths: path("/a", method("options", strings.Replace(mock, "type: mock", "type: mock, passthroughBehavior: NEVER", 1))), root: errorsOf, request: "OPTIONS /a\nContent-Type: text/plain", status: 415, header: "A: 4xx", behaviours: "unsupported-media-type"},
	{name: "with when_no_templates", paths: path("/a", method("options", strings.Replace(mock, "type: mock", "type: mock, passthroughBehavior: when_no_templates", 1))), request: "OPTIONS /a\nContent-Type: text/plain", status: 415},
	{name: "with when_no_match", paths: path("/a", method("options", mock)), root: errorsOf, request: "OPTIONS /a\nContent-Type: text/plain", status: 500, header: "A: 5xx", behaviours: "passthrough mock-without-status"},
	{name: "parameters of a media type", paths: path("/a", method("options", mock)), request: "OPTIONS /a\nContent-Type: Application/JSON; charset=utf-8", status: 200},
	{name: "a mock without a template", paths: path("/a", method("options", `{type: mock, responses: {default: {statusCode: '200'}}}`)), request: "OPTIONS /a", status: 500, behaviours: "mock-without-status"},
	{name: "a status without quotes", paths: path("/a", method("options", strings.Replace(mock, `"statusCode"`, "statusCode", 1))), request: "OPTIONS /a", status: 200},
	{name: "a status that is a text", paths: path("/a", method("options", strings.Replace(mock, `: 200}`, `: "200"}`, 1))), request: "OPTIONS /a", status: 500},
	{name: "a pattern", paths: path("/a", method("options", `{type: mock, requestTemplates: {application/json: '{"statusCode": 404}'}, responses: {'4\d{2}': {statusCode: '404'}, default: {statusCode: '200'}}}`)), request: "OPTIONS /a", status: 404, behaviours: "selection"},
	{name: "which is of the whole status", paths: path("/a", method("options", `{type: mock, requestTemplates: {application/json: '{"statusCode": 404}'}, responses: {'4': {statusCode: '404'}, default: {statusCode: '200'}}}`)), request: "OPTIONS /a", status: 200},
	{name: "no response for it", paths: path("/a", method("options", `{type: mock, requestTemplates: {application/json: '{"statusCode": 404}'}, responses: {'200': {statusCode: '200'}}}`)), request: "OPTIONS /a", status: 500, behaviours: "selection-missing"},
	{name: "a status without a method response", paths: path("/a", method("options", `{type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: '500'}}}`)), root: errorsOf, request: "OPTIONS /a", status: 500, header: "A: 5xx", behaviours: "status-undeclared"},
	{name: "of another status", paths: path("/a", method("options", `{type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: '200'}, '5..': {statusCode: '500'}}}`)), request: "OPTIONS /a", status: 200},
	{name: "several patterns", paths: path("/a", method("options", `{type: mock, requestTemplates: {application/json: '{"statusCode": 404}'}, responses: {'4.*': {statusCode: '404'}, '40.': {statusCode: '200'}}}`)), request: "OPTIONS /a", unknown: gateway.ReasonTemplate},
	{name: "every type is binary", paths: path("/a", method("options", mock)), root: "x-amazon-apigateway-binary-media-types: ['*/*']\n" + errorsOf, request: "OPTIONS /a", status: 500, header: "A: 5xx", behaviours: "binary"},
	{name: "and converted", paths: path("/a", method("options", strings.Replace(mock, "type: mock", "type: mock, contentHandling: CONVERT_TO_TEXT", 1))), root: "x-amazon-apigateway-binary-media-types: ['*~1*']\n", request: "OPTIONS /a", status: 200, behaviours: "binary-answer"},
	{name: "another type is binary", paths: path("/a", method("options", mock)), root: "x-amazon-apigateway-binary-media-types: [image/png]\n", request: "OPTIONS /a", status: 200},
	{name: "JSON is binary, and a request has no type", paths: path("/a", method("options", mock)), root: "x-amazon-apigateway-binary-media-types: [application/json]\n", request: "OPTIONS /a", unknown: gateway.ReasonAmbiguous},
	{name: "and converted", paths: path("/a", method("options", strings.Replace(mock, "type: mock", "type: mock, contentHandling: CONVERT_TO_TEXT", 1))), root: "x-amazon-apigateway-binary-media-types: [application/json]\n", request: "OPTIONS /a", status: 200, behaviours: "binary-answer"},
	{name: "JSON is binary, and a request has it", paths: path("/a", method("post", mock)), root: "x-amazon-apigateway-binary-media-types: [application/json]\n", request: "POST /a\nContent-Type: application/json\n\n{}", status: 500, behaviours: "binary"},

	{name: "an override", paths: path("/a", method("options", overriding(`#set($context.responseOverride.header.A = "over")`))), request: "OPTIONS /a", status: 200, header: "A: over", behaviours: "response-template override"},
	{name: "in another case", paths: path("/a", method("options", overriding(`#set($context.responseOverride.header.a = "over")`))), request: "OPTIONS /a", status: 200, header: "a: over", behaviours: "override-case template-engine"},
	{name: "of the status", paths: path("/a", method("options", overriding(`#set($context.responseOverride.status = 204)`))), request: "OPTIONS /a", status: 204},
	{name: "in the request template", paths: path("/a", method("options", strings.Replace(mock, `'{"statusCode": 200}'`, `'#set($context.responseOverride.header.B = "b"){"statusCode": 200}'`, 1))), request: "OPTIONS /a", status: 200, header: "B: b\nA: mock", behaviours: "override"},
	{name: "twice", paths: path("/a", method("options", overriding(`#set($context.responseOverride.header.B = "1")#set($context.responseOverride.header.b = "2")`))), request: "OPTIONS /a", status: 500, behaviours: "override-twice"},
	{name: "in both", paths: path("/a", method("options", strings.Replace(overriding(`#set($context.responseOverride.header.B = "2")`), `'{"statusCode": 200}'`, `'#set($context.responseOverride.header.B = "b"){"statusCode": 200}'`, 1))), request: "OPTIONS /a", status: 500, behaviours: "override-twice"},
	{name: "of the caller's origin", paths: path("/a", method("options", overriding(`#set($context.responseOverride.header.A = $input.params("Origin"))`))), request: "OPTIONS /a\nOrigin: https://x.example", status: 200, header: "A: https://x.example", behaviours: "template-missing-parameter"},
	{name: "by another spelling", paths: path("/a", method("options", overriding(`#set($context.responseOverride.header.A = $input.params().header.get("origin"))`))), request: "OPTIONS /a\nOrigin: https://x.example", status: 200, header: "A: mock"},
	{name: "a template that nobody knows", paths: path("/a", method("options", overriding(`#set($context.responseOverride.header.A = $util.urlEncode("a"))`))), request: "OPTIONS /a", unknown: gateway.ReasonTemplate},
	{name: "and that overrides nothing", paths: path("/a", method("options", overriding(`$util.urlEncode("a")`))), request: "OPTIONS /a", status: 200, header: "A: mock", behaviours: "template-text"},
	{name: "a template of the deployment", paths: path("/a", method("options", strings.Replace(mock, `'{"statusCode": 200}'`, `!Sub '{"statusCode": 200}'`, 1))), request: "OPTIONS /a", unknown: gateway.ReasonIntrinsic},
	{name: "a stage variable in a template", paths: path("/a", method("options", overriding(`#set($context.responseOverride.header.A = "$stageVariables.o")`))), options: gateway.Options{StageVariables: map[string]string{"o": "v"}}, request: "OPTIONS /a", status: 200, header: "A: v"},
	{name: "that is not known", paths: path("/a", method("options", overriding(`#set($context.responseOverride.header.A = "$stageVariables.o")`))), request: "OPTIONS /a", unknown: gateway.ReasonStageVariable},
	{name: "and makes no difference", paths: path("/a", method("options", overriding(`$stageVariables.o`))), request: "OPTIONS /a", status: 200, header: "A: mock"},
	{name: "a variable of the context", paths: path("/a", method("options", strings.Replace(mock, `"statusCode": 200`, `"id": "$context.requestId", "statusCode": 200`, 1))), request: "OPTIONS /a", status: 200},
	{name: "that depends on the caller", paths: path("/a", method("options", overriding(`#if($context.authorizer.a == "b")#set($context.responseOverride.header.A = "c")#end`))), request: "OPTIONS /a", unknown: gateway.ReasonTemplate},
	{name: "by Accept", paths: path("/a", method("options", strings.Replace(mock, "responseParameters", "responseTemplates: {application/json: j, text/plain: t}, responseParameters", 1))), request: "OPTIONS /a\nAccept: text/plain, application/json", status: 200, body: "t", header: "Content-Type: text/plain"},
	{name: "without Accept", paths: path("/a", method("options", strings.Replace(mock, "responseParameters", "responseTemplates: {application/json: j, text/plain: t}, responseParameters", 1))), request: "OPTIONS /a\nAccept: */*", status: 200, body: "j"},

	{name: "a stage variable", paths: path("/a", method("options", strings.Replace(mock, `"'mock'"`, "stageVariables.o", 1))), options: gateway.Options{StageVariables: map[string]string{"o": "v"}}, request: "OPTIONS /a", status: 200, header: "A: v"},
	{name: "that is not known", paths: path("/a", method("options", strings.Replace(mock, `"'mock'"`, "stageVariables.o", 1))), request: "OPTIONS /a", unknown: gateway.ReasonStageVariable},
	{name: "the context", paths: path("/a", method("options", strings.Replace(mock, `"'mock'"`, "context.httpMethod", 1))), request: "OPTIONS /a", status: 200, header: "A: OPTIONS"},
	{name: "a header of a mock's backend", paths: path("/a", method("options", strings.Replace(mock, `"'mock'"`, "integration.response.header.A", 1))), request: "OPTIONS /a", status: 200, header: "A:", behaviours: "mapping-missing-source"},
	{name: "an intrinsic", paths: path("/a", method("options", strings.Replace(mock, `"'mock'"`, "!Sub \"'${O}'\"", 1))), request: "OPTIONS /a", unknown: gateway.ReasonIntrinsic},
	{name: "a placeholder", paths: path("/a", method("options", strings.Replace(mock, `"'mock'"`, "\"'${O}'\"", 1))), request: "OPTIONS /a", unknown: gateway.ReasonPlaceholder},
	{name: "bytes for a template", paths: path("/a", method("get", `{type: http, httpMethod: GET, uri: "https://b.example", contentHandling: CONVERT_TO_BINARY, requestTemplates: {application/json: "{}"}, responses: {default: {statusCode: "200"}}}`)), root: errorsOf, request: "GET /a", status: 500, header: "A: 5xx", behaviours: "conversion"},
	{name: "bytes of a template", paths: path("/a", method("get", `{type: http, httpMethod: GET, uri: "https://b.example", responses: {default: {statusCode: "200", contentHandling: CONVERT_TO_BINARY, responseTemplates: {application/json: "{}"}}}}`)), request: "GET /a", status: 500, behaviours: "conversion"},
	{name: "bytes of a backend", paths: path("/a", method("get", ofBytes)), request: "GET /a", status: 200, behaviours: "payload-holds"},
	{name: "Base64 of a backend", paths: path("/a", method("get", ofBytes)), backend: replying(gateway.Reply{Status: 200, Body: "H4sI"}), request: "GET /a", status: 200},
	{name: "text of a backend", paths: path("/a", method("get", ofBytes)), backend: replying(gateway.Reply{Status: 200, Body: "no Base64"}), request: "GET /a", status: 500, behaviours: "conversion"},
	{name: "text for who accepts an image", paths: path("/a", method("get", strings.Replace(ofBytes, ", contentHandling: CONVERT_TO_BINARY", "", 1))), root: "x-amazon-apigateway-binary-media-types: [image/png]\n", backend: replying(gateway.Reply{Status: 200, Body: "no Base64"}), request: "GET /a\nAccept: image/png", status: 500, behaviours: "conversion"},
	{name: "text for who accepts anything", paths: path("/a", method("get", strings.Replace(ofBytes, ", contentHandling: CONVERT_TO_BINARY", "", 1))), root: "x-amazon-apigateway-binary-media-types: [image/png]\n", backend: replying(gateway.Reply{Status: 200, Body: "no Base64"}), request: "GET /a\nAccept: */*", status: 200},
	{name: "bytes of a mock", paths: path("/a", method("options", strings.Replace(mock, "statusCode: '200', ", "statusCode: '200', contentHandling: CONVERT_TO_BINARY, ", 1))), request: "OPTIONS /a", unknown: gateway.ReasonAmbiguous},
	{name: "two slashes", paths: path("/a", method("options", mock)), request: "OPTIONS //a", status: 200},
	{name: "a length", paths: path("/a", strings.Replace(method("options", strings.Replace(strings.Replace(mock, `"'mock'"`, `"'0'"`, 1), "header.A", "header.content-length", 1)), "headers: {A:", "headers: {Content-Length:", 1)), root: errorsOf, request: "OPTIONS /a", status: 200, header: "Content-Length:\nx-amzn-Remapped-content-length: 0", behaviours: "remapped"},
	{name: "a length of the request", paths: path("/a", method("get", `{type: http_proxy, httpMethod: GET, requestParameters: {integration.request.header.content-length: "'0'"}}`)), root: errorsOf, request: "GET /a", status: 500, header: "A: 5xx", behaviours: "mapping-breaks-answer"},
	{name: "authorization of a web server", paths: path("/a", method("get", `{type: http_proxy, httpMethod: GET, requestParameters: {integration.request.header.Authorization: "'0'"}}`)), request: "GET /a", status: 200},
	{name: "authorization of an AWS service", paths: path("/a", method("get", `{type: aws, httpMethod: POST, uri: "arn:aws:apigateway:eu-west-1:s3:path/a", requestParameters: {integration.request.header.Authorization: "'0'"}, responses: {default: {statusCode: "200"}}}`)), root: errorsOf, request: "GET /a", status: 500, header: "A: 5xx", behaviours: "mapping-breaks-answer"},
	{name: "a function that is called with GET", paths: path("/a", method("get", `{type: aws_proxy, httpMethod: GET, uri: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:f/invocations"}`)), root: errorsOf, request: "GET /a", status: 500, header: "A: 5xx", behaviours: "function-not-post"},
	{name: "a source that is none", paths: path("/a", method("get", strings.Replace(mock, `"'mock'"`, "integration.response.foo", 1))), request: "GET /a", unknown: gateway.ReasonImport},
	{name: "a name that is none", paths: path("/a", strings.Replace(method("get", strings.Replace(mock, "header.A", "header.A B", 1)), "headers: {A:", "headers: {A B:", 1)), request: "GET /a", unknown: gateway.ReasonImport},
	{name: "a response for several statuses", paths: path("/a", strings.NewReplacer("'200': {desc", "2XX: {desc", ", '404': {description: none}", "").Replace(method("get", mock))), request: "GET /a", unknown: gateway.ReasonAmbiguous},
	{name: "a gateway response with a number", paths: path("/a", method("get", mock)), root: strings.Replace(errorsOf, `"'4xx'"`, "600", 1), request: "GET /b", status: 403, header: "A:", behaviours: "mapping-type"},
	{name: "a gateway response without quotes", paths: path("/a", method("get", mock)), root: strings.Replace(errorsOf, `"'4xx'"`, "4xx", 1), request: "GET /b", unknown: gateway.ReasonImport},
	{name: "a number", paths: path("/a", method("options", strings.Replace(mock, `"'mock'"`, "600", 1))), request: "OPTIONS /a", status: 200, header: "A:", behaviours: "mapping-type"},
	{name: "no quotes", paths: path("/a", method("options", strings.Replace(mock, `"'mock'"`, "mock", 1))), request: "OPTIONS /a", unknown: gateway.ReasonImport},
	{name: "a header that is not declared", paths: path("/a", method("options", strings.Replace(mock, "header.A", "header.B", 1))), request: "OPTIONS /a", unknown: gateway.ReasonImport},
	{name: "but in another case", paths: path("/a", method("options", strings.Replace(mock, "header.A", "header.a", 1))), request: "OPTIONS /a", status: 200, header: "A: mock"},
	{name: "a status that is not declared", paths: path("/a", method("options", strings.Replace(mock, "statusCode: '200'", "statusCode: '201'", 1))), request: "OPTIONS /a", unknown: gateway.ReasonImport},
	{name: "headers behind a reference", paths: "/a:\n    get: {responses: {'200': {$ref: '#/components/responses/R'}}, x-amazon-apigateway-integration: " + mock + "}\n", root: "components: {responses: {R: {description: r, headers: {A: {schema: {}}}}}}\n", request: "GET /a", unknown: gateway.ReasonImport},
	{name: "headers of the deployment", paths: "/a:\n    get: {responses: {'200': {headers: {'Fn::Transform': {}}}}, x-amazon-apigateway-integration: " + mock + "}\n", request: "GET /a", unknown: gateway.ReasonIntrinsic},
	{name: "method responses of the deployment", paths: "/a:\n    get: {responses: {'Fn::If': [c, {}, {}]}, x-amazon-apigateway-integration: " + mock + "}\n", request: "GET /a", unknown: gateway.ReasonIntrinsic},
	{name: "two variables", paths: path("/{a}", method("get", mock)) + path("/{b}/c", method("get", mock)), request: "GET /1", unknown: gateway.ReasonImport},
	{name: "a child of {proxy+}", paths: path("/{p+}/c", method("get", mock)) + path("/{p+}", method("get", mock)), request: "GET /1/c", status: 200},
	{name: "a method that stands twice", paths: path("/a", method("get", mock)) + path("/a/", method("get", mock)), request: "GET /a", unknown: gateway.ReasonImport},
	{name: "no integration", paths: "/a:\n    get: {responses: {}}\n", request: "GET /a", unknown: gateway.ReasonNoIntegration},
	{name: "an unknown type", paths: path("/a", method("get", "{type: lambda}")), request: "GET /a", unknown: gateway.ReasonNoIntegration},
	{name: "an operation of the deployment", paths: "/a:\n    get: {'Fn::If': [c, {}, {}]}\n", request: "GET /a", unknown: gateway.ReasonIntrinsic},
	{name: "a path item of the deployment", paths: "/a: {'Fn::If': [c, {}, {}]}\n", request: "GET /a", unknown: gateway.ReasonIntrinsic},
	{name: "and another path", paths: "/a: {'Fn::If': [c, {}, {}]}\n" + "  " + path("/b", method("get", mock)), request: "GET /b", status: 200},
	{name: "a path item elsewhere", paths: "/a: {$ref: other.yaml}\n", request: "GET /a", unknown: gateway.ReasonElsewhere},
	{name: "responses of the deployment", paths: path("/a", method("get", `{type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {'Fn::If': [c, {}, {}]}}`)), request: "GET /a", unknown: gateway.ReasonIntrinsic},
	{name: "some of them", paths: path("/a", method("get", strings.Replace(mock, "responses: {", "responses: {'Fn::Transform': {}, ", 1))), request: "GET /a", unknown: gateway.ReasonIntrinsic},
	{name: "mappings of the deployment", paths: path("/a", method("get", strings.Replace(mock, "responseParameters: {", "responseParameters: {'Fn::Transform': {}, ", 1))), request: "GET /a", unknown: gateway.ReasonIntrinsic},
	{name: "a type of the deployment", paths: path("/a", method("get", "{type: !Ref T}")), request: "GET /a", unknown: gateway.ReasonIntrinsic},
	{name: "mappings that are null", paths: path("/a", method("get", `{type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: '200', responseParameters: null}}}`)), request: "GET /a", status: 200},
	{name: "responses that are a list", paths: path("/a", method("get", `{type: mock, responses: []}`)), request: "GET /a", unknown: gateway.ReasonUnreadable},
	{name: "paths of the deployment", paths: "'Fn::Transform': {Name: AWS::Include}\n", request: "GET /a", unknown: gateway.ReasonIntrinsic},
	{name: "something else than an operation", paths: "/a: {get: [1]}\n", request: "GET /a", unknown: gateway.ReasonUnreadable},
	{name: "a parameter elsewhere", paths: path("/a", method("get", mock, "parameters: [{$ref: 'p.yaml#/P'}]")), request: "GET /a", unknown: gateway.ReasonElsewhere},

	{name: "a backend", paths: path("/a", method("get", `{type: http, httpMethod: PUT, responses: {'404': {statusCode: '404'}, default: {statusCode: '200', responseParameters: {method.response.header.A: integration.response.header.B}}}}`)), backend: replying(gateway.Reply{Status: 200, Header: []gateway.Field{{Name: "B", Value: "b"}, {Name: "C", Value: "c"}}, Body: "x"}), request: "GET /a", status: 200, header: "A: b\nB:\nC:", body: "x"},
	{name: "that finds nothing", paths: path("/a", method("get", `{type: http, httpMethod: PUT, responses: {'404': {statusCode: '404'}, default: {statusCode: '200'}}}`)), backend: replying(gateway.Reply{Status: 404}), request: "GET /a", status: 404},
	{name: "a function's error", paths: path("/a", method("get", `{type: aws, httpMethod: POST, uri: 'arn:aws:apigateway:x:lambda:path/f/invocations', responses: {'No.*': {statusCode: '404'}, default: {statusCode: '200'}}}`)), backend: replying(gateway.Reply{ErrorMessage: "Not found"}), request: "GET /a", status: 404},
	{name: "a stub knows what is expected", paths: path("/a", method("get", `{type: http, httpMethod: PUT, responses: {'404': {statusCode: '404'}}}`)), request: "GET /a", status: 404},
	{name: "a proxy's backend", paths: path("/a", method("get", `{type: http_proxy, httpMethod: GET, responses: {default: {statusCode: '200', responseParameters: {method.response.header.A: "'mapped'"}}}}`)), backend: replying(gateway.Reply{Status: 201, Header: []gateway.Field{{Name: "WWW-Authenticate", Value: "x"}, {Name: "Trailer", Value: "t"}, {Name: "Access-Control-Allow-Origin", Value: "*"}}}), request: "GET /a", status: 201, header: "A:\nTrailer:\nx-amzn-Remapped-Trailer: t\nWWW-Authenticate:\nx-amzn-Remapped-WWW-Authenticate: x\nAccess-Control-Allow-Origin: *", behaviours: "proxy remapped"},
	{name: "that is away", paths: path("/a", method("get", proxy)), root: errorsOf, backend: failing, request: "GET /a", status: 504, header: "A: 5xx", behaviours: "backend-fails"},
	{name: "a stub sends what the policy asks", paths: path("/a", method("get", proxy), "x-amazon-apigateway-cors: {allowOrigins: [https://a.example, 'https://*.b.example'], allowCredentials: true, exposeHeaders: [X-A]}"), request: "GET /a\nOrigin: https://x.b.example", status: 200, header: "Access-Control-Allow-Origin: https://x.b.example\nAccess-Control-Allow-Credentials: true\nAccess-Control-Expose-Headers: X-A\nVary: Origin"},
	{name: "and not to strangers", paths: path("/a", method("get", proxy), "x-amazon-apigateway-cors: {allowOrigins: [https://a.example, 'https://*.b.example']}"), request: "GET /a\nOrigin: https://x.y.b.example", status: 200, header: "Access-Control-Allow-Origin:\nVary: Origin"},
	{name: "one origin, whoever calls", paths: path("/a", method("get", proxy), "x-amazon-apigateway-cors: {allowOrigins: [https://a.example]}"), request: "GET /a\nOrigin: https://x.example", status: 200, header: "Access-Control-Allow-Origin: https://a.example\nVary:"},

	{name: "a gateway response of its own", paths: path("/a", method("get", mock)), root: "x-amazon-apigateway-gateway-responses: {DEFAULT_4XX: {responseParameters: {gatewayresponse.header.A: \"'4xx'\"}}, MISSING_AUTHENTICATION_TOKEN: {statusCode: 404, responseTemplates: {application/json: '{\"m\":$context.error.messageString}'}}}\n", request: "GET /b", status: 404, header: "A:", body: `{"m":"Missing Authentication Token"}`, behaviours: "gateway-response gateway-response-alone"},
	{name: "that echoes", paths: path("/a", method("get", mock)), root: "x-amazon-apigateway-gateway-responses: {DEFAULT_4XX: {responseParameters: {gatewayresponse.header.A: method.request.header.Origin, gatewayresponse.header.B: method.request.querystring.q, gatewayresponse.header.C: context.httpMethod}}}\n", request: "GET /b?q=1\nOrigin: o", status: 403, header: "A: o\nB: 1\nC: GET", behaviours: "gateway-response-header-case"},
	{name: "letter by letter", paths: path("/a", method("get", mock)), root: "x-amazon-apigateway-gateway-responses: {DEFAULT_4XX: {responseParameters: {gatewayresponse.header.A: method.request.header.origin}}}\n", request: "GET /b\nOrigin: o", status: 403, header: "A:"},
	{name: "of the deployment", paths: path("/a", method("get", mock)), root: "x-amazon-apigateway-gateway-responses: {'Fn::Transform': {}}\n", request: "GET /b", unknown: gateway.ReasonIntrinsic},

	{name: "some of them of the deployment", paths: path("/a", method("get", mock)), root: "x-amazon-apigateway-gateway-responses: {DEFAULT_4XX: {responseParameters: {'Fn::If': [c, {}, {}]}}}\n", request: "GET /b", unknown: gateway.ReasonIntrinsic},

	{name: "an HTTP API answers preflights", kind: gateway.HTTP, paths: path("/a", method("get", proxy)), root: cors, request: "OPTIONS /a\nOrigin: https://a.example\nAccess-Control-Request-Method: GET", status: 204, header: "Access-Control-Allow-Origin: https://a.example\nAccess-Control-Allow-Methods: GET,PUT\nAccess-Control-Allow-Headers: x-a\nAccess-Control-Max-Age: 60", behaviours: "http-preflight http-preflight-status"},
	{name: "on every path", kind: gateway.HTTP, paths: path("/a", method("get", proxy)), root: cors, request: "OPTIONS /b/c\nOrigin: https://a.example\nAccess-Control-Request-Method: GET", status: 204},
	{name: "of strangers without headers", kind: gateway.HTTP, paths: path("/a", method("get", proxy)), root: cors, request: "OPTIONS /a\nOrigin: https://x.example\nAccess-Control-Request-Method: GET", status: 204, header: "Access-Control-Allow-Origin:\nAccess-Control-Allow-Methods:", behaviours: "http-refused"},
	{name: "which another OPTIONS is not", kind: gateway.HTTP, paths: path("/a", method("get", proxy)), root: cors, request: "OPTIONS /a\nOrigin: https://a.example", status: 204, header: "Access-Control-Allow-Origin:\nVary:", behaviours: "http-options"},
	{name: "nor one without a page", kind: gateway.HTTP, paths: path("/a", method("get", proxy)), root: cors, request: "OPTIONS /a", status: 404, behaviours: "http-route-missing http-errors"},
	{name: "that asks for another header", kind: gateway.HTTP, paths: path("/a", method("get", proxy)), root: cors, request: "OPTIONS /a\nOrigin: https://a.example\nAccess-Control-Request-Method: GET\nAccess-Control-Request-Headers: X-A,x-b", status: 204, header: "Access-Control-Allow-Origin:\nAccess-Control-Allow-Headers:", behaviours: "http-header-refused"},
	{name: "without a configuration", kind: gateway.HTTP, paths: path("/a", method("get", proxy)), request: "OPTIONS /a\nOrigin: https://a.example\nAccess-Control-Request-Method: GET", status: 404},
	{name: "a call", kind: gateway.HTTP, paths: path("/a", method("get", proxy)), root: cors, backend: replying(gateway.Reply{Status: 200, Header: []gateway.Field{{Name: "access-control-allow-origin", Value: "*"}, {Name: "X-A", Value: "1"}}}), request: "GET /a\norigin: https://a.example", status: 200, header: "Access-Control-Allow-Origin: https://a.example\nVary: origin\nX-A: 1\nAccess-Control-Expose-Headers: x-e", behaviours: "http-route http-cors http-vary"},
	{name: "a call of strangers", kind: gateway.HTTP, paths: path("/a", method("get", proxy)), root: cors, backend: replying(gateway.Reply{Status: 200, Header: []gateway.Field{{Name: "access-control-allow-origin", Value: "*"}}}), request: "GET /a\norigin: https://x.example", status: 200, header: "Access-Control-Allow-Origin:"},
	{name: "its backend alone", kind: gateway.HTTP, paths: path("/a", method("get", proxy)), backend: replying(gateway.Reply{Status: 200, Header: []gateway.Field{{Name: "access-control-allow-origin", Value: "*"}}}), request: "GET /a\norigin: https://x.example", status: 200, header: "Access-Control-Allow-Origin: *"},
	{name: "an ANY route takes preflights", kind: gateway.HTTP, paths: path("/a", method("x-amazon-apigateway-any-method", proxy)), root: cors, backend: replying(gateway.Reply{Status: 405}), request: "OPTIONS /a\nOrigin: https://a.example\nAccess-Control-Request-Method: GET", status: 405, header: "Access-Control-Allow-Methods: GET,PUT", behaviours: "http-preflight-routed"},
	{name: "with its authorizer", kind: gateway.HTTP, paths: path("/{proxy+}", method("x-amazon-apigateway-any-method", proxy, "security: [{jwt: []}]")), root: cors + jwt, request: "OPTIONS /a\nOrigin: https://a.example\nAccess-Control-Request-Method: GET", status: 401, header: "Access-Control-Allow-Origin: https://a.example\nVary: origin\nWWW-Authenticate: Bearer", behaviours: "http-authorizer http-unauthorized"},
	{name: "without a configuration", kind: gateway.HTTP, paths: path("/a", method("get", proxy, "security: [{jwt: []}]")), root: jwt, request: "GET /a\nOrigin: https://a.example", status: 401, header: "Access-Control-Allow-Origin:", behaviours: "http-errors"},
	{name: "of a function", kind: gateway.HTTP, paths: path("/a", method("get", proxy, "security: [{jwt: []}]")), root: cors + strings.Replace(jwt, "type: jwt", "type: request", 1), request: "GET /a\nOrigin: https://a.example", status: 401, header: "Access-Control-Allow-Origin:", behaviours: "http-errors"},
	{name: "unless an OPTIONS route does", kind: gateway.HTTP, paths: path("/$default", method("x-amazon-apigateway-any-method", proxy, "security: [{jwt: []}]")) + path("/{proxy+}", method("options", proxy, "security: []")), root: cors + jwt, request: "OPTIONS /a\nOrigin: https://a.example\nAccess-Control-Request-Method: GET", status: 200, header: "Access-Control-Allow-Methods: GET,PUT"},
	{name: "$default takes the rest", kind: gateway.HTTP, paths: path("/$default", method("x-amazon-apigateway-any-method", proxy)), request: "GET /a/b", status: 200},
	{name: "a shared integration", kind: gateway.HTTP, paths: path("/a", method("get", "{$ref: '#/components/x-amazon-apigateway-integrations/I'}")), root: "components: {x-amazon-apigateway-integrations: {I: " + proxy + "}}\n", request: "GET /a", status: 200},
	{name: "a mock", kind: gateway.HTTP, paths: path("/a", method("get", mock)), request: "GET /a", unknown: gateway.ReasonNoIntegration},
	{name: "credentials for all", kind: gateway.HTTP, paths: path("/a", method("get", proxy)), root: "x-amazon-apigateway-cors: {allowOrigins: ['*'], allowCredentials: true}\n", request: "GET /a", unknown: gateway.ReasonImport},
	{name: "a sub-domain", kind: gateway.HTTP, paths: path("/a", method("get", proxy)), root: "x-amazon-apigateway-cors: {allowOrigins: ['https://*.example.com']}\n", request: "GET /a", unknown: gateway.ReasonImport},
	{name: "all of a scheme", kind: gateway.HTTP, paths: path("/a", method("get", proxy)), root: "x-amazon-apigateway-cors: {allowOrigins: ['https://*']}\n", request: "GET /a\nOrigin: https://x.example:8443", status: 200, header: "Access-Control-Allow-Origin: https://x.example:8443"},
	{name: "an empty configuration", kind: gateway.HTTP, paths: path("/a", method("get", proxy)), root: "x-amazon-apigateway-cors: {}\n", backend: replying(gateway.Reply{Status: 200, Header: []gateway.Field{{Name: "access-control-allow-origin", Value: "*"}}}), request: "GET /a\nOrigin: https://x.example", status: 200, header: "Access-Control-Allow-Origin:"},
	{name: "a configuration of the deployment", kind: gateway.HTTP, paths: path("/a", method("get", proxy)), root: "x-amazon-apigateway-cors: {allowOrigins: [!Ref O]}\n", request: "GET /a", unknown: gateway.ReasonIntrinsic},
}

const (
	ofBytes    = `{type: http, httpMethod: GET, uri: "https://b.example", responses: {default: {statusCode: "200", contentHandling: CONVERT_TO_BINARY}}}`
	modelled   = "requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/M'}}}}"
	model      = "components: {schemas: {M: {type: object, properties: {a: {type: integer}}, required: [a]}}}\n"
	validators = errorsOf + "x-amazon-apigateway-request-validator: all\nx-amazon-apigateway-request-validators: {all: {validateRequestBody: true, validateRequestParameters: true}}\n"
	cors       = "x-amazon-apigateway-cors: {allowOrigins: [https://a.example], allowMethods: [GET, PUT], allowHeaders: [x-a], exposeHeaders: [x-e], maxAge: 60}\n"
	jwt        = "components: {securitySchemes: {jwt: {type: oauth2, x-amazon-apigateway-authorizer: {type: jwt, identitySource: $request.header.Authorization}}}}\n"
)

// overriding is a mock with a response template.
func overriding(template string) string {
	return strings.Replace(mock, "responseParameters", "responseTemplates: {application/json: '"+template+"'}, responseParameters", 1)
}

func replying(r gateway.Reply) gateway.Backend {
	return func(context.Context, gateway.BackendRequest) (gateway.Reply, error) { return r, nil }
}

func failing(context.Context, gateway.BackendRequest) (gateway.Reply, error) {
	return gateway.Reply{}, errors.New("nobody is there")
}

// document is an OpenAPI document with these parts.
func document(paths, root string) []byte {
	return []byte("openapi: 3.0.1\ninfo: {title: t, version: '1'}\n" + root + "paths:\n  " + strings.ReplaceAll(paths, "\n/", "\n  /"))
}

// request reads a request as cases have it.
func request(text string) gateway.Request {
	head, body, _ := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	method, target, _ := strings.Cut(lines[0], " ")
	path, query, _ := strings.Cut(target, "?")
	r := gateway.Request{Method: method, Path: path, Body: body}
	if name, value, ok := strings.Cut(query, "="); ok {
		r.Query = []gateway.Field{{Name: name, Value: value}}
	}
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ": ")
		r.Header = append(r.Header, gateway.Field{Name: name, Value: value})
	}
	return r
}

// TestRespond holds how API Gateway responds, and by which behaviours.
func TestRespond(t *testing.T) {
	for _, tt := range responseCases {
		t.Run(tt.name, func(t *testing.T) {
			tt.options.APIType = tt.kind
			src := document(tt.paths, tt.root)
			api, err := gateway.Read(src, tt.options)
			if err != nil {
				t.Fatalf("%v\n%s", err, src)
			}
			r := request(tt.request)
			r.BodyHolds = tt.bodyHolds
			tt.check(t, api.Respond(context.Background(), r, tt.backend))
		})
	}
}

func (tt responseCase) check(t *testing.T, got gateway.Response) {
	t.Helper()
	if tt.unknown != "" || got.Unknown != nil {
		if got.Unknown == nil || got.Unknown.Reason != tt.unknown {
			t.Fatalf("got %d, unknown: %+v, want unknown: %s", got.Status, got.Unknown, tt.unknown)
		}
		return
	}
	if got.Status != tt.status || tt.body != "" && got.Body != tt.body {
		t.Errorf("got %d %s, want %d %s; steps: %v", got.Status, got.Body, tt.status, tt.body, got.Steps)
	}
	for _, line := range strings.Split(tt.header, "\n") {
		name, value, _ := strings.Cut(line, ":")
		var sent []string
		for _, f := range got.Header {
			if strings.EqualFold(f.Name, name) {
				sent = append(sent, f.Value)
			}
		}
		var want []string
		if value = strings.TrimSpace(value); value != "" {
			want = []string{value}
		}
		if diff := cmp.Diff(want, sent); diff != "" && line != "" {
			t.Errorf("%s: (-want +got)\n%s", name, diff)
		}
	}
	for _, id := range strings.Fields(tt.behaviours) {
		if !slices.ContainsFunc(got.Steps, func(s gateway.Step) bool { return s.Behaviour.ID == id }) {
			t.Errorf("the behaviour %s was not applied: %v", id, got.Steps)
		}
	}
}

// TestStubRespondsToPreflights holds that a stub behind a proxy sends what the policy of its resource
// asks of a response to a preflight, since nobody else can.
func TestStubRespondsToPreflights(t *testing.T) {
	policy := "x-amazon-apigateway-cors: {allowOrigins: [https://a.example], allowMethods: [PUT], allowHeaders: [X-A], maxAge: 60}"
	src := document(path("/a", policy, method("x-amazon-apigateway-any-method", proxy)), "")
	api, err := gateway.Read(src, gateway.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][]string{
		"OPTIONS /a\nOrigin: https://a.example\nAccess-Control-Request-Method: PUT": {"Access-Control-Allow-Headers: X-A", "Access-Control-Allow-Methods: PUT", "Access-Control-Allow-Origin: https://a.example", "Access-Control-Max-Age: 60"},
		"OPTIONS /a\nOrigin: https://a.example":                                     {"Access-Control-Allow-Origin: https://a.example"},
		"PUT /a\nOrigin: https://a.example":                                         {"Access-Control-Allow-Origin: https://a.example"},
	} {
		var got []string
		for _, f := range api.Respond(context.Background(), request(text), nil).Header {
			if strings.HasPrefix(f.Name, "Access-Control-") {
				got = append(got, f.Name+": "+f.Value)
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: (-want +got)\n%s", text, diff)
		}
	}
}

// TestPoliciesOfOptions holds that a policy which the options give comes before the block of its
// resource, and that the block holds where they give none.
func TestPoliciesOfOptions(t *testing.T) {
	const block = "x-amazon-apigateway-cors: {allowOrigins: [https://block.example]}"
	given := map[string]extensions.CORS{
		"/given":   {AllowOrigins: []extensions.String{extensions.Literal("https://given.example")}},
		"/unknown": {Unknown: map[string]json.RawMessage{"allowCredentials": json.RawMessage(`{"Ref": "C"}`)}},
	}
	api, err := gateway.Read(document(path("/given", block)+path("/other", block)+path("/unknown", block), ""), gateway.Options{
		Policies: func(resource string) (extensions.CORS, bool) { policy, ok := given[resource]; return policy, ok },
	})
	if err != nil {
		t.Fatal(err)
	}
	for resource, want := range map[string]string{"/given": "https://given.example", "/other": "https://block.example", "/unknown": "intrinsic", "/none": "no-policy"} {
		policy, u := api.Policy(resource)
		got := fmt.Sprint(policy.AllowOrigins)
		if u != nil {
			got = string(u.Reason)
		}
		if strings.Trim(got, "[]") != want {
			t.Errorf("%s: got %s, want %s", resource, got, want)
		}
	}
}

// TestOwnErrorsAreNamed holds that a response says whether API Gateway itself made it, and why,
// and which method took the request.
func TestOwnErrorsAreNamed(t *testing.T) {
	broken := strings.Replace(mock, `{"statusCode": 200}`, "{}", 1)
	for text, tt := range map[string]struct {
		apiType              gateway.APIType
		paths, root          string
		method, kind, reason string
	}{
		"GET /a":           {paths: path("/a", method("get", mock)), method: "/paths/~1a/get"},
		"PUT /a":           {paths: path("/a", method("get", mock)), kind: "MISSING_AUTHENTICATION_TOKEN", reason: "route-missing"},
		"GET /broken":      {paths: path("/broken", method("get", broken)), method: "/paths/~1broken/get", kind: "API_CONFIGURATION_ERROR", reason: "mock-without-status"},
		"GET /readable":    {paths: path("/readable", method("get", broken)), root: errorsOf, method: "/paths/~1readable/get", kind: "API_CONFIGURATION_ERROR", reason: "mock-without-status"},
		"GET /unknown":     {paths: path("/unknown", method("get", broken)), root: "x-amazon-apigateway-gateway-responses: {'Fn::Transform': {}}\n", method: "/paths/~1unknown/get", kind: "API_CONFIGURATION_ERROR", reason: "mock-without-status"},
		"GET /http":        {apiType: gateway.HTTP, paths: path("/http", method("get", proxy, "security: [{jwt: []}]")), root: jwt, method: "/paths/~1http/get", kind: "UNAUTHORIZED", reason: "http-authorizer"},
		"GET /no/such/one": {apiType: gateway.HTTP, paths: path("/http", method("get", proxy)), kind: "RESOURCE_NOT_FOUND", reason: "http-route-missing"},
	} {
		api, err := gateway.Read(document(tt.paths, tt.root), gateway.Options{APIType: tt.apiType})
		if err != nil {
			t.Fatal(err)
		}
		got := api.Respond(context.Background(), request(text), nil)
		kind, reason := "", ""
		if got.Error != nil {
			kind, reason = string(got.Error.Type), got.Error.Cause.Behaviour.ID
		}
		if got.Method != tt.method || kind != tt.kind || reason != tt.reason {
			t.Errorf("%s: got %q, %s by %s", text, got.Method, kind, reason)
		}
	}
}

// TestResourcePolicy holds what a resource policy says of OPTIONS /a/b without a signature:
// allowed, denied, or depends.
func TestResourcePolicy(t *testing.T) {
	const everybody = "Principal: '*', Action: 'execute-api:Invoke'"
	allow := func(resource string) string { return "{Effect: Allow, " + everybody + ", Resource: " + resource + "}" }
	deny := func(resource string) string { return "{Effect: Deny, " + everybody + ", Resource: " + resource + "}" }
	const all = "{Effect: Allow, Principal: '*', Action: '*', Resource: '*'}, "
	for statements, want := range map[string]string{
		"[]": "denied", allow("'execute-api:/*'"): "allowed", "[" + allow("'*'") + "]": "allowed",
		allow("['execute-api:/*/GET/*', 'execute-api:/*/OPTIONS/*']"):                                         "allowed",
		allow("'execute-api:/*/PUT/*'"):                                                                       "denied",
		allow("'execute-api:/*/*/a/?'"):                                                                       "allowed",
		allow("'execute-api:/*/b'"):                                                                           "allowed", // * spans slashes
		allow("'execute-api:/prod/OPTIONS/*'"):                                                                "depends",
		allow("'execute-api:/prod*/b'"):                                                                       "depends",
		allow("'execute-api:/prod*/c'"):                                                                       "denied",
		allow("'execute-api:/?/OPTIONS/a/b'"):                                                                 "depends",
		allow("'arn:aws:execute-api:eu-west-1:1:abc/*/OPTIONS/a/b'"):                                          "allowed",
		allow("'arn:aws:execute-api:eu-west-1:1:abc/*/OPTIONS/c'"):                                            "denied",
		allow("'${arn}'"):                                                                                     "depends",
		allow("{'Fn::Sub': x}"):                                                                               "depends",
		"[" + all + deny("'execute-api:/*/OPTIONS/*'") + "]":                                                  "denied",
		"[" + all + deny("'execute-api:/prod/OPTIONS/*'") + "]":                                               "depends",
		"[" + all + "{'Fn::If': []}]":                                                                         "depends",
		"[" + all + "{Effect: Deny, NotPrincipal: {AWS: '1'}, Action: '*', Resource: '*'}]":                   "denied",
		"[" + all + "{Effect: Deny, Principal: '*', NotAction: 'execute-api:Invoke', Resource: '*'}]":         "allowed",
		"[" + all + "{Effect: Deny, Principal: '*', Action: '*', NotResource: 'execute-api:/*/OPTIONS/*'}]":   "allowed",
		"[" + all + "{Effect: Deny, Principal: '*', Action: '*', Resource: '*', Condition: {IpAddress: {}}}]": "depends",
		"{Effect: Allow, Principal: {AWS: '1'}, Action: '*', Resource: '*'}":                                  "denied",
		"{Effect: Allow, Principal: {AWS: ['1', '*']}, Action: '*', Resource: '*'}":                           "allowed",
		"{Effect: Allow, Principal: {Service: x}, Action: '*', Resource: '*'}":                                "denied",
		"{Effect: Allow, Principal: {Ref: x}, Action: '*', Resource: '*'}":                                    "depends",
		"{Effect: Allow, Principal: '*', Action: ['execute-api:InvalidateCache'], Resource: '*'}":             "denied",
	} {
		for _, policy := range []string{"{Statement: " + statements + "}", ""} {
			if policy == "" {
				text, err := yaml.YAMLToJSON([]byte("{Statement: " + statements + "}"))
				if err != nil {
					t.Fatal(err)
				}
				policy = strconv.Quote(string(text))
			}
			src := document(path("/a/b", method("options", mock)), "x-amazon-apigateway-policy: "+policy+"\n")
			api, err := gateway.Read(src, gateway.Options{})
			if err != nil {
				t.Fatalf("%v\n%s", err, src)
			}
			got := "allowed"
			for _, s := range api.Respond(context.Background(), request("OPTIONS /a/b"), nil).Steps {
				switch s.Behaviour.ID {
				case "resource-policy":
					got = "depends"
				case "resource-policy-denies":
					got = "denied"
				}
			}
			if got != want {
				t.Errorf("%s: got %s, want %s", policy, got, want)
			}
		}
	}
}

// TestBehaviours holds that each behaviour has an id of its own, says what it does and where that is
// known from, and is applied in a case of TestRespond, or is of a kind that no step shows.
func TestBehaviours(t *testing.T) {
	applied := map[string]bool{}
	for _, id := range []string{"base-path", "content-type", "backend"} {
		applied[id] = true // what they do, cases show
	}
	for _, tt := range responseCases {
		for _, id := range strings.Fields(tt.behaviours) {
			applied[id] = true
		}
	}
	for id := range importCases { // see TestImportRefusals
		applied[id] = true
	}
	seen := map[string]bool{}
	for _, r := range gateway.Behaviours() {
		if r.ID == "" || r.Does == "" || r.Source == "" || seen[r.ID] {
			t.Errorf("%+v is incomplete, or its id is taken", r)
		}
		seen[r.ID] = true
		if !applied[r.ID] {
			t.Errorf("no case applies %s", r.ID)
		}
	}
	for _, r := range gateway.Assumptions() {
		if !r.Assumed {
			t.Errorf("%s is no assumption", r.ID)
		}
	}
}
