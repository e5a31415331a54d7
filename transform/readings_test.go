package transform_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	sigsyaml "sigs.k8s.io/yaml"

	"github.com/apigw-cors/apigw-cors/cmd"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// TestTextIsReadOnce holds that every command reads a document once, and its result once more at
// most. What the prover reads by itself comes on top.
func TestTextIsReadOnce(t *testing.T) {
	const plain = `openapi: 3.0.1
info: {title: t, version: "1"}
paths:
  /a:
    get:
      responses: {"200": {description: a}}
      x-amazon-apigateway-integration: {type: http, httpMethod: GET, uri: "https://b.example.com", responses: {default: {statusCode: "200"}}}
  /b:
    get:
      responses: {"200": {description: b}}
      x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: "200"}}}
`
	const configured = `openapi: 3.0.1
info: {title: t, version: "1"}
paths:
  /a:
    get:
      responses: {default: {description: a}}
      x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: "https://b.example.com", payloadFormatVersion: "1.0"}
`
	dir := t.TempDir()
	t.Chdir(dir)
	for _, args := range []string{
		"enable ORIGIN plain.yaml", "enable ORIGIN --prove plain.yaml", "enable ORIGIN plain.json", "enable ORIGIN --diff plain.yaml",
		"enable --api http ORIGIN configured.yaml", "enable ORIGIN enabled.yaml",
		"disable enabled.yaml", "disable plain.yaml",
		"check ORIGIN plain.yaml", "check ORIGIN enabled.yaml", "check ORIGIN --prove --set blocks=false plain.yaml", "check ORIGIN --prove enabled.yaml",
		"lint plain.yaml", "lint enabled.yaml", "lint --format sarif plain.yaml",
		"report plain.yaml", "report ORIGIN plain.yaml", "report ORIGIN enabled.yaml",
		"export --as headers --api rest ORIGIN configured.yaml", "export --as terraform --api http ORIGIN configured.yaml",
		"preflight --all ORIGIN plain.yaml", "preflight --all plain.yaml", "config show ORIGIN plain.yaml",
	} {
		for name, text := range map[string]string{"plain.yaml": plain, "configured.yaml": configured} {
			write(t, filepath.Join(dir, name), text)
		}
		json, err := sigsyaml.YAMLToJSON([]byte(plain))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, "plain.json"), string(json))
		write(t, filepath.Join(dir, "enabled.yaml"), run(t, "enable", "--allow-origin", "https://app.example.com", "plain.yaml"))
		var read []int
		source.Observe = func(name string, size int) {
			if !strings.Contains(name, "intrinsic") {
				read = append(read, size)
			}
		}
		run(t, strings.Fields(strings.ReplaceAll(args, "ORIGIN", "--allow-origin https://app.example.com"))...)
		source.Observe = nil
		if len(read) > 2 || len(read) == 0 {
			t.Errorf("%s: the text is read %d times: %v bytes", args, len(read), read)
		}
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// run runs a command and returns what it prints. Whether it succeeds is for other tests.
func run(t *testing.T, args ...string) string {
	t.Helper()
	var out, messages bytes.Buffer
	if code := cmd.Run(args, cmd.Streams{In: strings.NewReader(""), Out: &out, Err: &messages}); code > 1 {
		t.Errorf("%v: exits with %d and says\n%s", args, code, messages.String())
	}
	return out.String()
}
