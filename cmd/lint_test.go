package cmd_test

import (
	"os"
	"strings"
	"testing"
)

// TestFixWritesAllOrNone holds that a document which cannot be read keeps the others from
// being mended, and that a change without a certain place does not.
func TestFixWritesAllOrNone(t *testing.T) {
	src, err := os.ReadFile("../testdata/lint/by-hand/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	said := run(t, map[string]string{"a.yaml": string(src), "b.yaml": "openapi: [\n"}, "", "lint", "--fix", "--fail-on=never", "a.yaml", "b.yaml")
	if said.code != 3 || strings.Contains(said.stderr, "mended") || readFileHere(t, "a.yaml") != string(src) {
		t.Errorf("exit %d: %s", said.code, said.stderr)
	}
	const shared = `openapi: 3.0.1
info: {title: t, version: "1"}
paths:
  /a: {put: &put {responses: {"200": {description: d}}, x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}}, options: &options {responses: {"200": {description: d, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}, x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://App.example.com'"}}}}}}
  /b: {put: *put, options: *options}
  /c: {get: {responses: {"200": {description: d, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}, x-amazon-apigateway-integration: {type: http, httpMethod: GET, uri: "https://b.example.com", responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://App.example.com'"}}}}}}
`
	said = run(t, map[string]string{"a.yaml": shared}, "", "lint", "--fix", "--fail-on=never", "a.yaml")
	want := shared[:strings.LastIndex(shared, "App.")] + "app." + shared[strings.LastIndex(shared, "App.")+4:]
	if said.code != 0 || readFileHere(t, "a.yaml") != want || !strings.Contains(said.stdout, "(origin-case)") {
		t.Errorf("exit %d: %s\n%s", said.code, said.stderr, readFileHere(t, "a.yaml"))
	}
}

// readFileHere returns a file of the directory that run has made.
func readFileHere(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
