package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/report"
)

// httpDocument returns a document for an HTTP API with a configuration.
func httpDocument(t *testing.T, configuration any) []byte {
	t.Helper()
	text, err := json.Marshal(map[string]any{
		"openapi": "3.0.1", "info": map[string]any{"title": "t", "version": "1"}, "paths": map[string]any{},
		"x-amazon-apigateway-cors": configuration,
	})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func export(t *testing.T, form report.Form, src []byte, api transform.APIType, resource string) string {
	t.Helper()
	text, err := report.Export(form, parsed(t, "openapi.json", string(src)), api, resource)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestGuide holds that the policy of AWS's example gives the command of its guide:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
func TestGuide(t *testing.T) {
	src := httpDocument(t, map[string]any{"allowOrigins": []string{"https://www.example.com"}})
	const want = `aws apigatewayv2 update-api --api-id api-id --cors-configuration AllowOrigins="https://www.example.com"` + "\n"
	if got := export(t, report.AWSCLI, src, transform.HTTP, ""); got != want {
		t.Errorf("got  %swant %s", got, want)
	}
}

// TestWhatAPIGatewayDoesNotHaveIsNotExported holds that a member which only apigw-cors reads
// stays out of commands and templates: no tool has an argument for it.
func TestWhatAPIGatewayDoesNotHaveIsNotExported(t *testing.T) {
	with := httpDocument(t, map[string]any{"allowOrigins": []string{"https://www.example.com"}, "addHeaders": []string{"X-A"}})
	without := httpDocument(t, map[string]any{"allowOrigins": []string{"https://www.example.com"}})
	for _, form := range []report.Form{report.AWSCLI, report.Terraform, report.CloudFormation, report.SAM} {
		want, got := export(t, form, without, transform.HTTP, ""), export(t, form, with, transform.HTTP, "")
		if d := gocmp.Diff(want, got); d != "" {
			t.Errorf("%v (-want +got):\n%s", form, d)
		}
	}
}

// configurations are values that a shell, the shorthand of the AWS CLI or YAML could
// take for something else.
var configurations = []map[string]any{
	{"allowOrigins": []any{"https://www.example.com"}},
	{"allowOrigins": []any{"*"}, "allowMethods": []any{"*"}, "maxAge": -1.0},
	{"allowOrigins": []any{"https://a.example.com", "http://localhost:3000", "https://*"}, "allowHeaders": []any{"content-type", "x-a"}, "maxAge": 86400.0, "allowCredentials": false},
	{"allowOrigins": []any{"https://[::1]:8080"}, "allowCredentials": true},
	{"allowOrigins": []any{"https://a.example.com"}, "allowHeaders": []any{"X!", "a`id`b", "a$HOME", "#", "~", "&", "x^y|z", "*", "x-*"}},
	{"allowOrigins": []any{"https://a.example.com"}, "exposeHeaders": []any{"*"}, "allowMethods": []any{"GET"}},
}

// TestShell holds that a shell and the shorthand of the AWS CLI give back the values of
// every configuration.
func TestShell(t *testing.T) {
	for _, want := range configurations {
		args := shellWords(t, export(t, report.AWSCLI, httpDocument(t, want), transform.HTTP, ""))
		if len(args) != 1 {
			t.Fatalf("want one command, got %q", args)
		}
		head := []string{"apigatewayv2", "update-api", "--api-id", "api-id", "--cors-configuration"}
		if d := gocmp.Diff(head, args[0][:len(args[0])-1]); d != "" {
			t.Errorf("the command (-want +got):\n%s", d)
		}
		if d := gocmp.Diff(want, uncapitalized(parseShorthand(t, args[0][len(head)]))); d != "" {
			t.Errorf("%v (-want +got):\n%s", want, d)
		}
	}
}

// shellWords lets a shell run commands and returns the arguments of each.
func shellWords(t *testing.T, script string) [][]string {
	t.Helper()
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh")
	}
	c := exec.Command(sh, "-eu", "-s")
	c.Env = []string{"HOME=/expanded", "origin=expanded"}
	c.Stdin = strings.NewReader("aws() { printf '%s\\000' \"$@\"; printf '\\001\\000'; }\n" + script)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil || stderr.Len() > 0 {
		t.Fatalf("the shell fails: %v %s\n%s", err, stderr.String(), script)
	}
	var commands [][]string
	var words []string
	for _, word := range strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		if word == "\x01" {
			commands, words = append(commands, words), nil
			continue
		}
		words = append(words, word)
	}
	return commands
}

