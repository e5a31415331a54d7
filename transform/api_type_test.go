package transform_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// TestAPIType holds which member of a document tells which kind of API it is for.
func TestAPIType(t *testing.T) {
	const (
		rest  = transform.REST
		http  = transform.HTTP
		asks  = transform.APIType("")
		head  = "openapi: 3.0.1\ninfo: {title: t, version: '1'}\n"
		empty = head + "paths: {}\n"
	)
	get := func(integration string) string {
		return head + "paths:\n  /a:\n    get:\n      x-amazon-apigateway-integration: {" + integration + "}\n"
	}
	for _, tt := range []struct {
		src  string
		want transform.APIType
		sign string
	}{
		{empty, rest, ""},
		{"swagger: '2.0'\npaths: {}\n", rest, "swagger: 2.0"},
		{empty + "x-amazon-apigateway-gateway-responses: {}\n", rest, "x-amazon-apigateway-gateway-responses"},
		{empty + "x-amazon-apigateway-request-validator: all\n", rest, "x-amazon-apigateway-request-validator"},
		{empty + "x-amazon-apigateway-request-validators: {}\n", rest, "x-amazon-apigateway-request-validators"},
		{empty + "x-amazon-apigateway-binary-media-types: []\n", rest, "x-amazon-apigateway-binary-media-types"},
		{empty + "x-amazon-apigateway-policy: {}\n", rest, "x-amazon-apigateway-policy"},
		{empty + "x-amazon-apigateway-api-key-source: HEADER\n", rest, "x-amazon-apigateway-api-key-source"},
		{empty + "x-amazon-apigateway-minimum-compression-size: 5\n", rest, "x-amazon-apigateway-minimum-compression-size"},
		{empty + "x-amazon-apigateway-endpoint-configuration: {}\n", rest, "x-amazon-apigateway-endpoint-configuration"},
		{empty + "x-amazon-apigateway-documentation: {}\n", rest, "x-amazon-apigateway-documentation"},
		{get("type: MOCK"), rest, "the integration type mock"},
		{get("type: aws"), rest, "the integration type aws"},
		{get("type: http"), rest, "the integration type http"},
		{get("requestTemplates: {}"), rest, "requestTemplates"},
		{get("responses: {}"), rest, "responses"},
		{get("passthroughBehavior: never"), rest, "passthroughBehavior"},
		{get("contentHandling: CONVERT_TO_TEXT"), rest, "contentHandling"},
		{get("type: aws_proxy"), rest, ""},
		{get("type: http_proxy"), rest, ""},

		{head + "paths:\n  /$default: {}\n", http, "/$default"},
		{head + "paths:\n  $default: {}\n", http, "$default"},
		{head + "paths:\n  /a:\n    x-amazon-apigateway-any-method: {isDefaultRoute: true}\n", http, "isDefaultRoute"},
		{get("integrationSubtype: SQS-SendMessage"), http, "integrationSubtype"},
		{get("$ref: '#/components/x-amazon-apigateway-integrations/a'"), http, "an integration by $ref"},
		{empty + "components: {x-amazon-apigateway-integrations: {}}\n", http, "x-amazon-apigateway-integrations"},
		{empty + "components: {securitySchemes: {a: {x-amazon-apigateway-authorizer: {type: JWT}}}}\n", http, "the authorizer type jwt"},
		{empty + "components: {securitySchemes: {a: {x-amazon-apigateway-authorizer: {type: request, enableSimpleResponses: true}}}}\n", http, "enableSimpleResponses"},
		{empty + "components: {securitySchemes: {a: {x-amazon-apigateway-authorizer: {type: request, authorizerPayloadFormatVersion: '2.0'}}}}\n", http, "authorizerPayloadFormatVersion"},

		{empty + "x-amazon-apigateway-cors: {allowOrigins: ['*']}\n", asks, ""},
		{empty + "x-amazon-apigateway-importexport-version: '1.0'\n", asks, ""},
		{get("payloadFormatVersion: '2.0'"), asks, ""},
		{get("payloadFormatVersion: '2.0', responses: {}"), rest, "responses"},
		{get("payloadFormatVersion: '2.0', integrationSubtype: a"), http, "integrationSubtype"},
		{get("integrationSubtype: a, passthroughBehavior: never"), asks, ""},
		{strings.Replace(get("integrationSubtype: a"), "openapi: 3.0.1", `swagger: "2.0"`, 1), rest, "swagger: 2.0"},
		{head + "paths:\n  /a:\n    get: {}\n    x-amazon-apigateway-cors: {allowOrigins: ['*']}\n", rest, ""},

		// What was generated tells where nothing else does.
		{empty + "x-amazon-apigateway-cors: {allowOrigins: ['*']}\nx-apigw-cors-generated: {root: [/x-amazon-apigateway-cors]}\n", http, "the generated x-amazon-apigateway-cors"},
		{get("type: mock") + "x-amazon-apigateway-cors: {allowOrigins: ['*']}\nx-apigw-cors-generated: {root: [/x-amazon-apigateway-cors]}\n", rest, "the integration type mock"},
		{empty + "x-amazon-apigateway-gateway-responses: {}\nx-apigw-cors-generated: {root: [/x-amazon-apigateway-gateway-responses]}\n", rest, "the generated x-amazon-apigateway-gateway-responses"},
	} {
		doc, err := transform.Parse("openapi.yaml", []byte(tt.src))
		if err != nil {
			t.Fatal(err)
		}
		got, err := doc.APIType(transform.Options{})
		var unclear *transform.APITypeError
		switch {
		case tt.want == asks && !errors.As(err, &unclear):
			t.Errorf("it is taken for %s, and nothing tells:\n%s", got.API, tt.src)
		case tt.want == asks:
			checkRefusal(t, []byte(tt.src), err)
		case err != nil || got.API != tt.want || got.Sign != tt.sign || got.Given:
			t.Errorf("got %+v, %v, want %s by %q:\n%s", got, err, tt.want, tt.sign, tt.src)
		}
	}
}

