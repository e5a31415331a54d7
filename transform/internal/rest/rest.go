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
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
)

// Enable plans a document in which CORS is enabled.
func Enable(in Input) outcome.Plan {
	d := in.Doc.HandWritten
	var p outcome.Plan
	var grants []grant
	form := record.FormIn(in.Doc.Root.File)
	for _, r := range d.Resources {
		planned := planResource(in, form, r)
		p.Resources = append(p.Resources, planned.outcome)
		grants = append(grants, planned.grants...)
		p.Add(planned.Notes)
		for item, draft := range planned.drafts.Items {
			*p.Drafts.Of(item) = *draft
		}
		p.Drafts.AddSnippets(planned.drafts.Snippets)
	}
	p.Add(checkFallbacks(in, p.Resources))
	p.Add(outcome.Found(rules.DeniedPreflights(d, enabledOf(d, p.Resources))...))
	gateway := planGateway(in, form, grants)
	p.Add(gateway.Notes)
	p.Drafts.Root, p.Gateway = &gateway.draft, gateway.headers
	return p
}

// Disable plans a document without what was generated in the chosen resources. The gateway
// responses go with the last resource; until then they are those of the resources that
// remain.
func Disable(doc *own.Reading, chosen map[*model.Resource]bool) outcome.Plan {
	var p outcome.Plan
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
	p.Found, p.Refused = gateway.Found, gateway.Refused
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
func checkFallbacks(in Input, done []outcome.Resource) outcome.Notes {
	d := in.Doc.HandWritten
	enabled := map[*model.Resource]bool{}
	for i, one := range done {
		enabled[d.Resources[i]] = one.Kind == outcome.Enabled
	}
	routes := responses.RoutePreflightsWith(d, model.REST, responses.PlannedOptions{Added: func(r *model.Resource) bool { return enabled[r] }})
	var n outcome.Notes
	for _, r := range d.Resources {
		if set := in.Policies[r]; set == nil || set.Off == "" || len(r.Methods()) == 0 {
			continue
		}
		fallback := routes.Fallback(r)
		if fallback == nil || !enabled[fallback] {
			continue
		}
		item := r.Home()
		n.Add(outcome.Found(rules.Finding{
			Rule: rules.ProxyHandlesDisabled, At: rules.At(item.Node, item.Pointer),
			Message: fmt.Sprintf("%s is switched off, but preflights for it are answered by the OPTIONS of %s, which is enabled", r.Path, fallback.Path),
			Hint:    "switch that off as well, or leave this one without CORS headers in its backend",
		}))
	}
	return n
}
