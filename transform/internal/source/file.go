// Package source tells where things are in a YAML or JSON file.
//
// Both syntaxes become one tree of [Node]: kind, span in bytes, style, and
// children that are made when somebody asks for them. Offsets are the currency;
// [File.Position] turns one into a line and a column at the edge.
//
// The package knows syntax. It knows nothing of OpenAPI and changes no byte.
package source

import (
	"bytes"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/apigw-cors/apigw-cors/transform/finding"
)

// Syntax is the notation of a file.
type Syntax int

const (
	YAML Syntax = iota + 1
	JSON
)

func (s Syntax) String() string {
	if s == JSON {
		return "JSON"
	}
	return "YAML"
}

// File is the text of one document and its root node. It is read only: src must
// not be changed after Parse, and a File may be used by several goroutines only
// once its nodes have been visited by one.
type File struct {
	Name   string
	Src    []byte
	Syntax Syntax
	Root   *Node
	// Aliases tells that some value is written as an alias of another.
	Aliases bool
	// Broken is the first mistake in a part that was read only when somebody
	// looked at it. What was seen there is not to be relied on.
	Broken error

	lines  func() []int // offsets at which lines start
	counts func() []int // of characters, before each stride
}

const bom = "\uFEFF"

// notText is an error at a byte that no text has.
func (f *File) notText(at int) error {
	_, size := utf8.DecodeRune(f.Src[at:])
	return f.Fault(at, fmt.Sprintf("not text: %q stands here", f.Src[at:at+size]), "is this the right file? documents are UTF-8 text")
}

// fault is an error about the file as a whole.
func (f *File) fault(message, hint string) error {
	return &finding.PlaceError{File: f.Name, Message: message, Hint: hint}
}

// Fault is an error at an offset.
func (f *File) Fault(off int, message, hint string) error {
	return &finding.PlaceError{File: f.Name, Position: f.Position(off), Message: message, Hint: hint}
}

// Position turns an offset into a line and a column, both from 1. The column
// counts characters; a byte-order mark is not counted.
func (f *File) Position(off int) finding.Position {
	off = min(max(off, 0), len(f.Src))
	i := f.line(off)
	start := f.lines()[i]
	if i == 0 && bytes.HasPrefix(f.Src, []byte(bom)) {
		start = min(len(bom), off)
	}
	return finding.Position{Line: i + 1, Column: f.characters(start, off) + 1}
}

// stride is how many bytes of a line are counted at most for a column.
const stride = 4096

// characters counts those from start to off. Findings are about places all over a document,
// which may be one line of many megabytes.
func (f *File) characters(start, off int) int {
	if off-start <= stride {
		return countCharacters(f.Src[start:off])
	}
	before := func(at int) int {
		whole := at / stride
		return f.counts()[whole] + countCharacters(f.Src[whole*stride:at])
	}
	return before(off) - before(start)
}

// characterCounts are the numbers of characters before each stride of a text.
func characterCounts(src []byte) []int {
	counts := []int{0}
	for part := range slices.Chunk(src, stride) {
		counts = append(counts, counts[len(counts)-1]+countCharacters(part))
	}
	return counts
}

// countCharacters counts those that begin in a text, which may end within one.
func countCharacters(text []byte) int {
	n := 0
	for _, b := range text {
		if utf8.RuneStart(b) {
			n++
		}
	}
	return n
}

// line returns the number of the line of off, from 0.
func (f *File) line(off int) int {
	i, exact := slices.BinarySearch(f.lines(), off)
	if !exact {
		i--
	}
	return i
}

// LineStart returns the offset at which the line of off begins. A document may be one
// line of many megabytes, so it is not looked for in the text.
func (f *File) LineStart(off int) int { return f.lines()[f.line(off)] }

// LineEnd returns the offset behind the line of off, its newline included.
func (f *File) LineEnd(off int) int {
	if i := bytes.IndexByte(f.Src[off:], '\n'); i >= 0 {
		return off + i + 1
	}
	return len(f.Src)
}

func lineStarts(src []byte) []int {
	starts := make([]int, 1, 1+bytes.Count(src, []byte("\n")))
	for i := 0; ; {
		n := bytes.IndexByte(src[i:], '\n')
		if n < 0 {
			return starts
		}
		i += n + 1
		starts = append(starts, i)
	}
}
