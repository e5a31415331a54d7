package report

import (
	"bytes"
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
	const context = 3 // lines, as diff -u has them
	text, err := udiff.ToUnified(label("a", name), label("b", name), string(src), lineEdits(src, r.Edits), context)
	if err != nil {
		return "", fmt.Errorf("%s: the difference could not be shown: %w", name, err)
	}
	return text, nil
}

// longLine is the length from which the edits of a line are put together: a document may be
// one line, and what is between thousands of edits is not shown anyway.
const longLine = 4096 // bytes

// lineEdits returns edits for a difference that is shown by lines.
func lineEdits(src []byte, edits []transform.Edit) []udiff.Edit {
	var out []udiff.Edit
	for i := 0; i < len(edits); {
		start, end := bytes.LastIndexByte(src[:edits[i].Start], '\n')+1, lineEnd(src, edits[i].Start)
		if end-start < longLine {
			out = append(out, udiff.Edit{Start: edits[i].Start, End: edits[i].End, New: edits[i].New})
			i++
			continue
		}
		var text strings.Builder
		last := start
		for ; i < len(edits) && edits[i].Start < end; i++ {
			text.Write(src[last:edits[i].Start])
			text.WriteString(edits[i].New)
			last = edits[i].End
			end = max(end, lineEnd(src, last))
		}
		text.Write(src[last:end])
		out = append(out, udiff.Edit{Start: start, End: end, New: text.String()})
	}
	return out
}

// lineEnd is the offset behind the line of an offset.
func lineEnd(src []byte, off int) int {
	if i := bytes.IndexByte(src[off:], '\n'); i >= 0 {
		return off + i + 1
	}
	return len(src)
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
