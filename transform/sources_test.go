package transform_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// kinds are the sources of a policy, the strongest first, as the design ranks them.
var kinds = []string{
	"command line",
	"profile dev of rule /a/b/c",
	"rule /a/b/c",
	"block of /a/b/c",
	"block of /a",
	"profile dev",
	"policy",
	"block of the document",
}

// said is a value of a member that only one kind of source gives.
var said = map[string]func(kind int) (text string, set func(p *policy.Policy)){
	"allowOrigins": func(kind int) (string, func(*policy.Policy)) {
		origin := fmt.Sprintf("https://k%d.example.com", kind)
		return "[" + origin + "]", func(p *policy.Policy) { p.AllowOrigins = policy.Literal([]string{origin}) }
	},
	"allowMethods": func(kind int) (string, func(*policy.Policy)) {
		methods := [][]string{{"GET"}, {"PUT"}, {"HEAD"}, {"POST"}, {"PATCH"}, {"DELETE"}, {"OPTIONS"}, {"GET", "PUT"}}[kind]
		return "[" + strings.Join(methods, ", ") + "]", func(p *policy.Policy) { p.AllowMethods = policy.Literal(methods) }
	},
	"allowHeaders": func(kind int) (string, func(*policy.Policy)) {
		name := fmt.Sprintf("X-K%d", kind)
		return "[" + name + "]", func(p *policy.Policy) { p.AllowHeaders = policy.Literal([]string{name}) }
	},
	"exposeHeaders": func(kind int) (string, func(*policy.Policy)) {
		name := fmt.Sprintf("X-K%d", kind)
		return "[" + name + "]", func(p *policy.Policy) { p.ExposeHeaders = policy.Literal([]string{name}) }
	},
	"maxAge": func(kind int) (string, func(*policy.Policy)) {
		return fmt.Sprint(kind + 1), func(p *policy.Policy) { p.MaxAge = policy.Literal(kind + 1) }
	},
	"allowCredentials": func(kind int) (string, func(*policy.Policy)) {
		on := kind%2 == 0
		return fmt.Sprint(on), func(p *policy.Policy) { p.AllowCredentials = policy.Literal(on) }
	},
}

