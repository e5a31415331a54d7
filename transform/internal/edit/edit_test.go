package edit

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestApply(t *testing.T) {
	for _, tt := range []struct {
		name  string
		edits []Edit
		want  string
	}{
		{"nothing", nil, "abcdef"},
		{"insert, replace, delete", []Edit{{0, 0, "<"}, {1, 2, "B"}, {4, 6, ""}}, "<aBcd"},
		{"insert at the end", []Edit{{6, 6, ">"}}, "abcdef>"},
		{"insertions at one place keep their order", []Edit{{3, 3, "1"}, {3, 3, "2"}}, "abc12def"},
		{"an insertion comes before a replacement at the same place", []Edit{{3, 4, "D"}, {3, 3, "|"}}, "abc|Def"},
		{"replacements may touch", []Edit{{0, 3, "x"}, {3, 6, "y"}}, "xy"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			Sort(tt.edits)
			out, err := Apply([]byte("abcdef"), tt.edits)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(out)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestApplyWithoutEditsReturnsItsInput(t *testing.T) {
	src := []byte("abc")
	out, err := Apply(src, nil)
	if err != nil || &out[0] != &src[0] {
		t.Errorf("got a copy, or %v", err)
	}
}

func TestApplyRefuses(t *testing.T) {
	for _, tt := range []struct {
		name  string
		edits []Edit
		want  string
	}{
		{"overlap", []Edit{{0, 3, ""}, {2, 4, ""}}, "edit 2:4 overlaps edit 0:3"},
		{"end before start", []Edit{{3, 2, ""}}, "leaves the text"},
		{"beyond the end", []Edit{{5, 7, ""}}, "leaves the text of 6 bytes"},
		{"before the start", []Edit{{-1, 0, ""}}, "leaves the text"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out, err := Apply([]byte("abcdef"), tt.edits)
			if err == nil || !strings.Contains(err.Error(), tt.want) || out != nil {
				t.Errorf("got %q and %v, want an error with %q", out, err, tt.want)
			}
		})
	}
}
