package transform

import (
	"errors"

	"github.com/apigw-cors/apigw-cors/transform/internal/resolve"
)

// ErrNoOrigin tells that the policy has no origin. There is no default: an API
// is not opened because somebody forgot a flag.
var ErrNoOrigin = resolve.ErrNoOrigin

// ProfileError is a profile that the policy file does not have.
type ProfileError struct {
	Profile string
	Known   []string // in the policy file
	Near    string   // what was probably meant, may be empty
}

func (e *ProfileError) Error() string { return (*resolve.ProfileError)(e).Error() }

// SelectionError is a part of a selection that matches nothing in the document.
type SelectionError struct {
	What  string // "resource", "exclude" or "method"
	Value string
	Near  []string // paths that were probably meant, or all methods there are
	Below bool     // Near are resources below the one that was named

	Nothing bool // the exclusion leaves nothing of the selection
	NotAll  bool // it takes a part of an HTTP API, which is enabled as a whole
}

func (e *SelectionError) Error() string { return (*resolve.SelectionError)(e).Error() }

// APITypeError tells that the API type cannot be inferred from a document, or that the
// document cannot be one for the type that was given.
type APITypeError struct{ place *PlaceError }

func (e *APITypeError) Error() string { return e.place.Error() }

// Unwrap returns a [*PlaceError].
func (e *APITypeError) Unwrap() error { return e.place }

// public returns the errors of a stage as callers know them.
func public(err error) error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, e := range joined.Unwrap() {
			all = append(all, public(e))
		}
		return errors.Join(all...)
	}
	switch e := err.(type) {
	case *resolve.ProfileError:
		return (*ProfileError)(e)
	case *resolve.SelectionError:
		return (*SelectionError)(e)
	case *resolve.TypeError:
		return &APITypeError{e.Place}
	}
	return err
}
