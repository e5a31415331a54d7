package policy

import (
	"iter"
	"strconv"
	"strings"
)

// Error is one value of a policy that cannot stand, and what to write instead.
type Error struct {
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

// Error returns one line: the member, the value in quotes, what is wrong with
// it, and what to do.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Member != "" {
		b.WriteString(e.Member + ": ")
	}
	b.WriteString(strconv.Quote(e.Value) + " " + e.complaint())
	if e.Remedy != "" {
		b.WriteString("; " + e.Remedy)
	}
	return b.String()
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

// All returns an iterator over the mistakes in err, in order. It is meant for
// errors of [Policy.Validate] and [ParseOrigin], joined or wrapped in whatever
// way.
func All(err error) iter.Seq[*Error] {
	return func(yield func(*Error) bool) { walk(err, yield) }
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
