package policy

import (
	"slices"
	"strconv"

	"github.com/apigw-cors/apigw-cors/transform/finding"
)

// Existing says what becomes of what the author already has: an OPTIONS, CORS
// headers on the responses of methods and on gateway responses. Empty, it says
// nothing.
type Existing string

const (
	// ExistingKeep: it stays, and is checked. The default.
	ExistingKeep Existing = "keep"
	// ExistingComplete: headers that it lacks are added; no value changes.
	ExistingComplete Existing = "complete"
	// ExistingReplace: it gives way, as under the console's "replace existing
	// values", but for an OPTIONS that goes to a backend.
	ExistingReplace Existing = "replace"
	// ExistingReplaceAny: such an OPTIONS gives way as well.
	ExistingReplaceAny Existing = "replace-any"
	// ExistingError: it is refused.
	ExistingError Existing = "error"
)

// Replaces reports whether what is there gives way.
func (e Existing) Replaces() bool { return e == ExistingReplace || e == ExistingReplaceAny }

// ExistingModes returns the modes, the mildest first.
func ExistingModes() []string {
	return []string{
		string(ExistingKeep), string(ExistingComplete), string(ExistingReplace), string(ExistingReplaceAny), string(ExistingError),
	}
}

// ParseExisting reads a mode; empty is one. The error is an [*Error].
func ParseExisting(text string) (Existing, error) {
	if text == "" || slices.Contains(ExistingModes(), text) {
		return Existing(text), nil
	}
	remedy := "write one of " + enumerate(ExistingModes())
	if near := finding.NearestOne(text, ExistingModes()); near != "" {
		remedy = "did you mean " + strconv.Quote(near) + "?"
	}
	return "", &Error{Member: "existing", Value: text, Reason: ReasonUnknownWord, Remedy: remedy}
}
