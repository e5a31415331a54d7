package cmd_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"
)

// unified returns what a command changed in a document as a unified diff: with as few lines
// as can be, so that a reviewer sees no line leave that stays. (udiff.Unified gives up
// looking for the shortest after a hundred changes.)
func unified(t *testing.T, name string, before, after []byte) []byte {
	t.Helper()
	const context = 3 // lines, as diff -u has them
	text, err := udiff.ToUnified(name, name, string(before), lineEdits(before, after), context)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(text)
}

// lineEdits returns the edits that make one text of another, by lines.
func lineEdits(before, after []byte) []udiff.Edit {
	a, b := strings.SplitAfter(string(before), "\n"), strings.SplitAfter(string(after), "\n")
	common := commonLines(a, b)
	var edits []udiff.Edit
	var edit udiff.Edit // of the lines since the last common one
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			edits = append(edits, edit)
			end := edit.End + len(a[i])
			edit = udiff.Edit{Start: end, End: end}
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			edit.End += len(a[i])
			i++
		default:
			edit.New += b[j]
			j++
		}
	}
	return slices.DeleteFunc(append(edits, edit), func(e udiff.Edit) bool { return e.Start == e.End && e.New == "" })
}

// commonLines returns for each two places how many lines from there on can stay.
func commonLines(a, b []string) [][]int {
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	return common
}
