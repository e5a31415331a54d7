package transform

import (
	"errors"
	"fmt"
	"strings"
)

// ErrNoOrigin tells that the policy names no origin. There is no default: an API
// is not opened because somebody forgot a flag.
var ErrNoOrigin = errors.New("no origin is allowed")

// ProfileError is a profile that the policy file does not have.
type ProfileError struct {
	Profile string
	Known   []string // in the policy file
	Near    string   // what was probably meant, may be empty
}

func (e *ProfileError) Error() string {
	switch {
	case len(e.Known) == 0:
		return fmt.Sprintf("profile: %q is unknown: there is no policy file with profiles", e.Profile)
	case e.Near != "":
		return fmt.Sprintf("profile: %q is unknown; did you mean %q?", e.Profile, e.Near)
	}
	return fmt.Sprintf("profile: %q is unknown; the policy file has %s", e.Profile, strings.Join(e.Known, ", "))
}
