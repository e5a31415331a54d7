package gateway_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/internal/documents"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// TestRead holds that a document means the same whatever it is written in.
func TestRead(t *testing.T) {
	for name, src := range map[string]string{
		"JSON": `{"swagger": "2.0", "paths": {"/a": {"get": {"responses": {"200": {"headers": {"A": {"type": "string"}}}},
			"x-amazon-apigateway-integration": {"type": "mock", "requestTemplates": {"application/json": "{\"statusCode\": 200}"}, "responses": {"default": {"statusCode": 200, "responseParameters": {"method.response.header.A": "'mock'"}}}}}}}}`,
		"byte order mark": "\ufeffopenapi: 3.0.1\npaths:\n  /a:\n    get: {responses: {200: {headers: {A: {}}}}, x-amazon-apigateway-integration: " + mock + "}\n",
		"anchors":         "openapi: 3.0.1\nx-i: &i " + mock + "\nx-o: &o {responses: &r {'200': {headers: {A: {}}}}}\npaths:\n  /a:\n    get:\n      <<: [*o, {responses: {}}]\n      x-amazon-apigateway-integration: *i\n",
		"merged below":    "openapi: 3.0.1\nx-o: &o {responses: {}, x-amazon-apigateway-integration: " + mock + "}\npaths:\n  /a:\n    get:\n      responses: {'200': {headers: {A: {}}}}\n      <<: *o\n",
		"nulls":           "openapi: 3.0.1\npaths:\n  /0:\n  /a:\n    put:\n    parameters:\n    get: {parameters: , responses: {'200': {headers: {A: {}}}, '404':}, x-amazon-apigateway-integration: " + mock + "}\n",
		"reference":       "swagger: '2.0'\nparameters: {P: {$ref: '#/parameters/Q'}, Q: {name: q, in: query, type: string}}\npaths:\n  /a:\n    get: {parameters: [{$ref: '#/parameters/P'}], responses: {'200': {headers: {A: {}}}}, x-amazon-apigateway-integration: " + mock + "}\n",
	} {
		api, err := gateway.Read([]byte(src), gateway.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := api.Respond(context.Background(), request("GET /a"), nil)
		if want := []gateway.Field{{Name: "A", Value: "mock"}, {Name: "Content-Type", Value: "application/json"}}; !cmp.Equal(want, got.Header) {
			t.Errorf("%s: got %+v, unknown: %+v", name, got, got.Unknown)
		}
	}
}

// TestDuplicateKeys holds that of two members of a name nothing is told, where it matters.
func TestDuplicateKeys(t *testing.T) {
	for name, tt := range map[string]struct{ src, reason string }{
		"two methods":       {"openapi: 3.0.1\npaths:\n  /a:\n    get: {responses: {}}\n    get: {responses: {}, x-amazon-apigateway-integration: " + proxy + "}\n", "ambiguous"},
		"two paths":         {"openapi: 3.0.1\npaths:\n  /a: {}\n  /a:\n    get: {responses: {}, x-amazon-apigateway-integration: " + proxy + "}\n", "ambiguous"},
		"two statuses":      {`{"openapi": "3.0.1", "paths": {"/a": {"get": {"responses": {"200": {}}, "x-amazon-apigateway-integration": {"type": "mock", "requestTemplates": {"application/json": "{\"statusCode\": 200}"}, "responses": {"default": {"statusCode": "500", "statusCode": "200"}}}}}}}`, "unreadable"},
		"in an example":     {"openapi: 3.0.1\ncomponents: {examples: {e: {a: 1, a: 2}}}\npaths:\n  /a:\n    get: {responses: {}, x-amazon-apigateway-integration: " + proxy + "}\n", ""},
		"a key and a merge": {"openapi: 3.0.1\nx-a: &a {get: {}}\npaths:\n  /a:\n    <<: *a\n    get: {responses: {}, x-amazon-apigateway-integration: " + proxy + "}\n", ""},
	} {
		api, err := gateway.Read([]byte(tt.src), gateway.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		reason := ""
		if u := api.Respond(context.Background(), request("GET /a"), nil).Unknown; u != nil {
			reason = string(u.Reason)
		}
		if reason != tt.reason {
			t.Errorf("%s: got %q, want %q", name, reason, tt.reason)
		}
	}
}

// TestCircles holds that an alias within what it stands for is an error with its place.
func TestCircles(t *testing.T) {
	for name, src := range map[string]string{
		"a value": "openapi: 3.0.1\npaths: &p\n  /a: *p\n",
		"a merge": "openapi: 3.0.1\npaths: &p\n  /a: {<<: *p}\n",
	} {
		_, err := gateway.Read([]byte(src), gateway.Options{})
		if err == nil || !strings.HasPrefix(err.Error(), "line 3, column ") || !strings.Contains(err.Error(), "*p") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// TestOddNeighboursHideNothing holds that a gateway response or an integration response that cannot
// be read hides no other, and that one which is null is none.
func TestOddNeighboursHideNothing(t *testing.T) {
	const doc = `openapi: 3.0.1
x-amazon-apigateway-gateway-responses: {THROTTLED: ODD, DEFAULT_4XX: {responseParameters: {gatewayresponse.header.A: "'4xx'"}}}
paths:
  /a: {get: {responses: {"200": {}}, x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: "200"}, "5..": ODD}}}}
`
	for odd, reason := range map[string]gateway.Reason{"null": "", "3": gateway.ReasonUnreadable, "!Ref X": gateway.ReasonIntrinsic} {
		api, err := gateway.Read([]byte(strings.ReplaceAll(doc, "ODD", odd)), gateway.Options{})
		if err != nil {
			t.Fatal(err)
		}
		missing := api.Respond(t.Context(), request("GET /b"), nil)
		if missing.Unknown != nil || !slices.Contains(missing.Header, gateway.Field{Name: "A", Value: "4xx"}) {
			t.Errorf("%s: a path that is not there: %+v", odd, missing)
		}
		got := gateway.Reason("")
		if u := api.Respond(t.Context(), request("GET /a"), nil).Unknown; u != nil {
			got = u.Reason
		}
		if got != reason {
			t.Errorf("%s: got %q, want %q", odd, got, reason)
		}
	}
}

// TestBombs holds that what aliases and merge keys repeat is not written out.
func TestBombs(t *testing.T) {
	var merged, aliased strings.Builder
	merged.WriteString("openapi: 3.0.1\nx-a: &a {")
	for i := range 2000 {
		fmt.Fprintf(&merged, "k%d: 1, ", i)
	}
	merged.WriteString("}\nx-b:\n")
	for range 2000 {
		merged.WriteString("  - <<: *a\n")
	}
	if _, err := gateway.Read([]byte(merged.String()), gateway.Options{}); err == nil || !strings.Contains(err.Error(), "merge keys") {
		t.Errorf("got %v", err)
	}
	fmt.Fprintf(&aliased, "openapi: 3.0.1\nx-i: &i {type: mock, requestTemplates: {application/json: '%s'}}\npaths:\n", strings.Repeat("x", 1<<20))
	for i := range 100 {
		fmt.Fprintf(&aliased, "  /a%d: {get: {responses: {}, x-amazon-apigateway-integration: *i}}\n", i)
	}
	api, err := gateway.Read([]byte(aliased.String()), gateway.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if u := api.Respond(context.Background(), request("GET /a99"), nil).Unknown; u == nil || u.Reason != gateway.ReasonUnreadable {
		t.Errorf("got %+v", u)
	}
}

// TestReadRefuses holds that what is no document is refused with reason.
func TestReadRefuses(t *testing.T) {
	for src, want := range map[string]string{
		"":                           "neither JSON nor YAML",
		"a: [":                       "neither JSON nor YAML",
		"- a":                        "no OpenAPI document",
		"a: 1":                       "no OpenAPI document",
		`{"openapi": }`:              "no OpenAPI document",
		"openapi: 3.0.1\na: &a [*a]": "within what it stands for",
	} {
		if _, err := gateway.Read([]byte(src), gateway.Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", src, err, want)
		}
	}
}

// TestProblems holds that what cannot be told is listed, with its place.
func TestProblems(t *testing.T) {
	src := document("/a: {get: {'Fn::If': [c, {}, {}]}, put: {responses: {}}}\n  /b: {$ref: b.yaml}\n  /c/{x}.json: {get: {responses: {}, x-amazon-apigateway-integration: "+proxy+"}}\n", "security: {a: b}\n")
	api, err := gateway.Read(src, gateway.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, u := range api.Problems() {
		got = append(got, fmt.Sprintf("%s %s", u.Reason, u.Pointer))
	}
	want := []string{"intrinsic /paths/~1a/get", "no-integration /paths/~1a/put", "elsewhere /paths/~1b", "import-refused /paths/~1b/$ref", "import-refused /paths/~1c~1{x}.json"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestOperations holds what a script has to send, as each operation asks for it.
func TestOperations(t *testing.T) {
	src := document(path("/a/{id}", "parameters: [{name: id, in: path, required: true, schema: {}}, {name: X-P, in: header, required: true, schema: {}}]",
		method("get", mock, "parameters: [{name: X-M, in: header, schema: {}}, {name: q, in: query, required: true, schema: {}}], security: [{token: [], key: []}]"),
		method("options", mock),
		method("delete", mock, "security: [{bearer: []}]"),
		method("head", mock, "security: [{iam: []}]"),
		method("post", mock, "requestBody: {content: {text/plain: {}, application/json: {}}}"),
		method("x-amazon-apigateway-any-method", proxy))+
		path("/{rest+}", method("put", strings.Replace(mock, "requestTemplates: {application/json", "passthroughBehavior: never, requestTemplates: {text/xml", 1))), schemesOf)
	api, err := gateway.Read(src, gateway.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, o := range api.Operations() {
		line := o.Method + " " + o.Path
		for _, f := range append(o.Query, o.Header...) {
			line += " " + f.Name
		}
		for _, f := range o.May {
			line += " (" + f.Name + ")"
		}
		got = append(got, strings.TrimSpace(line+" "+o.Type))
	}
	want := []string{
		"PATCH /a/id X-P", "PUT /a/id X-P", // of the ANY
		"DELETE /a/id Authorization X-P", "GET /a/id q X-Api-Key Authorization X-P (X-M)",
		"HEAD /a/id Authorization X-Amz-Date X-Amz-Security-Token X-P", "POST /a/id X-P application/json", "PUT /rest text/xml",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// FuzzRead holds that whatever comes in is read or refused, and every request answered.
func FuzzRead(f *testing.F) {
	for _, tt := range responseCases {
		f.Add(document(tt.paths, tt.root), tt.request)
	}
	for _, d := range documents.Golden(f) {
		f.Add(d.Src, "OPTIONS /pets\nOrigin: https://app.example.com\nAccess-Control-Request-Method: PUT")
	}
	f.Fuzz(func(t *testing.T, src []byte, text string) {
		for _, kind := range []gateway.APIType{gateway.REST, gateway.HTTP} {
			api, err := gateway.Read(src, gateway.Options{APIType: kind})
			if err != nil {
				continue
			}
			api.Problems()
			answered(t, api.Respond(context.Background(), request(text), nil))
			for _, o := range api.Operations() {
				answered(t, api.Respond(context.Background(), gateway.Request{Method: o.Method, Path: o.Path, Query: o.Query, Header: o.Header}, nil))
			}
		}
	})
}

// answered holds that there is a status, or a reason why not.
func answered(t *testing.T, a gateway.Response) {
	t.Helper()
	if (a.Status == 0) == (a.Unknown == nil) {
		t.Errorf("got %+v", a)
	}
}
