package transform_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	sigsyaml "sigs.k8s.io/yaml"

	"github.com/apigw-cors/apigw-cors/cmd"
	"github.com/apigw-cors/apigw-cors/internal/readings"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// TestTextIsReadOnce holds that every command reads a document once, and its result once more at
// most. The prover reads by itself what it proves, once.
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
	const mistaken = `openapi: 3.0.1
info: {title: t, version: "1"}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: x-api-key}
paths:
  /a:
    get:
      responses: {"200": {description: a, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}
      x-amazon-apigateway-integration: {type: http, httpMethod: GET, uri: "https://b.example.com", responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "HTTPS://App.example.com:443/x"}}}}
    options:
      security: [{key: []}]
      x-amazon-apigateway-auth: {type: AWS_IAM}
      responses: {"200": {description: a, headers: {Access-Control-Allow-Origin: {schema: {type: string}}, Access-Control-Allow-Methods: {schema: {type: string}}, Access-Control-Allow-Credentials: {schema: {type: string}}}}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: "200"
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: "''https://App.example.com/''"
              method.response.header.Access-Control-Allow-Methods: get,put
              method.response.header.Access-Control-Allow-Credentials: 'True'
`
	dir := t.TempDir()
	t.Chdir(dir)
	for _, args := range []string{
		"enable ORIGIN plain.yaml", "enable ORIGIN --prove plain.yaml", "enable ORIGIN plain.json", "enable ORIGIN --diff plain.yaml",
		"enable --api http ORIGIN configured.yaml", "enable ORIGIN enabled.yaml",
		"disable enabled.yaml", "disable plain.yaml",
		"check ORIGIN plain.yaml", "check ORIGIN enabled.yaml", "check ORIGIN --prove --set blocks=false plain.yaml", "check ORIGIN --prove enabled.yaml",
		"lint --fix plain.yaml", "lint --fix mistaken.yaml", "lint plain.yaml", "lint enabled.yaml", "lint --format sarif plain.yaml",
		"report --since plain.yaml enabled.yaml", "report --since plain.yaml --api rest ORIGIN configured.yaml",
		"serve --listen 203.0.113.1:1 ORIGIN plain.yaml", "serve --listen 203.0.113.1:1 enabled.yaml", // an address of nobody, so that it ends
		"probe --url http://127.0.0.1:1 ORIGIN plain.yaml", "probe --url http://127.0.0.1:1 enabled.yaml",
		"report plain.yaml", "report ORIGIN plain.yaml", "report ORIGIN enabled.yaml",
		"export --as headers --api rest ORIGIN configured.yaml", "export --as terraform --api http ORIGIN configured.yaml",
		"preflight --all ORIGIN plain.yaml", "preflight --all plain.yaml", "config show ORIGIN plain.yaml",
	} {
		for name, text := range map[string]string{"plain.yaml": plain, "configured.yaml": configured, "mistaken.yaml": mistaken} {
			write(t, filepath.Join(dir, name), text)
		}
		json, err := sigsyaml.YAMLToJSON([]byte(plain))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, "plain.json"), string(json))
		write(t, filepath.Join(dir, "enabled.yaml"), run(t, "enable", "--allow-origin", "https://app.example.com", "plain.yaml"))
		t.Run(args, func(t *testing.T) {
			texts, proved := readingsOf(t, strings.Fields(strings.ReplaceAll(args, "ORIGIN", "--allow-origin https://app.example.com")))
			most := 2
			if strings.Contains(args, "--since") {
				most = 3 // of two documents
			}
			if len(texts) > most || len(texts) == 0 {
				t.Errorf("the text is read %d times: %v bytes", len(texts), texts)
			}
			if want := wantProved(args); proved != want {
				t.Errorf("the prover reads %d times, want %d", proved, want)
			}
		})
	}
}

// wantProved is how often a command reads by the prover.
func wantProved(args string) int {
	command, _, _ := strings.Cut(args, " ")
	if strings.Contains(args, "--prove") || slices.Contains([]string{"preflight", "serve", "probe"}, command) {
		return 1
	}
	return 0
}

// readingsOf runs a command and returns the sizes of the texts that it reads, and how many documents
// the prover does.
func readingsOf(t *testing.T, args []string) (texts []int, proved int) {
	t.Helper()
	source.Observe = func(name string, size int) {
		if !strings.Contains(name, "intrinsic") {
			texts = append(texts, size)
		}
	}
	readings.Observe = func(int) { proved++ }
	defer func() { source.Observe, readings.Observe = nil, nil }()
	most := 1
	if slices.Contains([]string{"serve", "probe"}, args[0]) {
		most = 3 // neither the address nor the stage is there
	}
	runUpTo(t, most, args...)
	return texts, proved
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
	return runUpTo(t, 1, args...)
}

// runUpTo does the same of a command that exits with a code up to the one given.
func runUpTo(t *testing.T, most int, args ...string) string {
	t.Helper()
	var out, messages bytes.Buffer
	if code := cmd.Run(args, cmd.Streams{In: strings.NewReader(""), Out: &out, Err: &messages}); code > most {
		t.Errorf("%v: exits with %d and says\n%s", args, code, messages.String())
	}
	return out.String()
}
