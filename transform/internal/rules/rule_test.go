package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// TestRulesAreComplete holds what every rule must say, and that the lists are in the order
// of the ids.
func TestRulesAreComplete(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z0-9]+([-.][a-z0-9]+)*$`)
	for _, r := range All() {
		if !kebab.MatchString(r.ID) || r.Title == "" || r.Title != strings.TrimSuffix(r.Title, ".") || r.Doc == "" {
			t.Errorf("%s: it lacks something: %+v", r.ID, r)
		}
		if !strings.HasPrefix(r.URL, "https://") {
			t.Errorf("%s: %q is no source", r.ID, r.URL)
		}
		if r.Severity < finding.Info || r.Severity > finding.Error {
			t.Errorf("%s: its severity is %v", r.ID, r.Severity)
		}
		if r.ImportFails && r.Severity != finding.Error {
			t.Errorf("%s: the import fails, and its severity is %v", r.ID, r.Severity)
		}
	}
	for _, list := range [][]*Rule{OfLint(), OfEnabling()} {
		if !slices.IsSortedFunc(list, func(a, b *Rule) int { return strings.Compare(a.ID, b.ID) }) {
			t.Error("the ids are not in order")
		}
	}
}

// TestEachIDHasOneRule holds that no two rules have an id in common, so that findings with
// an id have one severity and one explanation.
func TestEachIDHasOneRule(t *testing.T) {
	seen := map[string]*Rule{}
	for _, r := range All() {
		if seen[r.ID] != nil {
			t.Errorf("%s has two rules", r.ID)
		}
		seen[r.ID] = r
		if ByID(r.ID) != r {
			t.Errorf("%s leads to another rule", r.ID)
		}
	}
	if len(seen) < 130 {
		t.Errorf("only %d rules were tried", len(seen))
	}
}

// TestEachReasonHasOneRule holds that every reason why a block cannot be understood is
// reported by one rule.
func TestEachReasonHasOneRule(t *testing.T) {
	by := map[policy.Reason][]string{}
	for _, r := range OfLint() {
		for _, reason := range r.blocks {
			by[reason] = append(by[reason], r.ID)
		}
	}
	for _, reason := range policy.Reasons() {
		if len(by[reason]) != 1 {
			t.Errorf("%s is reported by %v", reason, by[reason])
		}
	}
}

// seen returns the view of an example for an API type.
func seen(t *testing.T, text string, api model.APIType) *View {
	t.Helper()
	if !strings.Contains(text, "openapi:") && !strings.Contains(text, "swagger:") {
		text = "openapi: 3.0.1\ninfo: {title: Example, version: \"1\"}\n" + text
	}
	f, err := model.Open("example.yaml", []byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	d := model.Read(f.Root, nil)
	return NewView(d, own.Read(f.Root, func() *model.Document { return d }), api)
}

// TestRulesFindTheirExamples holds that a rule by itself finds its failing example and not
// the passing one, and that what it finds is a finding of its own.
func TestRulesFindTheirExamples(t *testing.T) {
	tried := 0
	for _, r := range OfLint() {
		if r.find == nil && r.blocks == nil || r.Fails == "" {
			continue // others look for it, or an example would be too large
		}
		tried++
		api := r.API
		if api == "" && r != apiUntold {
			api = model.REST
		}
		found := r.Find(seen(t, r.Fails, api))
		if len(found) == 0 {
			t.Errorf("%s does not find its example", r.ID)
		}
		for _, f := range found {
			if f.Rule != r {
				t.Errorf("%s: the finding is one of %v", r.ID, f.Rule)
			}
		}
		if found := r.Find(seen(t, r.Passes, api)); len(found) != 0 {
			t.Errorf("%s finds its passing example: %v", r.ID, found)
		}
	}
	if tried < 100 {
		t.Errorf("only %d were tried", tried)
	}
}

// TestRulesKeepNothing holds that a rule finds the same in a view a second time.
func TestRulesKeepNothing(t *testing.T) {
	for _, r := range OfLint() {
		if r.Fails == "" {
			continue
		}
		d := seen(t, r.Fails, model.REST)
		said := func() (list []string) {
			for _, other := range OfLint() {
				for _, f := range other.Find(d) {
					list = append(list, fmt.Sprintf("%s %s %s", f.Rule.ID, f.At.Pointer, f.Message))
				}
			}
			return list
		}
		if diff := cmp.Diff(said(), said()); diff != "" {
			t.Errorf("%s: -first +second\n%s", r.ID, diff)
		}
	}
}

// TestQuota holds the bounds, which no example reaches.
func TestQuota(t *testing.T) {
	var b strings.Builder
	b.WriteString("paths:\n")
	for i := range mostResources + 1 {
		fmt.Fprintf(&b, "  /r%d: {get: {x-amazon-apigateway-integration: {type: mock}}}\n", i)
	}
	var deep strings.Builder
	deep.WriteString("paths:\n")
	for i := range mostResources/3 + 1 {
		fmt.Fprintf(&deep, "  /r%d/a/b: {get: {x-amazon-apigateway-integration: {type: mock}}}\n", i)
	}
	template := "paths: {/a: {get: {x-amazon-apigateway-integration: {type: http, responses: {default: {statusCode: 200, responseTemplates: {a/b: " + strings.Repeat("x", largestTemplate+1) + "}}}}}}}\n"
	policy := "x-amazon-apigateway-policy: " + strings.Repeat("x", longestPolicy+1) + "\npaths: {}\n"
	for _, text := range []string{b.String(), deep.String(), template, policy} {
		if found := overQuota.Find(seen(t, text, model.REST)); len(found) != 1 {
			t.Errorf("%.60s: got %v", text, found)
		}
	}
	one := "  /r0: {get: {x-amazon-apigateway-integration: {type: mock}}}\n"
	if found := overQuota.Find(seen(t, strings.Replace(b.String(), one, "", 1), model.REST)); len(found) != 0 {
		t.Errorf("got %v", found)
	}
}

// TestTooLarge holds the bound, which no example reaches.
func TestTooLarge(t *testing.T) {
	pad := "openapi: 3.0.1\npaths: {}\n#" + strings.Repeat("x", largest)
	if found := tooLarge.Find(seen(t, pad, "")); len(found) != 1 {
		t.Errorf("got %v", found)
	}
	if found := tooLarge.Find(seen(t, "paths: {}\n", "")); len(found) != 0 {
		t.Errorf("got %v", found)
	}
}

// TestTemplatesThatChoose holds what is said of the ways in which templates let origins in.
func TestTemplatesThatChoose(t *testing.T) {
	const override = "\n#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)\n#end"
	for name, tt := range map[string]struct{ template, want string }{
		"equality":              {`#if($origin == "https://app.example.com")` + override, ""},
		"two spellings":         {`#if($origin == "")#set($origin = $input.params("origin"))#end` + "\n" + `#if($origin == "https://a.example.com" || $origin == "https://b.example.com")` + override, ""},
		"a pattern":             {`#if($origin.matches("https://[a-z]+[.]example[.]com"))` + override, ""},
		"a list":                {`#set($allowed = ["https://a.example.com"])#if($allowed.contains($origin))` + override, ""},
		"each of a list":        {`#foreach($a in $list)#if($a == $origin)` + override + "#end", ""},
		"a comment, the agent":  {"## $origin.endsWith(\"example.com\")\n#if($ua.contains(\"Mozilla/5.0\"))#end#if($origin == \"https://a.example.com\")" + override, ""},
		"any host":              {`#if($origin.matches("https://.*"))` + override, "pattern-unescaped-dot"},
		"any characters before": {`#if($origin.matches("https://.+example[.]com"))` + override, "pattern-unescaped-dot"},
		"the end":               {`#if($origin.endsWith("example"))` + override, "pattern-unanchored"},
		"a part of a text":      {`#set($allowed = "https://a.example.com,https://b.example.com")#if($allowed.contains($origin))` + override, "pattern-unanchored"},
		"all that is not empty": {`#if($origin != "")` + override, "reflect-any-origin"},
		"all":                   {"#if($origin)" + override, "reflect-any-origin"},
	} {
		lines := strings.ReplaceAll("#set($origin = $input.params(\"Origin\"))\n"+tt.template, "\n", "\n                ")
		doc := example("get", `Access-Control-Allow-Origin`, `Access-Control-Allow-Methods: "'GET'"`, `Vary: "'Origin'"`) +
			"            responseTemplates:\n              application/json: |\n                " + lines + "\n"
		var got []string
		for _, r := range OfLint() {
			if found := r.Find(seen(t, doc, model.REST)); r.IsAbout(model.REST) && r.Severity == finding.Error && len(found) > 0 {
				got = append(got, r.ID)
			}
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: got %v, want %q", name, got, tt.want)
		}
	}
}

