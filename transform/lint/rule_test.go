package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/transform/finding"
)

// TestRulesAreComplete holds what every rule must say, and that ids are in order.
func TestRulesAreComplete(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z0-9]+([-.][a-z0-9]+)*$`)
	var ids []string
	for _, r := range rules {
		ids = append(ids, r.ID)
		if !kebab.MatchString(r.ID) || r.Title == "" || r.Title != strings.TrimSuffix(r.Title, ".") || r.Doc == "" || r.run == nil && r.blocks == nil {
			t.Errorf("%s: it lacks something: %+v", r.ID, r)
		}
		if !strings.HasPrefix(r.URL, "https://") {
			t.Errorf("%s: %q is no source", r.ID, r.URL)
		}
		if r.Severity < finding.Info || r.Severity > finding.Error {
			t.Errorf("%s: its severity is %v", r.ID, r.Severity)
		}
	}
	for _, r := range append(slices.Clone(judged), validityRule) {
		if slices.Contains(ids, r.ID) {
			t.Errorf("%s is kin-openapi's id as well", r.ID)
		}
	}
	if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Errorf("the ids are not in order, or one stands twice: %v", ids)
	}
}

// parsed returns the document of an example.
func parsed(t *testing.T, r *Rule, text string) *Document {
	t.Helper()
	if !strings.Contains(text, "openapi:") && !strings.Contains(text, "swagger:") {
		text = "openapi: 3.0.1\ninfo: {title: Example, version: \"1\"}\n" + text
	}
	d, err := Parse("example.yaml", []byte(text))
	if err != nil {
		t.Fatalf("%s: %v\n%s", r.ID, err, text)
	}
	return d
}

// listed returns what rules find in a document that can be read.
func listed(t *testing.T, d *Document, o Options) []Finding {
	t.Helper()
	list, err := Run(d, o)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// of returns the findings of a rule.
func of(found []Finding, r *Rule) []Finding {
	return slices.DeleteFunc(slices.Clone(found), func(f Finding) bool { return f.Rule != r.ID })
}

// TestExamples runs the examples of each rule: it finds the failing one, alone, and not
// the passing one, in which no rule finds an error; and what it can mend it mends.
func TestExamples(t *testing.T) {
	for _, r := range rules {
		t.Run(r.ID, func(t *testing.T) {
			if r == tooLarge || r == quota {
				t.Skip("an example would be too large")
			}
			fails, passes := parsed(t, r, r.Fails), parsed(t, r, r.Passes)
			o := Options{API: r.API}
			if o.API == Both && r != apiUntold {
				o.API = REST
			}
			found := listed(t, fails, o)
			if len(of(found, r)) == 0 {
				t.Fatalf("it does not find its example, but %v", found)
			}
			if auto := listed(t, fails, Options{}); r.API == Both && len(of(auto, r)) == 0 {
				t.Errorf("where the document is to tell the kind of API, it does not find its example, but %v", auto)
			}
			for _, f := range found {
				if f.Rule != r.ID && f.Severity == finding.Error {
					t.Errorf("another rule finds its example: %v", f)
				}
				if f.Position == (finding.Position{}) || f.Hint == "" || f.Message == "" {
					t.Errorf("the finding lacks a place, a remedy or a message: %+v", f)
				}
			}
			for _, f := range listed(t, passes, o) {
				if f.Rule == r.ID || f.Severity == finding.Error {
					t.Errorf("the passing example has %v", f)
				}
			}
			mended, err := Mend("example.yaml", fails.doc.Root.File.Src, o)
			if err != nil {
				t.Fatal(err)
			}
			if left := listed(t, parsed(t, r, string(mended.Output)), o); slices.ContainsFunc(left, Finding.Fixable) {
				t.Errorf("mended, it could still mend %v in\n%s", left, mended.Output)
			}
			if of(found, r)[0].Fixable() && mended.Count == 0 {
				t.Error("nothing was mended")
			}
		})
	}
}

// TestEditsMend holds that an editor that makes the changes of a finding is rid of it.
func TestEditsMend(t *testing.T) {
	tried := 0
	for _, r := range rules {
		if r == tooLarge || r == quota {
			continue // an example would be too large
		}
		d := parsed(t, r, r.Fails)
		for _, f := range listed(t, d, Options{API: r.API}) {
			if !f.Fixable() {
				continue
			}
			tried++
			mended := edited(string(d.doc.Root.File.Src), d.Edits(f))
			for _, left := range listed(t, parsed(t, r, mended), Options{API: r.API}) {
				if left.Rule == f.Rule && left.Pointer == f.Pointer && left.Message == f.Message {
					t.Errorf("%v is found again in\n%s", left, mended)
				}
			}
		}
	}
	if tried < 10 {
		t.Errorf("only %d were tried", tried)
	}
}

// edited makes changes as an editor does, that counts lines and characters.
func edited(text string, edits []finding.Edit) string {
	lines := strings.SplitAfter(text, "\n")
	offset := func(p finding.Position) int {
		before := strings.Join(lines[:p.Line-1], "")
		return len(before) + len(string([]rune(lines[p.Line-1])[:p.Column-1]))
	}
	for _, e := range slices.Backward(edits) {
		text = text[:offset(e.Start)] + e.Text + text[offset(e.End):]
	}
	return text
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
		if found := of(listed(t, parsed(t, quota, text), Options{API: REST}), quota); len(found) != 1 {
			t.Errorf("%.60s: got %v", text, found)
		}
	}
	if found := of(listed(t, parsed(t, quota, strings.Replace(b.String(), "  /r0: {get: {x-amazon-apigateway-integration: {type: mock}}}\n", "", 1)), Options{API: REST}), quota); len(found) != 0 {
		t.Errorf("got %v", found)
	}
}

// TestTooLarge holds the bound, which no example reaches.
func TestTooLarge(t *testing.T) {
	pad := "openapi: 3.0.1\npaths: {}\n#" + strings.Repeat("x", largest)
	if found := of(listed(t, parsed(t, tooLarge, pad), Options{}), tooLarge); len(found) != 1 {
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
		for _, f := range listed(t, parsed(t, patternUnanchored, doc), Options{API: REST}) {
			if f.Severity == finding.Error {
				got = append(got, f.Rule)
			}
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: got %v, want %q", name, got, tt.want)
		}
	}
}
