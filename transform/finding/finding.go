// Package finding says things about places in a document: a [Finding], which the author
// should know and which stops nothing, and a [PlaceError], which stops everything.
//
// Both print as compilers do, on one line whatever the document holds, so that editors and
// logs can take them apart. [Sort] orders findings always in the same way.
//
// The package imports nothing but the standard library, and every package of this module
// may import it.
package finding

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Severity grades a finding. Its zero value is invalid on purpose: a finding
// without a severity is a mistake of ours.
type Severity int

const (
	Info    Severity = iota + 1 // worth knowing
	Warning                     // likely a mistake
	Error                       // the browser's call fails, or the import does
)

// String returns the word printed between position and message.
func (s Severity) String() string {
	switch s {
	case Info:
		return "info"
	case Warning:
		return "warning"
	case Error:
		return "error"
	}
	return fmt.Sprintf("Severity(%d)", int(s))
}

// Position is a place in a file, as editors count: both numbers start at 1, the
// column counts characters, not bytes. The zero Position means "no place".
type Position struct {
	Line, Column int
}

// Finding is something the author of a document should know.
type Finding struct {
	Rule     string // kebab-case, never changes
	Severity Severity
	File     string
	Position Position
	Pointer  string // JSON Pointer of the member spoken of
	Message  string // lower case, no full stop, the offending value quoted
	Hint     string // what to do, empty when there is nothing to do
}

// Rule is what there is to say of the findings with an id.
type Rule struct {
	ID       string
	Title    string // what is wrong, in one line
	Doc      string // why that matters, and what to do
	URL      string // where it comes from
	Severity Severity

	ImportFails bool // API Gateway refuses to import a document with such a finding
}

// String returns the finding as compilers print theirs:
// "openapi.yaml:42:7: warning: message (rule-id)".
func (f Finding) String() string {
	return Plain(fmt.Sprintf("%s%s: %s (%s)", place(f.File, f.Position), f.Severity, f.Message, f.Rule))
}

// Plain returns a text as one line in which control characters are written out: what a
// document holds must not end a line of a log, nor speak to a terminal.
func Plain(text string) string {
	if !strings.ContainsFunc(text, unicode.IsControl) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if unicode.IsControl(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Sort orders findings by file, then by position, then by rule, then by what they say.
func Sort(fs []Finding) {
	slices.SortStableFunc(fs, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Position.Line, b.Position.Line),
			cmp.Compare(a.Position.Column, b.Position.Column),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Pointer, b.Pointer),
			cmp.Compare(a.Message, b.Message),
		)
	})
}

// Edit is a change of a document: Text takes the place of what stands from Start up to
// End, which is nothing where both are the same.
type Edit struct {
	Start, End Position
	Text       string
}

// PlaceError is the reason why a document could not be read or edited. Nothing
// is written when one is returned.
type PlaceError struct {
	File     string
	Position Position // zero when the error concerns the whole file
	Message  string
	Hint     string // what to type instead, may be empty
}

// Error returns "openapi.yaml:42:7: error: message".
func (e *PlaceError) Error() string {
	return Plain(fmt.Sprintf("%serror: %s", place(e.File, e.Position), e.Message))
}

func place(file string, p Position) string {
	if p == (Position{}) {
		return file + ": "
	}
	return fmt.Sprintf("%s:%d:%d: ", file, p.Line, p.Column)
}
