package extensions_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// AWS's sample of an OPTIONS operation that answers preflights.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/enable-cors-for-resource-using-swagger-importer-tool.html
const (
	sampleOpenAPI = `{
		"summary": "CORS support",
		"description": "Enable CORS by returning correct headers",
		"tags": ["CORS"],
		"responses": {
			"200": {
				"description": "Default response for CORS method",
				"headers": {
					"Access-Control-Allow-Origin": {"schema": {"type": "string"}},
					"Access-Control-Allow-Methods": {"schema": {"type": "string"}},
					"Access-Control-Allow-Headers": {"schema": {"type": "string"}}
				},
				"content": {}
			}
		},
		"x-amazon-apigateway-integration": {
			"type": "mock",
			"requestTemplates": {"application/json": "{\"statusCode\": 200}"},
			"passthroughBehavior": "never",
			"responses": {
				"default": {
					"statusCode": "200",
					"responseParameters": {
						"method.response.header.Access-Control-Allow-Headers": "'Content-Type,X-Amz-Date,Authorization,X-Api-Key'",
						"method.response.header.Access-Control-Allow-Methods": "'*'",
						"method.response.header.Access-Control-Allow-Origin": "'*'"
					}
				}
			}
		}
	}`
	sampleSwagger = `{
		"summary": "CORS support",
		"description": "Enable CORS by returning correct headers",
		"consumes": ["application/json"],
		"produces": ["application/json"],
		"tags": ["CORS"],
		"x-amazon-apigateway-integration": {
			"type": "mock",
			"requestTemplates": {"application/json": "{\"statusCode\" : 200}"},
			"responses": {
				"default": {
					"statusCode": "200",
					"responseParameters": {
						"method.response.header.Access-Control-Allow-Headers": "'Content-Type,X-Amz-Date,Authorization,X-Api-Key'",
						"method.response.header.Access-Control-Allow-Methods": "'*'",
						"method.response.header.Access-Control-Allow-Origin": "'*'"
					},
					"responseTemplates": {"application/json": "{}"}
				}
			}
		},
		"responses": {
			"200": {
				"description": "Default response for CORS method",
				"headers": {
					"Access-Control-Allow-Headers": {"type": "string"},
					"Access-Control-Allow-Methods": {"type": "string"},
					"Access-Control-Allow-Origin": {"type": "string"}
				}
			}
		}
	}`
)

func TestPublishedSampleDecodesAndValidatesAndRoundTrips(t *testing.T) {
	for name, operation := range map[string]string{"OpenAPI 3.0": sampleOpenAPI, "Swagger 2.0": sampleSwagger} {
		t.Run(name, func(t *testing.T) {
			text := string(decode[map[string]json.RawMessage](t, operation)[extensions.NameIntegration])
			integration := decode[extensions.Integration](t, text)
			wantMistakes(t, integration)
			if got, want := encode(t, integration), compact(t, text); got != want {
				t.Errorf("round trip:\n got %s\nwant %s", got, want)
			}
			if !integration.Type.IsMock() || integration.Type.IsProxy() {
				t.Errorf("type %q is not taken for a mock", integration.Type)
			}
			response := integration.Responses["default"]
			if status, _ := response.StatusCode.Int(); status != 200 {
				t.Errorf("status %d", status)
			}
			origin := response.ResponseParameters[extensions.ResponseHeaderPrefix+"Access-Control-Allow-Origin"]
			if text, ok := origin.StaticText(); text != "*" || !ok {
				t.Errorf("origin %q, static %t", text, ok)
			}
		})
	}
}

