// Package rest plans what a document for a REST API must hold, so that browsers' requests
// succeed as a policy allows: OPTIONS methods, headers on the responses of methods and on
// gateway responses, and CORS objects that record the policy.
package rest

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/outcome"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/record"
	"github.com/apigw-cors/apigw-cors/transform/internal/resolve"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Input is what a REST API is enabled by.
type Input struct {
	Doc      *own.Reading
	Policies map[*model.Resource]*resolve.EffectivePolicy // of the resources that were chosen
	Selected resolve.Selection
	Existing policy.Existing // what becomes of what the API has as a whole
	Emit     Emit
}

// Emit chooses what is written. Its values are valid.
type Emit struct {
	Status           string                   // of the preflight response, "200" or "204"
	Has              func(status string) bool // whether responses of a status get the headers
	GatewayResponses bool                     // whether they get the headers
	GatewayOrigin    GatewayOrigin
	Blocks           bool // whether policies are recorded
	KeepAny          bool // a proxied ANY goes on receiving preflight requests
	Templates        Templates
}

// GatewayOrigin is the origin of gateway responses where resources differ.
type GatewayOrigin int

const (
	FirstOrigin GatewayOrigin = iota // the first exact one
	AnyOrigin                        // "*", where no resource allows credentials
	NoOrigin
)

// Plan is what is to become of a document.
type Plan struct {
	Drafts    own.Drafts
	Resources []outcome.Resource
	Gateway   responses.Headers // what the gateway responses get; none where they are left alone
	Findings  []rules.Finding
	Left      []source.Pointer // existing parts that stay as they are, of which rules may find something
	Refused   []error
}

// notes are what there is to say of a plan.
type notes struct {
	found   []rules.Finding
	refused []error
	left    []source.Pointer // places that are left as they are: rules may have something to say of them
}

func (n *notes) add(more notes) {
	n.found = append(n.found, more.found...)
	n.refused = append(n.refused, more.refused...)
	n.left = append(n.left, more.left...)
}

// with returns notes with a finding more.
func (n notes) with(f rules.Finding) notes {
	n.found = append(n.found, f)
	return n
}

func found(list ...rules.Finding) notes { return notes{found: list} }

func refused(errs ...error) notes { return notes{refused: errs} }

func leftAt(places ...source.Pointer) notes { return notes{left: places} }

// Enable plans a document in which CORS is enabled.
func Enable(in Input) Plan {
	d := in.Doc.HandWritten
	p := Plan{}
	var all notes
	var grants []grant
	form := record.FormIn(in.Doc.Root.File)
	for _, r := range d.Resources {
		planned := planResource(in, form, r)
		p.Resources = append(p.Resources, planned.outcome)
		grants = append(grants, planned.grants...)
		all.add(planned.notes)
		for item, draft := range planned.drafts.Items {
			*p.Drafts.Of(item) = *draft
		}
		p.Drafts.AddSnippets(planned.drafts.Snippets)
	}
	all.add(checkFallbacks(in, p.Resources))
	all.add(notes{found: rules.DeniedPreflights(d, enabledOf(d, p.Resources))})
	gateway := planGateway(in, form, grants)
	all.add(gateway.notes)
	p.Drafts.Root, p.Gateway = &gateway.draft, gateway.headers
	p.Findings, p.Left, p.Refused = all.found, all.left, all.refused
	return p
}

// Disable plans a document without what was generated in the chosen resources. The gateway
// responses go with the last resource; until then they are those of the resources that
// remain.
func Disable(doc *own.Reading, chosen map[*model.Resource]bool) Plan {
	p := Plan{}
	var grants []grant
	for _, r := range doc.HandWritten.Resources {
		done := outcome.Resource{Path: r.Path, Kind: outcome.Unselected}
		switch {
		case !chosen[r]:
			grants = append(grants, grantedEarlier(doc, r)...)
		case !isMarked(doc, r) && !own.HasSnippet(r):
			done.Kind, done.Reason = outcome.Skipped, "nothing was generated in it"
		default:
			leave(&p.Drafts, r)
			done.Kind = outcome.Disabled
		}
		p.Resources = append(p.Resources, done)
	}
	in := Input{Doc: doc, Emit: Emit{GatewayResponses: !doc.PartOfRoot().IsEmpty()}}
	gateway := planGateway(in, record.FormIn(doc.Root.File), grants)
	p.Drafts.Root, p.Gateway = &gateway.draft, gateway.headers
	p.Findings, p.Refused = gateway.found, gateway.refused
	return p
}

func isMarked(doc *own.Reading, r *model.Resource) bool {
	for _, item := range r.Items {
		if doc.IsMarked(item) {
			return true
		}
	}
	return false
}

// leave asks that what was generated in a resource goes: nothing is wanted there.
func leave(drafts *own.Drafts, r *model.Resource) {
	for _, item := range r.Items {
		drafts.Of(item)
	}
}

// enabledOf returns the resources to which requests are to succeed as the policy says.
func enabledOf(d *model.Document, done []outcome.Resource) []*model.Resource {
	var enabled []*model.Resource
	for i, one := range done {
		if one.Kind == outcome.Enabled || one.Kind == outcome.Kept {
			enabled = append(enabled, d.Resources[i])
		}
	}
	return enabled
}

// checkFallbacks returns findings about resources that the policy file switches off while an
// enabled resource with a variable in its path still handles their preflight requests: API
// Gateway finds resource and method together, and falls back (recorded).
func checkFallbacks(in Input, done []outcome.Resource) notes {
	d := in.Doc.HandWritten
	routes, enabled := responses.RoutePreflights(d, model.REST), map[*model.Resource]bool{}
	for i, one := range done {
		if one.Kind == outcome.Enabled {
			enabled[d.Resources[i]] = true
			routes.Enable(d.Resources[i])
		}
	}
	var n notes
	for _, r := range d.Resources {
		if set := in.Policies[r]; set == nil || set.Off == "" || len(r.Methods()) == 0 {
			continue
		}
		fallback := routes.Fallback(r)
		if fallback == nil || !enabled[fallback] {
			continue
		}
		item := r.Home()
		n.add(found(rules.Finding{
			Rule: rules.ProxyAnswersForOff, At: rules.At(item.Node, item.Pointer),
			Message: fmt.Sprintf("%s is switched off, but preflights for it are answered by the OPTIONS of %s, which is enabled", r.Path, fallback.Path),
			Hint:    "switch that off as well, or leave this one without CORS headers in its backend",
		}))
	}
	return n
}
