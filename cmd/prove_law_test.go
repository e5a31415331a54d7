package cmd_test

import (
	"strings"
	"testing"
)

// inAPI is a document with one resource, /a, whose methods are given in flow style.
func inAPI(methods ...string) string {
	return "openapi: 3.0.1\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    " + strings.Join(methods, "\n    ") + "\n"
}

const (
	works   = "put: {responses: {'200': {description: ok}}, x-amazon-apigateway-integration: {type: http, httpMethod: PUT, uri: 'https://b.example.com', responses: {default: {statusCode: '200'}}}}"
	kept    = `get: {responses: {'200': {description: ok, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}, x-amazon-apigateway-integration: {type: http, httpMethod: GET, uri: 'https://b.example.com', responses: {default: {statusCode: '200', responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://old.example.com'"}}}}}`
	proxied = "put: {responses: {'200': {description: ok}}, x-amazon-apigateway-integration: {type: http_proxy, httpMethod: PUT, uri: 'https://b.example.com'}}"
)

// mocked is a method with a mock: with a request template, if there is one, and responses.
func mocked(method, template, responses string) string {
	if template != "" {
		template = "requestTemplates: {application/json: '" + template + "'}, "
	}
	return method + ": {responses: {'200': {description: ok}}, x-amazon-apigateway-integration: {type: mock, " + template + "responses: " + responses + "}}"
}

// ownOptions is an OPTIONS that allows PUT to the origin of these tests, or would: its mock has a
// template.
func ownOptions(template string) string {
	return `options: {responses: {'200': {description: ok, headers: {Access-Control-Allow-Origin: {schema: {type: string}}, Access-Control-Allow-Methods: {schema: {type: string}}, Access-Control-Allow-Headers: {schema: {type: string}}}}}, ` +
		`x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: '` + template + `'}, responses: {default: {statusCode: '200', responseParameters: {` +
		`method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'", method.response.header.Access-Control-Allow-Methods: "'PUT'", method.response.header.Access-Control-Allow-Headers: "'Content-Type'"}}}}}`
}

// ofBackend is an OPTIONS whose backend decides which origin it allows.
const ofBackend = `options: {responses: {'200': {description: ok, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}, x-amazon-apigateway-integration: {type: http, httpMethod: GET, uri: 'https://b.example.com', responses: {default: {statusCode: '200', responseParameters: {method.response.header.Access-Control-Allow-Origin: integration.response.header.Access-Control-Allow-Origin}}}}}`

const fixed = `{"statusCode": 200}`