func TestIntegrationRoundTrips(t *testing.T) {
	tests := []struct{ name, value string }{
		{"every member, in documented order", `{
			"type": "AWS_PROXY", "httpMethod": "POST", "uri": "arn:aws:states", "credentials": "arn:aws:iam::*:user/*",
			"connectionType": "VPC_LINK", "connectionId": "${vpcLink}",
			"requestParameters": {"integration.request.header.A": "method.request.header.a"},
			"requestTemplates": {}, "passthroughBehavior": "WHEN_NO_MATCH", "contentHandling": "CONVERT_TO_TEXT",
			"responses": {}, "cacheNamespace": "n", "cacheKeyParameters": ["method.request.path.id"],
			"timeoutInMillis": 29000, "payloadFormatVersion": 1.0, "integrationSubtype": "SQS-SendMessage",
			"tlsConfig": {"insecureSkipVerification": false, "serverNameToVerify": "example.com"},
			"responseTransferMode": "STREAM", "integrationTarget": "arn:aws:elb"}`},
		{"a reference", `{"$ref": "#/components/x-amazon-apigateway-integrations/Backend"}`},
		{"intrinsics in strings", `{"type": "aws_proxy",
			"uri": {"Fn::Sub": "arn:${Fn.Arn}/invocations"}, "credentials": {"Fn::GetAtt": ["Role", "Arn"]},
			"responses": {"default": {"statusCode": "200", "responseParameters": {
				"method.response.header.Access-Control-Allow-Origin": {"Fn::Join": ["", ["'", {"Ref": "Origin"}, "'"]]}}}}}`},
		{"intrinsics where no string belongs", `{"type": {"Fn::If": ["C", "mock", "aws"]},
			"requestTemplates": {"Fn::Transform": {}}, "timeoutInMillis": {"Ref": "T"}, "tlsConfig": {"Ref": "TLS"}}`},
		{"an intrinsic as a whole", `{"Fn::If": ["C", {"type": "mock"}, {"Ref": "AWS::NoValue"}]}`},
		{"an intrinsic as a response", `{"type": "mock", "responses": {"default": {"Fn::If": ["C", {}, {}]}}}`},
		{"numbers as written", `{"type": "mock",
			"responses": {"4\\d{2}": {"statusCode": 404}, "default": {"statusCode": 200}}, "payloadFormatVersion": 1.0}`},
		{"unknown members", `{"type": "mock", "responses": {"default": {"statusCode": "200", "x": [1.0, null]}},
			"future": {"b": 1, "a": 2}, "passThroughBehavior": "never"}`},
		{"values that fit nowhere", `{"type": 7, "httpMethod": null, "requestParameters": "body",
			"contentHandling": "", "responses": {"default": null}, "timeoutInMillis": "29000"}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			integration := decode[extensions.Integration](t, test.value)
			if got, want := encode(t, integration), compact(t, test.value); got != want {
				t.Errorf("round trip:\n got %s\nwant %s", got, want)
			}
		})
	}
}

func TestIntegrationFieldWinsOverMisfit(t *testing.T) {
	integration := decode[extensions.Integration](t, `{"type": 7, "future": 1}`)
	integration.Type = extensions.TypeMock
	for range 2 { // marshalling changes nothing
		if got, want := encode(t, integration), `{"type":"mock","future":1}`; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if len(integration.Unknown) != 2 {
		t.Errorf("Unknown = %s", integration.Unknown)
	}
}

func TestDecodingReplacesTheReceiver(t *testing.T) {
	integration := extensions.Integration{URI: extensions.Literal("old"), Unknown: map[string]json.RawMessage{"a": nil}}
	if err := json.Unmarshal([]byte(`{"type":"mock"}`), &integration); err != nil {
		t.Fatal(err)
	}
	if want := (extensions.Integration{Type: extensions.TypeMock}); !reflect.DeepEqual(integration, want) {
		t.Errorf("got %+v", integration)
	}
}

func TestVocabularyIsComparedWithoutCase(t *testing.T) {
	if !extensions.IntegrationType("AWS_PROXY").IsProxy() || !extensions.IntegrationType("Http_Proxy").IsProxy() {
		t.Error("a proxy in upper case is none")
	}
	if extensions.IntegrationType("").IsMock() || !extensions.IntegrationType("MOCK").IsMock() {
		t.Error("a mock is not told apart")
	}
	if !extensions.PassthroughBehavior("NEVER").Is(extensions.PassthroughNever) {
		t.Error("NEVER is not never")
	}
	if !extensions.ContentHandling("convert_to_text").Is(extensions.ConvertToText) {
		t.Error("convert_to_text is not CONVERT_TO_TEXT")
	}
}

func TestIntegrationMistakes(t *testing.T) {
	lambda := `"uri": "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:f/invocations"`
	testMistakes[extensions.Integration](t, []mistakeCase{
		{"none in upper case", `{"type": "MOCK", "passthroughBehavior": "NEVER", "contentHandling": "convert_to_text"}`, ""},
		{"none in a reference", `{"$ref": "#/components/x-amazon-apigateway-integrations/A"}`, ""},
		{"none in an intrinsic", `{"Fn::If": ["C", {}, {}]}`, ""},
		{"none that is templated", `{"type": "${type}", "timeoutInMillis": "${timeout}", "uri": "%{ if x }y%{ endif }"}`, ""},
		{"none in intrinsic members", `{"type": {"Ref": "T"}, "uri": {"Ref": "U"}, "requestTemplates": {"Ref": "R"}}`, ""},
		{"none in what may be newer", `{"type": "mock", "somethingNew": true, "x-own": 1}`, ""},
		{"type missing", `{}`, `type: is missing; use http, http_proxy, aws, aws_proxy or mock`},
		{"type unknown", `{"type": "lambda", "uri": "u"}`, `type: "lambda" is not a value of this member; use http, http_proxy, aws, aws_proxy or mock`},
		{"type misspelled", `{"type": "awsproxy", "uri": "u"}`, `type: "awsproxy" is not a value of this member, did you mean "aws_proxy"`},
		{"type of another type", `{"type": 7}`, `type: "7" is not a string`},
		{"type empty", `{"type": ""}`, `type: is empty`},
		{"uri missing", `{"type": "http"}`, `uri: is missing; an integration of type http calls a backend`},
		{"uri of another type", `{"type": "http", "uri": ["a"]}`, "uri: `[\"a\"]` is not a string"},
		{"uri missing, but a service action", `{"type": "AWS_PROXY", "integrationSubtype": "SQS-SendMessage"}`, ""},
		{"Lambda by GET", `{"type": "aws", "httpMethod": "GET", ` + lambda + `}`, `httpMethod: "GET" does not invoke a Lambda function; write "POST"`},
		{"Lambda by POST", `{"type": "aws", "httpMethod": "POST", ` + lambda + `}`, ""},
		{"VPC link missing", `{"type": "http", "uri": "u", "connectionType": "VPC_LINK"}`, `connectionId: is missing; name the VPC link`},
		{"connection unknown", `{"type": "mock", "connectionType": "VPN"}`, `connectionType: "VPN" is not a value of this member; use INTERNET or VPC_LINK`},
		{"passthrough misspelled", `{"type": "mock", "passthroughBehavior": "when-no-match"}`, `passthroughBehavior: "when-no-match" is not a value of this member, did you mean "when_no_match"`},
		{"member misspelled", `{"type": "mock", "passThroughBehavior": "never"}`, `passThroughBehavior: is not a member, did you mean "passthroughBehavior"`},
		{"payload format unknown", `{"type": "aws_proxy", "uri": "u", "payloadFormatVersion": 3.0}`, `payloadFormatVersion: "3.0" is not a payload format; write "1.0" or "2.0"`},
		{"payload format of Lambda proxies", `{"type": "http_proxy", "uri": "u", "payloadFormatVersion": "2.0"}`, `payloadFormatVersion: "2.0" is for Lambda proxies only; write "1.0"`},
		{"payload format as a converter leaves it", `{"type": "aws_proxy", "uri": "u", "payloadFormatVersion": 2}`, ""},
		{"timeout too short", `{"type": "mock", "timeoutInMillis": 29}`, `timeoutInMillis: "29" is too short; write at least 50`},
		{"timeout quoted", `{"type": "mock", "timeoutInMillis": "29000"}`, `timeoutInMillis: "29000" is not a whole number; write 29000 without quotes`},
		{"streaming without a proxy", `{"type": "http", "uri": "u", "responseTransferMode": "STREAM"}`, `responseTransferMode: "STREAM" needs a proxy integration, not type http`},
		{"template of another type", `{"type": "mock", "requestTemplates": {"application/json": {"statusCode": 200}}}`, "requestTemplates[\"application/json\"]: `{\"statusCode\":200}` is not a string"},
		{"TLS member misspelled", `{"type": "mock", "tlsConfig": {"insecureSkipVerify": true, "insecureSkipVerifcation": true}}`, `tlsConfig.insecureSkipVerifcation: is not a member, did you mean "insecureSkipVerification"`},
		{"response of another type", `{"type": "mock", "responses": {"default": null}}`, `responses.default: "null" is not an object`},
		{"boolean in a mapping", `{"type": "mock", "requestParameters": {"integration.request.header.A": true}}`, `requestParameters["integration.request.header.A"]: "true" is not a string, the import drops it; write "'true'"`},
		{"dialect of HTTP APIs", `{"type": "http_proxy", "uri": "u", "requestParameters": {"append:header.a": "$request.header.b", "overwrite:path": "/x"}}`, ""},
		{"parameters of a service action", `{"type": "aws_proxy", "integrationSubtype": "SQS-SendMessage", "requestParameters": {"QueueUrl": "q"}}`, ""},
		{"mapping target unknown", `{"type": "mock", "requestParameters": {"method.request.header.A": "'a'"}}`, `requestParameters["method.request.header.A"]: is not a mapping target; write integration.request.header.NAME, integration.request.path.NAME or integration.request.querystring.NAME`},
	})
}

