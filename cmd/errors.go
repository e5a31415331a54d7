package cmd

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
	"github.com/apigw-cors/apigw-cors/transform/report"
)

// hinted is an error with what to type instead.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }

// ofDocument is an error about one of several documents.
type ofDocument struct {
	error
	name string
}

func (e ofDocument) Unwrap() error { return e.error }

// printError prints every mistake on a line of its own, with its hint below it.
func printError(w io.Writer, err error) { printErrorOf(w, "error: ", err) }

// printErrorOf begins the lines of mistakes that have no place with head.
func printErrorOf(w io.Writer, head string, err error) {
	switch e := err.(type) {
	case interface{ Unwrap() []error }:
		for _, e := range e.Unwrap() {
			printErrorOf(w, head, e)
		}
		return
	case ofDocument:
		printErrorOf(w, e.name+": error: ", e.error)
		return
	}
	var place *transform.PlaceError
	var with hinted
	var mistake *policy.Error
	var selection *transform.SelectionError
	var export *report.ExportError
	switch {
	case errors.As(err, &mistake) && mistake.File != "":
		fmt.Fprintln(w, mistake)
	case errors.As(err, &mistake):
		text := strings.TrimPrefix(mistake.Error(), mistake.Member)
		fmt.Fprintf(w, "%s%s%s\n", head, flagOf(mistake.Member), text)
	case errors.Is(err, transform.ErrNoOrigin):
		fmt.Fprintf(w, "%s%v\n", head, transform.ErrNoOrigin)
		printHint(w, "name who may call with --allow-origin https://app.example.com, let every page call with --allow-origin '*', or write a policy file: apigw-cors config init")
	case errors.As(err, &selection):
		fmt.Fprintf(w, "%s--%v\n", head, selection)
	case errors.As(err, &place):
		fmt.Fprintln(w, place)
		printHint(w, place.Hint)
	case errors.As(err, &export):
		fmt.Fprintf(w, "%s%v\n", head, export)
		printHint(w, export.Hint)
	case errors.As(err, &with):
		printErrorOf(w, head, with.error)
		printHint(w, with.hint)
	default:
		fmt.Fprintf(w, "%s%s\n", head, strings.TrimPrefix(err.Error(), "error: "))
	}
}

func printHint(w io.Writer, hint string) {
	if hint != "" {
		fmt.Fprintf(w, "  hint: %s\n", finding.Plain(hint))
	}
}