// parseShorthand reads JSON, or the part of the shorthand that lists and words need:
// what stands behind a comma and has no key belongs to the key before it. See
// https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html
func parseShorthand(t *testing.T, text string) map[string]any {
	t.Helper()
	object := map[string]any{}
	if strings.HasPrefix(text, "{") {
		if err := json.Unmarshal([]byte(text), &object); err != nil {
			t.Fatal(err)
		}
		return object
	}
	key := ""
	for _, part := range strings.Split(text, ",") {
		if name, value, ok := strings.Cut(part, "="); ok {
			key, part = name, value
		}
		switch {
		case key == "MaxAge" || key == "AllowCredentials":
			var v any
			if err := json.Unmarshal([]byte(part), &v); err != nil {
				t.Fatal(err)
			}
			object[key] = v
		default:
			list, _ := object[key].([]any)
			object[key] = append(list, part)
		}
	}
	return object
}

func uncapitalized(object map[string]any) map[string]any {
	out := map[string]any{}
	for key, v := range object {
		out[strings.ToLower(key[:1])+key[1:]] = v
	}
	return out
}

// TestCorsConfiguration holds that the property of CloudFormation and SAM is YAML that
// says the same, intrinsics included.
func TestCorsConfiguration(t *testing.T) {
	all := append(configurations,
		map[string]any{"allowOrigins": []any{map[string]any{"Ref": "Origin"}}, "maxAge": map[string]any{"Ref": "MaxAge"}},
		map[string]any{"allowOrigins": map[string]any{"Fn::Split": []any{",", map[string]any{"Ref": "Origins"}}}})
	for _, want := range all {
		for _, form := range []report.Form{report.CloudFormation, report.SAM} {
			var got struct{ CorsConfiguration map[string]any }
			if err := yaml.UnmarshalStrict([]byte(export(t, form, httpDocument(t, want), transform.HTTP, "")), &got); err != nil {
				t.Fatal(err)
			}
			if d := gocmp.Diff(want, uncapitalized(got.CorsConfiguration)); d != "" {
				t.Errorf("%s of %v (-want +got):\n%s", form, want, d)
			}
		}
	}
}

