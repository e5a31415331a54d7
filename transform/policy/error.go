package policy

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
)

// Error is one value of a policy that cannot stand, and what to write instead.
type Error struct {
	// File and Position are where the value stands, in a policy file or in a
	// document; empty for one that comes from flags or from a program.
	File     string
	Position finding.Position
	// In names the part of a policy file that the member is in, such as
	// "profiles.dev"; empty where there is only one.
	In string
	// Member is the member the value was given for, such as "allowOrigins";
	// empty when the caller of [ParseOrigin] is the one who knows.
	Member string
	// Value is what was written.
	Value string
	// Reason is what is wrong with it. Where several things are, it is one that
	// has no correction, if there is such a one.
	Reason Reason
	// Also holds what else is wrong with the same value.
	Also []Reason
	// Remedy says what to do, as a phrase: `write "https://app.example.com"`.
	Remedy string
	// Suggestion is the corrected spelling, with every correction applied, and
	// valid by itself; empty when more than one thing could have been meant.
	Suggestion string
}

// Error returns one line: the place, the member, the value in quotes, what is wrong
// with it, and what to do.
func (e *Error) Error() string {
	var b strings.Builder
	if e.File != "" {
		fmt.Fprintf(&b, "%s:%d:%d: error: ", e.File, e.Position.Line, e.Position.Column)
	}
	if member := e.path(); member != "" {
		b.WriteString(member + ": ")
	}
	switch e.Reason {
	case ReasonNoValue, ReasonSaysNothing:
		b.WriteString(e.complaint())
	case ReasonUnknownKey, ReasonDuplicateKey:
		b.WriteString("the key " + strconv.Quote(e.Value) + " " + e.complaint())
	default:
		b.WriteString(strconv.Quote(e.Value) + " " + e.complaint())
	}
	if e.Remedy != "" {
		b.WriteString("; " + e.Remedy)
	}
	return b.String()
}

// path returns the member with what it is in: "profiles.dev.allowOrigins".
func (e *Error) path() string {
	if e.In == "" || e.Member == "" {
		return e.In + e.Member
	}
	return e.In + "." + e.Member
}

// complaint joins what is wrong: "a", "a and b", "a, b and c".
func (e *Error) complaint() string {
	text := phrases[e.Reason]
	for i, r := range e.Also {
		if i < len(e.Also)-1 {
			text += ", " + phrases[r]
		} else {
			text += " and " + phrases[r]
		}
	}
	return text
}

// enumerate joins names: "a", "a and b", "a, b and c".
func enumerate(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// All returns an iterator over the mistakes in err, in order. It is meant for
// errors of [Policy.Validate] and [ParseOrigin], joined or wrapped in whatever
// way.
func All(err error) iter.Seq[*Error] {
	return func(yield func(*Error) bool) { walk(err, yield) }
}

// Sorted returns the mistakes in err in the order of their places, joined anew.
func Sorted(err error) error {
	var errs []error
	for e := range All(err) {
		errs = append(errs, e)
	}
	slices.SortStableFunc(errs, func(a, b error) int {
		x, y := a.(*Error).Position, b.(*Error).Position
		return cmp.Or(cmp.Compare(x.Line, y.Line), cmp.Compare(x.Column, y.Column))
	})
	return errors.Join(errs...)
}

// walk reports whether to go on.
func walk(err error, yield func(*Error) bool) bool {
	switch err := err.(type) {
	case *Error:
		return yield(err)
	case interface{ Unwrap() error }:
		return walk(err.Unwrap(), yield)
	case interface{ Unwrap() []error }:
		for _, e := range err.Unwrap() {
			if !walk(e, yield) {
				return false
			}
		}
	}
	return true
}
