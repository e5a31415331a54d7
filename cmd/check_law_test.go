package cmd_test

import (
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/internal/documents"
)

// TestCheckPassesOnlyWhatLintPasses holds that check exits with 0 only if lint finds no
// error: of the documents of the project and of others that stand beside it, as they are and
// as enable writes them.
func TestCheckPassesOnlyWhatLintPasses(t *testing.T) {
	const largest = 60_000
	passed, failed := 0, 0
	for _, api := range []string{"rest", "http"} {
		args := []string{"--api", api, "--allow-origin", "https://app.example.com"}
		for _, d := range documents.Read(t, largest) {
			src := string(d.Src)
			for range 2 {
				checked := runHere(src, append([]string{"check"}, append(args, "-")...)...)
				linted := runHere(src, "lint", "--api", api, "-")
				switch {
				case checked.code == 0 && linted.code != 0:
					t.Errorf("%s, %s: check exits with 0 and lint with %d:\n%s%s", d.Name(), api, linted.code, linted.stdout, linted.stderr)
				case checked.code == 0:
					passed++
				case linted.code == 1:
					failed++
				}
				enabled := runHere(src, append([]string{"enable"}, append(args, "-")...)...)
				if enabled.code != 0 || enabled.stdout == src {
					break
				}
				src = enabled.stdout
			}
		}
	}
	t.Logf("check passed %d documents, and lint found errors in %d", passed, failed)
	if !testing.Short() && (passed < 100 || failed < 200) {
		t.Errorf("too few were tried: check passed %d, and lint found errors in %d", passed, failed)
	}
}

// TestCheckIsAsGraveAsLint holds that check takes an OpenAPI 3.1 document for an error, which
// enable only reports.
func TestCheckIsAsGraveAsLint(t *testing.T) {
	const doc = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get:\n      responses: {'200': {description: a}}\n      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, passthroughBehavior: never}\n"
	const app = "--allow-origin=https://app.example.com"
	fresh := runHere(doc, "enable", app, "-")
	if fresh.code != 0 {
		t.Fatalf("enable: exit %d\n%s", fresh.code, fresh.stderr)
	}
	said := runHere(fresh.stdout, "check", app, "-")
	if said.code != 1 || !strings.Contains(said.stderr, "error: ") || !strings.Contains(said.stderr, "(openapi-3.1)") {
		t.Errorf("exit %d\n%s", said.code, said.stderr)
	}
	if said = runHere(fresh.stdout, "check", app, "--disable", "openapi-3.1", "-"); said.code != 0 {
		t.Errorf("disabled: exit %d\n%s", said.code, said.stderr)
	}
}
