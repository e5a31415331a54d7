package source

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/internal/documents"
)

// everything lists all nodes with all that is known of them.
func everything(n *Node, at Pointer, lines *[]string) {
	*lines = append(*lines, fmt.Sprintf("%s %d %d %d:%d %s %q", at, n.Kind, n.Style, n.Start, n.End, n.Tag(), n.Text()))
	for _, m := range n.Members() {
		everything(m.Key, at+"/#", lines)
		everything(m.Value, at.Child(m.Name()), lines)
	}
	for i, item := range n.Items() {
		everything(item, at.Child(fmt.Sprint(i)), lines)
	}
}

// agree reports whether the outline of a text gave up. Where it did not, the
// engine must have read the same.
func agree(t *testing.T, name string, src []byte) (gaveUp bool) {
	t.Helper()
	f := newFile(name, src)
	f.Syntax = YAML
	outline := parseOutline(f)
	if outline == nil {
		return true
	}
	var got, want []string
	everything(outline, "", &got)
	if f.Broken != nil {
		return false // the outline told so
	}
	whole, err := parseWhole(newFile(name, src))
	if err != nil {
		t.Errorf("%s: the outline accepts what the engine refuses: %v", name, err)
		return false
	}
	everything(whole, "", &want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: (-engine +outline)\n%s", name, diff)
	}
	return false
}

// TestOutlineAgreesWithTheEngine compares the two over every document of the
// project, and of a collection of real ones where it stands beside the project.
func TestOutlineAgreesWithTheEngine(t *testing.T) {
	read, gaveUp := 0, 0
	for _, d := range slices.Concat(documents.Read(t, math.MaxInt), documents.Golden(t)) {
		if filepath.Ext(d.Path) == ".json" || len(d.Src) == 0 || d.Src[0] == '{' || testing.Short() && len(d.Src) > 100_000 {
			continue
		}
		read++
		if agree(t, d.Path, d.Src) {
			gaveUp++
			t.Logf("gave up: %s", d.Path)
		}
	}
	t.Logf("%d documents, given up %d", read, gaveUp)
}

// FuzzOutlineAgreesWithTheEngine holds the same for texts that nobody wrote.
func FuzzOutlineAgreesWithTheEngine(f *testing.F) {
	for _, seed := range []string{
		"a: 1\nb:\n  c: x\n  d:\n  - e\n  - f: g\n    h: |\n      i\n\n      j\nk: {l: [m, \"n\"], o: 'p'}\n",
		"a: !Sub \"x\"\nb: !If\n- c\n- d: e\n",
		"a: text\n  goes on\n\n  further # comment\nb: \"x\n  y\"\n# c\n'd e': >-\n  f\n  g\n",
		"---\r\na:\r\n    - b: c\r\n      d: e\r\n",
		"- - a\n  - b\n- c: |+\n    d\n\n- e",
		"\uFEFFa: \n  b: [\n    c,\n  ]\n",
		"0:\n\t", "a: \u0097", "a: \uffff", "- \t", "000::", "-:", "0: !0! 00",
	} {
		f.Add([]byte(seed))
	}
	for _, d := range documents.Own(f) {
		f.Add(d.Src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 0 {
			agree(t, "fuzz", src)
		}
	})
}
