package layout

import (
	"fmt"
	"strings"
	"testing"

	yaml "go.yaml.in/yaml/v4"

	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

const snippet = "## begin\n#set($o = $input.params().header.get(\"Origin\"))\n#if($o == \"https://a\"\n|| $o.matches(\"[a-z0-9-]+[.]b\"))\n#end\n## end\n"

// spliced are texts in every way in which they are written, and whether something
// can be put in front of them.
var spliced = map[string]struct {
	doc     string
	refused string
}{
	"plain":                          {doc: "a:\n  t: $input.json('$')\n"},
	"plain with a comment":           {doc: "a:\n  t: $input.json('$') # all of it\n  u: 1\n"},
	"plain with double quotes":       {doc: "a:\n  t: $input.json(\"$\")\n"},
	"plain with both quotes":         {doc: "a:\n  t: $input.json(\"$\")'\n", refused: "both kinds of quotes"},
	"plain over lines":               {doc: "a:\n  t: $input\n    .body\n", refused: "over several lines"},
	"plain in flow style":            {doc: "a: {t: $input.body, u: 1}\n"},
	"plain at the end of the file":   {doc: "a:\n  t: $input.body"},
	"double quotes":                  {doc: "a:\n  t: \"{\\\"b\\\": 1}\\n\" # c\n"},
	"double quotes over lines":       {doc: "a:\n  t: \"one\n    two\\\n    three\"\n"},
	"double quotes, empty":           {doc: "a: {t: \"\"}\n"},
	"double quotes behind an anchor": {doc: "a:\n  t: &x \"b\"\n", refused: "nothing can be put in front"},
	"double quotes behind a tag":     {doc: "a:\n  t: !!str \"b\"\n", refused: "nothing can be put in front"},
	"single quotes":                  {doc: "a:\n  t: 'it''s {\"b\": 1}'\n"},
	"single quotes over lines":       {doc: "a:\n  t: 'one\n\n    two'\n"},
	"single quotes, empty":           {doc: "a:\n  t: ''\n"},
	"single quotes with blanks":      {doc: "a:\n  t: '  b'\n", refused: "says something else"},
	"single quotes in flow style":    {doc: "a: {u: 1, t: 'b', v: 2}\n"},
	"literal":                        {doc: "a:\n  t: |\n    {\n      \"b\": 1\n    }\n  u: 1\n"},
	"literal that strips":            {doc: "a:\n  t: |-\n    b\n"},
	"literal that keeps":             {doc: "a:\n  t: |+\n    b\n\n\n  u: 1\n"},
	"literal with an indicator":      {doc: "a:\n  t: |2\n      b\n    c\n"},
	"literal with a comment":         {doc: "a:\n  t: | # why\n    b\n"},
	"literal with empty lines first": {doc: "a:\n  t: |\n\n    b\n"},
	"literal at the end of the file": {doc: "a:\n  t: |\n    b"},
	"literal without lines":          {doc: "a:\n  t: |\n  u: 1\n", refused: "an empty block"},
	"literal, CRLF":                  {doc: "a:\r\n  t: |\r\n    b\r\n    c\r\n  u: 1\r\n"},
	"folded":                         {doc: "a:\n  t: >\n    b\n    c\n  u: 1\n"},
	"folded that begins deeper":      {doc: "a:\n  t: >2\n      b\n    c\n", refused: "says something else"},
	"single quotes, CRLF":            {doc: "a:\r\n  t: 'b'\r\n  u: 1\r\n"},
	"json":                           {doc: "{\"a\": {\"t\": \"$input.json('$')\", \"u\": 1}}\n"},
	"json, escaped":                  {doc: "{\"a\": {\n\t\"t\": \"{\\\"b\\\": \\\"\\u00e9\\/\\\"}\"\n}}"},
	"a number":                       {doc: "a:\n  t: 1\n", refused: "does not begin"},
	"an alias":                       {doc: "x: &x b\na:\n  t: *x\n", refused: "alias"},
	"an intrinsic":                   {doc: "a:\n  t: !Sub b\n", refused: "does not begin"},
}

// TestSplice holds, for each way of writing a text, that something can be put in front
// of it, be replaced, and taken out again with every byte as it was; or that it is
// refused.
func TestSplice(t *testing.T) {
	for name, tt := range spliced {
		t.Run(name, func(t *testing.T) {
			in, err := splice(tt.doc, Splice{At: "/a/t", New: snippet})
			if tt.refused != "" {
				if err == nil || !strings.Contains(err.Error(), tt.refused) {
					t.Fatalf("got %v, want it refused: %s\n%s", err, tt.refused, in)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			was := textOf(t, tt.doc)
			if got := textOf(t, in); got != snippet+was {
				t.Errorf("the text is %q", got)
			}
			other := "## begin\nit's \"other\"\n## end\n"
			changed, err := splice(in, Splice{At: "/a/t", Old: snippet, New: other})
			if err != nil {
				t.Fatal(err)
			}
			if got := textOf(t, changed); got != other+was {
				t.Errorf("the text is then %q", got)
			}
			plain := strings.HasPrefix(name, "plain")
			back, err := splice(changed, Splice{At: "/a/t", Old: other, Unquote: plain})
			if err != nil || back != tt.doc {
				t.Errorf("taken out again, it is %v\n%q, and was\n%q", err, back, tt.doc)
			}
		})
	}
}

// TestSpliceRefusesWhatWasRewritten holds that a beginning that a formatter has
// written otherwise is not guessed at.
func TestSpliceRefusesWhatWasRewritten(t *testing.T) {
	doc := "a:\n  t: \"#\\x23 begin\\nb\"\n"
	if out, err := splice(doc, Splice{At: "/a/t", Old: "## begin\n"}); err == nil {
		t.Errorf("got %q", out)
	}
	if out, err := splice("a:\n  t: \"b\"\n", Splice{At: "/a/t", Old: "c"}); err == nil {
		t.Errorf("got %q", out)
	}
}

// splice makes one operation come true.
func splice(doc string, w Splice) (string, error) {
	f, err := source.Parse("d", []byte(doc))
	if err != nil {
		return "", err
	}
	edits, err := Edits(f.Root, []Operation{w}, nil)
	if err != nil {
		return "", err
	}
	out, err := Verify(f.Root, edits, []Operation{w})
	return string(out), err
}

// textOf returns the text at /a/t as another parser reads it.
func textOf(t *testing.T, doc string) string {
	t.Helper()
	var root struct {
		A struct {
			T string `yaml:"t"`
		} `yaml:"a"`
	}
	if err := yaml.Unmarshal([]byte(strings.ReplaceAll(doc, `\/`, "/")), &root); err != nil {
		t.Fatalf("%v\n%s", err, doc)
	}
	return root.A.T
}

// FuzzSplice tries texts of all kinds in all ways of writing them.
func FuzzSplice(f *testing.F) {
	for _, tt := range spliced {
		f.Add(tt.doc, "x\ny\n")
	}
	f.Fuzz(func(t *testing.T, doc, snippet string) {
		w := Splice{At: "/a/t", New: "## begin\n" + strings.Map(printable, snippet) + "\n"}
		in, err := splice(doc, w)
		if err != nil {
			return
		}
		parsed, _ := source.Parse("d", []byte(doc))
		n := parsed.Root.At("/a/t")
		out := Splice{At: "/a/t", Old: w.New, Unquote: n.Style == source.Plain}
		if back, err := splice(in, out); err != nil || back != doc {
			t.Errorf("taken out again, it is %v\n%q, and was\n%q", err, back, doc)
		}
	})
}

func printable(r rune) rune {
	if ' ' < r && r < 127 {
		return r
	}
	return 'x'
}

// TestTaggedLists holds how intrinsics with arguments are written and read.
func TestTaggedLists(t *testing.T) {
	v := TaggedList{"!Join", List{String(""), List{String("'"), Tagged{"!Ref", "Origin"}, String("'")}}}
	f, err := source.Parse("d", []byte("a:\n  b: 1\n"))
	if err != nil {
		t.Fatal(err)
	}
	operations := []Operation{Add{At: "/a/c", Value: v}, Add{At: "/a/d", Value: Map{{Key: "e", Value: v}}}}
	edits, err := Edits(f.Root, operations, nil)
	if err != nil {
		t.Fatal(err)
	}
	out, err := Verify(f.Root, edits, operations)
	want := "a:\n  b: 1\n  c: !Join [\"\", [\"'\", !Ref \"Origin\", \"'\"]]\n  d:\n    e: !Join [\"\", [\"'\", !Ref \"Origin\", \"'\"]]\n"
	if err != nil || string(out) != want {
		t.Errorf("got %v\n%swant\n%s", err, out, want)
	}
	after, err := source.Parse("d", out)
	if err != nil {
		t.Fatal(err)
	}
	for _, other := range []Value{v.Items, TaggedList{"!Sub", v.Items}, TaggedList{"!Join", v.Items[:1]}, String("x")} {
		if Equal(after.Root.At("/a/c"), other) {
			t.Errorf("it is taken for %s", fmt.Sprint(other))
		}
	}
}
