package transform_test

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/apigw-cors/apigw-cors/internal/documents"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// oddBreak is a line break that YAML has and text editors have not.
var oddBreak = regexp.MustCompile("\r[^\n]|\r$|\u0085|\u2028|\u2029")

// FuzzEnable tries the promises on whatever looks like a document: nothing makes
// it panic, and what comes out is the input with additions, is read by another
// parser, and comes out of a second run unchanged.
func FuzzEnable(f *testing.F) {
	for _, d := range documents.Own(f) {
		f.Add(d.Src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		doc, err := transform.Parse("openapi.yaml", src)
		if err != nil {
			placeErrors(t, err)
			return
		}
		p, o := wide, transform.Options{} // for the kind of API that the document tells
		switch len(src) % 6 {
		case 0:
			p, o = several, asREST
		case 1:
			p, o = several, completing
		case 2:
			p, o = narrow, replacing
		case 3:
			p, o = wide, asHTTP
		case 4:
			p, o = narrow, httpOptions[3]
		}
		r, err := transform.Enable(doc, p, o)
		if !utf8.Valid(src) || oddBreak.Match(src) {
			return // here it is enough that nothing panics
		}
		if err != nil {
			checkRefusal(t, src, err)
			return
		}
		if back, ok := undo(src, r); !ok || !bytes.Equal(back, src) {
			t.Error("the output without the edits is not the input")
		}
		if onlyAdds(r) && !subsequence(src, r.Output) {
			t.Error("the output has lost bytes of the input")
		}
		checkOtherParser(t, src, r)
		next, err := transform.Parse("openapi.yaml", r.Output)
		if err != nil {
			t.Fatalf("the output cannot be read: %v", err)
		}
		second, err := transform.Enable(next, p, o)
		if err != nil {
			t.Fatalf("the output is refused: %v", err)
		}
		if second.Changed() {
			t.Errorf("a second run changes the output (-first +second):\n%s", textDiff(r.Output, second.Output))
		}
	})
}

// FuzzReadConfig tries policy files: nothing makes it panic, and every mistake has a
// place in the file.
func FuzzReadConfig(f *testing.F) {
	src, err := os.ReadFile("testdata/bad-policies.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, part := range strings.Split(string(src), "=== ")[1:] {
		_, text, _ := strings.Cut(part, "\n")
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		config, err := transform.ReadConfig("apigw-cors.yaml", src)
		if err == nil {
			config.File.EntryFor("/a/b")
			return
		}
		if config != nil {
			t.Error("a policy file with mistakes is returned")
		}
		lines := bytes.Count(src, []byte("\n")) + bytes.Count(src, []byte("\r")) + 1
		for e := range policy.All(err) {
			if e.File == "" || e.Position.Line < 1 || e.Position.Line > lines || e.Position.Column < 1 || e.Remedy == "" {
				t.Errorf("the mistake lacks a place or a remedy: %v", e)
			}
		}
	})
}

// checkOtherParser compares input and output as another parser sees them, where
// it reads the input.
func checkOtherParser(t *testing.T, src []byte, r *transform.Result) {
	t.Helper()
	before, err := parseTree(src)
	if err != nil || len(r.Edits) == 0 {
		return
	}
	after, err := parseTree(r.Output)
	if err != nil {
		t.Fatalf("the other parser does not read the output: %v", err)
	}
	if isJSON := json.Valid(bytes.TrimPrefix(src, []byte("\uFEFF"))); isJSON != json.Valid(bytes.TrimPrefix(r.Output, []byte("\uFEFF"))) {
		t.Fatal("the output is of another syntax than the input")
	}
	before.comments()
	after.comments()
	for _, w := range r.Changes {
		if err := takeBack(before, after, w); err != nil {
			t.Errorf("%s %s: %v", w.Verb(), w.Pointer(), err)
		}
	}
	if !equalTrees(before, after) {
		t.Error("the output differs from the input in more than is listed")
	}
}
