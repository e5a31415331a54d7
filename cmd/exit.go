package cmd

import (
	"errors"
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/policy"
	"github.com/apigw-cors/apigw-cors/transform/report"
)

// The exit codes, which the help text lists.
const (
	exitDone     = 0
	exitFindings = 1 // findings at or above the threshold, a call that is refused
	exitUsage    = 2 // wrong options or policy
	exitFailed   = 3 // could not read, parse, edit or write
)

// exitError ends the run with a code. err is printed, unless it is nil.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string { return fmt.Sprint(e.err) }

// usage ends the run for wrong options or policy, unless err has its code already.
func usage(err error) error {
	if coded, ok := err.(*exitError); ok {
		return coded
	}
	return &exitError{exitUsage, err}
}

func failed(err error) error { return &exitError{exitFailed, err} }

// coded gives an error the exit code of its kind, unless it has one.
func coded(err error) error {
	var has *exitError
	switch {
	case err == nil || errors.As(err, &has):
		return err
	case isUsage(err):
		return usage(err)
	}
	return failed(err)
}

// isUsage reports whether an error is about options or policy.
func isUsage(err error) bool {
	var (
		setting   *transform.OptionError
		selection *transform.SelectionError
		mistake   *policy.Error
		profile   *transform.ProfileError
		target    *transform.APITypeError
		export    *report.ExportError
	)
	return errors.As(err, &profile) || errors.As(err, &setting) || errors.As(err, &selection) || errors.As(err, &mistake) ||
		errors.As(err, &target) || errors.As(err, &export) || errors.Is(err, transform.ErrNoOrigin)
}