// TestProveExitsWithZeroOnlyIfRequestsSucceed holds what --prove promises: something is written
// only if a request was proved, every request of an allowed origin succeeds with a response of the
// method itself, and every one of a disallowed origin is refused. What a finding excuses is named.
func TestProveExitsWithZeroOnlyIfRequestsSucceed(t *testing.T) {
	const answered = "{default: {statusCode: '200'}}"
	for _, tt := range []struct {
		name, document string
		args           []string
		code           int
		says           string
	}{
		{"a method that works", inAPI(works), nil, 0, "proved: 1 call a browser makes succeed, 9 calls"},
		{"a backend that must send the headers", inAPI(proxied), nil, 0, "proved: 1 call a browser makes succeed (1 of them if"},
		{"a mock without a template", inAPI(works, mocked("get", "", answered)), nil, 1, "GET /a from https://app.example.com fails at run time: API Gateway itself responds with 500 (API_CONFIGURATION_ERROR)"},
		{"a mock whose template renders a list", inAPI(works, mocked("get", "["+fixed+"]", answered)), nil, 1, "(mock-without-status)"},
		{"a mock without responses", inAPI(works, mocked("get", fixed, "{}")), nil, 1, "GET /a from https://app.example.com fails at run time: API Gateway itself responds with 500 (API_CONFIGURATION_ERROR)"},
		{"a mock without a response for its status", inAPI(works, mocked("get", fixed, "{'4..': {statusCode: '200'}}")), nil, 1, "(selection-missing)"},
		{"a method that is all there is and fails", inAPI(mocked("get", fixed, "{}")), nil, 1, "(selection-missing)"},
		{"a method that is all there is and keeps another origin", inAPI(kept), nil, 1, "no request of an allowed origin is proved; findings report why: GET /a (origin-conflict, line 5)"},
		{"a status without a method response", inAPI(proxied, strings.Replace(ownOptions(fixed), "'200': {description", "'299': {description", 1)), nil, 1, "the import fails: the method response does not declare"},
		{"a media type that is refused", inAPI(works, "post: {requestBody: {content: {application/json: {}}}, responses: {'200': {description: ok}}, x-amazon-apigateway-integration: {type: mock, passthroughBehavior: never, responses: "+answered+"}}"), nil, 1, "415 (UNSUPPORTED_MEDIA_TYPE)"},
		{"no page can read the response", inAPI(works), []string{"--allow-origin=https://b.example.com", "--set=addResponseTemplates=false"}, 1, "no request of an allowed origin is proved"},
		{"a method without an integration", inAPI(works, "get: {responses: {'200': {description: ok}}}"), nil, 1, "GET /a is not proved: the method has no integration"},
		{"a template that is not known here", inAPI(works, mocked("get", `$util.base64Decode("e30=")`, answered)), nil, 1, "GET /a is not proved: "},
		{"a preflight that may be of a binary type", inAPI(proxied, ownOptions(fixed)) + "x-amazon-apigateway-binary-media-types: [application/json]\n", nil, 1, "PUT /a is not proved: whether a request without Content-Type, such as a preflight, is of the binary media type application/json is not known"},
		{"a preflight of a binary type", inAPI(proxied, ownOptions(fixed)) + "x-amazon-apigateway-binary-media-types: ['*/*']\n", nil, 1, "PUT /a from https://app.example.com fails"},
		{"a kept header of another origin", inAPI(works, kept), nil, 0, "refused by browsers, as a finding reports:\n    GET /a (origin-conflict, line 6)"},
		{"a kept OPTIONS that works", inAPI(proxied, ownOptions(fixed)), nil, 0, "proved: 1 call a browser makes succeed"},
		{"a kept OPTIONS that fails", inAPI(proxied, ownOptions("["+fixed+"]")), nil, 1, "PUT /a from https://app.example.com fails: OPTIONS is answered with 500"},
		{"a kept OPTIONS of a backend", inAPI(proxied, strings.Replace(proxied, "put", "options", 1)), nil, 0, "proved: 1 call a browser makes succeed (1 of them if"},
		{"a kept OPTIONS with a header of its backend", inAPI(proxied, ofBackend) + "  /b:\n    " + works + "\n", nil, 0, "not proved, as a finding reports:\n    PUT /a (options-kept, line 6)"},
		{"a kept OPTIONS with a header of its backend is all there is", inAPI(proxied, ofBackend), nil, 1, "findings report why: PUT /a (options-kept, line 6)"},
		{"an import that fails", inAPI(works) + "  /b c:\n    " + works + "\n", nil, 1, `the import fails: "b c" has characters that a path cannot have (import-path-characters)`},
		{"an import that fails by a rule alone", inAPI(works, strings.Replace(proxied, "put:", "get:", 1)[:len(proxied)-2]+`, responses: {default: {statusCode: '200', responseParameters: {method.response.header.X-Total: abc}}}}}`), nil, 1, "the import fails: "},
		{"nothing that could be enabled", inAPI("parameters: []"), nil, 0, "nothing to prove: the policy enables no method of the document"},
		{"nothing that the policy is about", inAPI(works) + "  /b: {}\n", []string{"--resource=/b"}, 0, "nothing to prove"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := runHere(tt.document, append([]string{"enable", "--prove", "--api=rest", app}, append(tt.args, "-")...)...)
			if r.code != tt.code || !strings.Contains(r.stderr, tt.says) || (r.stdout == "") != (tt.code != 0) {
				t.Errorf("exits with %d, writes %d bytes and says\n%s", r.code, len(r.stdout), r.stderr)
			}
			if tt.code == 0 {
				checked := runHere(r.stdout, append([]string{"check", "--prove", "--api=rest", "--fail-on=never", app}, append(tt.args, "-")...)...)
				if checked.code != 0 {
					t.Errorf("check exits with %d and says\n%s", checked.code, checked.stderr)
				}
			}
		})
	}
}

// TestPreflightAllCountsWhatFailsAtRunTime holds that trying everything exits with 1 where API
// Gateway itself responds with an error that pages can read, and counts it apart.
func TestPreflightAllCountsWhatFailsAtRunTime(t *testing.T) {
	r := runHere(inAPI(works, mocked("get", "["+fixed+"]", "{default: {statusCode: '200'}}")), "preflight", "--all", "--api=rest", app, "-")
	for _, want := range []string{"fails at run time: GET /a from https://app.example.com\n", "fails at run time: 1 call\n", "proved: 1 call a browser makes succeed"} {
		if !strings.Contains(r.stdout, want) {
			t.Errorf("%q is missing in\n%s", want, r.stdout)
		}
	}
	if r.code != 1 || strings.Contains(r.stdout, "not as the policy says") {
		t.Errorf("exits with %d and says\n%s", r.code, r.stdout)
	}
}
