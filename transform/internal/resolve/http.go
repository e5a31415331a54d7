package resolve

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/policyread"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// APIPolicy is what holds for an HTTP API, which has one policy for all routes.
type APIPolicy struct {
	EffectivePolicy
	Named   policy.Resolved // what is named apart from the existing configuration
	Unadded []string        // headers to add to an existing list, which stays as it is
}

// Names reports whether a source other than the existing configuration has a member.
func (s *APIPolicy) Names(member string) bool { return s.Named.From[member] != nil }

// API returns what holds for an HTTP API, and every mistake that is in
// the way of that. Sources that are about some routes only are among those.
func API(d *model.Document, flags policy.Policy, o Options, chosen map[*model.Resource]bool) (*APIPolicy, []rules.Finding, error) {
	if err := o.Selection.CheckWhole(Routes(d), chosen); err != nil {
		return nil, nil, err
	}
	sources, err := readSources(flags, o, d)
	if err != nil {
		return nil, nil, err
	}
	sources.root = nil // it is no source among others: it is what is merged with
	var first *EffectivePolicy
	var of *model.Resource
	errs := mistakes{}
	for _, r := range Routes(d) {
		set, err := sources.of(r)
		switch {
		case err != nil:
			errs.add(err)
		case first == nil:
			first, of = &set, r
		default:
			errs.add(differing(sources.file, of, first, r, &set))
		}
	}
	if err := errs.join(); err != nil {
		return nil, nil, err
	}
	merged, err := merged(d, *first)
	return merged, checkEntries(sources.file, d.Resources), err
}

// merged puts the existing configuration among the sources: the weakest, and
// with complete the strongest of them. One that is replaced is none.
func merged(d *model.Document, named EffectivePolicy) (*APIPolicy, error) {
	api := &APIPolicy{EffectivePolicy: named, Named: named.Resolved}
	if api.Off != "" {
		return api, nil
	}
	n := d.Hidden.Get(d.Root, extensions.NameCORS)
	if n != nil && !n.IsNull() && !api.Existing.Replaces() {
		if why := model.Closed(n); why != "" {
			return nil, d.Root.File.Fault(n.Start, fmt.Sprintf("%s is %s, so nothing can be merged into it", extensions.NameCORS, why),
				"write it out, with intrinsics for single values, or put another in its place: --existing replace")
		}
		own := &policy.Source{Name: "block of the document", File: d.Root.File.Name}
		read, err := policyread.ReadConfiguration(n, d.Hidden)
		if err != nil {
			return nil, err
		}
		own.Layer = read.Layer
		if api.Existing == policy.ExistingComplete {
			api.Resolved = policy.Resolve(append([]*policy.Source{own}, named.sources...))
		} else {
			api.Resolved = policy.Resolve(append(named.sources, own))
		}
	}
	if from := api.From[policy.MemberAllowHeaders]; from != nil && named.From[policy.MemberAllowHeaders] == nil {
		// No mark can list a part of a list.
		api.Unadded, api.Policy.AddHeaders = named.Policy.AddHeaders, nil
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

// Routes returns the resources that have a method, or else one for the whole API.
func Routes(d *model.Document) []*model.Resource {
	var routes []*model.Resource
	for _, r := range d.Resources {
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
func differing(file *policy.File, a *model.Resource, sa *EffectivePolicy, b *model.Resource, sb *EffectivePolicy) error {
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
	switch isOff := sb.Off != ""; {
	case isOff != (sa.Off != ""):
		byRule("enabled")
		return errs.join()
	case isOff:
		return nil
	case sa.Existing != sb.Existing:
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
