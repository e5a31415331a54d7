package report_test

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/report"
)

// Parts of documents whose preflight requests are reported.
const (
	putToBackend = "put: {responses: {\"200\": {description: d}}, x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}}"
	anyToBackend = "x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}"
	withSchemes  = "components: {securitySchemes: {token: {type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authorizer: {type: token, authorizerUri: arn}}, bearer: {type: http, scheme: bearer}}}\n"
	origin       = "Access-Control-Allow-Origin: https://a.example.com"
)

// mockOptions is an OPTIONS with these members of its own and of its mock.
func mockOptions(own, mock string) string {
	return "options: {" + own + "responses: {\"200\": {description: d}, \"403\": {description: d}}, x-amazon-apigateway-integration: {type: mock, " + mock +
		"responses: {default: {statusCode: 200, responseParameters: {method.response.header.Access-Control-Allow-Origin: \"'https://a.example.com'\"}}}}}"
}

const status200 = `requestTemplates: {application/json: '{"statusCode": 200}'}, `

// TestReportSaysWhichMethodsFail holds that a method of which API Gateway responds to everything
// with an error of its own is not shown with the responses that it declares.
func TestReportSaysWhichMethodsFail(t *testing.T) {
	const entries = `responses: {default: {statusCode: 200}}`
	for name, tt := range map[string]struct{ method, want string }{
		"a mock":                       {"{type: mock, " + status200 + entries + "}", ""},
		"a mock without a status":      {"{type: mock, requestTemplates: {application/json: '{}'}, " + entries + "}", `API Gateway responds with 500: its request template "{}" renders no statusCode`},
		"a mock without a template":    {"{type: mock, passthroughBehavior: never, " + entries + "}", "API Gateway responds with 415: it has no request template for application/json, and its passthroughBehavior is never"},
		"a backend":                    {"{type: http, " + entries + "}", ""},
		"a backend that is not mapped": {"{type: http, responses: {}}", "API Gateway responds with 500: it has no integration response"},
		"a backend whose default has an empty pattern": {`{type: http, responses: {"": {statusCode: "200"}}}`, ""},
		"a backend whose success is not mapped":        {`{type: http, responses: {"4..": {statusCode: 200}}}`, "API Gateway responds with 500: no integration response is for a success of the backend"},
		"a pattern that is filled in":                  {`{type: http, responses: {"${Pattern}": {statusCode: 200}}}`, ""},
		"a status that is not declared":                {"{type: http, responses: {default: {statusCode: 201}}}", "API Gateway responds with 500: it declares no response for the status 201"},
		"an error that is not declared":                {`{type: http, responses: {default: {statusCode: 200}, "4..": {statusCode: 404}}}`, ""},
		"a status that is filled in":                   {`{type: http, responses: {default: {statusCode: "%{status}"}}}`, ""},
		"a pattern in another notation":                {`{type: http, responses: {"%{Pattern}": {statusCode: 200}}}`, ""},
		"a proxy":                                      {"{type: http_proxy, responses: {}}", ""},
	} {
		src := "openapi: 3.0.1\npaths: {/a: {get: {responses: {\"200\": {description: d}}, x-amazon-apigateway-integration: " + tt.method + "}}}\n"
		api, err := report.Read(parsed(t, "openapi.yaml", src), transform.REST)
		if err != nil {
			t.Fatal(err)
		}
		got := api.Resources[0].Methods[0]
		if got.Fails != tt.want || (got.Fails != "") && got.Responses != nil {
			t.Errorf("%s: it fails because of %q, and answers %v, want %q", name, got.Fails, got.Responses, tt.want)
		}
	}
}