// TestAPITypeOfWhatWasEnabled holds that the output of a run tells for which type of API it was, also
// where the hand-written members that told it were replaced, or an option did.
func TestAPITypeOfWhatWasEnabled(t *testing.T) {
	const proxied = "openapi: 3.0.1\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get: {x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: 'https://b.example.com'}}\n"
	const replaced = "x-amazon-apigateway-cors: {allowOrigins: ['https://a.example.com']}\n" + proxied +
		"    options: {x-amazon-apigateway-integration: {type: mock}}\n"
	for _, tt := range []struct {
		src  string
		o    transform.Options
		want transform.APIType
		sign string
	}{
		{proxied, transform.Options{}, transform.REST, "the generated x-amazon-apigateway-gateway-responses"},
		{proxied, transform.Options{API: transform.HTTP}, transform.HTTP, "the generated x-amazon-apigateway-cors"},
		{replaced, transform.Options{Existing: policy.ExistingReplace}, transform.REST, "the generated x-amazon-apigateway-gateway-responses"},
	} {
		doc, err := transform.Parse("openapi.yaml", []byte(tt.src))
		if err != nil {
			t.Fatal(err)
		}
		r := enabled(t, doc, narrow, tt.o)
		next, err := transform.Parse("openapi.yaml", r.Output)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := next.APIType(transform.Options{}); err != nil || got.API != tt.want || got.Sign != tt.sign {
			t.Errorf("got %+v, %v, want %s by %q", got, err, tt.want, tt.sign)
		}
	}
}

// TestAPITypeGiven holds that options are stronger than what a document says, and the
// command line than the policy file.
func TestAPITypeGiven(t *testing.T) {
	doc, err := transform.Parse("openapi.yaml", []byte("openapi: 3.0.1\npaths: {}\nx-amazon-apigateway-policy: {}\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		option transform.APIType
		file   string
		want   transform.APIType
	}{
		{"", "", transform.REST},
		{transform.HTTP, "", transform.HTTP},
		{"", "http", transform.HTTP},
		{transform.REST, "http", transform.REST},
		{transform.Auto, "http", transform.REST},
	} {
		o := transform.Options{API: tt.option, File: &policy.File{API: tt.file}}
		got, err := doc.APIType(o)
		if err != nil || got.API != tt.want {
			t.Errorf("%+v: got %s, %v", tt, got.API, err)
		}
	}
	if _, err := doc.APIType(transform.Options{API: "soap"}); err == nil || !strings.Contains(err.Error(), "soap") {
		t.Errorf("an unknown kind of API: %v", fmt.Sprint(err))
	}
}
