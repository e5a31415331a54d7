package cmd

import (
	"cmp"
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
	allowed    int            // calls, of which some are
	assuming   int            // that their backends send the headers they must
	denied     int            // calls, of those, that the resource policy answers with an error
	strangers  int            // calls of strangers that are refused
	known      map[string]int // calls that fail as a finding of enable says, by its rule
	letIn      map[string]int // strangers that are let in as a finding says
	unproved   map[string]int // calls about which the document does not tell, by reason
	unselected int            // operations without a policy, which are not tried
	failures   []error
}

func newProved() *proved {
	return &proved{known: map[string]int{}, letIn: map[string]int{}, unproved: map[string]int{}}
}

// proveFlags are the flags of commands that can prove what enable makes of documents.
type proveFlags struct {
	on             bool
	stageVariables stageVariables
}

func (f *proveFlags) bind(flags *pflag.FlagSet) {
	flags.BoolVar(&f.on, "prove", false, "try every call that the policy allows, and calls of strangers, as a browser and API Gateway would; exit with 1 where one fails")
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
		d, err := transform.Parse(one.shown, one.source)
		if err != nil {
			return nil, err
		}
		o, err := options.options(one.name)
		if err != nil {
			return nil, err
		}
		policies, err := options.policies(flags, d, o, one.result.Target.API)
		if err != nil {
			return nil, err
		}
		like := gateway.Options{APIType: gateway.APIType(one.result.Target.API), StageVariables: variables}
		before := worked{source: one.source, like: like}
		like.Policies = policies
		api, err := gateway.Read(one.result.Output, like)
		if err != nil {
			return nil, failed(fmt.Errorf("%s: cannot be proved: %w", one.shown, err))
		}
		return prove(api, before, d, one, o.Emit), nil
	}, nil
}

// policies returns the policies of resources where no blocks in the document say them.
func (f *optionFlags) policies(flags *policyFlags, d *transform.Document, o transform.Options, kind transform.API) (func(string) (extensions.CORS, bool), error) {
	if !o.Emit.NoBlocks || kind == transform.HTTP {
		return nil, nil
	}
	o.Emit.NoBlocks = false
	p, err := flags.policy()
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
	return func(resource string) (extensions.CORS, bool) {
		policy, u := api.Policy(resource)
		return policy, u == nil
	}, nil
}

// prove tries the calls that the policies of an API allow, and calls of strangers. What fails
// although enable has found nothing amiss, was asked to write it, and worked before, is a failure,
// at its place in the source.
func prove(api *gateway.API, before worked, source *transform.Document, one outcome, emit transform.Emit) *proved {
	p := newProved()
	for c := range proof.All(context.Background(), api, nil, nil) {
		if !c.Fails() {
			p.count(c)
			continue
		}
		rule := cmp.Or(told(one.result.Findings, c), unasked(emit, c))
		switch {
		case rule != "" && c.Stranger:
			p.letIn[rule]++
		case rule != "":
			p.known[rule]++
		case c.Broken() && !before.answers(c):
			p.known["broken-before"]++
		default:
			p.failures = append(p.failures, failure(source, one.shown, c))
		}
	}
	return p
}

// unasked returns the setting by which nobody asked for the headers of an answer.
func unasked(emit transform.Emit, c proof.Case) string {
	if c.Actual == nil || c.Stranger {
		return ""
	}
	status, own := c.Actual.Answer.Status, strings.HasPrefix(c.Actual.Answer.Pointer, "/"+extensions.NameGatewayResponses)
	switch {
	case own && emit.GatewayResponses == transform.GatewayResponsesNone:
		return "gatewayResponses=" + string(emit.GatewayResponses)
	case !own && (emit.Responses == transform.Responses2XX && status/100 != 2 || emit.Responses == transform.Responses200 && status != 200 || emit.Responses == transform.ResponsesNone):
		return "responses=" + string(emit.Responses)
	}
	return ""
}

// count counts a case that does not fail.
func (p *proved) count(c proof.Case) {
	switch {
	case c.Outcome == proof.Unproved && c.Unknown.Reason == gateway.ReasonNoPolicy:
		p.unselected++
	case c.Outcome == proof.Unproved:
		p.unproved[string(c.Unknown.Reason)]++
	case c.Stranger:
		p.strangers++
	default:
		p.allowed++
		if c.Assumes() {
			p.assuming++
		}
		if c.Denied() {
			p.denied++
		}
	}
}

// worked tells what worked before a document was enabled.
type worked struct {
	source []byte
	like   gateway.Options // what the API is like
	api    *gateway.API    // read when it is asked for
}

// answers reports whether the method of a case answered something else than errors.
func (w *worked) answers(c proof.Case) bool {
	if w.api == nil {
		api, err := gateway.Read(w.source, w.like)
		if err != nil {
			return true
		}
		w.api = api
	}
	before := proof.Case{Operation: c.Operation, Dialogue: c.Dialogue}
	before.Actual = &proof.Exchange{Request: c.Actual.Request, Answer: w.api.Answer(context.Background(), c.Actual.Request, nil)}
	return before.Actual.Answer.Unknown == nil && !before.Broken()
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
	at, ok := d.Position(c.Pointer)
	if !ok {
		at, _ = d.Position(c.Operation.Pointer)
	}
	return &transform.PlaceError{File: shown, Position: at, Message: message, Hint: c.Remedy}
}

// complete reports whether all calls become what they should.
func (p *proved) complete() bool {
	return p.denied+len(p.known)+len(p.letIn)+len(p.unproved)+len(p.failures) == 0
}

// print says in lines what was proved.
func (p *proved) print(w io.Writer) {
	assuming := ""
	if p.assuming > 0 {
		assuming = fmt.Sprintf(" (%d of them if their backends send the headers)", p.assuming)
	}
	fmt.Fprintf(w, "  proved: %s a browser makes succeed%s, %s of strangers are refused\n", plural(p.allowed, "call"), assuming, plural(p.strangers, "call"))
	if p.denied > 0 {
		fmt.Fprintf(w, "  of those, the resource policy answers with ACCESS_DENIED, which pages can read: %s\n", plural(p.denied, "call"))
	}
	if len(p.known) > 0 {
		fmt.Fprintf(w, "  as findings and settings say, calls fail: %s\n", counts(p.known))
	}
	if len(p.letIn) > 0 {
		fmt.Fprintf(w, "  as findings say, strangers are let in: %s\n", counts(p.letIn))
	}
	if len(p.unproved) > 0 {
		fmt.Fprintf(w, "  not proved, since the document does not tell: %s\n", counts(p.unproved))
	}
	if p.unselected > 0 {
		fmt.Fprintf(w, "  not tried, since no policy says who may call: %s\n", plural(p.unselected, "operation"))
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
