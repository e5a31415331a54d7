package finding

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSortByPositionThenRule(t *testing.T) {
	at := func(line, column int, rule string) Finding {
		return Finding{Rule: rule, Severity: Info, File: "f", Position: Position{line, column}}
	}
	got := []Finding{at(2, 1, "b"), at(1, 9, "z"), at(2, 1, "a"), at(1, 2, "y")}
	Sort(got)
	want := []Finding{at(1, 2, "y"), at(1, 9, "z"), at(2, 1, "a"), at(2, 1, "b")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestStrings(t *testing.T) {
	f := Finding{Rule: "origin-conflict", Severity: Warning, File: "a.yaml", Position: Position{4, 2}, Message: "says \"x\""}
	if got, want := f.String(), `a.yaml:4:2: warning: says "x" (origin-conflict)`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	e := &PlaceError{File: "a.yaml", Message: "the file is empty"}
	if got, want := e.Error(), "a.yaml: error: the file is empty"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := Severity(0).String(), "Severity(0)"; got != want {
		t.Errorf("the zero severity is %s, want %s", got, want)
	}
}

func TestNearest(t *testing.T) {
	names := []string{"/pets", "/pets/{petId}", "/orders", "/admin/users"}
	for name, want := range map[string][]string{
		"/pet":    {"/pets", "/pets/{petId}"},
		"/Pets":   {"/pets", "/pets/{petId}"},
		"/oders":  {"/orders"},
		"users":   {"/admin/users"},
		"/xyzxyz": nil,
		"":        nil,
	} {
		if diff := cmp.Diff(want, Nearest(name, names)); diff != "" {
			t.Errorf("%q: (-want +got)\n%s", name, diff)
		}
	}
}

// TestPlain holds that what a document holds ends no line, and speaks to no terminal.
func TestPlain(t *testing.T) {
	for text, want := range map[string]string{"ä \"b\"": "ä \"b\"", "a\n::error::b": `a\u000a::error::b`, "\x1b[31m\x00\u0085": `\u001b[31m\u0000\u0085`} {
		if got := Plain(text); got != want {
			t.Errorf("%q: got %q", text, got)
		}
	}
	f := Finding{Rule: "r", Severity: Error, File: "a\rb", Message: "a\tb"}
	if got := f.String(); got != `a\u000db: error: a\u0009b (r)` {
		t.Errorf("got %q", got)
	}
}
