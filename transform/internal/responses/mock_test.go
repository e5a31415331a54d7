package responses_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/proof/gateway"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

// outcome is a mock's response: the status, and whether it fails or is not known.
type outcome struct {
	status  int
	pattern string
	fails   bool
	unknown bool
}

func outcomeOf(r responses.MockResponse) outcome {
	o := outcome{status: r.Status, fails: r.Fails != "", unknown: r.Unknown != ""}
	if r.Entry != nil {
		o.pattern = r.Entry.Pattern
	}
	return o
}

// mockOf returns the response of an OPTIONS with these members of its mock. Where it is sure of
// it, so is the prover, which has a reading of its own, if it can tell.
func mockOf(t *testing.T, root, methodResponses, members string) responses.MockResponse {
	t.Helper()
	d := opened(t, root, `/a: {options: {responses: `+methodResponses+`, x-amazon-apigateway-integration: {type: mock`+members+`}}}`)
	got := responses.MockResponseOf(d, d.Resources[0].Options())
	api, err := gateway.Read(d.Root.File.Src, gateway.Options{})
	if err != nil {
		t.Fatal(err)
	}
	proved := api.Respond(t.Context(), gateway.Request{Method: "OPTIONS", Path: "/a"}, nil)
	if got.Unknown == "" && proved.Unknown == nil && proved.Status != got.Status && !isKnownBetter(members) {
		t.Errorf("%s %s %s: got %d %s, the prover answers %d", root, methodResponses, members, got.Status, got.Fails, proved.Status)
	}
	if (got.Cause != responses.NoFailure) != (got.Fails != "") {
		t.Errorf("%s: it fails because of %q, of the kind %d", members, got.Fails, got.Cause)
	}
	return got
}

// isKnownBetter reports whether the prover does not know what was recorded of the members of a
// mock: CONVERT_TO_BINARY, by LocalStack's TestApiGatewayS3BinarySupport.
func isKnownBetter(members string) bool {
	return strings.Contains(strings.ToUpper(members), "CONVERT_TO_BINARY")
}

// TestMockFailuresHaveTheirKind holds that failures of mocks can be told apart.
func TestMockFailuresHaveTheirKind(t *testing.T) {
	for members, want := range map[string]responses.MockFailure{
		template + byStatus: responses.NoFailure,
		byStatus:            responses.NoTemplate,
		", passthroughBehavior: never" + byStatus:                    responses.NoTemplate,
		", requestTemplates: {application/json: '{}'}" + byStatus:    responses.NoStatus,
		template + ", contentHandling: CONVERT_TO_BINARY" + byStatus: responses.BinaryRequest,
		template + ", responses: {'4..': {statusCode: 404}}":         responses.NoEntry,
		template: responses.NoEntry,
		template + ", responses: {default: {statusCode: 201}}":                                                                  responses.UndeclaredStatus,
		template + ", responses: {default: {statusCode: 200, contentHandling: CONVERT_TO_BINARY, responseTemplates: {a/b: x}}}": responses.BinaryResponse,
	} {
		if got := mockOf(t, "", declared, members); got.Cause != want {
			t.Errorf("%s: got %d (%s), want %d", members, got.Cause, got.Fails, want)
		}
	}
}

// TestDoubtsHaveTheirKind holds that what nobody can tell of a mock is of the kind of failure that it
// may be.
func TestDoubtsHaveTheirKind(t *testing.T) {
	const everyType, jsonType = "x-amazon-apigateway-binary-media-types: ['*/*']", "x-amazon-apigateway-binary-media-types: [application/json]"
	const toText = ", contentHandling: CONVERT_TO_TEXT"
	for _, tt := range []struct {
		root, members string
		want          responses.MockFailure
	}{
		{jsonType, template + byStatus, responses.BinaryRequest},
		{jsonType, template + toText + byStatus, responses.NoFailure},
		{everyType, template + byStatus, responses.NoFailure}, // which fails for certain
		{everyType, template + toText + byStatus, responses.BinaryResponse},
		{"", ", requestTemplates: !Ref Templates" + byStatus, responses.NoFailure},
	} {
		if got := mockOf(t, tt.root, declared, tt.members); got.Doubt != tt.want {
			t.Errorf("%s%s: got %d (%s), want %d", tt.root, tt.members, got.Doubt, got.Unknown, tt.want)
		}
	}
}

const (
	declared = `{"200": {description: d}, "204": {description: d}, "404": {description: d}}`
	template = `, requestTemplates: {application/json: '{"statusCode": 200}'}`
	byStatus = `, responses: {default: {statusCode: 200}, "4\\d{2}": {statusCode: 404}}`
)

