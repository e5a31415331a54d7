package transform

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/document"
	"github.com/apigw-cors/apigw-cors/transform/internal/edit"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/outcome"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/resolve"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// result is what was planned for a document.
type result struct {
	doc        *Document
	reading    *own.Reading
	api        resolve.Type
	plan       outcome.Plan
	findings   []rules.Finding              // besides those of the plan
	keep       bool                         // the output as a document
	leaveAlone func(*layout.Refusal) string // the option that leaves alone what an edit was refused for
}

// make makes edits of what was planned, and verifies them.
func (r result) make() (*Result, error) {
	if broken := r.doc.read.File.Broken; broken != nil {
		return nil, broken
	}
	operations := r.reading.Operations(r.plan.Drafts)
	todo, err := layout.Edits(r.reading.Root, operations, r.reading.NoModels())
	if refused := append(r.plan.Refused, r.remedies(err)...); len(refused) > 0 {
		return nil, errors.Join(inOrder(refused)...)
	}
	res := &Result{
		name: r.doc.Name(), document: r.doc, Output: r.doc.Source(), Resources: resources(r.plan.Resources), Gateway: headers(r.plan.Gateway),
		API: apiType(r.doc, r.api), Findings: reported(concat(r.findings, r.plan.Found, remaining(r.reading, r.plan.Drafts), r.ofLeft()), r.doc),
	}
	if len(operations) == 0 {
		return res, nil
	}
	if err := r.verify(res, todo, operations); err != nil {
		return nil, errors.Join(r.remedies(err)...)
	}
	return res, nil
}

// verify puts the output into a result, once it is what was planned.
func (r result) verify(res *Result, todo []edit.Edit, operations []layout.Operation) (err error) {
	res.Edits, res.Changes, res.document = edits(todo), changes(operations), nil
	if !r.keep {
		res.Output, err = layout.Verify(r.reading.Root, todo, operations)
		return err
	}
	file, err := layout.VerifyWhole(r.reading.Root, todo, operations)
	if err != nil {
		return err
	}
	read, err := document.FromFile(file)
	if err != nil {
		return err
	}
	res.Output, res.document = file.Src, &Document{read}
	return nil
}

// reported returns findings as callers see them, sorted, each once: resources share their
// policies.
func reported(found []rules.Finding, d *Document) []Finding {
	list := make([]Finding, len(found))
	for i, f := range found {
		list[i] = f.In(d.read.File)
	}
	finding.Sort(list)
	return slices.Compact(list)
}

// ofLeft returns what the rules about CORS find in existing parts that stay as they are, but
// for what is known more precisely. What was generated in them is written anew, or removed.
func (r result) ofLeft() []rules.Finding {
	if len(r.plan.Left) == 0 {
		return nil
	}
	known := subjects(concat(r.findings, r.plan.Found))
	left := map[source.Pointer]bool{}
	for _, at := range r.plan.Left {
		left[at] = true
	}
	view := rules.NewView(r.doc.read.Whole(), r.reading, r.api.API)
	found := rules.FindBy(view, func(r *rules.Rule) bool { return r.CORS })
	return slices.DeleteFunc(found, func(f rules.Finding) bool {
		return known[subjectOf(f)] || !left[f.At.Pointer] && !f.At.Pointer.IsWithin(left) || r.reading.IsGenerated(f.At.Pointer)
	})
}

// remaining returns findings about what was written by hand into generated objects that are
// removed. It stays.
func remaining(doc *own.Reading, drafts own.Drafts) []rules.Finding {
	var found []rules.Finding
	for _, at := range doc.Remains(drafts) {
		above, name := at.Parent()
		found = append(found, rules.Finding{
			Rule: rules.GeneratedRemains, At: rules.At(doc.Root.At(at), at),
			Message: fmt.Sprintf("%q was written by hand into %s, which was generated; it is kept, and the rest is removed", name, above),
			Hint:    "remove it, or complete what it is in",
		})
	}
	return found
}

// remedies gives each refused edit the option that leaves its place alone. Only
// edits that were asked for are refused, so there is one.
func (r result) remedies(err error) []error {
	if err == nil {
		return nil
	}
	all := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		all = joined.Unwrap()
	}
	var out []error
	seen := map[PlaceError]bool{}
	for _, e := range all {
		var refusal *layout.Refusal
		if errors.As(e, &refusal) {
			place := *refusal.Err
			if option := r.leaveAlone(refusal); option != "" {
				place.Hint += ", or leave it alone: " + option
			}
			if seen[place] { // several operations stumble over one place
				continue
			}
			seen[place] = true
			e = &place
		}
		out = append(out, e)
	}
	return out
}

// inOrder sorts refusals by their places.
func inOrder(refused []error) []error {
	slices.SortStableFunc(refused, func(a, b error) int {
		var x, y *PlaceError
		errors.As(a, &x)
		errors.As(b, &y)
		if x == nil || y == nil {
			return 0
		}
		return cmp.Or(cmp.Compare(x.Position.Line, y.Position.Line), cmp.Compare(x.Position.Column, y.Position.Column))
	})
	return refused
}

// leaveAloneREST returns the option that leaves alone what an operation was refused
// for, or nothing when the trouble lies above all that could be left alone.
func leaveAloneREST(r *layout.Refusal) string {
	rest, inPaths := r.Operation.Place().Below(model.Base)
	switch {
	case inPaths && (r.At == "" || r.At == model.Base):
		return ""
	case inPaths:
		return "--exclude " + model.ResourcePath(rest.Keys()[0])
	case r.At == "", r.At == "/"+model.MarkerName:
		return ""
	}
	return "--set gatewayResponses=none"
}

// leaveAloneHTTP does so for an HTTP API: what is changed among the paths are
// OPTIONS routes, added or removed.
func leaveAloneHTTP(mode policy.Existing) func(*layout.Refusal) string {
	return func(r *layout.Refusal) string {
		_, inPaths := r.Operation.Place().Below(model.Base)
		_, removes := r.Operation.(layout.Remove)
		switch {
		case !inPaths:
			return ""
		case removes && mode.Replaces():
			return "--existing keep"
		}
		return "--set optionsRoutes=warn"
	}
}
