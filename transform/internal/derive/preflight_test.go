package derive

import (
	"testing"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// TestPreflightReason holds which calls a browser makes without asking.
func TestPreflightReason(t *testing.T) {
	body := func(mediaType string) string {
		return "{requestBody: {content: {" + mediaType + ": {}}}}"
	}
	for name, tt := range map[string]struct{ doc, want string }{
		"GET":                  {"get: {}", ""},
		"DELETE":               {"delete: {}", "its method"},
		"POST of JSON":         {"post: " + body("application/json"), "the header Content-Type"},
		"POST of a form":       {"post: " + body("application/x-www-form-urlencoded"), ""},
		"POST of text":         {"post: " + body("'Text/Plain; charset=utf-8'"), ""},
		"POST of either":       {"post: {requestBody: {content: {text/plain: {}, application/json: {}}}}", "the header Content-Type"},
		"POST of a reference":  {"post: {requestBody: {$ref: '#/components/requestBodies/form'}}", ""},
		"POST of nobody knows": {"post: {requestBody: {}}", "the header Content-Type"},
		"a safelisted header":  {"get: {parameters: [{name: Accept-Language, in: header}]}", ""},
		"a header of its own":  {"get: {parameters: [{name: X-Id, in: header}]}", "the header X-Id"},
		"a forbidden header":   {"get: {parameters: [{name: Cookie, in: header}]}", ""},
		"a header of the path": {"parameters: [{name: X-Id, in: header}]\n    get: {}", "the header X-Id"},
		"ANY":                  {"x-amazon-apigateway-any-method: {}", "methods that it stands for"},
		"security":             {"get: {security: [{key: []}]}", "the header X-Api-Key"},
		"POST without a body":  {"post: {}", ""},
	} {
		doc := "openapi: 3.0.1\ncomponents:\n  securitySchemes: {key: {type: apiKey, in: header, name: X-Api-Key}}\n  requestBodies: {form: {content: {multipart/form-data: {}}}}\npaths:\n  /a:\n    " + tt.doc + "\n"
		if got := preflightReason(t, doc); got != tt.want {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
	}
	for name, tt := range map[string]struct{ doc, want string }{
		"a form":             {"post: {parameters: [{name: a, in: formData}]}", ""},
		"consumes":           {"post: {consumes: [application/json], parameters: [{name: a, in: body}]}", "the header Content-Type"},
		"consumes text":      {"post: {consumes: [text/plain], parameters: [{name: a, in: body}]}", ""},
		"a body of any type": {"post: {parameters: [{name: a, in: body}]}", "the header Content-Type"},
	} {
		if got := preflightReason(t, "swagger: '2.0'\npaths:\n  /a:\n    "+tt.doc+"\n"); got != tt.want {
			t.Errorf("Swagger, %s: got %q, want %q", name, got, tt.want)
		}
	}
}

func preflightReason(t *testing.T, doc string) string {
	t.Helper()
	f, err := model.Open("a.yaml", []byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	d := model.Read(f.Root, nil)
	return PreflightReason(d, d.Resources[0], d.Resources[0].Methods()[0])
}