func TestValidateFindsAllMistakesAtOnce(t *testing.T) {
	integration := decode[extensions.Integration](t, `{
		"type": "htpp_proxy", "passthroughBehaviour": "never", "contentHandling": "TEXT",
		"timeoutInMillis": 1, "requestParameters": "body",
		"responses": {
			"default": {"statusCode": 20, "responseParameters": {"method.response.header.A": "*"}},
			"4\\d{2}": {"contentHandling": "BINARY"}
		}
	}`)
	wantMistakes(t, integration,
		`passthroughBehaviour: is not a member, did you mean "passthroughBehavior"`,
		`requestParameters: "body" is not an object`,
		`type: "htpp_proxy" is not a value of this member, did you mean "http_proxy"`,
		`uri: is missing; an integration of type htpp_proxy calls a backend`,
		`contentHandling: "TEXT" is not a value of this member; use CONVERT_TO_TEXT or CONVERT_TO_BINARY`,
		`responses["4\\d{2}"].statusCode: is missing; name the status of a declared response`,
		`responses["4\\d{2}"].contentHandling: "BINARY" is not a value of this member; use CONVERT_TO_TEXT or CONVERT_TO_BINARY`,
		`responses.default.statusCode: "20" is not a status code; write 100 to 599`,
		`responses.default.responseParameters["method.response.header.A"]: "*" is not a mapping expression; a static value stands in single quotes: "'*'"`,
		`timeoutInMillis: "1" is too short; write at least 50`,
	)
}

func TestReusableIntegrationsAreValidatedByName(t *testing.T) {
	integrations := decode[extensions.Integrations](t, `{"A": {"type": "http_proxy", "uri": "u"}, "B": {}}`)
	wantMistakes(t, integrations, `B.type: is missing; use http, http_proxy, aws, aws_proxy or mock`)
}
