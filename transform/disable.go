package transform

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Disable returns the document without what was generated in the selected
// resources. It needs no policy: the marks say what was generated, and what they
// do not list stays. Of a document that Enable gave, Disable gives back what
// Enable was given, byte for byte, but for responses that were inlined and for what of
// the author's gave way.
//
// Of an HTTP API, all is taken out at once.
//
// The gateway responses go with the last resource; until then they are computed
// anew for the resources that remain. Methods of a resource cannot be selected.
// For errors see [Enable].
func Disable(d *Document, s Selection) (*Result, error) {
	d.read.Lock()
	defer d.read.Unlock()
	if len(s.Methods) > 0 {
		return nil, &SettingError{Key: "method", Value: s.Methods[0], Accepted: []string{"none: a resource is disabled as a whole"}}
	}
	plan := newPlan(d, Options{})
	chosen, err := s.choose(plan.author.Resources)
	if err != nil {
		return nil, err
	}
	plan.checkMarks()
	if plan.isConfigured() {
		return plan.disableHTTP(d, s, chosen)
	}
	plan.target = Target{API: REST, Given: true}
	for _, r := range plan.author.Resources {
		plan.done = append(plan.done, plan.disable(r, chosen[r]))
	}
	if root := plan.owner("", d.read.Root); len(root.owned) == 0 {
		plan.options.Emit.GatewayResponses = GatewayResponsesNone
	}
	plan.planGatewayResponses()
	return plan.result(d)
}

// isConfigured reports whether something of an HTTP API was generated: its CORS
// configuration, or a route to a backend.
func (p *plan) isConfigured() bool {
	if slices.ContainsFunc(p.owner("", p.root).owned, func(at pointer) bool { return isIn(at, configurationPointer) || isIn(at, model.Base) }) {
		return true
	}
	for at, item := range p.whole {
		if o := item.Options; o != nil && p.owners[at].ownsOptions() && answers.AnswererOf(o) != answers.Mock {
			return true
		}
	}
	return false
}

// disableHTTP takes out what was generated for an HTTP API.
func (p *plan) disableHTTP(d *Document, s Selection, chosen map[*model.Resource]bool) (*Result, error) {
	if err := s.checkWhole(p.routes(), chosen); err != nil {
		return nil, err
	}
	p.target = Target{API: HTTP, Given: true}
	for _, r := range p.author.Resources {
		p.wish(r, nil)
		p.done = append(p.done, Resource{Path: r.Path, Outcome: Disabled})
	}
	p.wishRoot(&draft{})
	p.checkLeftOver()
	return p.result(d)
}

// checkLeftOver notes members of the author's configuration that stay behind without
// origins: there were none, or they gave way to generated ones.
func (p *plan) checkLeftOver() {
	n := p.author.Hidden.Get(p.root, extensions.NameCORS)
	if n != nil && len(p.author.Hidden.Members(n)) > 0 && p.author.Hidden.Get(n, policy.MemberAllowOrigins) == nil {
		p.warn(ruleConfigurationNoOrigin, here(n, configurationPointer),
			extensions.NameCORS+" is left without allowOrigins, so it lets nobody in",
			"name the origins in it, or take it out")
	}
}

// disable takes out what was generated in a resource.
func (p *plan) disable(r *model.Resource, chosen bool) Resource {
	done := Resource{Path: r.Path, Outcome: Unselected}
	switch {
	case !chosen:
		p.grantEarlier(r)
	case !p.isMarked(r) && !p.hasSnippet(r):
		done.Outcome, done.Reason = Skipped, "nothing was generated in it"
	default:
		p.wish(r, nil)
		done.Outcome = Disabled
	}
	return done
}

// hasSnippet reports whether a snippet stands in front of a template of a resource.
func (p *plan) hasSnippet(r *model.Resource) bool {
	return slices.ContainsFunc(r.Items, func(item *model.PathItem) bool { return len(p.spliceTemplates(item)) > 0 })
}

func (p *plan) isMarked(r *model.Resource) bool {
	return slices.ContainsFunc(r.Items, func(item *model.PathItem) bool {
		_, ok := p.owners[item.Pointer]
		return ok
	})
}
