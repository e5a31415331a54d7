package report

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"github.com/aymanbagabas/go-udiff"

	"github.com/apigw-cors/apigw-cors/transform"
)

// Diff returns what a result changes as a unified diff, which git apply and patch
// accept in the directory that name counts from, or nothing where it changes nothing.
// src is the document that the result was made of.
func Diff(name string, src []byte, r *transform.Result) (string, error) {
	if !r.Changed() {
		return "", nil
	}
	edits := make([]udiff.Edit, len(r.Edits))
	for i, e := range r.Edits {
		edits[i] = udiff.Edit{Start: e.Start, End: e.End, New: e.New}
	}
	const context = 3 // lines, as diff -u has them
	text, err := udiff.ToUnified(label("a", name), label("b", name), string(src), edits, context)
	if err != nil {
		return "", fmt.Errorf("%s: the difference could not be shown: %w", name, err)
	}
	return text, nil
}

// label returns a file name as the head of a diff has it: below a or b, between quotes
// where it has characters that would end it, and with a tab behind it where it has
// blanks.
func label(side, name string) string {
	path := side + "/" + strings.TrimPrefix(filepath.ToSlash(filepath.Clean(name)), "/")
	switch {
	case strings.ContainsAny(path, `"\`) || strings.ContainsFunc(path, unicode.IsControl):
		return strconv.Quote(path)
	case strings.Contains(path, " "):
		return path + "\t"
	}
	return path
}