// TestEmptyListsSayNothing holds that what an export of API Gateway writes for members
// that are not set is left out.
func TestEmptyListsSayNothing(t *testing.T) {
	src := httpDocument(t, map[string]any{"allowOrigins": []any{"*"}, "allowHeaders": []any{}, "exposeHeaders": []any{}})
	const want = "cors_configuration {\n  allow_origins = [\"*\"]\n}\n"
	if got := export(t, report.Terraform, src, transform.HTTP, ""); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// restDocument has a resource of each kind: a mock OPTIONS, one of several origins, and
// one that goes to a backend. Parts are filled in.
const restDocument = `openapi: 3.0.1
info: {title: t, version: "1"}
paths:
  /pets/{id}:
    get:
      responses:
        "200": {description: ok, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}
      x-amazon-apigateway-integration:
        type: http
        responses:
          default:
            statusCode: "200"
            responseParameters: {method.response.header.Access-Control-Allow-Origin: "'%[1]s'"}
    post:
      x-amazon-apigateway-integration: {type: aws_proxy}
    options:
      responses:
        "204": {description: ok, headers: {Access-Control-Allow-Origin: {schema: {type: string}}, Access-Control-Allow-Methods: {schema: {type: string}}}}
        default: {description: other}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 204}'}
        passthroughBehavior: never
        responses:
          2\d\d:
            statusCode: 204
            contentHandling: CONVERT_TO_TEXT
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: "'%[1]s'"
              method.response.header.Access-Control-Allow-Methods: "'GET,OPTIONS,POST'"
              method.response.header.Access-Control-Max-Age: "'60'"
              method.response.header.Access-Control-Allow-Credentials: "'true'"
            responseTemplates: {application/json: "#set($a = 'b')\n$a"}
  /backend:
    options:
      x-amazon-apigateway-integration: {type: aws_proxy}
`

// TestCommandsOfREST holds that the commands of one resource say what its document
// does, as a shell understands them.
func TestCommandsOfREST(t *testing.T) {
	const origin = "https://www.example.com"
	commands := shellWords(t, export(t, report.AWSCLI, fmt.Appendf(nil, restDocument, origin), transform.REST, "pets/{id}"))
	common := []string{"--rest-api-id", "rest-api-id", "--resource-id", "resource-id", "--http-method"}
	want := [][]string{
		append(append([]string{"apigateway", "put-method"}, common...), "OPTIONS", "--authorization-type", "NONE"),
		append(append([]string{"apigateway", "put-method-response"}, common...), "OPTIONS", "--status-code", "204",
			"--response-parameters", `{"method.response.header.Access-Control-Allow-Methods":false,"method.response.header.Access-Control-Allow-Origin":false}`),
		append(append([]string{"apigateway", "put-integration"}, common...), "OPTIONS", "--type", "MOCK",
			"--request-templates", `{"application/json":"{\"statusCode\": 204}"}`, "--passthrough-behavior", "NEVER"),
		append(append([]string{"apigateway", "put-integration-response"}, common...), "OPTIONS", "--status-code", "204", "--selection-pattern", `2\d\d`,
			"--response-parameters", `{"method.response.header.Access-Control-Allow-Credentials":"'true'","method.response.header.Access-Control-Allow-Methods":"'GET,OPTIONS,POST'","method.response.header.Access-Control-Allow-Origin":"'https://www.example.com'","method.response.header.Access-Control-Max-Age":"'60'"}`,
			"--response-templates", `{"application/json":"#set($a = 'b')\n$a"}`, "--content-handling", "CONVERT_TO_TEXT"),
		append(append([]string{"apigateway", "update-method-response"}, common...), "GET", "--status-code", "200",
			"--patch-operations", `[{"op":"add","path":"/responseParameters/method.response.header.Access-Control-Allow-Origin","value":"false"}]`),
		append(append([]string{"apigateway", "update-integration-response"}, common...), "GET", "--status-code", "200",
			"--patch-operations", `[{"op":"add","path":"/responseParameters/method.response.header.Access-Control-Allow-Origin","value":"'https://www.example.com'"}]`),
	}
	if d := gocmp.Diff(want, commands); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestSAMOfREST holds that Cors is YAML with mappings, and that SAM works out methods by
// itself where the document's are those that a resource has.
func TestSAMOfREST(t *testing.T) {
	got := export(t, report.SAM, fmt.Appendf(nil, restDocument, "https://www.example.com"), transform.REST, "")
	const want = `Cors:
  AllowOrigin: "'https://www.example.com'"
  AllowCredentials: true
  MaxAge: "'60'"
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestSAMWorksOutMethodsWhateverTheBlanks holds that blanks between methods make no other list.
func TestSAMWorksOutMethodsWhateverTheBlanks(t *testing.T) {
	plain := fmt.Sprintf(restDocument, "https://www.example.com")
	spaced := strings.ReplaceAll(plain, "'GET,OPTIONS,POST'", "'GET, OPTIONS , POST'")
	if spaced == plain {
		t.Fatal("the document lists no methods")
	}
	want, got := export(t, report.SAM, []byte(plain), transform.REST, ""), export(t, report.SAM, []byte(spaced), transform.REST, "")
	if d := gocmp.Diff(want, got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}

// TestExportErrors holds that what has no other form is refused with a way out.
func TestExportErrors(t *testing.T) {
	rest := fmt.Appendf(nil, restDocument, "*")
	filled := httpDocument(t, map[string]any{"allowOrigins": []any{"${origin}"}})
	intrinsic := httpDocument(t, map[string]any{"allowOrigins": []any{map[string]any{"Ref": "Origin"}}})
	for name, tt := range map[string]struct {
		form     report.Form
		src      []byte
		api      transform.APIType
		resource string
		want     string
	}{
		"no configuration":           {report.AWSCLI, httpDocument(t, nil), transform.HTTP, "", "the document enables no CORS"},
		"empty configuration":        {report.SAM, httpDocument(t, map[string]any{}), transform.HTTP, "", "the document enables no CORS"},
		"intrinsic in a shell":       {report.AWSCLI, intrinsic, transform.HTTP, "", `allowOrigins holds {"Ref":"Origin"}, which only CloudFormation works out`},
		"intrinsic in Terraform":     {report.Terraform, intrinsic, transform.HTTP, "", `allowOrigins holds {"Ref":"Origin"}, which only CloudFormation works out`},
		"placeholder in a shell":     {report.AWSCLI, filled, transform.HTTP, "", `allowOrigins holds "${origin}", which is filled in by what reads the document, and by nothing here`},
		"placeholder in Terraform":   {report.Terraform, filled, transform.HTTP, "", `allowOrigins holds "${origin}", which is filled in by what reads the document, and by nothing here`},
		"placeholder in SAM":         {report.SAM, filled, transform.HTTP, "", `allowOrigins holds "${origin}", which is filled in by what reads the document, and by nothing here`},
		"placeholder in a mapping":   {report.SAM, fmt.Appendf(nil, restDocument, "${origin}"), transform.REST, "", `a mapping holds "'${origin}'", which is filled in by what reads the document, and by nothing here`},
		"placeholder in the command": {report.AWSCLI, fmt.Appendf(nil, restDocument, "${origin}"), transform.REST, "/pets/{id}", `a mapping holds "'${origin}'", which is filled in by what reads the document, and by nothing here`},
		"REST in Terraform":          {report.Terraform, rest, transform.REST, "", "terraform has no form for the CORS of a REST API"},
		"REST in CloudFormation":     {report.CloudFormation, rest, transform.REST, "", "cloudformation has no form for the CORS of a REST API"},
		"OPTIONS of a backend":       {report.AWSCLI, rest, transform.REST, "/backend", `resource: "/backend" has no mock OPTIONS that could be exported`},
		"resource that there isn't":  {report.AWSCLI, rest, transform.REST, "/backends", `resource: "/backends" matches no resource of the document`},
	} {
		_, err := report.Export(tt.form, parsed(t, "openapi.yaml", string(tt.src)), tt.api, tt.resource)
		var export *report.ExportError
		if !errors.As(err, &export) || export.Message != tt.want || export.Hint == "" {
			t.Errorf("%s: got %v (%+v), want %s", name, err, export, tt.want)
		}
	}
}

// TestReferencesInTerraform holds that expressions of HCL pass, and nothing else in
// braces.
func TestReferencesInTerraform(t *testing.T) {
	src := httpDocument(t, map[string]any{"allowOrigins": []any{"https://${var.host}", "${local.origin}"}})
	const want = "cors_configuration {\n  allow_origins = [\"https://${var.host}\", \"${local.origin}\"]\n}\n"
	if got := export(t, report.Terraform, src, transform.HTTP, ""); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestExportRefusesWhatAPIGatewayWould holds that a configuration is not passed on that
// an import would refuse or not understand.
func TestExportRefusesWhatAPIGatewayWould(t *testing.T) {
	for name, configuration := range map[string]any{
		"star with credentials": map[string]any{"allowOrigins": []any{"*"}, "allowCredentials": true},
		"another key":           map[string]any{"allowOrigins": []any{"*"}, "allow_methods": []any{"GET"}},
		"no list":               map[string]any{"allowOrigins": "*"},
		"sub-domains":           map[string]any{"allowOrigins": []any{"https://*.example.com"}},
		"an intrinsic":          map[string]any{"Fn::If": []any{"a", "b", "c"}},
	} {
		if text, err := report.Export(report.AWSCLI, parsed(t, "openapi.json", string(httpDocument(t, configuration))), transform.HTTP, ""); err == nil {
			t.Errorf("%s: it is exported as %s", name, text)
		}
	}
}