// found returns the ids of the rules that find something in a document, each once.
func found(t *testing.T, text string, api model.APIType) []string {
	t.Helper()
	var ids []string
	for _, f := range Find(seen(t, text, api)) {
		if !slices.Contains(ids, f.Rule.ID) {
			ids = append(ids, f.Rule.ID)
		}
	}
	return ids
}

// TestObjectsWithoutEffect holds that a CORS object is reported where API Gateway does not
// act on it: on a route of an HTTP API, and at the root of a REST API that has no other CORS.
func TestObjectsWithoutEffect(t *testing.T) {
	const object = `x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com"]}`
	for name, tt := range map[string]struct {
		text string
		api  model.APIType
		want []string
	}{
		"REST, alone":          {object + "\n" + proxied, model.REST, []string{"block-without-effect", "cors-absent"}},
		"REST, beside OPTIONS": {object + "\n" + example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`), model.REST, nil},
		"REST, none":           {proxied, model.REST, []string{"cors-absent"}},
		"HTTP, at the root":    {object + "\n" + proxied, model.HTTP, nil},
		"HTTP, on a route":     {strings.Replace(proxied, "    get:", "    "+object+"\n    get:", 1), model.HTTP, []string{"block-without-effect", "cors-absent"}},
		"not known":            {object + "\n" + proxied, "", nil},
	} {
		got := slices.DeleteFunc(found(t, tt.text, tt.api), func(id string) bool { return id != "block-without-effect" && id != "cors-absent" })
		if diff := cmp.Diff(tt.want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}

// TestWhoRequiresCredentials holds that an any method of a REST API that is opened by
// x-amazon-apigateway-auth is not reported to refuse preflight requests.
func TestWhoRequiresCredentials(t *testing.T) {
	const closed = withToken + "paths:\n  /pets:\n    x-amazon-apigateway-any-method:\n      responses: {}\n      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}\n"
	opened := strings.Replace(closed, "      responses: {}\n", "      responses: {}\n      x-amazon-apigateway-auth: {type: NONE}\n", 1)
	if !slices.Contains(found(t, closed, model.REST), "any-swallows-options") {
		t.Error("an any method with authorization is not reported")
	}
	if slices.Contains(found(t, opened, model.REST), "any-swallows-options") {
		t.Error("an any method that is opened is reported")
	}
}

// TestErrorsExcuseNothing holds that no rule of severity error is noted as a reason why requests fail
// although a run succeeds: an error fails the run by itself.
func TestErrorsExcuseNothing(t *testing.T) {
	noted := 0
	for _, r := range All() {
		if !r.RequestsFail {
			continue
		}
		noted++
		if r.Severity == finding.Error {
			t.Errorf("%s is an error and cannot excuse a request that fails", r.ID)
		}
	}
	if noted < 5 {
		t.Errorf("only %d rules are a reason why requests fail", noted)
	}
}
