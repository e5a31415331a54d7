package transform

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// ErrNoOrigin tells that the policy names no origin. There is no default: an API
// is not opened because somebody forgot a flag.
var ErrNoOrigin = errors.New("no origin is allowed")

// OriginsError tells that a policy allows origins that one fixed header cannot
// say: several of them, or a pattern.
type OriginsError struct{ Origins []string }

func (e *OriginsError) Error() string {
	quoted := make([]string, len(e.Origins))
	for i, origin := range e.Origins {
		quoted[i] = strconv.Quote(origin)
	}
	return fmt.Sprintf("a REST API is given one fixed origin or \"*\", and not %s", strings.Join(quoted, ", "))
}

// RawError tells that a member of a policy is a raw expression, where only literal
// and derived values are written.
type RawError struct{ Member, Value string }

func (e *RawError) Error() string {
	return fmt.Sprintf("%s: %q is a raw expression, and only literal and derived values are written", e.Member, e.Value)
}
