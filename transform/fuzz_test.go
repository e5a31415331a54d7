package transform_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"testing"
	"unicode/utf8"

	"github.com/apigw-cors/apigw-cors/transform"
)

// oddBreak is a line break that YAML has and text editors have not.
var oddBreak = regexp.MustCompile("\r[^\n]|\r$|\u0085|\u2028|\u2029")

// FuzzEnable tries the promises on whatever looks like a document: nothing makes
// it panic, and what comes out is the input with additions, is read by another
// parser, and comes out of a second run unchanged.
func FuzzEnable(f *testing.F) {
	own, _ := readDocuments("../testdata")
	for _, d := range own {
		f.Add(d.src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		doc, err := transform.Parse("openapi.yaml", src)
		if err != nil {
			placeErrors(t, err)
			return
		}
		r, err := transform.Enable(doc, wide, transform.Options{})
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
		second, err := transform.Enable(next, wide, transform.Options{})
		if err != nil {
			t.Fatalf("the output is refused: %v", err)
		}
		if second.Changed() {
			t.Errorf("a second run changes the output (-first +second):\n%s", textDiff(r.Output, second.Output))
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
	for _, w := range r.Wishes {
		if err := takeBack(before, after, w); err != nil {
			t.Errorf("%s %s: %v", w.Verb(), w.Pointer(), err)
		}
	}
	if !equalTrees(before, after) {
		t.Error("the output differs from the input in more than is listed")
	}
}