// TestMockRespondsWithTheStatusThatItsTemplateRenders holds what the request template of a mock
// makes of the response: a number is the status, and the rest fails or is not known.
func TestMockRespondsWithTheStatusThatItsTemplateRenders(t *testing.T) {
	of := func(pattern string, status int) outcome { return outcome{status: status, pattern: pattern} }
	none, unknown := outcome{status: 500, fails: true}, outcome{unknown: true}
	for text, want := range map[string]outcome{
		`{"statusCode": 200}`:                                 of("default", 200),
		"{\n  \"statusCode\" : 404\n}\n":                      of(`4\d{2}`, 404),
		`{"statusCode": 0}`:                                   of("default", 200),
		`{"statusCode": -1}`:                                  of("default", 200),
		`{"a": {"b": []}, "statusCode": 404}`:                 of(`4\d{2}`, 404),
		`{statusCode: 200}`:                                   of("default", 200),
		`{'statusCode': 404}`:                                 of(`4\d{2}`, 404),
		`{a: "x", 'b': ',', statusCode: 404, c: null}`:        of(`4\d{2}`, 404),
		"## hello\n{\"statusCode\": 404}":                     of(`4\d{2}`, 404),
		`#* a *#{"statusCode": 404}`:                          of(`4\d{2}`, 404),
		`#set($a = "x)")#set ($b = $c.d(1)){statusCode: 404}`: of(`4\d{2}`, 404),
		`{"statusCode": 404, "price": "$5, #1"}`:              of(`4\d{2}`, 404),

		``:                      none,
		`hello`:                 none,
		`200`:                   none,
		`{}`:                    none,
		`{ }`:                   none,
		`{a: 1}`:                none,
		`{"statusCode": "200"}`: none,
		`{"statusCode": 200.0}`: none,
		`{statusCode: '200'}`:   none,
		`{"statusCode": null}`:  none,
		`{"statusCode": 200};`:  none,
		`{ statusCode: 200, headers: {"A": "*"} };`: none,
		`{"a": {"statusCode": 200}}`:                none,
		`[{"statusCode": 200}]`:                     none,
		`{“statusCode”: 200}`:                       none,
		`{"statusCode": 200`:                        none,
		`statusCode: 200`:                           none,
		`#if($a){"x": 1}#else{}#end`:                none,
		`#set($s = "statusCode"){}`:                 none,

		`{ statusCode: 200, headers: {"A": "*"} }`:                         unknown,
		`{a: "{", statusCode: 404}`:                                        unknown,
		`{"statusCode": 200,}`:                                             unknown,
		`{"statusCode": 200}}`:                                             unknown,
		`#if($a == "1"){"statusCode": 500}#else{"statusCode": 200}#end`:    unknown,
		`#set($s = 200){"statusCode": $s}`:                                 unknown,
		`{"statusCode": 200, "id": "$input.params('id')"}`:                 unknown,
		`{"statusCode": ${code}}`:                                          unknown,
		`$input.json('$')`:                                                 unknown,
		`#parse("x")`:                                                      unknown,
		`{"statusCode": 200, "a": "\$x"}`:                                  unknown,
		`#set($context.responseOverride.header.A = "b"){"statusCode":404}`: of(`4\d{2}`, 404),
		`#set($context.responseOverride.status = 403){"statusCode": 404}`:  {status: 404, pattern: `4\d{2}`, unknown: true},
		`#set($o = $context.responseOverride){"statusCode": 404}`:          {status: 404, pattern: `4\d{2}`, unknown: true},
	} {
		quoted, _ := json.Marshal(text) // a string is always JSON
		got := outcomeOf(mockOf(t, "", declared, ", requestTemplates: {application/json: "+string(quoted)+"}"+byStatus))
		if got != want {
			t.Errorf("%s: got %+v, want %+v", text, got, want)
		}
	}
}

