package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/proof"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
)

// proved is what came of proving a document that enable wrote.
type proved struct {
	allowed, strangers int
	known              map[string]int // calls that fail as a finding of enable says, by its rule
	unproved           map[string]int // calls about which the document does not tell, by reason
	failures           []error
}

// bindProve makes the flag of commands that enable documents.
func bindProve(flags *pflag.FlagSet, prove *bool) {
	flags.BoolVar(prove, "prove", false, "try every call that the policy allows, and calls of strangers, as a browser and API Gateway would; exit with 1 where one fails")
}

// prover proves what enable made of a document.
type prover func(outcome) (*proved, error)

// prover returns what proves documents that are enabled as flags and policy files say.
func (f *optionFlags) prover(flags *policyFlags) prover {
	return func(one outcome) (*proved, error) {
		policies, err := f.policies(flags, one)
		if err != nil {
			return nil, err
		}
		api, err := gateway.Read(one.result.Output, gateway.Options{Kind: gateway.Kind(one.result.Target.API), Policies: policies})
		if err != nil {
			return nil, failed(fmt.Errorf("%s: cannot be proved: %w", one.shown, err))
		}
		d, err := transform.Parse(one.shown, one.source)
		if err != nil {
			return nil, err
		}
		return prove(api, d, one), nil
	}
}

// policies returns the policies of resources where no blocks in the document say them.
func (f *optionFlags) policies(flags *policyFlags, one outcome) (func(string) (extensions.CORS, bool), error) {
	o, err := f.options(one.name)
	if err != nil || !o.Emit.NoBlocks || one.result.Target.API == transform.HTTP {
		return nil, err
	}
	o.Emit.NoBlocks = false
	p, err := flags.policy()
	if err != nil {
		return nil, err
	}
	d, err := transform.Parse(one.shown, one.source)
	if err != nil {
		return nil, err
	}
	res, err := transform.Enable(d, p, o)
	if err != nil {
		return nil, err
	}
	api, err := gateway.Read(res.Output, gateway.Options{})
	if err != nil {
		return nil, err
	}
	return api.Policy, nil
}

// prove tries the calls that the policies of an API allow, and calls of strangers. What fails
// although enable has found nothing amiss is a failure, at its place in the source.
func prove(api *gateway.API, source *transform.Document, one outcome) *proved {
	p := &proved{known: map[string]int{}, unproved: map[string]int{}}
	for _, c := range proof.All(context.Background(), api, nil, nil) {
		switch {
		case c.Outcome == proof.Unproved:
			p.unproved[string(c.Unknown.Reason)]++
		case c.Fails():
			if rule := told(one.result.Findings, c); rule != "" {
				p.known[rule]++
				continue
			}
			p.failures = append(p.failures, failure(source, one.shown, c))
		case c.Stranger:
			p.strangers++
		default:
			p.allowed++
		}
	}
	return p
}

// told returns the rule of the warning that says what is wrong with the method of a case, or
// with its OPTIONS. An error is none that may stay.
func told(findings []finding.Finding, c proof.Case) string {
	item, _ := parent(c.Operation.Pointer)
	for _, f := range findings {
		if f.Severity == finding.Warning && transform.SaysCallsFail(f.Rule) && (within(f.Pointer, c.Operation.Pointer) || within(f.Pointer, item+"/options")) {
			return f.Rule
		}
	}
	return ""
}

// parent takes the last key off a pointer.
func parent(pointer string) (above, key string) {
	i := strings.LastIndexByte(pointer, '/')
	return pointer[:max(i, 0)], pointer[i+1:]
}

// within reports whether a pointer leads to a place or to a part of it.
func within(pointer, place string) bool {
	return pointer == place || strings.HasPrefix(pointer, place+"/")
}

// failure says what is wrong with a case, where it was decided.
func failure(d *transform.Document, shown string, c proof.Case) error {
	call := fmt.Sprintf("%s %s from %s", c.Operation.Method, c.Operation.Resource, c.Call.Origin)
	message := fmt.Sprintf("%s fails: %s (%s)", call, c.Verdict.Reason, c.Verdict.Rule)
	if c.Stranger {
		message = call + " succeeds, and the policy does not allow it"
	}
	at, _ := d.Position(c.Pointer)
	return &transform.PlaceError{File: shown, Position: at, Message: message, Hint: c.Remedy}
}

// complete reports whether all calls become what they should.
func (p *proved) complete() bool { return len(p.known)+len(p.unproved)+len(p.failures) == 0 }

// print says in lines what was proved.
func (p *proved) print(w io.Writer) {
	fmt.Fprintf(w, "  proved: %s a browser makes succeed, %s of strangers are refused\n", plural(p.allowed, "call"), plural(p.strangers, "call"))
	if len(p.known) > 0 {
		fmt.Fprintf(w, "  as the findings say, calls fail: %s\n", counts(p.known))
	}
	if len(p.unproved) > 0 {
		fmt.Fprintf(w, "  not proved, since the document does not tell: %s\n", counts(p.unproved))
	}
}

// counts are numbers by name.
func counts(by map[string]int) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(by)) {
		parts = append(parts, fmt.Sprintf("%d %s", by[name], name))
	}
	return strings.Join(parts, ", ")
}

// proveAll proves documents, in their order. The error holds what failed.
func (prove prover) proveAll(done []outcome) ([]*proved, error) {
	var all []*proved
	var failures []error
	for _, one := range done {
		p, err := prove(one)
		if err != nil {
			return nil, coded(err)
		}
		all = append(all, p)
		failures = append(failures, p.failures...)
	}
	switch {
	case len(failures) == 0:
		return all, nil
	case len(failures) > most+1:
		failures = append(failures[:most:most], fmt.Errorf("%d more calls fail", len(failures)-most))
	}
	return nil, &exitError{exitFindings, errors.Join(failures...)}
}
