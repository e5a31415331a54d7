package rules

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// mocked is a document with one mock.
func mocked(method, integration string) string {
	return "paths:\n  /pets:\n    " + method + ":\n      responses: {\"200\": {description: pets}, \"404\": {description: none}}\n      x-amazon-apigateway-integration: " + integration + "\n"
}

// rendering is an OPTIONS whose request template has a text.
func rendering(template string) string {
	return mocked("options", "{type: mock, requestTemplates: {application/json: '"+template+"'}, "+default200+"}")
}

const (
	default200 = `responses: {default: {statusCode: "200"}}`
	renders200 = `requestTemplates: {application/json: '{"statusCode": 200}'}`
	renders404 = `requestTemplates: {application/json: '{"statusCode": 404}'}`
	toText     = "contentHandling: CONVERT_TO_TEXT"
	everyType  = "x-amazon-apigateway-binary-media-types: ['*/*']\n"
	jsonTypes  = "x-amazon-apigateway-binary-media-types: [application/json]\n"
)

// TestOneJudgementOfMocks holds which mocks are reported to respond with an error of API Gateway's
// own, or with a status that browsers take for a refusal, and how. Where nobody can tell, at most a
// warning says so.
func TestOneJudgementOfMocks(t *testing.T) {
	const bodyOfText = `requestBody: {content: {text/plain: {}}}, responses: {"200": {description: pets}}, `
	for name, tt := range map[string]struct{ text, want string }{
		"well":                          {rendering(`{"statusCode": 200}`), ""},
		"single quotes":                 {mocked("options", `{type: mock, requestTemplates: {application/json: "{'statusCode': 200}"}, `+default200+`}`), ""},
		"no quotes":                     {rendering(`{statusCode: 200}`), ""},
		"a condition":                   {rendering(`#if($x){"statusCode": 200}#else{"statusCode": 404}#end`), ""},
		"a template of text":            {rendering("OK"), "mock-status"},
		"a status in a comment":         {rendering("## statusCode"), "mock-status"},
		"a semicolon behind":            {rendering(`{"statusCode": 200};`), "mock-status"},
		"a list":                        {rendering(`[{"statusCode": 200}]`), "mock-status"},
		"a status that is nested":       {rendering(`{"a": {"statusCode": 200}}`), "mock-status"},
		"curly quotes":                  {rendering(`{“statusCode”: 200}`), "mock-status"},
		"a status in quotes":            {rendering(`{"statusCode": "200"}`), "mock-status"},
		"no responses":                  {mocked("options", `{type: mock, `+renders200+`, responses: {}}`), "mock-status"},
		"no responses of a GET":         {mocked("get", `{type: mock, `+renders200+`}`), "mock-status"},
		"no response for the status":    {mocked("get", `{type: mock, `+renders200+`, responses: {"404": {statusCode: "200"}}}`), "mock-status"},
		"no template":                   {mocked("options", `{type: mock, `+default200+`}`), "mock-template-missing"},
		"no template of a GET":          {mocked("get", `{type: mock, `+default200+`}`), "mock-template-missing"},
		"no template of an ANY":         {mocked("x-amazon-apigateway-any-method", `{type: mock, `+default200+`}`), "mock-template-missing"},
		"no template of a PUT":          {mocked("put", `{type: mock, `+default200+`}`), "mock-template-missing"},
		"no template of a PUT of JSON":  {mocked("put", `{type: mock, `+default200+"}\n      requestBody: {content: {\"application/json; charset=utf-8\": {}}}"), "mock-template-missing"},
		"no template, and never":        {mocked("options", `{type: mock, passthroughBehavior: never, `+default200+`}`), "mock-template-missing"},
		"a template for another type":   {mocked("options", `{type: mock, requestTemplates: {text/plain: x}, `+default200+`}`), "mock-template-missing"},
		"a template with a charset":     {mocked("options", `{type: mock, requestTemplates: {application/json;charset=utf-8: x}, `+default200+`}`), ""},
		"a template that is chosen":     {mocked("options", `{type: mock, requestTemplates: {"Fn::If": [IsProd, {application/json: a}, {application/json: b}]}, `+default200+`}`), ""},
		"chosen, and no responses":      {mocked("options", `{type: mock, requestTemplates: {"Fn::If": [IsProd, {}, {}]}, responses: {}}`), "mock-status"},
		"responses that are chosen":     {mocked("options", `{type: mock, `+renders200+`, responses: {"Fn::If": [IsProd, {}, {}]}}`), ""},
		"a body of text, of a POST":     {"paths: {/pets: {post: {" + bodyOfText + `x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: x, text/plain: x}, ` + default200 + "}}}}\n", ""},
		"another status":                {mocked("options", `{type: mock, `+renders404+`, responses: {default: {statusCode: "404"}}}`), "preflight-status"},
		"another status of a GET":       {mocked("get", `{type: mock, `+renders404+`, responses: {default: {statusCode: "404"}}}`), ""},
		"another status, never reached": {mocked("options", `{type: mock, `+default200+`, responses: {default: {statusCode: "404"}}}`), "mock-template-missing"},
		"another status, perhaps":       {mocked("options", `{type: mock, `+renders404+`, responses: {default: {statusCode: "404", responseTemplates: {a/b: '#set($context.responseOverride.status = 200)'}}}}`), ""},

		"every type is binary":                 {everyType + rendering(`{"statusCode": 200}`), "binary-any"},
		"every type is binary, of a GET":       {everyType + mocked("get", `{type: mock, `+renders200+`, `+default200+`}`), "binary-any"},
		"every type is binary, and no status":  {everyType + rendering("OK"), "binary-any"},
		"every type, converted to bytes":       {everyType + mocked("options", `{type: mock, contentHandling: CONVERT_TO_BINARY, `+renders200+`, `+default200+`}`), "binary-any"},
		"converted to bytes":                   {mocked("options", `{type: mock, contentHandling: CONVERT_TO_BINARY, `+renders200+`, `+default200+`}`), "binary-any"},
		"a template converted to bytes":        {mocked("options", `{type: mock, `+renders200+`, responses: {default: {statusCode: "200", contentHandling: CONVERT_TO_BINARY, responseTemplates: {a/b: x}}}}`), "binary-any"},
		"every type, converted to text":        {everyType + mocked("options", `{type: mock, `+toText+`, `+renders200+`, responses: {default: {statusCode: "200", `+toText+`}}}`), ""},
		"every type, only the request is text": {everyType + mocked("options", `{type: mock, `+toText+`, `+renders200+`, `+default200+`}`), "mock-content-handling"},
		"JSON is binary":                       {jsonTypes + rendering(`{"statusCode": 200}`), "mock-content-handling"},
		"JSON is binary, and text":             {jsonTypes + mocked("options", `{type: mock, `+toText+`, `+renders200+`, `+default200+`}`), ""},
		"images are binary":                    {"x-amazon-apigateway-binary-media-types: [image/png]\n" + rendering(`{"statusCode": 200}`), ""},
		"binary types that are chosen":         {"x-amazon-apigateway-binary-media-types: !Ref Types\n" + rendering(`{"statusCode": 200}`), ""},
	} {
		got := slices.DeleteFunc(found(t, tt.text, model.REST), func(id string) bool { return !slices.Contains(aboutMocks, id) })
		want := []string{tt.want}
		if tt.want == "" {
			want = nil
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}

// aboutMocks are the rules about what a mock responds with.
var aboutMocks = []string{"binary-any", "mock-content-handling", "mock-status", "mock-template-missing", "preflight-status"}
