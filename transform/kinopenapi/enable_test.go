package kinopenapi_test

import (
	"encoding/json"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/kinopenapi"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// built returns a document as a program builds one.
func built(integration map[string]any) *openapi3.T {
	ok := "pets"
	responses := openapi3.NewResponses(openapi3.WithStatus(200, &openapi3.ResponseRef{Value: &openapi3.Response{Description: &ok}}))
	return &openapi3.T{
		OpenAPI: "3.0.1",
		Info:    &openapi3.Info{Title: "Pets", Version: "1"},
		Paths: openapi3.NewPaths(openapi3.WithPath("/pets", &openapi3.PathItem{
			Get: &openapi3.Operation{Responses: responses, Extensions: map[string]any{extensions.NameIntegration: integration}},
		})),
	}
}

var one = policy.Policy{AllowOrigins: policy.Origins("https://app.example.com")}

// TestEnable holds that a program's document comes back enabled, and that its own stays
// as it is: for a REST API, and for an HTTP API.
func TestEnable(t *testing.T) {
	doc := built(map[string]any{"type": "mock", "requestTemplates": map[string]any{"application/json": `{"statusCode": 200}`}, "responses": map[string]any{"default": map[string]any{"statusCode": "200"}}})
	before, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	enabled, r, err := kinopenapi.Enable(doc, one, transform.Options{})
	if err != nil {
		t.Fatal(err)
	}
	item := enabled.Paths.Value("/pets")
	if item.Options == nil || item.Options.Extensions[extensions.NameIntegration] == nil || item.Get.Responses.Status(200).Value.Headers["Access-Control-Allow-Origin"] == nil {
		t.Errorf("it is not enabled:\n%s", r.Output)
	}
	after, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(before), string(after)); d != "" {
		t.Errorf("the program's own document changed (-want +got):\n%s", d)
	}
	for _, f := range r.Findings {
		if f.Position.Line != 0 {
			t.Errorf("a finding has a place in a text that nobody wrote: %v", f)
		}
	}

	enabled, _, err = kinopenapi.Enable(built(map[string]any{"type": "http_proxy", "integrationSubtype": "x"}), one, transform.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if enabled.Extensions[extensions.NameCORS] == nil || enabled.Paths.Value("/pets").Options != nil {
		t.Errorf("the HTTP API has no configuration: %v", enabled.Extensions)
	}
}
