// Package resolve puts together what holds for each resource of a document: the API type,
// the selection, and a policy of which it is known where each member comes from.
package resolve

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Options are the part of the options that is about policies and resources. They are
// valid.
type Options struct {
	API       model.APIType // empty: inferred, unless the policy file has it
	Selection Selection
	Existing  policy.Existing // empty: what the policy file has, else keep
	File      *policy.File    // nil: there is none
	Profile   string          // of the file; empty: none
}

// ExistingOfAPI returns what becomes of what an API has already that is no resource's: its
// gateway responses.
func (o Options) ExistingOfAPI() policy.Existing {
	if o.File == nil {
		return o.Existing
	}
	return cmp.Or(o.Existing, o.File.Existing)
}

// ErrNoOrigin tells that no source of the policy has an origin.
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

// mistakes are errors, each once: resources share the sources of their policies.
type mistakes struct {
	list []error
	seen map[string]bool
}

func (m *mistakes) add(err error) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			m.add(e)
		}
		return
	}
	if err == nil || m.seen[err.Error()] {
		return
	}
	if m.seen == nil {
		m.seen = map[string]bool{}
	}
	m.seen[err.Error()] = true
	m.list = append(m.list, err)
}

func (m *mistakes) join() error { return errors.Join(m.list...) }
