package responses_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

// opened returns a document with these members of its root and of its paths.
func opened(t testing.TB, root, paths string) *model.Document {
	t.Helper()
	f, err := model.Open("openapi.yaml", []byte("openapi: 3.0.1\n"+root+"\npaths: {"+paths+"}\n"))
	if err != nil {
		t.Fatal(err)
	}
	return model.Read(f.Root, nil)
}

var hows = map[responses.How]string{
	responses.ByNothing: "nothing", responses.ByOwnMethod: "own", responses.ByVariable: "variable", responses.ByGreedy: "greedy",
	responses.ByDefaultRoute: "default route", responses.ByConfiguration: "configuration", responses.ByUnknown: "unknown",
}

const anyMethod = "x-amazon-apigateway-any-method: {}"

// said returns a handler in words: how, its method and its path.
func said(h responses.Handler) string {
	if h.Method == nil {
		return hows[h.How]
	}
	return hows[h.How] + ": " + h.Method.Name + " " + h.Resource.Path
}

// TestPreflightsAreHandledByTheNearestMethod holds which method handles the preflight requests of
// a path: the first one in the table.
func TestPreflightsAreHandledByTheNearestMethod(t *testing.T) {
	const configured = "x-amazon-apigateway-cors: {}"
	for _, tt := range []struct{ path, others, root, rest, http string }{
		{path: "/a: {get: {}, options: {}}", rest: "own: OPTIONS /a"},
		{path: "/a: {" + anyMethod + "}", rest: "own: ANY /a"},
		{path: "/a: {" + anyMethod + ", options: {}}", rest: "own: OPTIONS /a"},
		{path: "/a: {get: {}}", others: "/a/: {options: {}}", rest: "own: OPTIONS /a"},
		{path: "/a: {get: {}}", rest: "nothing"},
		{path: "/a: {get: {}, options: null}", rest: "nothing"},
		{path: "/a: {}", rest: "nothing"},

		{path: "/a: {get: {}}", others: "'/{x}': {options: {}}", rest: "variable: OPTIONS /{x}"},
		{path: "/a: {get: {}}", others: "'/{x}': {" + anyMethod + "}", rest: "variable: ANY /{x}"},
		{path: "/a: {get: {}}", others: "'/{x}': {get: {}}", rest: "nothing"},
		{path: "/a: {get: {}}", others: "'/{p+}': {options: {}}", rest: "greedy: OPTIONS /{p+}"},
		{path: "/a: {get: {}}", others: "'/{p+}': {" + anyMethod + "}", rest: "greedy: ANY /{p+}"},
		{path: "/a: {get: {}}", others: "'/{p+}': {get: {}}", rest: "nothing"},
		{path: "/a/b: {get: {}}", others: "'/{p+}': {options: {}}, '/a/{p+}': {options: {}}", rest: "greedy: OPTIONS /a/{p+}"},
		{path: "/a/b: {get: {}}", others: "'/{p+}': {options: {}}, '/a/{p+}': {get: {}}", rest: "greedy: OPTIONS /{p+}"},
		{path: "/a/b: {get: {}}", others: "'/{x}/b': {options: {}}, '/a/{p+}': {options: {}}", rest: "greedy: OPTIONS /a/{p+}"},
		{path: "/a/b: {get: {}}", others: "'/{x}/b': {options: {}}, '/{p+}': {options: {}}", rest: "variable: OPTIONS /{x}/b"},
		{path: "/a/b: {get: {}}", others: "'/{x}/{y}': {options: {}}, '/a/{y}': {get: {}}", rest: "variable: OPTIONS /{x}/{y}"},
		{path: "/a: {get: {}}", others: "'/a/{p+}': {options: {}}, '/b/{p+}': {options: {}}", rest: "nothing"},
		{path: "'/a/{x}': {get: {}}", others: "/a/b: {options: {}}", rest: "nothing"},
		{path: "'/a/{x}': {get: {}}", others: "'/{p+}': {options: {}}", rest: "greedy: OPTIONS /{p+}"},
		{path: "'/a/{p+}': {get: {}}", others: "'/{p+}': {options: {}}", rest: "greedy: OPTIONS /{p+}"},
		{path: "/: {get: {}}", others: "'/{p+}': {options: {}}", rest: "nothing"},

		{path: "/a: !If [C, {options: {}}, {}]", rest: "unknown"},
		{path: "/a: {get: {}}", others: "'/{p+}': {$ref: other.yaml}", rest: "unknown"},
		{path: "/a: {get: {}}", others: "'/{p+}': {options: {}}, 'Fn::Transform': {Name: AWS::Include}", rest: "unknown"},
		{path: "/a: {get: {}}", others: "'/{x}': {options: {}}, 'Fn::Transform': {Name: AWS::Include}", rest: "variable: OPTIONS /{x}"},
		{path: "/a: {get: {}}", root: "Fn::Transform: {Name: AWS::Include}", rest: "unknown"},
		{path: "/a: {options: {}}", root: "Fn::Transform: {Name: AWS::Include}", rest: "own: OPTIONS /a"},

		{path: "/a: {get: {}}", root: configured, rest: "nothing", http: "configuration"},
		{path: "/a: {get: {}}", root: "x-amazon-apigateway-cors: null", rest: "nothing"},
		{path: "/a: {get: {}}", root: configured, others: "'/{p+}': {options: {}}", rest: "greedy: OPTIONS /{p+}"},
		{path: "/a: {get: {}}", root: configured, others: "/$default: {" + anyMethod + "}", rest: "nothing", http: "default route: ANY /$default"},
		{path: "/a: {get: {}}", others: "/$default: {get: {isDefaultRoute: true}}", rest: "nothing", http: "default route: GET /$default"},
		{path: "/a: {get: {}}", others: "/$default: {$ref: other.yaml}", rest: "nothing", http: "unknown"},
		{path: "/$default: {" + anyMethod + "}", rest: "own: ANY /$default"},
		{path: "/$default: {" + anyMethod + "}", others: "/: {options: {}}, '/{x}': {options: {}}", rest: "own: ANY /$default"},
		{path: "/$default: {" + anyMethod + "}", others: "'/{p+}': {options: {}}", rest: "own: ANY /$default", http: "greedy: OPTIONS /{p+}"},
	} {
		d := opened(t, tt.root, strings.TrimSuffix(tt.path+", "+tt.others, ", "))
		if tt.http == "" {
			tt.http = tt.rest
		}
		for api, want := range map[model.APIType]string{model.REST: tt.rest, model.HTTP: tt.http} {
			got := said(responses.RoutePreflights(d, api).Handler(d.Resources[0]))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, %s, %s as %s (-want +got):\n%s", tt.path, tt.others, tt.root, api, diff)
			}
		}
	}
}

