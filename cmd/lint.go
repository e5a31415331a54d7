package cmd

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/lint"
	"github.com/apigw-cors/apigw-cors/transform/report"
)

const lintHelp = `Look for what keeps CORS from working, makes it unsafe, or stands in the way of
an import.

It prints what it finds and writes nothing, unless --fix is given. "apigw-cors
rules" lists what it looks for, "apigw-cors rules ID" explains one rule.`

const lintExample = `  apigw-cors lint openapi.yaml
  apigw-cors lint --fail-on never --disable gateway-response-bare openapi.yaml
  apigw-cors lint --fail-on never --format sarif openapi.yaml > cors.sarif
  apigw-cors lint --fix openapi.yaml`

// lintFlags are the flags of lint as they were given.
type lintFlags struct {
	api     string
	disable []string
	failOn  threshold
	fix     bool
	format  string
}

func newLint(s Streams) *cobra.Command {
	f := &lintFlags{failOn: threshold{"error"}}
	c := &cobra.Command{
		Use:     "lint [flags] FILE...",
		Short:   "Look for mistakes in the CORS of documents",
		Long:    lintHelp,
		Example: lintExample,
		RunE:    func(_ *cobra.Command, files []string) error { return runLint(f, files, s) },
	}
	flags := c.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.api, "api", "auto", "kind of `API` that the document is for: rest, http or auto")
	flags.StringArrayVar(&f.disable, "disable", nil, "`ID` of a rule to leave out (repeatable)")
	flags.BoolVar(&f.fix, "fix", false, "mend what can be mended, in the file itself")
	flags.StringVar(&f.format, "format", string(report.Text), "`FORMAT` of what is printed: "+formatNames())
	flags.Var(&f.failOn, "fail-on", "exit with 1 on findings of this `SEVERITY` or worse: error, warning, info or never")
	return c
}

func runLint(f *lintFlags, files []string, s Streams) error {
	o, err := f.options()
	if err != nil {
		return usage(err)
	}
	switch {
	case !slices.Contains(report.Formats(), report.Format(f.format)):
		return usage(fmt.Errorf("--format: %q is unknown (accepted: %s)", f.format, formatNames()))
	case len(files) == 0:
		return usage(hinted{errors.New("no document is named"), "name a file, or - for standard input"})
	case f.fix && slices.Contains(files, "-"):
		return usage(hinted{errors.New("standard input cannot be written back"), "leave --fix out, or name a file"})
	}
	out := report.Findings{Rules: reportedRules(o)}
	var errs []error
	for _, name := range files {
		found, err := f.lintFile(name, o, s)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		out.Files, out.List = append(out.Files, shown(name)), append(out.List, found...)
	}
	if err := errors.Join(errs...); err != nil {
		return failed(err)
	}
	if err := out.Write(s.Out, report.Format(f.format)); err != nil {
		return failed(fmt.Errorf("could not write to standard output: %w", err))
	}
	if f.failOn.reached(worstOf(out.List)) {
		return &exitError{code: exitFindings}
	}
	return nil
}

func formatNames() string {
	var names []string
	for _, format := range report.Formats() {
		names = append(names, string(format))
	}
	return strings.Join(names, ", ")
}

// reportedRules returns the rules that are tried, as reports list them.
func reportedRules(o lint.Options) []report.Rule {
	var list []report.Rule
	for _, r := range lint.Rules() {
		if !slices.Contains(o.Disable, r.ID) {
			list = append(list, report.Rule{ID: r.ID, Title: r.Title, Doc: r.Doc, URL: r.URL, Severity: r.Severity})
		}
	}
	return list
}

// options returns what the flags say of the rules to try.
func (f *lintFlags) options() (lint.Options, error) {
	o := lint.Options{Disable: f.disable}
	api, err := transform.ParseAPI(f.api)
	if err != nil {
		return o, fmt.Errorf("--%w", err)
	}
	if api != transform.Auto {
		o.API = lint.API(api)
	}
	for _, id := range f.disable {
		if err := knownRule(id); err != nil {
			return o, fmt.Errorf("--disable: %w", err)
		}
	}
	return o, nil
}

// knownRule refuses an id that no rule has.
func knownRule(id string) error {
	rule, near := lint.Find(id)
	switch {
	case rule != nil:
		return nil
	case near != "":
		return hinted{fmt.Errorf("there is no rule %q", id), "did you mean " + near + "?"}
	}
	return hinted{fmt.Errorf("there is no rule %q", id), "apigw-cors rules lists them"}
}

// lintFile tries the rules on a file, and mends it if asked to. It returns what is left.
func (f *lintFlags) lintFile(name string, o lint.Options, s Streams) ([]finding.Finding, error) {
	src, err := read(name, s.In)
	if err != nil {
		return nil, err
	}
	if !f.fix {
		d, err := lint.Parse(shown(name), src)
		if err != nil {
			return nil, err
		}
		return plain(lint.Run(d, o)), nil
	}
	mended, err := lint.Mend(name, src, o)
	if err != nil {
		return nil, err
	}
	if mended.Count > 0 {
		if err := replaceFile(name, mended.Output); err != nil {
			return nil, err
		}
		fmt.Fprintf(s.Err, "%s: %s mended\n", name, plural(mended.Count, "finding"))
	}
	return plain(mended.Left), nil
}

func plain(found []lint.Finding) []finding.Finding {
	list := make([]finding.Finding, len(found))
	for i, f := range found {
		list[i] = f.Finding
	}
	return list
}
