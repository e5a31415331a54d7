package rules

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// kindsOfSecurity is a document with a security scheme of each kind, whose methods have METHOD.
const kindsOfSecurity = `x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com"], allowHeaders: ["*"]}
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    key: {type: apiKey, in: header, name: x-api-key}
    token: {type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: custom, x-amazon-apigateway-authorizer: {type: token, authorizerUri: arn}}
    query: {type: apiKey, in: query, name: auth, x-amazon-apigateway-authorizer: {type: request, identitySource: method.request.querystring.auth, authorizerUri: arn}}
    chosen: {type: apiKey, in: header, name: Unused, x-amazon-apigateway-authorizer: !Ref Authorizer}
paths:
  /pets:
    KEY:
      METHOD
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, payloadFormatVersion: "1.0"}
`

// secured is the document with a method that has members, divided by semicolons.
func secured(key, members string) string {
	members = strings.ReplaceAll(members, "; ", "\n      ")
	return strings.NewReplacer("METHOD", members, "KEY", key).Replace(kindsOfSecurity)
}

// TestOneJudgementOfAuthorization holds which methods are reported to refuse preflight requests:
// those of which API Gateway wants something that no preflight request carries. An OPTIONS and an
// ANY are reported alike.
func TestOneJudgementOfAuthorization(t *testing.T) {
	for method, tt := range map[string]struct {
		rest, http bool // whether it is reported
	}{
		"security: []":                                                       {},
		"security: [{bearer: []}]":                                           {},
		"security: [{key: []}]":                                              {rest: true},
		"security: [{token: []}]":                                            {rest: true, http: true},
		"security: [{query: []}]":                                            {},
		"security: [{chosen: []}]":                                           {},
		"security: [{elsewhere: []}]":                                        {},
		"security: !Ref Security":                                            {},
		"x-amazon-apigateway-auth: {type: AWS_IAM}":                          {rest: true, http: true},
		"x-amazon-apigateway-auth: !Ref Auth":                                {},
		"security: [{token: []}]; x-amazon-apigateway-auth: {type: NONE}":    {},
		"security: [{token: []}]; x-amazon-apigateway-auth: {type: none}":    {},
		"security: [{key: []}]; x-amazon-apigateway-auth: {type: NONE}":      {rest: true},
		"security: [{bearer: []}]; x-amazon-apigateway-auth: {type: CUSTOM}": {},
	} {
		for _, one := range []struct {
			key, rule string
			api       model.APIType
			want      bool
		}{
			{"options", "preflight-auth", model.REST, tt.rest},
			{"options", "preflight-auth", model.HTTP, tt.http},
			{"x-amazon-apigateway-any-method", "any-swallows-options", model.REST, tt.rest},
			{"x-amazon-apigateway-any-method", "preflight-swallowed", model.HTTP, tt.http},
		} {
			text := secured(one.key, method)
			if got := slices.Contains(found(t, text, one.api), one.rule); got != one.want {
				t.Errorf("%s of %s, %s: %s is reported: %v", method, one.key, one.api, one.rule, got)
			}
		}
	}
}

// TestRoutesThatRefusePassNothingOn holds that a route for any method is reported to pass preflight
// requests to its backend only where nothing refuses them.
func TestRoutesThatRefusePassNothingOn(t *testing.T) {
	for method, want := range map[string][]string{
		"security: []":             {"preflight-to-backend"},
		"security: [{bearer: []}]": {"preflight-to-backend"},
		"security: [{key: []}]":    {"preflight-to-backend"},
		"security: [{token: []}]":  {"preflight-swallowed"},
		"security: [{chosen: []}]": nil,
	} {
		text := secured("x-amazon-apigateway-any-method", method)
		got := slices.DeleteFunc(found(t, text, model.HTTP), func(id string) bool {
			return id != "preflight-to-backend" && id != "preflight-swallowed"
		})
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: -want +got\n%s", method, diff)
		}
	}
}

// TestOpenMethodsOfPrivateAPIs holds that an API which every origin may call is reported where the
// place of callers in a network is all that is asked of them.
func TestOpenMethodsOfPrivateAPIs(t *testing.T) {
	const mapped = `      responses: {"200": {description: pets, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}
      x-amazon-apigateway-integration: {type: http, httpMethod: GET, uri: "https://pets.example.com", responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'*'"}}}}
`
	for method, want := range map[string]bool{
		"security: []":                              true,
		"x-amazon-apigateway-auth: {type: NONE}":    true,
		"security: [{token: []}]":                   false,
		"security: [{bearer: []}]":                  false, // which the backend may look at
		"security: [{key: []}]":                     false,
		"x-amazon-apigateway-auth: {type: AWS_IAM}": false,
		"security: !Ref Security":                   false,
	} {
		document, _, _ := strings.Cut(secured("get", method), "      responses:")
		text := fromOffice + "security: [{token: []}]\n" + document + mapped
		if got := slices.Contains(found(t, text, model.REST), "star-on-private"); got != want {
			t.Errorf("%s: it is reported: %v", method, got)
		}
	}
}

// TestIgnoredSecurityIsReported holds which security schemes are reported to be documentation.
func TestIgnoredSecurityIsReported(t *testing.T) {
	for method, want := range map[string]bool{
		"security: [{bearer: []}]": true,
		"security: [{token: []}]":  false,
		"security: [{key: []}]":    false,
		"security: [{chosen: []}]": false,
		"security: !Ref Security":  false,
		"security: [{bearer: []}]; x-amazon-apigateway-auth: {type: NONE}":    true,
		"security: [{bearer: []}]; x-amazon-apigateway-auth: {type: AWS_IAM}": false,
		"security: [{bearer: []}]; x-amazon-apigateway-auth: !Ref Auth":       false,
	} {
		text := secured("get", method)
		if got := slices.Contains(found(t, text, model.REST), "security-ignored"); got != want {
			t.Errorf("%s: it is reported: %v", method, got)
		}
	}
}
