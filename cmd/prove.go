package cmd

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/pflag"

	"github.com/apigw-cors/apigw-cors/proof"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
)

// proveFlags are the flags of commands that can prove what enable makes of documents.
type proveFlags struct {
	on             bool
	stageVariables stageVariables
}

func (f *proveFlags) bind(flags *pflag.FlagSet) {
	flags.BoolVar(&f.on, "prove", false, "try every call that the policy allows, and calls of strangers, as a browser and API Gateway would; exit with 1, and write nothing, unless all of them come out as the policy says")
	f.stageVariables.bind(flags)
}

// prover proves what enable made of a document.
type prover func(outcome) (*proved, error)

// prover returns what proves documents that are enabled as flags and policy files say; nil:
// nothing is to be proved.
func (f *proveFlags) prover(flags *policyFlags, options *optionFlags) (prover, error) {
	variables, err := f.stageVariables.values()
	switch {
	case err != nil:
		return nil, err
	case !f.on && len(variables) > 0:
		return nil, usage(hinted{errors.New("--stage-variable says what a stage is like, which only --prove asks"), "add --prove, or leave --stage-variable out"})
	case !f.on:
		return nil, nil
	}
	return func(one outcome) (*proved, error) {
		source := one.doc
		o, err := options.options(one.name)
		if err != nil {
			return nil, err
		}
		policies, err := policiesOf(flags, o, one.result, source)
		if err != nil {
			return nil, err
		}
		api, err := gateway.Read(one.result.Output, gateway.Options{
			APIType: gateway.APIType(one.result.API.API), StageVariables: variables, Policies: policies,
		})
		if err != nil {
			return nil, failed(fmt.Errorf("%s: cannot be proved: %w", one.shown, err))
		}
		return prove(api, source, one, o.Emit), nil
	}, nil
}

// prove tries the requests that the policies of an API allow, and requests of disallowed
// origins. What does not come out as the policy says is a failure, unless a finding says why.
func prove(api *gateway.API, source *transform.Document, one outcome, emit transform.Emit) *proved {
	p := newProved()
	for c := range proof.All(context.Background(), api, nil, nil) {
		if c.Unknown != nil && c.Unknown == api.Refused() { // which is so of every other request
			p.failures = append(p.failures, importFailure(source, one.shown, c))
			return p
		}
		f, isExcused := excuse(one.result.Findings, c)
		switch {
		case c.Result() == proof.ResultProved:
			p.count(c)
		case c.HasNoPolicy():
			p.unselected++
		case isExcused:
			p.except(c, f)
		default:
			p.fail(failure(source, one.shown, c, leftOut(emit, c)))
		}
	}
	if fails := one.result.ImportFails; len(fails) > 0 && p.tried() > 0 && len(p.failures) == 0 {
		p.fail(importFailureOfRule(one.shown, fails[0]))
	}
	if p.allowed == 0 && p.tried() > 0 && len(p.failures) == 0 {
		p.fail(p.nothingProved(one.shown))
	}
	return p
}

// excuse returns the finding of enable that says why a case does not come out as the policy says:
// one about something existing that is kept, at the method itself or at the method that takes its
// preflight. Errors excuse nothing.
func excuse(findings []finding.Finding, c proof.Case) (finding.Finding, bool) {
	for _, f := range findings {
		if f.Severity < finding.Error && saysWhy(f, c) && c.IsAbout(f.Pointer) {
			return f, true
		}
	}
	return finding.Finding{}, false
}

// saysWhy reports whether the rule of a finding is a reason for a case not to be proved.
func saysWhy(f finding.Finding, c proof.Case) bool {
	isBackend := c.Unknown != nil && c.Unknown.Reason == gateway.ReasonBackend
	return transform.RequestsFail(f.Rule) || isBackend && transform.LeavesToBackend(f.Rule)
}

// leftOut says how to get the headers of a response that an option leaves out; empty: none does.
func leftOut(emit transform.Emit, c proof.Case) string {
	if c.Actual == nil || c.Result() != proof.ResultRefused {
		return ""
	}
	if !emit.Responses.Has(strconv.Itoa(c.Actual.Response.Status)) {
		return fmt.Sprintf("--set responses=%s leaves the headers of this response out: use --set responses=%s", emit.Responses, transform.ResponsesAll)
	}
	return ""
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
