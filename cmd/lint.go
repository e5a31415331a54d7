package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/lint"
	"github.com/apigw-cors/apigw-cors/transform/policy"
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
	o, err := f.options()
	if err != nil {
		return usage(err)
	}
	if err := named(files); err != nil {
		return usage(err)
	}
	switch {
	case !slices.Contains(report.Formats(), report.Format(f.format)):
		return usage(fmt.Errorf("--format: %q is unknown (accepted: %s)", f.format, formatNames()))
	case f.fix && slices.Contains(files, "-"):
		return usage(hinted{errors.New("standard input cannot be written back"), "leave --fix out, or name a file"})
	}
	out := report.Findings{Edits: map[finding.Finding][]finding.Edit{}}
	var errs []error
	var mended []linted
	fixable := 0
	for i, name := range files {
		if slices.Contains(files[:i], name) {
			continue
		}
		found, err := f.lintFile(name, o, s)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if found.mended != nil && found.mended.Count > 0 {
			mended = append(mended, found)
		}
		fixable += found.fixable()
		out.Files, out.List = append(out.Files, shown(name)), append(out.List, found.list()...)
		if format := report.Format(f.format); format == report.JSON || format == report.SARIF {
			maps.Copy(out.Edits, found.edits())
		}
	}
	out.Rules = reportedRules(o, out.List)
	if f.fix && len(errs) > 0 {
		return coded(errors.Join(errs...))
	}
	for _, one := range mended {
		if err := replaceFile(one.name, one.mended.Output); err != nil {
			return failed(err)
		}
		fmt.Fprintf(s.Err, "%s: %s mended\n", one.name, plural(one.mended.Count, "finding"))
	}
	if err := out.Write(s.Out, report.Format(f.format)); err != nil {
		return failed(fmt.Errorf("could not write to standard output: %w", err))
	}
	if fixable > 0 && !f.fix && report.Format(f.format) == report.Text {
		fmt.Fprintf(s.Err, "%s can be mended with --fix\n", plural(fixable, "finding"))
	}
	if err := errors.Join(errs...); err != nil { // what the others have is said all the same
		return coded(err)
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

// reportedRules returns the rules that are tried, as reports list them, and those of
// kin-openapi by which something was found.
func reportedRules(o lint.Options, found []finding.Finding) []finding.Rule {
	all := lint.Rules()
	for _, f := range found {
		if r, _ := lint.Find(f.Rule); r != nil && !slices.Contains(all, r) {
			all = append(all, r)
		}
	}
	var list []finding.Rule
	for _, r := range all {
		if !slices.Contains(o.Disable, r.ID) {
			list = append(list, r.About())
		}
	}
	return list
}

// options returns what the flags say of the rules to try.
func (f *lintFlags) options() (lint.Options, error) {
	o := lint.Options{Disable: f.disable, Elsewhere: lint.Elsewhere{Rules: rulesOfEnable()}}
	if err := setAPI(&o, f.api); err != nil {
		return o, err
	}
	return o, knownRules(f.disable)
}

// bindDisable binds the flag for rules that are left out.
func bindDisable(flags *pflag.FlagSet, ids *[]string) {
	flags.StringSliceVar(ids, "disable", nil, "`IDs` of rules to leave out (repeatable)")
}

// knownRules refuses ids of a flag that no rule has.
func knownRules(ids []string) error {
	for _, id := range ids {
		if err := knownRule(id); err != nil {
			return fmt.Errorf("--disable: %w", err)
		}
	}
	return nil
}

func setAPI(o *lint.Options, name string) error {
	if name == "" {
		return nil
	}
	api, err := transform.ParseAPI(name)
	if err != nil {
		return fmt.Errorf("--%w", err)
	}
	if o.API = lint.API(api); api == transform.Auto {
		o.API = lint.Both
	}
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

// disableIn leaves out the rules that a policy file disables.
func disableIn(o *lint.Options, config *transform.Config) error {
	var errs []error
	o.Disable = slices.Clone(o.Disable)
	for _, s := range config.File.Disable {
		errs = append(errs, knownIn(config.File.Name, s))
		o.Disable = append(o.Disable, s.Value)
	}
	return errors.Join(errs...)
}

// knownIn refuses an id in a policy file that no rule has.
func knownIn(file string, s policy.KeyValue) error {
	_, near, ok := ruleOf(s.Value)
	if ok {
		return nil
	}
	e := &policy.Error{File: file, Position: s.Position, In: "lint", Member: s.Key, Value: s.Value, Reason: policy.ReasonUnknownWord, Remedy: "apigw-cors rules lists the rules"}
	if near != "" {
		e.Remedy = fmt.Sprintf("did you mean %q?", near)
	}
	return e
}

// knownRule refuses an id that no rule has.
func knownRule(id string) error {
	_, near, ok := ruleOf(id)
	if ok {
		return nil
	}
	return unknownRule(id, near)
}

func unknownRule(id, near string) error {
	hint := "apigw-cors rules lists them"
	if near != "" {
		hint = "did you mean " + near + "?"
	}
	return hinted{fmt.Errorf("there is no rule %q", id), hint}
}

// ruleOf returns what there is to say of a rule, of lint or of enable, or the id that was
// probably meant.
func ruleOf(id string) (rule finding.Rule, near string, ok bool) {
	r, near := lint.Find(id)
	if r != nil {
		return r.About(), "", true
	}
	ofEnable := transform.Rules()
	if i := slices.IndexFunc(ofEnable, func(r finding.Rule) bool { return r.ID == id }); i >= 0 {
		return ofEnable[i], "", true
	}
	return finding.Rule{}, cmp.Or(near, finding.NearestOne(id, rulesOfEnable())), false
}

// rulesOfEnable returns the ids that lint has no rules for.
func rulesOfEnable() []string {
	var ids []string
	for _, r := range transform.Rules() {
		ids = append(ids, r.ID)
	}
	return ids
}

// linted is a document and what was found in it.
type linted struct {
	name   string // of the file
	doc    *lint.Document
	found  []lint.Finding
	mended *lint.Mended // what is to be written; nil where nothing was to be mended
}

func (l linted) list() []finding.Finding {
	list := make([]finding.Finding, len(l.found))
	for i, f := range l.found {
		list[i] = f.Finding
	}
	return list
}

// fixable counts the findings that carry a change whose place is certain.
func (l linted) fixable() (count int) {
	for _, f := range l.found {
		if f.Fixable() && len(l.doc.Edits(f)) > 0 {
			count++
		}
	}
	return count
}

// edits returns the changes that mend some of what was found.
func (l linted) edits() map[finding.Finding][]finding.Edit {
	edits := map[finding.Finding][]finding.Edit{}
	for _, f := range l.found {
		if f.Fixable() {
			edits[f.Finding] = l.doc.Edits(f)
		}
	}
	return edits
}

// lintFile tries the rules on a file, mended if that was asked for. Nothing is written: one
// file that cannot be read is enough to leave all of them as they are.
func (f *lintFlags) lintFile(name string, o lint.Options, s Streams) (linted, error) {
	o, err := f.forDocument(name, o)
	if err != nil {
		return linted{}, err
	}
	src, err := read(name, s.In)
	if err != nil {
		return linted{}, err
	}
	if !f.fix {
		return lintSource(shown(name), src, o)
	}
	mended, err := lint.Mend(name, src, o)
	if err != nil {
		return linted{}, err
	}
	left, err := lintSource(name, mended.Output, o)
	left.mended = mended
	return left, err
}

// lintSource tries the rules on a document.
func lintSource(name string, src []byte, o lint.Options) (linted, error) {
	d, err := lint.Parse(name, src)
	if err != nil {
		return linted{}, err
	}
	found, err := lint.Run(d, o)
	return linted{name: name, doc: d, found: found}, err
}
