package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

// petsOf is a document with /pets, whose PUT pages are meant to call, and other paths.
func petsOf(others string) string { return "paths:\n" + besideGreedy + others }

// TestOneJudgementOfRoutes holds what is reported of a method that needs a preflight request: that
// no method handles it, or that the one of another path does, which API Gateway takes instead.
func TestOneJudgementOfRoutes(t *testing.T) {
	const options = `: {options: {responses: {"200": {description: ok}}, x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}}}`
	const missing, other = "preflight-missing", "preflight-by-greedy"
	for name, tt := range map[string]struct{ others, root, want string }{
		"nothing":                            {"", "", missing},
		"OPTIONS of another path":            {"  /cats" + options, "", missing},
		"a greedy variable":                  {"  /{proxy+}" + options, "", other},
		"a greedy variable without OPTIONS":  {"  /{proxy+}: {get: {}}", "", missing},
		"a greedy variable below":            {"  /pets/{proxy+}" + options, "", missing},
		"a variable":                         {"  /{name}" + options, "", other},
		"a variable, for two segments":       {"  /{name}/x" + options, "", missing},
		"ANY of a greedy variable":           {greedy, "", other},
		"an OPTIONS that is null":            {"  /{proxy+}: {options: }", "", missing},
		"paths that are not here":            {"  Fn::Transform: {Name: AWS::Include}", "", ""},
		"a greedy variable and an inclusion": {"  /{proxy+}" + options + "\n  Fn::Transform: {Name: AWS::Include}", "", ""},
		"a path item that is not here":       {"  /{proxy+}: {$ref: other.yaml}", "", ""},
	} {
		got := slices.DeleteFunc(found(t, petsOf(tt.others+"\n"), model.REST), func(id string) bool { return id != missing && id != other })
		if diff := cmp.Diff(strings.Fields(tt.want), got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}

// TestCatchAllsReceivePreflights holds which routes of an HTTP API with a CORS configuration are
// reported to receive preflight requests in its place.
func TestCatchAllsReceivePreflights(t *testing.T) {
	const backend = "{x-amazon-apigateway-integration: {type: AWS_PROXY, httpMethod: POST, uri: arn, payloadFormatVersion: '2.0'}}"
	const anyMethod = "x-amazon-apigateway-any-method: " + backend
	for paths, want := range map[string][]string{
		"/pets: {" + anyMethod + "}":                                          {"/paths/~1pets/x-amazon-apigateway-any-method"},
		"/pets: {get: " + backend + "}":                                       nil,
		"/pets: {" + anyMethod + ", options: " + backend + "}":                nil,
		"/$default: {" + anyMethod + "}":                                      {"/paths/~1$default/x-amazon-apigateway-any-method"},
		"/$default: {get: " + backend + "}":                                   {"/paths/~1$default/get"},
		"/$default: {" + anyMethod + "}, '/{p+}': {options: " + backend + "}": nil,
		"/$default: {" + anyMethod + "}, '/{p+}': {" + anyMethod + "}":        {"/paths/~1{p+}/x-amazon-apigateway-any-method"},
	} {
		text := "x-amazon-apigateway-cors: {allowOrigins: ['https://app.example.com']}\npaths: {" + paths + "}\n"
		var got []string
		for _, f := range preflightToBackend.Find(seen(t, text, model.HTTP)) {
			got = append(got, string(f.At.Pointer))
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: -want +got\n%s", paths, diff)
		}
		bare := strings.Replace(text, "x-amazon-apigateway-cors: {allowOrigins: ['https://app.example.com']}\n", "", 1)
		if list := preflightToBackend.Find(seen(t, bare, model.HTTP)); len(list) > 0 {
			t.Errorf("%s: without a configuration, got %v", paths, list)
		}
	}
}

// TestRoutesAreAskedOnceForEachResource holds that the rules ask for what handles the preflight
// requests of a resource a fixed number of times, and not for each pair of resources: of a hundred
// times as many greedy paths they ask at most a hundred times as often.
func TestRoutesAreAskedOnceForEachResource(t *testing.T) {
	few, many := asked(t, 20), asked(t, 2000)
	if few < 20 || many > 100*few {
		t.Errorf("asked %d times of 20 resources, and %d times of 2000", few, many)
	}
}

// asked counts how often the rules ask for what handles the preflight requests of a resource of a
// document with so many greedy paths.
func asked(t *testing.T, paths int) (count int) {
	var b strings.Builder
	b.WriteString("paths:\n")
	for i := range paths {
		fmt.Fprintf(&b, "  /r%d/{proxy+}: {x-amazon-apigateway-any-method: {}, put: {}}\n", i)
	}
	v := seen(t, b.String(), model.REST)
	handler := v.handler
	v.handler = func(r *model.Resource) responses.Handler {
		count++
		return handler(r)
	}
	Find(v)
	return count
}
