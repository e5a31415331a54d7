package cmd_test

import (
	"os"
	"strings"
	"testing"
)

// TestSuppressionsHoldForEnable holds that a comment at the place of a finding of enable
// keeps check from speaking of it, as it keeps lint.
func TestSuppressionsHoldForEnable(t *testing.T) {
	const app = "--allow-origin=https://app.example.com"
	src, err := os.ReadFile("../testdata/enable/existing-options/all-kept.yaml")
	if err != nil {
		t.Fatal(err)
	}
	fresh := run(t, map[string]string{"a.yaml": string(src)}, "", "enable", app, "a.yaml").stdout
	said := run(t, map[string]string{"a.yaml": fresh}, "", "check", app, "a.yaml")
	if said.code != 1 || !strings.Contains(said.stderr, "(method-not-allowed)") || !strings.Contains(said.stderr, "(preflight-auth)") {
		t.Fatalf("without comments: exit %d\n%s", said.code, said.stderr)
	}
	const methods = `Access-Control-Allow-Methods: "'GET,OPTIONS'"`
	ignored := strings.ReplaceAll(fresh, methods, methods+" # apigw-cors-ignore: method-not-allowed")
	ignored = strings.ReplaceAll(ignored, "    options:\n      security: [{", "    options: # apigw-cors-ignore: preflight-auth\n      security: [{")
	said = run(t, map[string]string{"a.yaml": ignored}, "", "check", "--fail-on=error", app, "a.yaml")
	if strings.Contains(said.stderr, "(method-not-allowed)") || strings.Contains(said.stderr, "(preflight-auth)") {
		t.Errorf("with comments: exit %d\n%s", said.code, said.stderr)
	}
}

// TestUnreadableParts holds that a part that is no YAML, though its lines look like some, is
// an error of every command that comes upon it, and not taken for absent.
func TestUnreadableParts(t *testing.T) {
	const src = `openapi: 3.0.1
info: {title: Harbour, version: "1"}
paths:
  /ships:
    get:
      responses:
        "200": {description: a ship}
      x-amazon-apigateway-integration: {type: "aws_\qproxy", httpMethod: POST, uri: arn}
`
	for _, args := range [][]string{{"lint"}, {"lint", "--fix"}, {"report"}, {"export", "--as", "headers"}, {"enable", "--allow-origin=*"}, {"check", "--allow-origin=*"}} {
		said := run(t, map[string]string{"a.yaml": src}, "", append(args, "a.yaml")...)
		if said.code != 3 || said.stdout != "" || !strings.Contains(said.stderr, "a.yaml:8:40: error: not valid YAML: found unknown escape character") {
			t.Errorf("%v: exit %d\n%s%s", args, said.code, said.stdout, said.stderr)
		}
	}
}

// TestSuppressionsOfEnable holds that enable and check say nothing of what is suppressed,
// and that a suppression for enable is unknown to nobody.
func TestSuppressionsOfEnable(t *testing.T) {
	const app = "--allow-origin=https://app.example.com"
	const doc = "openapi: 3.0.1\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    x-amazon-apigateway-any-method:%s\n      responses: {}\n      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, passthroughBehavior: never}\n"
	plain, ignoring := strings.Replace(doc, "%s", "", 1), strings.Replace(doc, "%s", " # apigw-cors-ignore: any-options-added", 1)
	said := run(t, map[string]string{"a.yaml": plain}, "", "enable", "--api=rest", "--fail-on=warning", app, "a.yaml")
	if said.code != 1 || !strings.Contains(said.stderr, "(any-options-added)") {
		t.Fatalf("without a comment: exit %d\n%s", said.code, said.stderr)
	}
	files := map[string]string{"a.yaml": ignoring}
	said = run(t, files, "", "enable", "--api=rest", "--fail-on=warning", app, "a.yaml")
	if said.code != 0 || strings.Contains(said.stderr, "(any-options-added)") {
		t.Errorf("with a comment: exit %d\n%s", said.code, said.stderr)
	}
	if said = run(t, files, "", "lint", "--api=rest", "--fail-on=never", "a.yaml"); strings.Contains(said.stdout, "suppression") {
		t.Errorf("lint does not know it: %s", said.stdout)
	}
	files = map[string]string{"a.yaml": plain, "apigw-cors.yaml": "api: rest\npolicy: {allowOrigins: [https://app.example.com]}\nlint: {disable: [any-options-added]}\n"}
	if said = run(t, files, "", "enable", "--fail-on=warning", "a.yaml"); said.code != 0 || strings.Contains(said.stderr, "(any-options-added)") {
		t.Errorf("with the policy file: exit %d\n%s", said.code, said.stderr)
	}
}
