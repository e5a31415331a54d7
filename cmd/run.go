package cmd

import (
	"errors"
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/lint"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// runFlags are the flags of commands that give documents back changed.
type runFlags struct {
	output  outputFlags
	failOn  threshold
	quiet   bool
	verbose bool
}

func (f *runFlags) bind(c *cobra.Command) {
	flags := c.Flags()
	f.output.bind(flags)
	f.failOn.bind(flags)
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "print errors only")
	flags.BoolVarP(&f.verbose, "verbose", "v", false, "print every finding, one by one")
}

// changer changes a document, which has the name that was given on the command line.
type changer func(name string, d *transform.Document) (*transform.Result, error)

// each changes documents and writes them, all or none.
// With a prover, only what is proved is written.
func (f *runFlags) each(files []string, s Streams, headline func(*transform.Result) string, change changer, prove prover) error {
	if f.quiet && f.verbose {
		return usage(errors.New("--quiet and --verbose exclude each other"))
	}
	if err := f.output.check(files); err != nil {
		return usage(err)
	}
	done, err := changeFiles(files, s, change)
	if err != nil {
		return err
	}
	var proofs []*proved
	if prove != nil {
		if proofs, err = prove.proveAll(done); err != nil {
			for _, one := range done {
				summary{w: s.Err, least: f.least()}.findings(lint.Heard(one.doc, one.result.Findings))
			}
			return err
		}
	}
	worst := finding.Severity(0)
	for i, one := range done {
		one.result.Findings = lint.Heard(one.doc, one.result.Findings)
		one.result.ImportFails = lint.Heard(one.doc, one.result.ImportFails)
		if err := f.output.write(one, s); err != nil {
			return failed(err)
		}
		summary{w: s.Err, name: one.shown, least: f.least(), quiet: f.quiet, verbose: f.verbose, headline: headline}.print(one.result)
		if prove != nil && !f.quiet {
			proofs[i].print(s.Err)
		}
		worst = max(worst, worstOf(one.result.Findings))
	}
	if f.failOn.reached(worst) {
		return &exitError{code: exitFindings}
	}
	return nil
}

// changeFiles changes documents, all or none, and tells what became of each.
func changeFiles(files []string, s Streams, change changer) ([]outcome, error) {
	done := eachFile(files, newProgress(s.Err, len(files)), func(name string) outcome { return changeFile(name, s, change) })
	return done, joinErrors(done)
}

// worstOf returns the highest severity among findings, or none.
func worstOf(findings []transform.Finding) finding.Severity {
	worst := finding.Severity(0)
	for _, f := range findings {
		worst = max(worst, f.Severity)
	}
	return worst
}

// joinErrors returns the errors of all files, with the highest of their codes. One
// is enough for nothing to be written: half a batch is hard to take back.
func joinErrors(done []outcome) error {
	all := &exitError{}
	var errs []error
	for _, one := range done {
		var coded *exitError
		if errors.As(one.err, &coded) {
			errs = append(errs, inBatch(len(done), one.shown, coded.err))
			all.code = max(all.code, coded.code)
		}
	}
	if len(errs) == 0 {
		return nil
	}
	all.err = errors.Join(errs...)
	return all
}

// inBatch says which of several documents an error is about, unless it says so itself.
func inBatch(documents int, name string, err error) error {
	if documents < 2 || strings.HasPrefix(err.Error(), name) {
		return err
	}
	return ofDocument{err, name}
}

// least returns the severity from which findings are printed one by one: those
// that make the command fail always are.
func (f *runFlags) least() finding.Severity {
	least := finding.Warning
	switch {
	case f.quiet:
		least = finding.Error
	case f.verbose:
		least = finding.Info
	}
	return min(least, severities[f.failOn.String()])
}

func changeFile(name string, s Streams, change changer) outcome {
	done := outcome{name: name, shown: shown(name)}
	d, err := parse(name, s)
	if err == nil {
		done.doc = d
		done.result, err = change(name, d)
	}
	done.err = coded(err)
	return done
}

// threshold is the severity from which findings make the command fail.
type threshold struct{ name string }

var severities = map[string]finding.Severity{
	"error":   finding.Error,
	"warning": finding.Warning,
	"info":    finding.Info,
	"never":   finding.Error + 1,
}

func (t *threshold) bind(flags *pflag.FlagSet) {
	flags.Var(t, "fail-on", "exit with 1 on findings of this `SEVERITY` or worse: error, warning, info or never")
}

func (t *threshold) String() string {
	if t.name == "" {
		return "never"
	}
	return t.name
}

func (t *threshold) Type() string { return "severity" }

func (t *threshold) Set(name string) error {
	if _, ok := severities[name]; !ok {
		return fmt.Errorf("write %s", strings.Join([]string{"error", "warning", "info", "never"}, ", "))
	}
	t.name = name
	return nil
}

func (t *threshold) reached(worst finding.Severity) bool {
	return worst != 0 && worst >= severities[t.String()]
}
