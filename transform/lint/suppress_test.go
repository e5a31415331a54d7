package lint_test

import (
	"slices"
	"testing"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/lint"
)

// TestSuppressions holds what each way of suppressing reaches, and what becomes of those
// that reach nothing.
func TestSuppressions(t *testing.T) {
	const head = "openapi: 3.0.1\ninfo: {title: t, version: '1'}\n"
	for name, tt := range map[string]struct {
		src  string
		want []string
	}{
		"none":                       {"paths:\n  /a.b}:\n    get: {responses: {default: {description: d}}}\n", []string{"path-characters"}},
		"comment on the line":        {"paths:\n  /a.b}: # apigw-cors-ignore: path-characters\n    get: {responses: {default: {description: d}}}\n", nil},
		"comment above":              {"paths:\n  # apigw-cors-ignore: path-characters\n  /a.b}:\n    get: {responses: {default: {description: d}}}\n", nil},
		"comment two lines above":    {"paths:\n  # apigw-cors-ignore: path-characters\n  # more\n  /a.b}:\n    get: {responses: {default: {description: d}}}\n", []string{"suppression-unused", "path-characters"}},
		"comment behind another":     {"paths:\n  /a.b}: # odd, # apigw-cors-ignore: path-characters\n    get: {responses: {default: {description: d}}}\n", nil},
		"several in a comment":       {"paths:\n  /a.b}: # apigw-cors-ignore: path-characters, no-integration\n    get: {responses: {default: {description: d}}}\n", []string{"suppression-unused"}},
		"member":                     {"paths:\n  /a.b}:\n    x-apigw-cors-ignore: [path-characters]\n    get: {responses: {default: {description: d}}}\n", nil},
		"member that is one id":      {"paths:\n  /a.b}:\n    x-apigw-cors-ignore: path-characters\n    get: {responses: {default: {description: d}}}\n", nil},
		"member at the root":         {"x-apigw-cors-ignore: [path-characters]\npaths:\n  /a.b}:\n    get: {responses: {default: {description: d}}}\n  /c}:\n    get: {responses: {default: {description: d}}}\n", nil},
		"member of another":          {"paths:\n  /a.b}:\n    get: {responses: {default: {description: d}}}\n  /b:\n    x-apigw-cors-ignore: [path-characters]\n    get: {responses: {default: {description: d}}}\n", []string{"path-characters", "suppression-unused"}},
		"unknown":                    {"paths: {} # apigw-cors-ignore: path-charakters\n", []string{"suppression-unknown"}},
		"with a reason":              {"paths:\n  /a.b}: # apigw-cors-ignore: path-characters -- the team knows, # and so do I\n    get: {responses: {default: {description: d}}}\n", nil},
		"divided by blanks":          {"paths:\n  /a.b}: # apigw-cors-ignore: path-characters no-integration\n    get: {responses: {default: {description: d}}}\n", []string{"suppression-unused"}},
		"of nothing":                 {"paths: {} # apigw-cors-ignore\n", []string{"suppression-unknown"}},
		"in a text":                  {"paths:\n  /a:\n    get: {responses: {default: {description: '# apigw-cors-ignore: path-characters'}}}\n  /a.b}:\n    get: {responses: {default: {description: d}}}\n", []string{"path-characters"}},
		"in a text of lines":         {"paths:\n  /a:\n    get:\n      responses: {default: {description: d}}\n      description: |\n        # apigw-cors-ignore: path-characters\n  /a.b}:\n    get: {responses: {default: {description: d}}}\n", []string{"path-characters"}},
		"of a rule of enabling":      {"paths: {} # apigw-cors-ignore: options-kept\n", nil},
		"suppressions of themselves": {"x-apigw-cors-ignore: [suppression-unused]\npaths: {}\n", nil},
	} {
		d, err := transform.Parse("a.yaml", []byte(head+tt.src))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range listed(t, d, lint.Options{}) {
			got = append(got, f.Rule)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, want %v", name, got, tt.want)
		}
	}
	d, err := transform.Parse("a.json", []byte(`{"openapi": "3.0.1", "info": {"title": "t", "version": "1", "x-x": "# apigw-cors-ignore: path-characters"}, "paths": {"/a.b}": {"x-apigw-cors-ignore": ["path-characters"]}}}`))
	if err != nil {
		t.Fatal(err)
	}
	if found := listed(t, d, lint.Options{}); len(found) != 0 {
		t.Errorf("in JSON: %v", found)
	}
	if found := listed(t, d, lint.Options{Disable: []string{"path-characters"}}); len(found) != 0 {
		t.Errorf("of a rule that is not tried: %v", found)
	}
}