// TestRoutesAreReadOnce holds that a document with a greedy path below each path is read in a
// time that grows with its length: with a comparison of all paths, this test would take very long.
func TestRoutesAreReadOnce(t *testing.T) {
	const most = 20_000
	var paths strings.Builder
	for i := range most {
		fmt.Fprintf(&paths, "\n  /a%d: {get: {}},\n  /a%d/b: {get: {}},\n  '/a%d/{p+}': {options: {}},", i, i, i)
	}
	d := opened(t, "", paths.String())
	routes := responses.RoutePreflights(d, model.REST)
	by := map[responses.How]int{}
	for _, r := range d.Resources {
		by[routes.Handler(r).How]++
	}
	want := map[responses.How]int{responses.ByNothing: most, responses.ByGreedy: most, responses.ByOwnMethod: most}
	if diff := cmp.Diff(want, by); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestCatchAllIsBesideOptions holds which method gets preflight requests that is not one for OPTIONS,
// and that an OPTIONS that is removed does not keep them from it.
func TestCatchAllIsBesideOptions(t *testing.T) {
	for _, tt := range []struct{ path, http, without string }{
		{path: "/a: {get: {}}"},
		{path: "/a: {" + anyMethod + "}", http: "ANY /a", without: "ANY /a"},
		{path: "/a: {options: {}, " + anyMethod + "}", without: "ANY /a"},
		{path: "/a: {options: null, " + anyMethod + "}", http: "ANY /a", without: "ANY /a"},
		{path: "/$default: {get: {}}", http: "GET /$default", without: "GET /$default"},
		{path: "/$default: {options: {}, get: {}}", without: "GET /$default"},
		{path: "/a: !If [C, {}, {}]"},
	} {
		d := opened(t, "", tt.path)
		none := func(*model.Method) bool { return false }
		all := func(*model.Method) bool { return true }
		for want, isRemoved := range map[*string]func(*model.Method) bool{&tt.http: none, &tt.without: all} {
			got := ""
			if m := responses.RoutePreflightsWith(d, model.HTTP, responses.PlannedOptions{Removed: isRemoved}).CatchAll(d.Resources[0]); m != nil {
				got = m.Name + " " + m.Path
			}
			if diff := cmp.Diff(*want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.path, diff)
			}
		}
	}
}
