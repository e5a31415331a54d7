package report_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/report"
)

// verdicts has a method for each verdict, and a text that HTML could take for its own.
const verdicts = `openapi: 3.0.1
info: {title: t, version: "1"}
paths:
  /simple<b>:
    get: {parameters: [{name: Accept, in: header}], x-amazon-apigateway-integration: {type: http, responses: {default: {statusCode: "200"}}}}
    post: {x-amazon-apigateway-integration: {type: aws_proxy}}
    trace: {}
  /preflighted:
    get: {parameters: [{name: X-A, in: header}]}
    post: {requestBody: {content: {application/json: {}}}}
    patch: {}
    options:
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'*'"}}}
`

func parsed(t *testing.T, name, src string) *transform.Document {
	t.Helper()
	d, err := transform.Parse(name, []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestVerdicts holds how a browser calls each method, and who answers its preflight.
func TestVerdicts(t *testing.T) {
	api, err := report.Read(parsed(t, "openapi.yaml", verdicts), transform.REST)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]report.Verdict{}
	for _, r := range api.Resources {
		for _, m := range r.Methods {
			got[m.Name+" "+r.Path] = m.Verdict
		}
	}
	want := map[string]report.Verdict{
		"GET /simple<b>": report.Simple, "POST /simple<b>": report.Simple, "TRACE /simple<b>": report.Never,
		"GET /preflighted": report.Preflighted, "POST /preflighted": report.Preflighted, "PATCH /preflighted": report.Preflighted,
	}
	for name, verdict := range want {
		if got[name] != verdict {
			t.Errorf("%s: got %q, want %q", name, got[name], verdict)
		}
	}
	if by := api.Resources[0].Preflight.By; by != report.ByNothing {
		t.Errorf("the preflights of %s are answered by %s", api.Resources[0].Path, by)
	}
	if by := api.Resources[1].Preflight.By; by != report.ByMock {
		t.Errorf("the preflights of %s are answered by %s", api.Resources[1].Path, by)
	}
}

// TestReportIsReadBack holds that JSON has a version, and that texts mean nothing in HTML.
func TestReportIsReadBack(t *testing.T) {
	api, err := report.Read(parsed(t, "<i>.yaml", verdicts), transform.REST)
	if err != nil {
		t.Fatal(err)
	}
	var text, html bytes.Buffer
	if err := api.Write(&text, report.APIJSON); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Version   int
		Resources []struct{ Path string }
	}
	if err := json.Unmarshal(text.Bytes(), &got); err != nil || got.Version != 1 || len(got.Resources) != 2 {
		t.Errorf("got %+v, %v", got, err)
	}
	if err := api.Write(&html, report.APIHTML); err != nil {
		t.Fatal(err)
	}
	for _, tag := range []string{"<i>", "<b>", "http://", "src=", "@import"} {
		if strings.Contains(html.String(), tag) {
			t.Errorf("the page has %s", tag)
		}
	}
}
