package transform

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/policyread"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// enableHTTP plans the configuration of an HTTP API, which answers preflights by
// itself, and the routes without which they would not reach it. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
func (p *plan) enableHTTP(set *apiSetting) {
	var root draft
	drafts := drafts{}
	switch {
	case set.off != "":
		p.finish(Off, set.off)
	case !p.planConfiguration(&root, set):
		p.finish(Kept, "the author's configuration lets other origins in")
	default:
		p.checkRoutes(set.existing)
		p.planOptionsRoutes(&root, drafts)
		p.takeOutOptions(&root, drafts)
		p.checkTerraform()
		p.finish(Enabled, "")
	}
	p.wishRoot(&root)
	for _, r := range p.author.Resources {
		p.wish(r, drafts)
	}
}

// finish tells what became of the routes: one thing for all of them.
func (p *plan) finish(o Outcome, reason string) {
	for _, r := range p.author.Resources {
		done := Resource{Path: r.Path, Outcome: o, Reason: reason}
		if len(r.Methods()) == 0 {
			done.Outcome, done.Reason = Skipped, "it has no route"
		}
		p.done = append(p.done, done)
	}
}

// apiSetting is what holds for an HTTP API.
type apiSetting struct {
	setting
	named   policy.Resolved // what is said apart from the author's configuration
	unadded []string        // headers to add to a list of the author's, which stays as it is
}

// settingOfAPI returns what holds for an HTTP API, and every mistake that stands in
// the way of that. Sources that speak of some routes only are among those.
func (p *plan) settingOfAPI(flags policy.Policy, chosen map[*model.Resource]bool) (*apiSetting, error) {
	if err := p.options.Selection.checkWhole(p.routes(), chosen); err != nil {
		return nil, err
	}
	sources, err := readSources(flags, p.options, p.author)
	if err != nil {
		return nil, err
	}
	p.checkRules(sources.file)
	sources.root = nil // it is no source among others: it is what is merged with
	var first *setting
	var of *model.Resource
	errs := mistakes{}
	for _, r := range p.routes() {
		set, err := sources.of(r)
		switch {
		case err != nil:
			errs.add(err)
		case first == nil:
			first, of = &set, r
		default:
			errs.add(p.differing(sources.file, of, first, r, &set))
		}
	}
	if err := errs.join(); err != nil {
		return nil, err
	}
	return p.mergedSetting(*first)
}

// mergedSetting puts the author's configuration among the sources: the weakest, and
// with complete the strongest of them. What gives way says nothing.
func (p *plan) mergedSetting(named setting) (*apiSetting, error) {
	api := &apiSetting{setting: named, named: named.Resolved}
	api.existing = p.existing(&named)
	if api.off != "" {
		return api, nil
	}
	n := p.configuration()
	if n != nil && !n.IsNull() && !api.existing.Replaces() {
		if why := model.Closed(n); why != "" {
			return nil, p.file.Fault(n.Start, fmt.Sprintf("%s is %s, so nothing can be merged into it", extensions.NameCORS, why),
				"write it out, with intrinsics for single values, or put another in its place: --existing replace")
		}
		own := &policy.Source{Name: "block of the document", File: p.file.Name}
		read, err := policyread.ReadConfiguration(n, p.author.Hidden)
		if err != nil {
			return nil, err
		}
		own.Layer = read.Layer
		if api.existing == policy.ExistingComplete {
			api.Resolved = policy.Resolve(append([]*policy.Source{own}, named.sources...))
		} else {
			api.Resolved = policy.Resolve(append(named.sources, own))
		}
	}
	if from := api.From[policy.MemberAllowHeaders]; from != nil && named.From[policy.MemberAllowHeaders] == nil {
		// No mark can list a part of a list.
		api.unadded, api.Policy.AddHeaders = named.Policy.AddHeaders, nil
		delete(api.From, policy.MemberAddHeaders)
	}
	if err := api.ValidateForHTTP(); err != nil {
		return nil, err
	}
	if !api.Policy.AllowOrigins.IsSet() {
		return nil, ErrNoOrigin
	}
	return api, nil
}

// routes returns the resources that have a method, or else one that stands for the
// whole API.
func (p *plan) routes() []*model.Resource {
	var routes []*model.Resource
	for _, r := range p.author.Resources {
		if len(r.Methods()) > 0 {
			routes = append(routes, r)
		}
	}
	if len(routes) == 0 {
		return []*model.Resource{{Path: "/"}}
	}
	return routes
}

// differing reports what two routes are told differently.
func (p *plan) differing(file *policy.File, a *model.Resource, sa *setting, b *model.Resource, sb *setting) error {
	var errs mistakes
	onePolicy := func(file, member, path string, at finding.Position) {
		errs.add(&policy.Error{
			File: file, Position: at, Member: member, Value: path, Reason: policy.ReasonHTTPOnePolicy,
			Remedy: "say it for the API as a whole, or take it out",
		})
	}
	byRule := func(member string) {
		rule, path := file.EntryFor(b.Path), b.Path
		if rule == nil {
			rule, path = file.EntryFor(a.Path), a.Path
		}
		onePolicy(file.Name, member, path, rule.Position)
	}
	switch isOff := sb.off != ""; {
	case isOff != (sa.off != ""):
		byRule("enabled")
		return errs.join()
	case isOff:
		return nil
	case p.existing(sa) != p.existing(sb):
		byRule("existing")
	}
	for _, member := range sa.Policy.Differing(sb.Policy) {
		from, path := sb.From[member], b.Path
		if from == nil || !from.OfResource {
			from, path = sa.From[member], a.Path
		}
		onePolicy(from.File, member, path, from.Places[member])
	}
	return errs.join()
}
