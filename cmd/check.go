package cmd

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/lint"
)

const checkHelp = `Check that documents are as enable would write them.

For builds: it prints nothing and exits with 0 when all is well. It exits with 1
when enable would change a document, with the difference, and when a finding of
enable or of lint that stays then reaches the threshold of --fail-on.`

const checkExample = `  apigw-cors check --allow-origin https://app.example.com openapi.yaml || echo stale
  apigw-cors check --profile dev openapi.yaml || echo stale`

// checkFlags are the flags of check as they were given.
type checkFlags struct {
	policy  policyFlags
	options optionFlags
	disable []string
	failOn  threshold
	prove   proveFlags
}

func newCheck(s Streams) *cobra.Command {
	f := &checkFlags{failOn: threshold{"error"}}
	c := &cobra.Command{
		Use:     "check [flags] FILE...",
		Short:   "Check that documents are as enable would write them",
		Long:    checkHelp,
		Example: checkExample,
		RunE:    func(_ *cobra.Command, files []string) error { return runCheck(f, files, s) },
	}
	flags := c.Flags()
	flags.SortFlags = false
	f.policy.bind(flags)
	f.options.bind(flags)
	bindDisable(flags, &f.disable)
	f.prove.bind(flags)
	f.failOn.bind(flags)
	return c
}

func runCheck(f *checkFlags, files []string, s Streams) error {
	if err := errors.Join(named(files), knownRules(f.disable)); err != nil {
		return usage(err)
	}
	enable, err := enabler(&f.policy, &f.options, true)
	if err != nil {
		return err
	}
	prove, err := f.prove.prover(&f.policy, &f.options)
	if err != nil {
		return err
	}
	done, err := changeFiles(files, s, enable)
	if err != nil {
		return err
	}
	failing := false
	for _, one := range done {
		well, err := f.isWell(one, s)
		if err != nil {
			return coded(err)
		}
		failing = failing || !well
	}
	if prove != nil { // what is proved needs no word
		proofs, err := prove.proveAll(done)
		if err != nil {
			return err
		}
		for i, one := range done {
			if !proofs[i].complete() {
				fmt.Fprintf(s.Err, "%s:\n", one.shown)
				proofs[i].print(s.Err)
			}
		}
	}
	if failing {
		return &exitError{code: exitFindings}
	}
	return nil
}

// isWell reports whether a document is as it should be, and prints why not.
func (f *checkFlags) isWell(one outcome, s Streams) (bool, error) {
	found, err := f.findings(one)
	if err != nil {
		return false, err
	}
	bad := f.failOn.reached(worstOf(found))
	if bad {
		summary{w: s.Err, least: severities[f.failOn.String()]}.findings(found)
	}
	if !one.result.Changed() {
		return !bad, nil
	}
	fmt.Fprintf(s.Err, "%s: not as enable would write it\n", one.shown)
	printHint(s.Err, "run apigw-cors enable with the same options and --write")
	return false, printDiff(one, s)
}

// findings returns what enable and lint find in a document. What enable would fix is
// left out: the difference shows it.
func (f *checkFlags) findings(one outcome) ([]finding.Finding, error) {
	o := lint.Options{
		API:       one.result.API.API,
		Disable:   slices.Clone(f.disable),
		Elsewhere: lint.Elsewhere{Tried: true, Found: one.result.Findings},
	}
	config, err := f.options.file.forDocument(one.name)
	if err != nil {
		return nil, err
	}
	if config != nil {
		if err := disableIn(&o, config); err != nil {
			return nil, err
		}
	}
	found, err := lint.Run(one.doc, o)
	if err != nil || !one.result.Changed() {
		return plain(found), err
	}
	stays, err := staying(one, o)
	if err != nil {
		return nil, err
	}
	return plain(slices.DeleteFunc(found, func(f lint.Finding) bool { return !f.IsOfValidity() && !stays[anywhere(f.Finding)] })), nil
}

// staying returns what is found once the document is as enable writes it, without validity,
// which enable does not change.
func staying(one outcome, o lint.Options) (map[finding.Finding]bool, error) {
	o.Disable = append(o.Disable, lint.Validity)
	enabled, err := one.result.Document()
	if err != nil {
		return nil, err
	}
	left, err := lint.Run(enabled, o)
	if err != nil {
		return nil, err
	}
	stays := map[finding.Finding]bool{}
	for _, f := range append(plain(left), one.result.Findings...) {
		stays[anywhere(f)] = true
	}
	return stays, nil
}

// anywhere is a finding without its line and column, which differ between documents, and
// without what its rule says of it.
func anywhere(f finding.Finding) finding.Finding {
	f.Position, f.Severity = finding.Position{}, 0
	return f
}