// TestReportSaysWhatBecomesOfPreflights holds who responds to the preflight requests of the first
// path, with what, and why browsers refuse the response.
func TestReportSaysWhatBecomesOfPreflights(t *testing.T) {
	for name, tt := range map[string]struct {
		root, paths string
		kind        transform.APIType
		want        report.Preflight
	}{
		"a mock": {paths: "/a: {" + mockOptions("", status200) + "}", want: report.Preflight{By: report.ByMock, Status: "200"}},
		"a greedy path responds for another one": {
			paths: "/a: {" + putToBackend + "}\n  /{proxy+}: {" + mockOptions("", status200) + "}",
			want:  report.Preflight{By: report.ByMock, Resource: "/{proxy+}", Status: "200"},
		},
		"a variable does": {
			paths: "/a: {" + putToBackend + "}\n  /{name}: {x-amazon-apigateway-any-method: {" + anyToBackend + "}}",
			want:  report.Preflight{By: report.ByBackend, Resource: "/{name}"},
		},
		"nothing responds": {paths: "/a: {" + putToBackend + "}", want: report.Preflight{By: report.ByNothing}},

		"security at the root": {
			root: withSchemes + "security: [{token: []}]", paths: "/a: {" + mockOptions("", status200) + "}",
			want: report.Preflight{By: report.ByAuthorizer, Refused: "OPTIONS asks for authorization, which preflights never carry"},
		},
		"a scheme that nobody enforces": {
			root: withSchemes + "security: [{bearer: []}]", paths: "/a: {" + mockOptions("", status200) + "}",
			want: report.Preflight{By: report.ByMock, Status: "200"},
		},
		"ANY with authorization": {
			root: withSchemes + "security: [{token: []}]", paths: "/a: {x-amazon-apigateway-any-method: {" + anyToBackend + "}}",
			want: report.Preflight{By: report.ByAuthorizer, Refused: "the method asks for authorization, which preflights never carry"},
		},
		"ANY that is open to everybody": {
			root: withSchemes + "security: [{token: []}]", paths: "/a: {x-amazon-apigateway-any-method: {x-amazon-apigateway-auth: {type: NONE}, " + anyToBackend + "}}",
			want: report.Preflight{By: report.ByBackend},
		},
		"OPTIONS of a backend with authorization": {
			root: withSchemes, paths: "/a: {options: {security: [{token: []}], " + anyToBackend + "}}",
			want: report.Preflight{By: report.ByAuthorizer, Refused: "OPTIONS asks for authorization, which preflights never carry"},
		},
		"authorization that is not known": {
			root: withSchemes, paths: "/a: {" + mockOptions("security: !Ref Security, ", status200) + "}",
			want: report.Preflight{By: report.ByMock, Status: "200", Unknown: "its security is !Ref Security"},
		},

		"a template without a status": {
			paths: "/a: {" + mockOptions("", "requestTemplates: {application/json: '[{\"statusCode\": 200}]'}, ") + "}",
			want:  report.Preflight{By: report.ByMock, Status: "500", Refused: `API Gateway responds with 500: its request template "[{\"statusCode\": 200}]" renders no statusCode`},
		},
		"a template of the deployment": {
			paths: "/a: {" + mockOptions("", "requestTemplates: {'Fn::If': [C, {}, {}]}, ") + "}",
			want:  report.Preflight{By: report.ByMock, Unknown: "its requestTemplates are a CloudFormation intrinsic"},
		},
		"a binary media type": {
			root: "x-amazon-apigateway-binary-media-types: ['*/*']", paths: "/a: {" + mockOptions("", status200) + "}",
			want: report.Preflight{By: report.ByMock, Status: "500", Refused: "API Gateway responds with 500: */* is a binary media type, and the integration does not convert to text"},
		},
		"a required header": {
			root:  "x-amazon-apigateway-request-validators: {all: {validateRequestParameters: true}}\nx-amazon-apigateway-request-validator: all",
			paths: "/a: {" + mockOptions("parameters: [{name: X-A, in: header, required: true}], ", status200) + "}",
			want:  report.Preflight{By: report.ByMock, Status: "400", Refused: "API Gateway responds with 400: its request validator asks for the header X-A"},
		},
		"a body with a model": {
			root:  "x-amazon-apigateway-request-validators: {all: {validateRequestBody: true}}\nx-amazon-apigateway-request-validator: all",
			paths: "/a: {x-amazon-apigateway-any-method: {requestBody: {content: {application/json: {schema: {}}}}, " + anyToBackend + "}}",
			want:  report.Preflight{By: report.ByMock, Status: "400", Refused: "API Gateway responds with 400: its request validator asks for a body"},
		},
		"a resource policy": {
			root: "x-amazon-apigateway-policy: {Statement: []}", paths: "/a: {" + mockOptions("", status200) + "}",
			want: report.Preflight{By: report.ByMock, Status: "403", Refused: "the resource policy lets nobody call OPTIONS without a signature, and preflights have none"},
		},

		"a configuration": {
			kind: transform.HTTP, root: "x-amazon-apigateway-cors: {allowOrigins: ['*']}", paths: "/a: {" + putToBackend + "}",
			want: report.Preflight{By: report.ByConfiguration},
		},
		"a default route": {
			kind: transform.HTTP, root: "x-amazon-apigateway-cors: {allowOrigins: ['*']}",
			paths: "/a: {" + putToBackend + "}\n  /$default: {x-amazon-apigateway-any-method: {isDefaultRoute: true, " + anyToBackend + "}}",
			want:  report.Preflight{By: report.ByBackend, Resource: "/$default"},
		},
		"a default route with an authorizer": {
			kind: transform.HTTP, root: withSchemes,
			paths: "/a: {" + putToBackend + "}\n  /$default: {x-amazon-apigateway-any-method: {security: [{token: []}], " + anyToBackend + "}}",
			want:  report.Preflight{By: report.ByAuthorizer, Resource: "/$default", Refused: "the method asks for authorization, which preflights never carry"},
		},
	} {
		if tt.kind == "" {
			tt.kind = transform.REST
		}
		d := parsed(t, "openapi.yaml", "openapi: 3.0.1\n"+tt.root+"\npaths:\n  "+tt.paths+"\n")
		api, err := report.Read(d, tt.kind)
		if err != nil {
			t.Fatal(err)
		}
		got := api.Resources[0].Preflight
		if got.Status == "200" && (len(got.Headers) != 1 || got.Headers[0].Name+": "+got.Headers[0].Value != origin) {
			t.Errorf("%s: the headers are %v", name, got.Headers)
		}
		got.Headers = nil
		if diff := gocmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
