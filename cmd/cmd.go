// Package cmd is the command line: flags, files, streams and exit codes. It knows
// no rule by name.
package cmd

import (
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
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

// Streams are where a command reads and writes. Out carries documents and nothing
// else.
type Streams struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
}

// Run runs the command line and returns its exit code.
func Run(args []string, s Streams) int {
	root := newRoot(s)
	root.SetArgs(args)
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	err := root.Execute()
	var coded *exitError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &coded):
		if coded.err != nil {
			printError(s.Err, coded.err)
		}
		return coded.code
	}
	// What cobra itself finds wrong is wrong usage: an unknown command, too few
	// arguments.
	text, _, _ := strings.Cut(err.Error(), "\n")
	fmt.Fprintf(s.Err, "error: %s\n", text)
	printHint(s.Err, usageHint(root, args))
	return exitUsage
}

// usageHint suggests the command that was probably meant, or where to read on.
func usageHint(root *cobra.Command, args []string) string {
	c, rest, _ := root.Find(args) // the deepest command that there is
	if near := nearCommand(c, rest); near != "" {
		return fmt.Sprintf("did you mean %s %s?", c.CommandPath(), near)
	}
	return fmt.Sprintf("see %s --help", c.CommandPath())
}

// nearCommand returns the command that was probably meant, or nothing.
func nearCommand(parent *cobra.Command, args []string) string {
	var names []string
	for _, c := range parent.Commands() {
		names = append(names, c.Name())
	}
	for _, arg := range args {
		if !strings.HasPrefix(arg, "-") {
			return finding.NearestOne(arg, names)
		}
	}
	return ""
}

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

const rootHelp = `Enable CORS in OpenAPI documents for import into Amazon API Gateway, without
touching another byte of them.

  apigw-cors enable --allow-origin https://app.example.com openapi.yaml

Exit codes: 0 done, 1 findings at or above the threshold of --fail-on, or a call
that is refused, 2 wrong options or policy, 3 could not read, parse, edit or write.`

func newRoot(s Streams) *cobra.Command {
	root := &cobra.Command{
		Use:           "apigw-cors",
		Short:         "Enable CORS in OpenAPI documents for Amazon API Gateway",
		Long:          rootHelp,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,

		DisableSuggestions: true, // nearCommand has its own form
	}
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(newEnable(s), newDisable(s), newCheck(s), newLint(s), newRules(s), newReport(s), newExport(s), newPreflight(s), newProbe(s), newServe(s), newConfig(s))
	return root
}

// flagError adds to what is wrong with a flag the one that was probably meant.
func flagError(c *cobra.Command, err error) error {
	hint := fmt.Sprintf("see %s --help", c.CommandPath())
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		var names []string
		c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near := finding.Nearest(unknown.GetSpecifiedName(), names); len(near) > 0 {
			hint = fmt.Sprintf("did you mean --%s?", near[0])
		}
	}
	return usage(hinted{err, hint})
}

// version returns the version of the module that the command was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(unknown)"
	}
	return info.Main.Version
}

// hinted is an error with what to type instead.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }

// printError prints every mistake on a line of its own, with its hint below it.
func printError(w io.Writer, err error) { printErrorOf(w, "error: ", err) }

// ofDocument is an error about one of several documents.
type ofDocument struct {
	error
	name string
}

func (e ofDocument) Unwrap() error { return e.error }

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
