package model

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// authorizationSchemes has a security scheme of each kind.
const authorizationSchemes = `components:
  securitySchemes:
    key: {type: apiKey, in: header, name: x-api-key}
    bearer: {type: http, scheme: bearer}
    header: {type: apiKey, in: header, name: X-Token}
    iam: {type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: awsSigv4}
    token: {type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: custom, x-amazon-apigateway-authorizer: {type: token, authorizerUri: arn}}
    keyAndToken: {type: apiKey, in: header, name: x-api-key, x-amazon-apigateway-authorizer: {type: token, authorizerUri: arn}}
    jwt: {type: oauth2, flows: {}, x-amazon-apigateway-authorizer: {type: jwt, identitySource: $request.header.Authorization}}
    query: {type: apiKey, in: query, name: auth, x-amazon-apigateway-authorizer: {type: request, identitySource: method.request.querystring.auth}}
    queryAndHeader: {type: apiKey, in: query, name: auth, x-amazon-apigateway-authorizer: {type: request, identitySource: "method.request.querystring.auth, method.request.header.X-Token"}}
    origin: {type: apiKey, in: header, name: Origin, x-amazon-apigateway-authorizer: {type: request, identitySource: method.request.header.Origin}}
    nothing: {type: apiKey, in: header, name: Unused, x-amazon-apigateway-authorizer: {type: request, authorizerUri: arn}}
    byIntrinsic: {type: apiKey, in: header, name: Unused, x-amazon-apigateway-authorizer: !Ref Authorizer}
    intrinsic: {"Fn::If": [C, {type: http}, {type: apiKey}]}
`

// TestAuthorizationIsWhatAPIGatewayEnforces holds which methods refuse preflight requests, and
// which know their callers.
func TestAuthorizationIsWhatAPIGatewayEnforces(t *testing.T) {
	for _, tt := range []struct {
		root, method string
		api          APIType
		want         Authorization
		knows        bool
	}{
		{method: "{}"},
		{method: "{security: []}", root: "security: [{token: []}]"},
		{method: "{security: [{}]}", root: "security: [{token: []}]"},
		{method: "{}", root: "security: [{token: []}]", want: Authorization{RefusedBy: []string{"token"}}, knows: true},
		{method: "{security: null}", root: "security: [{token: []}]", want: Authorization{RefusedBy: []string{"token"}}, knows: true},
		{method: "{security: [{token: []}, {jwt: []}, {token: []}]}", want: Authorization{RefusedBy: []string{"token", "jwt"}}, knows: true},
		{method: "{security: [{iam: []}]}", want: Authorization{RefusedBy: []string{"iam"}}, knows: true},
		{method: "{security: [{bearer: []}]}", knows: true},
		{method: "{security: [{header: []}]}", knows: true},
		{method: "{security: [{key: []}]}", want: Authorization{RefusedBy: []string{"key"}}},
		{method: "{security: [{key: []}]}", api: HTTP},
		{method: "{security: [{keyAndToken: []}]}", api: HTTP, want: Authorization{RefusedBy: []string{"keyAndToken"}}, knows: true},
		{method: "{security: [{query: []}]}", knows: true},
		{method: "{security: [{queryAndHeader: []}]}", want: Authorization{RefusedBy: []string{"queryAndHeader"}}, knows: true},
		{method: "{security: [{origin: []}]}", knows: true},
		{method: "{security: [{nothing: []}]}", want: Authorization{RefusedBy: []string{"nothing"}}, knows: true},

		{method: "{x-amazon-apigateway-auth: {type: none}}", root: "security: [{token: []}]"},
		{method: "{x-amazon-apigateway-auth: {type: NONE}, security: [{iam: []}]}"},
		{method: "{x-amazon-apigateway-auth: {type: NONE}, security: [{key: []}]}", want: Authorization{RefusedBy: []string{"key"}}},
		{method: "{x-amazon-apigateway-auth: {type: AWS_IAM}}", want: Authorization{RefusedBy: []string{"AWS_IAM"}}, knows: true},
		{method: "{x-amazon-apigateway-auth: {type: CUSTOM}, security: [{token: []}]}", want: Authorization{RefusedBy: []string{"token"}}, knows: true},
		{method: "{x-amazon-apigateway-auth: {type: CUSTOM}}", want: Authorization{Unknown: "its x-amazon-apigateway-auth is of the type CUSTOM, and it has no authorizer"}, knows: true},
		{method: "{x-amazon-apigateway-auth: null}", root: "security: [{token: []}]", want: Authorization{RefusedBy: []string{"token"}}, knows: true},

		{method: "{security: [{token: [], key: []}]}", root: "x-amazon-apigateway-api-key-source: AUTHORIZER", want: Authorization{RefusedBy: []string{"token"}}, knows: true},
		{method: "{security: [{key: []}]}", root: "x-amazon-apigateway-api-key-source: AUTHORIZER", want: Authorization{RefusedBy: []string{"key"}}},

		{method: "{x-amazon-apigateway-auth: !Ref Auth}", want: Authorization{Unknown: "its x-amazon-apigateway-auth is a CloudFormation intrinsic"}},
		{method: "{x-amazon-apigateway-auth: {type: !Ref Type}}", want: Authorization{Unknown: "its x-amazon-apigateway-auth is !Ref Type"}},
		{method: "{security: !If [C, [{token: []}], []]}", want: Authorization{Unknown: "its security is !If [C, [{token: []}], []]"}},
		{method: "{security: [!Ref Requirement, {token: []}]}", want: Authorization{Unknown: "its security is [!Ref Requirement, {token: []}]"}, knows: true},
		{method: "!Ref Method", root: "security: [{token: []}]", want: Authorization{Unknown: "it is a CloudFormation intrinsic"}, knows: true},
		{method: "{security: [!Ref Requirement]}", want: Authorization{Unknown: "its security is [!Ref Requirement]"}},
		{method: "{security: [{other: []}]}", want: Authorization{Unknown: `its security scheme "other" is not in the document`}, knows: true},
		{method: "{security: [{intrinsic: []}]}", want: Authorization{Unknown: `its security scheme "intrinsic" is a CloudFormation intrinsic`}, knows: true},
		{method: "{security: [{byIntrinsic: []}]}", want: Authorization{Unknown: "its authorizer is !Ref Authorizer"}, knows: true},
		{method: "{security: [{byIntrinsic: []}, {token: []}]}", want: Authorization{RefusedBy: []string{"token"}, Unknown: "its authorizer is !Ref Authorizer"}, knows: true},
		{method: "!Ref Method", want: Authorization{Unknown: "it is a CloudFormation intrinsic"}},
	} {
		src := "openapi: 3.0.1\n" + authorizationSchemes + tt.root + "\npaths: {/a: {get: " + tt.method + "}}\n"
		d := opened(t, src)
		m := d.Resources[0].Methods()[0]
		name := strings.TrimSpace(tt.root + " " + tt.method)
		if diff := cmp.Diff(tt.want, d.AuthorizationOf(m, tt.api)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if got := d.NeedsAuthorization(m); got != tt.knows {
			t.Errorf("%s: knows its callers: %v", name, got)
		}
	}
}

func opened(t *testing.T, src string) *Document {
	t.Helper()
	f, err := Open("a.yaml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return Read(f.Root, nil)
}
