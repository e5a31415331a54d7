package extensions_test

import (
	"reflect"
	"testing"

	"github.com/apigw-cors/apigw-cors/extensions"
)

func TestAuthIsComparedWithoutCase(t *testing.T) {
	for _, value := range []string{`{"type":"NONE"}`, `{"type":"none"}`} {
		auth := decode[extensions.Auth](t, value)
		if !auth.IsNone() {
			t.Errorf("%s is not none", value)
		}
		if got := encode(t, auth); got != value {
			t.Errorf("got %s, want %s", got, value)
		}
	}
	if decode[extensions.Auth](t, `{}`).IsNone() {
		t.Error("absent is none")
	}
	if !extensions.Authtype("awsSigV4").IsIAM() || extensions.AuthtypeCustom.IsIAM() {
		t.Error("signatures are not told apart")
	}
}

func TestAuthMistakes(t *testing.T) {
	testMistakes[extensions.Auth](t, []mistakeCase{
		{"none", `{"type": "aws_iam"}`, ""},
		{"none in an intrinsic", `{"type": {"Ref": "Auth"}}`, ""},
		{"type missing", `{}`, `type: is missing; write "NONE" or "AWS_IAM"`},
		{"type unknown", `{"type": "open"}`, `type: "open" is not a value of this member; use NONE, AWS_IAM, CUSTOM or COGNITO_USER_POOLS`},
	})
}

func TestAuthorizerRoundTripsInDocumentedOrder(t *testing.T) {
	for _, value := range []string{
		`{"type":"request","authorizerUri":{"Fn::Sub":"arn:${Fn.Arn}"},"authorizerCredentials":"","authorizerPayloadFormatVersion":2.0,` +
			`"enableSimpleResponses":true,"identitySource":"$request.header.A","identityValidationExpression":"^x","authorizerResultTtlInSeconds":0}`,
		`{"type":"cognito_user_pools","providerARNs":["arn:a",{"Fn::GetAtt":["Pool","Arn"]}]}`,
		`{"type":"jwt","jwtConfiguration":{"issuer":"https://i.example","audience":["a"]},"openIdConnectUrl":"https://i.example"}`,
	} {
		authorizer := decode[extensions.Authorizer](t, value)
		if got := encode(t, authorizer); got != value {
			t.Errorf("got %s, want %s", got, value)
		}
		wantMistakes(t, authorizer)
	}
}

func TestIdentityHeaders(t *testing.T) {
	tests := []struct {
		name, source string
		want         []string
	}{
		{"one", `"method.request.header.Authorization"`, []string{"Authorization"}},
		{"several among others", `"method.request.header.x-api-key, method.request.querystring.q,context.httpMethod, method.request.header.X-Tax-Id"`, []string{"x-api-key", "X-Tax-Id"}},
		{"of an HTTP API", `"$request.header.Authorization,$request.querystring.q"`, []string{"Authorization"}},
		{"each once", `"method.request.header.A,method.request.header.a"`, []string{"A"}},
		{"empty", `""`, nil},
		{"without a name", `"method.request.header."`, nil},
		{"intrinsic", `{"Ref": "Source"}`, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			authorizer := extensions.Authorizer{IdentitySource: decode[extensions.String](t, test.source)}
			if got := authorizer.IdentityHeaders(); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestAuthorizerMistakes(t *testing.T) {
	testMistakes[extensions.Authorizer](t, []mistakeCase{
		{"none in intrinsics", `{"type": "token", "authorizerUri": {"Ref": "U"}, "authorizerResultTtlInSeconds": {"Ref": "T"}}`, ""},
		{"type missing", `{}`, `type: is missing; use token, request, cognito_user_pools or jwt`},
		{"type unknown", `{"type": "lambda"}`, `type: "lambda" is not a value of this member; use token, request, cognito_user_pools or jwt`},
		{"function missing", `{"type": "TOKEN"}`, `authorizerUri: is missing; an authorizer of type TOKEN needs it`},
		{"pools missing", `{"type": "cognito_user_pools"}`, `providerARNs: is missing; an authorizer of type cognito_user_pools needs it`},
		{"pool of another type", `{"type": "cognito_user_pools", "providerARNs": [null]}`, `providerARNs[0]: "null" is not a string`},
		{"issuer missing", `{"type": "jwt"}`, `jwtConfiguration: is missing; an authorizer of type jwt needs it`},
		{"issuer misspelled", `{"type": "jwt", "jwtConfiguration": {"Issuer": "i"}}`, `jwtConfiguration.Issuer: is not a member, did you mean "issuer"`},
		{"time to live too long", `{"type": "token", "authorizerUri": "u", "authorizerResultTtlInSeconds": 3601}`, `authorizerResultTtlInSeconds: "3601" is out of bounds; write 0 to 3600`},
		{"source unknown", `{"type": "token", "authorizerUri": "u", "identitySource": "Authorization"}`, `identitySource: "Authorization" is not an identity source; write method.request.header.NAME or $request.header.NAME`},
		{"payload format unknown", `{"type": "request", "authorizerUri": "u", "authorizerPayloadFormatVersion": "v2"}`, `authorizerPayloadFormatVersion: "v2" is not a payload format; write "1.0" or "2.0"`},
	})
}
