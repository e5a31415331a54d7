package lint

import (
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
		if !kebab.MatchString(r.ID) || r.Title == "" || r.Title != strings.TrimSuffix(r.Title, ".") || r.Doc == "" || r.run == nil {
			t.Errorf("%s: it lacks something: %+v", r.ID, r)
		}
		if !strings.HasPrefix(r.URL, "https://") {
			t.Errorf("%s: %q is no source", r.ID, r.URL)
		}
		if r.Severity < finding.Info || r.Severity > finding.Error {
			t.Errorf("%s: its severity is %v", r.ID, r.Severity)
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
			if r == tooLarge {
				t.Skip("its example would be too large")
			}
			fails, passes := parsed(t, r, r.Fails), parsed(t, r, r.Passes)
			o := Options{API: r.API}
			if o.API == Both {
				o.API = REST
			}
			found := listed(t, fails, o)
			if len(of(found, r)) == 0 {
				t.Errorf("it does not find its example, but %v", found)
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
			if slices.ContainsFunc(mended.Left, Finding.Fixable) {
				t.Errorf("mended, it could still mend %v in\n%s", mended.Left, mended.Output)
			}
			if found[0].Fixable() && mended.Count == 0 {
				t.Error("nothing was mended")
			}
		})
	}
}

// TestEditsMend holds that an editor that makes the changes of a finding is rid of it.
func TestEditsMend(t *testing.T) {
	tried := 0
	for _, r := range rules {
		if r == tooLarge {
			continue // it has no example
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

// TestTooLarge holds the bound, which no example reaches.
func TestTooLarge(t *testing.T) {
	pad := "openapi: 3.0.1\npaths: {}\n#" + strings.Repeat("x", largest)
	if found := of(listed(t, parsed(t, tooLarge, pad), Options{}), tooLarge); len(found) != 1 {
		t.Errorf("got %v", found)
	}
}