// TestMockRespondsAsItsMembersSay holds what the other members of a mock, and the document, make
// of the response.
func TestMockRespondsAsItsMembersSay(t *testing.T) {
	const toText = ", contentHandling: CONVERT_TO_TEXT"
	const everyType, jsonType = "x-amazon-apigateway-binary-media-types: ['*/*']", "x-amazon-apigateway-binary-media-types: [image/png, application~1json]"
	ok, fails, unknown := outcome{status: 200, pattern: "default"}, outcome{status: 500, fails: true}, outcome{unknown: true}
	likely := outcome{status: 200, pattern: "default", unknown: true}
	for _, tt := range []struct {
		root, methodResponses, members string
		want                           outcome
	}{
		{members: template + byStatus, want: ok},
		{members: byStatus, want: fails},
		{members: ", requestTemplates: null" + byStatus, want: fails},
		{members: ", requestTemplates: {text/plain: '{\"statusCode\": 200}'}" + byStatus, want: fails},
		{members: ", passthroughBehavior: never" + byStatus, want: outcome{status: 415, fails: true}},
		{members: ", passthroughBehavior: WHEN_NO_TEMPLATES" + byStatus, want: fails},
		{members: ", passthroughBehavior: when_no_templates, requestTemplates: {text/plain: x}" + byStatus, want: outcome{status: 415, fails: true}},
		{members: ", passthroughBehavior: !Ref Behavior" + byStatus, want: unknown},
		{members: ", requestTemplates: {$default: '{\"statusCode\": 200}'}" + byStatus, want: unknown},
		{members: ", requestTemplates: {application/json;charset=utf-8: '{\"statusCode\": 200}'}" + byStatus, want: unknown},
		{members: ", requestTemplates: {'Fn::If': [C, {application/json: x}, {}]}" + byStatus, want: unknown},
		{members: ", requestTemplates: {application/json: {'Fn::If': [C, a, b]}}" + byStatus, want: unknown},
		{members: ", requestTemplates: {application/json: !Sub '{}'}" + byStatus, want: unknown},

		{members: template, want: fails},
		{members: ", requestTemplates: {application/json: {'Fn::If': [C, a, b]}}", want: fails},
		{members: ", requestTemplates: {application/json: '{\"statusCode\": $status}'}, responses: {}", want: fails},
		{members: template + ", responses: {}", want: fails},
		{members: template + ", responses: {'4..': {statusCode: 404}}", want: fails},
		{members: template + ", responses: {'2': {statusCode: 404}}", want: fails},
		{members: template + ", responses: {'2..': {statusCode: 204}, default: {statusCode: 200}}", want: outcome{status: 204, pattern: "2.."}},
		{members: template + ", responses: {'': {statusCode: 204}}", want: outcome{status: 204}},
		{members: template + ", responses: {'2..': {statusCode: 204}, '.*': {statusCode: 200}}", want: outcome{pattern: "2..", unknown: true}},
		{members: template + ", responses: {'(?=2).*': {statusCode: 204}, default: {statusCode: 200}}", want: outcome{pattern: "default", unknown: true}},
		{members: template + ", responses: {'4..': {statusCode: 200}, default: {statusCode: 200}}", want: outcome{pattern: "default", unknown: true}},
		{members: template + ", responses: {default: {}}", want: outcome{pattern: "default", unknown: true}},
		{members: template + ", responses: {default: !Ref Response}", want: outcome{pattern: "default", unknown: true}},
		{members: template + ", responses: {default: {statusCode: !Ref Status}}", want: outcome{pattern: "default", unknown: true}},
		{members: template + ", responses: {default: {statusCode: '${status}'}}", want: outcome{pattern: "default", unknown: true}},
		{members: template + ", responses: {default: {statusCode: 200, responseTemplates: !Ref T}}", want: likely},
		{members: template + ", responses: {default: {statusCode: 200, responseTemplates: {a/b: '#set($context.responseOverride.status = 403)'}}}", want: likely},
		{members: template + ", responses: {default: {statusCode: 200, responseTemplates: {a/b: '## $context.responseOverride.status'}}}", want: ok},
		{members: template + ", responses: {default: {statusCode: 200, responseTemplates: {a/b: !Sub '$context.responseOverride.status'}}}", want: likely},

		{members: template + byStatus, methodResponses: "{}", want: fails},
		{members: template + byStatus, methodResponses: `{"204": {description: d}}`, want: fails},
		{members: template + byStatus, methodResponses: "{default: {description: d}}", want: likely},
		{members: template + byStatus, methodResponses: `{"204": {description: d}, 2XX: {description: d}}`, want: fails},
		{members: template + byStatus, methodResponses: "{2XX: {description: d}}", want: likely},
		{members: template + byStatus, methodResponses: "!Ref Responses", want: likely},

		{root: everyType, members: template + byStatus, want: fails},
		{root: everyType, members: byStatus, want: fails},
		{root: everyType, members: template + toText + byStatus, want: likely},
		{root: everyType, members: template + toText + ", responses: {default: {statusCode: 200" + toText + "}}", want: ok},
		{root: everyType, members: template + ", contentHandling: !Ref Handling" + byStatus, want: unknown},
		{root: jsonType, members: template + byStatus, want: unknown},
		{root: jsonType, members: template + toText + byStatus, want: ok},
		{root: "x-amazon-apigateway-binary-media-types: [image/png, image~1gif]", members: template + byStatus, want: ok},
		{root: "x-amazon-apigateway-binary-media-types: ['*~1*']", members: template + byStatus, want: unknown},
		{root: "x-amazon-apigateway-binary-media-types: [!Ref Type]", members: template + byStatus, want: unknown},
		{root: "x-amazon-apigateway-binary-media-types: !Ref Types", members: template + byStatus, want: unknown},
		{root: "x-amazon-apigateway-binary-media-types: !Ref Types", members: template + toText + byStatus, want: ok},
		{members: template + ", contentHandling: convert_to_binary" + byStatus, want: fails},
		{members: template + ", responses: {default: {statusCode: 200, contentHandling: CONVERT_TO_BINARY, responseTemplates: {a/b: x}}}", want: fails},
		{members: template + ", responses: {default: {statusCode: 200, contentHandling: CONVERT_TO_BINARY}}", want: likely},
		{members: template + ", responses: {default: {statusCode: 200, contentHandling: !Ref H}}", want: likely},
	} {
		if tt.methodResponses == "" {
			tt.methodResponses = declared
		}
		got := mockOf(t, tt.root, tt.methodResponses, tt.members)
		if diff := cmp.Diff(tt.want, outcomeOf(got), cmp.AllowUnexported(outcome{})); diff != "" {
			t.Errorf("%s %s %s (-want +got):\n%s%s%s", tt.root, tt.methodResponses, strings.TrimPrefix(tt.members, ", "), diff, got.Fails, got.Unknown)
		}
	}
}
