package extensions

import (
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
)

// An Error is one mistake in the value of an extension.
// The Validate methods join one for each mistake; [All] takes them apart.
type Error struct {
	// Member is the path of the member from the value that was validated:
	// "responses.default.statusCode", "allowOrigins[0]" or
	// `responseParameters["method.response.header.Vary"]`.
	// It is empty for a mistake of the value as a whole.
	Member string

	// Value is what the author wrote: the text of a string, the JSON of anything
	// else. It is empty when something is missing, and when the mistake is the
	// name of the member, with which Member ends.
	Value string

	// Reason says what is wrong and, where it can, what to write instead.
	// It continues the sentence that Value, or Member, begins.
	Reason string
}

// maxQuoted bounds how much of a value a message repeats, in bytes;
// a value may be a whole template.
const maxQuoted = 80

// Error returns member, value and reason on one line.
func (e *Error) Error() string {
	text := e.Reason
	if e.Value != "" {
		text = quote(e.Value) + " " + text
	}
	if e.Member != "" {
		text = e.Member + ": " + text
	}
	return text
}

// quote shortens text and quotes it, JSON without a thicket of backslashes.
func quote(text string) string {
	if len(text) > maxQuoted {
		text = strings.ToValidUTF8(text[:maxQuoted], "") + "..."
	}
	if strings.Contains(text, `"`) && strconv.CanBackquote(text) {
		return "`" + text + "`"
	}
	return strconv.Quote(text)
}

// All returns an iterator over the mistakes in err, in the order in which they
// were found. It is meant for the errors of Validate, of decoding and of [Get],
// wrapped or not; in any other error it finds nothing.
func All(err error) iter.Seq[*Error] {
	return func(yield func(*Error) bool) {
		each(err, yield)
	}
}

func each(err error, yield func(*Error) bool) bool {
	switch err := err.(type) {
	case *Error:
		return yield(err)
	case interface{ Unwrap() []error }:
		for _, part := range err.Unwrap() {
			if !each(part, yield) {
				return false
			}
		}
	case interface{ Unwrap() error }:
		return each(err.Unwrap(), yield)
	}
	return true
}

// A checker collects mistakes below one path.
type checker struct {
	path string
	errs *[]error
}

// validate runs check and joins what it reports.
func validate(check func(checker)) error {
	var errs []error
	check(checker{errs: &errs})
	return errors.Join(errs...)
}

// member returns the checker for a member, index the one for a list entry.
func (c checker) member(name string) checker {
	return checker{joinPath(c.path, step(name)), c.errs}
}

func (c checker) index(i int) checker {
	return checker{fmt.Sprintf("%s[%d]", c.path, i), c.errs}
}

// report records a mistake.
func (c checker) report(value, reason string, args ...any) {
	*c.errs = append(*c.errs, &Error{c.path, value, fmt.Sprintf(reason, args...)})
}

// reportName records a mistake in the name of the member.
func (c checker) reportName(reason string, args ...any) {
	c.report("", reason, args...)
}

// adopt records an error of another value under this path.
func (c checker) adopt(err error) {
	for e := range All(err) {
		*c.errs = append(*c.errs, &Error{joinPath(c.path, e.Member), e.Value, e.Reason})
	}
	if !hasMistakes(err) {
		*c.errs = append(*c.errs, fmt.Errorf("%s: %w", c.path, err))
	}
}

func hasMistakes(err error) bool {
	for range All(err) {
		return true
	}
	return false
}

// joinPath appends one path to another.
func joinPath(path, rest string) string {
	if path == "" || rest == "" || rest[0] == '[' {
		return path + rest
	}
	return path + "." + rest
}

// step spells the name of a member as part of a path: in brackets, if it would
// not read as one step otherwise.
func step(name string) string {
	if name == "" || !isStep(name) {
		return fmt.Sprintf("[%q]", name)
	}
	return name
}

func isStep(name string) bool {
	for _, r := range name {
		if !isNameRune(r) || r == '.' {
			return false
		}
	}
	return true
}
