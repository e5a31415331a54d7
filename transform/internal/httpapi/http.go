// Package httpapi plans what a document for an HTTP API must hold, so that browsers'
// requests succeed as a policy allows: the CORS configuration at its root, which answers
// preflight requests by itself, and the routes without which they would not reach it. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
package httpapi

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/outcome"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/record"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Enable plans a document in which CORS is enabled.
func Enable(in Input) outcome.Plan {
	d := in.Doc.HandWritten
	p := outcome.Plan{Drafts: empty(d)}
	if in.Policy.Off != "" {
		p.Resources = routes(d, outcome.Off, in.Policy.Off)
		return p
	}
	configured := planConfiguration(in, p.Drafts.Root, record.FormIn(in.Doc.Root.File))
	p.Add(configured.Notes)
	if !configured.holds {
		p.Resources = routes(d, outcome.Kept, "the author's configuration lets other origins in")
		return p
	}
	removed, why := checkRoutes(in)
	p.Add(why)
	if in.Routes != IgnoreRoutes {
		routes := planOptionsRoutes(in, removed, &p.Drafts)
		p.Add(routes.Notes)
		p.Left = slices.DeleteFunc(p.Left, func(at source.Pointer) bool { return routes.relieved[at] })
	}
	p.Add(removeOptions(in, removed, &p.Drafts))
	p.Add(checkTerraform(in.Doc))
	p.Resources = routes(d, outcome.Enabled, "")
	return p
}

// Disable plans a document without what was generated.
func Disable(doc *own.Reading) outcome.Plan {
	d := doc.HandWritten
	p := outcome.Plan{Drafts: empty(d), Notes: outcome.Found(checkLeftOver(d)...)}
	for _, r := range d.Resources {
		p.Resources = append(p.Resources, outcome.Resource{Path: r.Path, Kind: outcome.Disabled})
	}
	return p
}

// empty returns drafts that ask for nothing, so that what was generated goes.
func empty(d *model.Document) own.Drafts {
	drafts := own.Drafts{Root: &own.Draft{}}
	for _, r := range d.Resources {
		for _, item := range r.Items {
			drafts.Of(item)
		}
	}
	return drafts
}

// routes tells what became of the routes: one thing for all of them.
func routes(d *model.Document, kind outcome.Kind, reason string) []outcome.Resource {
	var list []outcome.Resource
	for _, r := range d.Resources {
		one := outcome.Resource{Path: r.Path, Kind: kind, Reason: reason}
		if len(r.Methods()) == 0 {
			one.Kind, one.Reason = outcome.Skipped, "it has no route"
		}
		list = append(list, one)
	}
	return list
}

// IsConfigured reports whether something of an HTTP API was generated: its CORS
// configuration, or a route to a backend.
func IsConfigured(doc *own.Reading) bool {
	if doc.OwnsRoutes() {
		return true
	}
	for _, r := range doc.HandWritten.Resources {
		for _, item := range r.Items {
			whole := doc.Whole(item)
			if whole != nil && whole.Options != nil && doc.PartOf(item).OwnsOptions() && responses.ResponderOf(whole.Options) != responses.Mock {
				return true
			}
		}
	}
	return false
}

// checkLeftOver returns a finding about members of a hand-written configuration that stay
// behind without origins: there were none, or generated ones had replaced them.
func checkLeftOver(d *model.Document) []rules.Finding {
	n := d.Hidden.Get(d.Root, extensions.NameCORS)
	if n == nil || len(d.Hidden.Members(n)) == 0 || d.Hidden.Get(n, policy.MemberAllowOrigins) != nil {
		return nil
	}
	return []rules.Finding{{
		Rule: rules.ConfigurationWithoutOrigin, At: rules.At(n, model.ConfigurationPointer),
		Message: extensions.NameCORS + " is left without allowOrigins, so it lets nobody in",
		Hint:    "name the origins in it, or take it out",
	}}
}