// world is a document, a policy file and flags, in which some kinds of sources give
// a member.
func world(t *testing.T, member string, kinds ...int) (*transform.Document, policy.Policy, transform.Options) {
	t.Helper()
	var flags policy.Policy
	at := map[int]string{}
	for _, kind := range kinds {
		text, set := said[member](kind)
		at[kind] = fmt.Sprintf("{%s: %s}", member, text)
		if kind == 0 {
			set(&flags)
		}
	}
	if member != "allowOrigins" {
		// Somebody must be let in.
		flags.AllowOrigins = policy.Literal([]string{"https://app.example.com"})
	}
	block := func(kind int, more string) string {
		if at[kind] == "" {
			return ""
		}
		return "x-amazon-apigateway-cors: " + strings.TrimSuffix(at[kind], "}") + more + "}\n"
	}
	layer := func(kind int) string {
		if at[kind] == "" {
			return "{}"
		}
		return at[kind]
	}
	document := "openapi: 3.0.1\n" + block(7, "") + "paths:\n  /a:\n    get: {}\n    " + block(4, ", recursive: true") + "\n  /a/b: {get: {}}\n  /a/b/c:\n    get: {}\n    " + block(3, "") + "\n"
	file := "policy: " + layer(6) + "\nprofiles: {dev: " + layer(5) + "}\nresources:\n  - {path: /a/b/c, policy: " + layer(2) + ", profiles: {dev: " + layer(1) + "}}\n"
	doc, err := transform.Parse("openapi.yaml", []byte(document))
	if err != nil {
		t.Fatal(err)
	}
	config, err := transform.ReadConfig("apigw-cors.yaml", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	return doc, flags, transform.Options{API: transform.REST, File: config.File, Profile: "dev"}
}

// explained returns what holds for a member of the deepest resource, and where it is
// from.
func explained(t *testing.T, member string, kinds ...int) (value, from string) {
	t.Helper()
	doc, flags, o := world(t, member, kinds...)
	list, err := transform.Policies(doc, flags, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		for _, m := range e.Members {
			if e.Path == "/a/b/c" && m.Name == member {
				return m.Value, m.Source
			}
		}
	}
	t.Fatalf("nothing is said of %s", member)
	return "", ""
}

// TestPrecedence holds that of every two sources, and of every set of them, the
// stronger one decides, member by member.
func TestPrecedence(t *testing.T) {
	for member := range said {
		for strong := range kinds {
			alone, from := explained(t, member, strong)
			if from != kinds[strong] {
				t.Errorf("%s of the %s is said to be from the %s", member, kinds[strong], from)
			}
			for weak := strong + 1; weak < len(kinds); weak++ {
				if value, from := explained(t, member, strong, weak); value != alone || from != kinds[strong] {
					t.Errorf("%s of the %s and the %s: got %s from the %s", member, kinds[strong], kinds[weak], value, from)
				}
			}
		}
	}
	for set := 1; set < 1<<len(kinds); set++ {
		var some []int
		for kind := range kinds {
			if set&(1<<kind) != 0 {
				some = append(some, kind)
			}
		}
		if value, from := explained(t, "maxAge", some...); value != fmt.Sprint(some[0]+1) || from != kinds[some[0]] {
			t.Errorf("maxAge of %v: got %s from the %s", some, value, from)
		}
	}
}

// TestPrecedenceIsByMember holds that a strong source that says one thing leaves
// another to a weaker one, and that none is something that is said.
func TestPrecedenceIsByMember(t *testing.T) {
	doc, err := transform.Parse("openapi.yaml", []byte("openapi: 3.0.1\npaths:\n  /a:\n    get: {}\n    x-amazon-apigateway-cors: {allowOrigins: [https://block.example.com], maxAge: none, addHeaders: [X-Block]}\n"))
	if err != nil {
		t.Fatal(err)
	}
	config, err := transform.ReadConfig("apigw-cors.yaml", []byte("policy: {allowOrigins: [https://file.example.com], maxAge: 7, allowHeaders: [X-File], addHeaders: [X-More], exposeHeaders: [X-Out]}\n"))
	if err != nil {
		t.Fatal(err)
	}
	list, err := transform.Policies(doc, policy.Policy{AddHeaders: []string{"X-Flag"}}, transform.Options{API: transform.REST, File: config.File})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, m := range list[0].Members {
		got[m.Name] = m.Value + " from " + m.Source
	}
	want := map[string]string{
		"allowOrigins":     "https://block.example.com from block of /a",
		"allowMethods":     "GET,OPTIONS from default: those of the resource",
		"allowHeaders":     "X-File,X-Flag,X-Block,X-More from policy",
		"addHeaders":       "X-Flag,X-Block,X-More from command line",
		"exposeHeaders":    "X-Out from policy",
		"maxAge":           "none from block of /a",
		"allowCredentials": "none from default",
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestOffIsNeverEnabled holds that switching resources off equals never having
// enabled them, also after they were.
func TestOffIsNeverEnabled(t *testing.T) {
	each(t, func(t *testing.T, d document, doc *transform.Document) {
		if bytes.Contains(d.Src, []byte("x-apigw-cors-generated")) {
			return
		}
		if !d.turn(0, 3) {
			return
		}
		r := enabled(t, doc, several, asREST)
		if inlines(r) || len(r.Resources) == 0 {
			return
		}
		off := func(path string, recursive bool) transform.Options {
			config, err := transform.ReadConfig("apigw-cors.yaml", fmt.Appendf(nil, "resources: [{path: %q, recursive: %v, enabled: false}]", path, recursive))
			if err != nil {
				t.Skip(err) // a path that is no rule's
			}
			return transform.Options{API: transform.REST, File: config.File}
		}
		all := off("/", true)
		check(t, again(t, d, r), several, all, d.Src, "switching all off")
		path := r.Resources[len(r.Resources)/2].Path
		one := off(path, false)
		direct := enabled(t, doc, wide, one)
		if inlines(direct) {
			return
		}
		check(t, again(t, d, r), wide, one, direct.Output, "switching one off")
		if slices.ContainsFunc(r.Resources, func(r transform.Resource) bool { return r.Outcome == transform.Kept }) {
			return // nothing is left of a policy in a resource whose backend answers preflights
		}
		rest, err := transform.Disable(again(t, d, r), transform.Selection{Resources: []string{path}})
		if want := enabled(t, doc, several, one).Output; err != nil || !bytes.Equal(rest.Output, want) {
			t.Errorf("disabling one: %v (-switched off +disabled)\n%s", err, textDiff(want, rest.Output))
		}
	})
}

func check(t *testing.T, doc *transform.Document, p policy.Policy, o transform.Options, want []byte, what string) {
	t.Helper()
	got, err := transform.Enable(doc, p, o)
	if err != nil {
		t.Errorf("%s: %v", what, err)
	} else if !bytes.Equal(got.Output, want) {
		t.Errorf("%s (-want +got):\n%s", what, textDiff(want, got.Output))
	}
}
