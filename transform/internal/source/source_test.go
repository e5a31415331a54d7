package source

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/transform/finding"
)

func parse(t *testing.T, name, src string) *File {
	t.Helper()
	f, err := Parse(name, []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// dump lists the nodes below n, each with the bytes of its span.
func dump(n *Node, at Pointer) []string {
	if n.Kind == Scalar {
		return []string{fmt.Sprintf("%s %s %q", at, n.Tag(), n.Raw())}
	}
	lines := []string{fmt.Sprintf("%s %s", at, n.Tag())}
	for _, m := range n.Members() {
		lines = append(lines, dump(m.Value, at.Child(m.Name()))...)
	}
	for i, item := range n.Items() {
		lines = append(lines, dump(item, at.Child(fmt.Sprint(i)))...)
	}
	return lines
}

func TestSpansOfYAML(t *testing.T) {
	f := parse(t, "x.yaml", "\uFEFFa: plain text  # comment\n"+
		"ä: 'single'' quoted'\n"+
		"200: \"double\n  folded\"\n"+
		"tag: !Sub 'x'\n"+
		"block: |\n  one\n\n  two\n\n"+
		"keep: |+\n  one\n\n"+
		"none:\n"+
		"seq:\n- 1\n- k: v\n  l: true\n"+
		"flow: {a: 1, b: , c}\n"+
		"last: >-\n  end")
	want := []string{
		` !!map`,
		`/a !!str "plain text"`,
		`/ä !!str "'single'' quoted'"`,
		`/200 !!str "\"double\n  folded\""`,
		`/tag !Sub "!Sub 'x'"`,
		`/block !!str "|\n  one\n\n  two"`,
		`/keep !!str "|+\n  one\n\n"`,
		`/none !!null ""`,
		`/seq !!seq`,
		`/seq/0 !!int "1"`,
		`/seq/1 !!map`,
		`/seq/1/k !!str "v"`,
		`/seq/1/l !!bool "true"`,
		`/flow !!map`,
		`/flow/a !!int "1"`,
		`/flow/b !!null ""`,
		`/flow/c !!null ""`,
		`/last !!str ">-\n  end"`,
	}
	if diff := cmp.Diff(want, dump(f.Root, "")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestSpansOfJSON(t *testing.T) {
	f := parse(t, "x.json", "{\n\t\"a\\/b\" : \"\\ud83d\\ude00\\\\\", \"n\":[ -1.5e3,{ },\n null, true ] ,\"q\":\"\\\"\"}")
	want := []string{
		` !!map`,
		`/a~1b !!str "\"\\ud83d\\ude00\\\\\""`,
		`/n !!seq`,
		`/n/0 !!float "-1.5e3"`,
		`/n/1 !!map`,
		`/n/2 !!null "null"`,
		`/n/3 !!bool "true"`,
		`/q !!str "\"\\\"\""`,
	}
	if diff := cmp.Diff(want, dump(f.Root, "")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got := f.Root.Get("a/b").Text(); got != "😀\\" {
		t.Errorf("text is %q", got)
	}
}

func TestSyntaxIsToldByContent(t *testing.T) {
	for _, tt := range []struct {
		name, src string
		want      Syntax
	}{
		{"a.yaml", `{"a": 1}`, JSON},
		{"a.yaml", `{a: 1}`, YAML},
		{"a.yaml", `{"a": 1,}`, YAML},
		{"a.json", "a: 1", YAML},
		{"stdin", "\uFEFF [1]", JSON},
	} {
		if got := parse(t, tt.name, tt.src).Syntax; got != tt.want {
			t.Errorf("%s with %q is %v, want %v", tt.name, tt.src, got, tt.want)
		}
	}
}

func TestMergeKeys(t *testing.T) {
	f := parse(t, "x.yaml", "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc:\n  <<: [*a, *b]\n  x: 0\n")
	var got []string
	for _, m := range f.Root.Get("c").Members() {
		got = append(got, fmt.Sprint(m.Name(), "=", m.Value.Text(), " ", m.Merged))
	}
	want := []string{"x=0 false", "y=2 true", "z=4 true"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if !f.Root.Get("a").Shared || f.Root.Get("c").Shared {
		t.Error("shared is told of the wrong nodes")
	}
}

func TestMergesInACircleEnd(t *testing.T) {
	f := parse(t, "x.yaml", "a: &a\n  <<: *a\n  b: &b\n    <<: [*a, *b]\n")
	if f.Root.Get("a").Get("b").Get("c") != nil {
		t.Error("found a member that is not there")
	}
}

func TestDuplicate(t *testing.T) {
	many := "{"
	for i := range 2 * indexed {
		many += fmt.Sprintf("%q: 1, ", fmt.Sprint("k", i))
	}
	for _, src := range []string{`{"k": 1, "l": 2, "k": 3}`, many + `"k3": 2, "k": 1, "k": 3}`} {
		f := parse(t, "x.json", src)
		if m, dup := f.Root.Duplicate("k"); !dup || m.Value.Text() != "3" {
			t.Errorf("%s: found %v", src, dup)
		}
		if _, dup := f.Root.Duplicate("l"); dup {
			t.Errorf("%s: found one of l", src)
		}
	}
}

func TestPositionCountsCharacters(t *testing.T) {
	f := parse(t, "x.yaml", "\uFEFFä: 1\r\nöü: 2\n")
	for off, want := range map[int]finding.Position{
		3:  {Line: 1, Column: 1},
		5:  {Line: 1, Column: 2},
		10: {Line: 2, Column: 1},
		14: {Line: 2, Column: 3},
		99: {Line: 3, Column: 1},
	} {
		if got := f.Position(off); got != want {
			t.Errorf("offset %d is at %v, want %v", off, got, want)
		}
	}
}

// bomb is a text of some lines that stands for some billion values.
func bomb() string {
	text := "a0: &a0 [x]\n"
	for i := range 9 {
		text += fmt.Sprintf("a%d: &a%d [%s*a%d]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*a%d, ", i), 9), i)
	}
	return text
}

func TestParseErrorsHaveAPlace(t *testing.T) {
	for _, tt := range []struct{ name, src, want string }{
		{"a.yaml", "", "a.yaml: error: the file is empty"},
		{"a.yaml", "\n# nothing\n", "a.yaml: error: the file holds no document, only comments"},
		{"a.yaml", "a: 1\nb: c: d\n", "a.yaml:2:1: error: not valid YAML: mapping values are not allowed in this context"},
		{"a.yaml", "a: 1\n---\nb: 2\n", "a.yaml:3:1: error: a second document begins in this file"},
		{"a.yaml", "a: \x00\n", `a.yaml:1:4: error: not text: "\x00" stands here`},
		{"a.yaml", "a: 1\rb: 2\r", "a.yaml:1:5: error: a carriage return stands here without a newline"},
		{"a.yaml", "%YAML 1.2\n---\na: 1\n", "a.yaml:1:1: error: the directive %YAML is not understood"},
		{"a.yaml", "\xff\xfea\x00", "a.yaml: error: the file is encoded as UTF-16"},
		{"a.json", "{\n \"a\": [1, 2", "a.json:2:12: error: the JSON text ends too early"},
		{"a.json", "{\"a\": 1,}", "a.json:1:8: error: not valid JSON"},
		{"a.json", "{} {}", "a.json:1:4: error: a second JSON value follows the document"},
		{"a.yaml", "a: " + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000), "a.yaml:1:1: error: not valid YAML: exceeded max depth"},
		{"a.yaml", strings.Repeat("- ", 100_000) + "a", "a.yaml:1:1: error: not valid YAML: exceeded max depth"},
		{"a.yaml", bomb(), "a.yaml:9:10: error: the alias *a7 stands for more than 10000000 values"},
		{"a.json", strings.Repeat("[", 100_000), "a.json:1:10001: error: not valid JSON: exceeded max depth"},
	} {
		_, err := Parse(tt.name, []byte(tt.src))
		var place *finding.PlaceError
		if !errors.As(err, &place) || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%.30q: got %v, want %s", tt.src, err, tt.want)
		}
	}
}

func TestPointer(t *testing.T) {
	p := Pointer("").Child("paths", "/pets/{id}", "a~b")
	if p != "/paths/~1pets~1{id}/a~0b" {
		t.Errorf("got %s", p)
	}
	if diff := cmp.Diff([]string{"paths", "/pets/{id}", "a~b"}, p.Keys()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	parent, key := p.Parent()
	if parent != "/paths/~1pets~1{id}" || key != "a~b" {
		t.Errorf("parent is %s, key %s", parent, key)
	}
	if rest, ok := p.Below("/paths"); !ok || rest != "/~1pets~1{id}/a~0b" {
		t.Errorf("below /paths is %s", rest)
	}
	if _, ok := p.Below("/path"); ok {
		t.Error("found below /path")
	}
}

// TestColumnsOfLongLines holds that columns count characters, however many there are before.
func TestColumnsOfLongLines(t *testing.T) {
	src := []byte("{\"a\": 1,\n\"ä\": \"" + strings.Repeat("öü€𝄞.", 2000) + "\",\n\"b\": \"" + strings.Repeat("ß", 3*stride) + "\"}")
	f, err := Parse("a.json", src)
	if err != nil {
		t.Fatal(err)
	}
	for off := 0; off < len(src); off += 17 {
		if !utf8.RuneStart(src[off]) {
			continue
		}
		start := bytes.LastIndexByte(src[:off], '\n') + 1
		if got, want := f.Position(off).Column, utf8.RuneCount(src[start:off])+1; got != want {
			t.Fatalf("%d: column %d, want %d", off, got, want)
		}
	}
}
