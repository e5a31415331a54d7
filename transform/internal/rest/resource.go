package rest

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/outcome"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/record"
	"github.com/apigw-cors/apigw-cors/transform/internal/resolve"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
)

// planned is what is to become of one resource.
type planned struct {
	outcome.Notes
	outcome outcome.Resource
	drafts  own.Drafts // of its path items; none: what was generated on them stays
	grants  []grant    // what it needs of the gateway responses
}

// planResource plans one resource and tells what becomes of it.
func planResource(in Input, form record.Form, r *model.Resource) planned {
	set := in.Policies[r]
	p := planned{outcome: outcome.Resource{Path: r.Path, Kind: outcome.Unselected}}
	if set == nil {
		p.grants = grantedEarlier(in.Doc, r)
		return p
	}
	switch {
	case set.Off != "":
		return p.without(r, outcome.Off, set.Off)
	case !set.Policy.AllowOrigins.IsSet() && len(r.Methods()) > 0:
		p.Add(outcome.Found(noOrigin(r)))
		return p.without(r, outcome.Skipped, "nothing says which origin may call it")
	}
	if reason, why := leftAlone(in.Doc, r, set); reason != "" {
		p.Add(why)
		return p.untouched(in.Doc, r, reason)
	}
	methods := in.Selected.Of(r)
	switch {
	case len(methods) > 0:
		return planTask(newTask(in, form, r, set), set)
	case len(r.Methods()) > 0:
		return p.untouched(in.Doc, r, "it has none of the selected methods")
	case r.Options() != nil:
		return p.without(r, outcome.Skipped, "it has no method but OPTIONS")
	}
	return p.without(r, outcome.Skipped, "it has no method")
}

// without returns the plan in which what was generated in a resource goes.
func (p planned) without(r *model.Resource, kind outcome.Kind, reason string) planned {
	leave(&p.drafts, r)
	p.outcome.Kind, p.outcome.Reason = kind, reason
	return p
}

// untouched returns the plan in which a resource stays as it is.
func (p planned) untouched(doc *own.Reading, r *model.Resource, reason string) planned {
	p.grants = grantedEarlier(doc, r)
	p.outcome.Kind, p.outcome.Reason = outcome.Skipped, reason
	return p
}

func noOrigin(r *model.Resource) rules.Finding {
	item := r.Home()
	return rules.Finding{
		Rule: rules.NoOrigin, At: rules.At(item.Node, item.Pointer),
		Message: fmt.Sprintf("nothing says which origin may call %s, so CORS is not enabled for it", r.Path),
		Hint:    "name one in its block, in the policy file or with --allow-origin, or exclude it",
	}
}

// leftAlone tells in a few words why a resource cannot be enabled, and returns the finding
// or the refusal; it returns nothing for one that can. One for which nobody asked is
// not refused.
func leftAlone(doc *own.Reading, r *model.Resource, set *resolve.EffectivePolicy) (reason string, why outcome.Notes) {
	item, opaque := r.Opaque()
	switch {
	case opaque && !set.Policy.AllowOrigins.IsSet():
		return item.Opaque, outcome.Notes{}
	case opaque && item.Ref != "":
		return item.Opaque, outcome.Refused(&finding.PlaceError{
			File:     item.Node.File.Name,
			Position: item.Node.File.Position(item.Node.Start),
			Message:  fmt.Sprintf("%s refers to %q, so it is not here that it can be edited", item.Key, item.Ref),
			Hint:     "enable CORS where it refers to, and leave it alone here: --exclude " + r.Path,
		})
	case opaque:
		return item.Opaque, outcome.Found(rules.Finding{
			Rule: rules.NotUnderstood, At: rules.At(item.Node, item.Pointer),
			Message: fmt.Sprintf("%s is left alone: %s", item.Key, item.Opaque), Hint: "enable CORS in what it stands for, or exclude it",
		})
	}
	if edited, is := editedByHand(doc, r); is {
		return "what was generated was edited by hand", outcome.Found(edited)
	}
	return "", outcome.Notes{}
}

// planTask plans a resource for some of its methods.
func planTask(t task, set *resolve.EffectivePolicy) planned {
	p := planned{outcome: outcome.Resource{Path: t.resource.Path, Kind: outcome.Enabled}}
	leave(&p.drafts, t.resource)
	p.Add(outcome.Notes{Found: set.Review(t.doc.HandWritten, t.methods)})
	p.Add(outcome.Notes{Found: resolve.HeadersLeftOut(t.doc.HandWritten, t.effective, t.resource, t.methods)})
	options := planOptions(t, &p.drafts)
	p.Add(options.Notes)
	p.outcome.Kind, p.outcome.Reason = options.kind, options.reason
	if options.holds {
		methods := planMethods(t, &p.drafts)
		p.Add(methods.Notes)
		p.outcome.Backend, p.outcome.Open, p.outcome.Unreadable = methods.backend, methods.open, methods.unreadable
		actual := responses.ActualOf(t.effective)
		p.outcome.Headers, p.grants = actual, []grant{grantOf(actual)}
	}
	p.Add(checkOwnBlock(t))
	return p
}

// leave asks that what was generated in a resource goes: nothing is wanted there.
func leave(drafts *own.Drafts, r *model.Resource) {
	for _, item := range r.Items {
		drafts.Of(item)
	}
}
