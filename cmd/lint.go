package cmd

import (
	"errors"
	"fmt"
	"maps"
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
rules" lists what it looks for, "apigw-cors rules ID" explains one rule. Whether a
document is valid OpenAPI 3 is asked of kin-openapi, unless openapi-validity is
disabled.`

const lintExample = `  apigw-cors lint openapi.yaml
  apigw-cors lint --fail-on never --disable gateway-response-bare openapi.yaml
  apigw-cors lint --fail-on never --format sarif openapi.yaml > cors.sarif
  apigw-cors lint --fix openapi.yaml`

// lintFlags are the flags of lint as they were given.
type lintFlags struct {
	file    policyFileFlags
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
	flags.StringVar(&f.api, "api", "", "kind of `API` that the document is for: rest, http or auto (default auto)")
	flags.StringVar(&f.file.path, "config", "", "policy `FILE` whose api and lint hold (default "+policyFileName+" beside the document, if there is one)")
	bindDisable(flags, &f.disable)
	flags.BoolVar(&f.fix, "fix", false, "mend what can be mended, in the file itself")
	flags.StringVar(&f.format, "format", string(report.Text), "`FORMAT` of what is printed: "+formatNames())
	f.failOn.bind(flags)
	return c
}

func runLint(f *lintFlags, files []string, s Streams) error {
	o, err := f.checked(files)
	if err != nil {
		return usage(err)
	}
	read, errs := f.lintFiles(files, o, s)
	if f.fix && len(errs) > 0 { // all files are fixed, or none
		return coded(errors.Join(errs...))
	}
	if err := writeFixed(read, s); err != nil {
		return failed(err)
	}
	out, err := f.print(read, o, s)
	if err != nil {
		return failed(fmt.Errorf("could not write to standard output: %w", err))
	}
	if err := errors.Join(errs...); err != nil { // what the others have is said all the same
		return coded(err)
	}
	if f.failOn.reached(worstOf(out.List)) {
		return &exitError{code: exitFindings}
	}
	return nil
}

// checked returns the options, or a mistake in the flags.
func (f *lintFlags) checked(files []string) (lint.Options, error) {
	o, err := f.options()
	if err != nil {
		return o, err
	}
	if err := named(files); err != nil {
		return o, err
	}
	switch {
	case !slices.Contains(report.Formats(), report.Format(f.format)):
		return o, fmt.Errorf("--format: %q is unknown (accepted: %s)", f.format, formatNames())
	case f.fix && slices.Contains(files, "-"):
		return o, hinted{errors.New("standard input cannot be written back"), "leave --fix out, or name a file"}
	}
	return o, nil
}

// lintFiles lints each file once. The errors are those of files that cannot be read.
func (f *lintFlags) lintFiles(files []string, o lint.Options, s Streams) (read []linted, errs []error) {
	for i, name := range files {
		if slices.Contains(files[:i], name) {
			continue
		}
		found, err := f.lintFile(name, o, s)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		read = append(read, found)
	}
	return read, errs
}

// writeFixed writes the documents in which something was fixed.
func writeFixed(read []linted, s Streams) error {
	for _, one := range read {
		if one.fixed == 0 {
			continue
		}
		if err := replaceFile(one.name, one.doc.Source()); err != nil {
			return err
		}
		fmt.Fprintf(s.Err, "%s: %s mended\n", one.name, plural(one.fixed, "finding"))
	}
	return nil
}

// print prints what was found, and how to fix it.
func (f *lintFlags) print(read []linted, o lint.Options, s Streams) (report.Findings, error) {
	out, format := report.Findings{Edits: map[finding.Finding][]finding.Edit{}}, report.Format(f.format)
	fixable := 0
	for _, found := range read {
		fixable += found.fixable()
		out.Files, out.List = append(out.Files, shown(found.name)), append(out.List, plain(found.found)...)
		if format == report.JSON || format == report.SARIF {
			maps.Copy(out.Edits, found.edits())
		}
	}
	out.Rules = reportedRules(o, out.List)
	if err := out.Write(s.Out, format); err != nil {
		return out, err
	}
	if fixable > 0 && !f.fix && format == report.Text {
		fmt.Fprintf(s.Err, "%s can be mended with --fix\n", plural(fixable, "finding"))
	}
	return out, nil
}

func formatNames() string {
	var names []string
	for _, format := range report.Formats() {
		names = append(names, string(format))
	}
	return strings.Join(names, ", ")
}

// reportedRules returns the rules that are tried, as reports list them, and those of
// kin-openapi by which something was found.
func reportedRules(o lint.Options, found []finding.Finding) []finding.Rule {
	var list []finding.Rule
	for _, r := range lint.Rules() {
		if !slices.Contains(o.Disable, r.ID) {
			list = append(list, r.Rule)
		}
	}
	for _, f := range found {
		if r, _, ok := lint.Find(f.Rule); ok && !slices.Contains(list, r.Rule) {
			list = append(list, r.Rule)
		}
	}
	return list
}

// options returns what the flags say of the rules to try.
func (f *lintFlags) options() (lint.Options, error) {
	o := lint.Options{Disable: f.disable}
	if err := setAPI(&o, f.api); err != nil {
		return o, err
	}
	return o, knownRules(f.disable)
}

func setAPI(o *lint.Options, name string) error {
	if name == "" {
		return nil
	}
	api, err := transform.ParseAPI(name)
	if err != nil {
		return fmt.Errorf("--%w", err)
	}
	o.API = api
	return nil
}

// forDocument returns the options for a document, which its policy file has a say in.
func (f *lintFlags) forDocument(name string, o lint.Options) (lint.Options, error) {
	config, err := f.file.forDocument(name)
	if config == nil || err != nil {
		return o, err
	}
	if f.api == "" {
		err = setAPI(&o, config.File.API)
	}
	return o, errors.Join(disableIn(&o, config), err)
}

// linted is a document and what was found in it.
type linted struct {
	name  string // of the file
	doc   *transform.Document
	found []lint.Finding
	fixed int // findings, whose changes are in the document
}

// fixable counts the findings that carry a change whose place is certain.
func (l linted) fixable() (count int) {
	for _, f := range l.found {
		if f.Fixable() && len(lint.Edits(l.doc, f)) > 0 {
			count++
		}
	}
	return count
}

// edits returns the changes that fix some of what was found.
func (l linted) edits() map[finding.Finding][]finding.Edit {
	edits := map[finding.Finding][]finding.Edit{}
	for _, f := range l.found {
		if f.Fixable() {
			edits[f.Finding] = lint.Edits(l.doc, f)
		}
	}
	return edits
}

// lintFile tries the rules on a file, fixed if that was asked for. Nothing is written: one
// file that cannot be read is enough to leave all of them as they are.
func (f *lintFlags) lintFile(name string, o lint.Options, s Streams) (linted, error) {
	o, err := f.forDocument(name, o)
	if err != nil {
		return linted{}, err
	}
	d, err := parse(name, s)
	if err != nil {
		return linted{}, err
	}
	done := linted{name: name, doc: d}
	if f.fix {
		fixed, err := lint.Fix(d, o)
		if err != nil {
			return linted{}, err
		}
		done.doc, done.fixed = fixed.Document, fixed.Count
	}
	done.found, err = lint.Run(done.doc, o)
	return done, err
}

// plain returns findings without what fixes them.
func plain(found []lint.Finding) []finding.Finding {
	list := make([]finding.Finding, len(found))
	for i, f := range found {
		list[i] = f.Finding
	}
	return list
}
