package resolve

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Resources returns what holds for each chosen resource, and every mistake that
// is in the way of that. At least one of them must be given an origin. flags is the
// strongest source.
func Resources(d *model.Document, flags policy.Policy, o Options, chosen map[*model.Resource]bool) (map[*model.Resource]*EffectivePolicy, []rules.Finding, error) {
	sources, err := readSources(flags, o, d)
	if err != nil {
		return nil, nil, err
	}
	found := slices.Concat(checkEntries(sources.file, d.Resources), checkElsewhere(d, chosen), sources.withoutBrokenRoot(d))
	settings := map[*model.Resource]*EffectivePolicy{}
	var errs mistakes
	anyOrigin := flags.AllowOrigins.IsSet()
	anyWithout := len(d.Resources) == 0
	for _, r := range d.Resources {
		if !chosen[r] {
			continue
		}
		set, err := sources.of(r)
		errs.add(err)
		errs.add(set.Validate())
		settings[r] = &set
		if set.Off == "" && len(r.Methods()) > 0 {
			anyOrigin = anyOrigin || set.Policy.AllowOrigins.IsSet()
			anyWithout = anyWithout || !set.Policy.AllowOrigins.IsSet()
		}
	}
	if len(errs.list) == 0 && anyWithout && !anyOrigin {
		errs.add(ErrNoOrigin)
		errs.add(unreadBlock(d))
		errs.add(sources.broken)
	}
	return settings, found, errs.join()
}

// withoutBrokenRoot lets a CORS object at the root go that has mistakes in it, and returns the
// finding: a REST API ignores it, so it stops nobody who is allowed by another source.
func (s *sources) withoutBrokenRoot(d *model.Document) []rules.Finding {
	if s.root == nil || s.root.err == nil {
		return nil
	}
	s.broken, s.root = s.root.err, nil
	n := d.Root.Get(extensions.NameCORS)
	var found []rules.Finding
	for mistake := range policy.All(s.broken) {
		found = append(found, rules.Finding{
			Rule: rules.NotUnderstood, At: rules.At(n, model.ConfigurationPointer),
			Message: fmt.Sprintf("%s at the root is no source of the policy: %s: %q is not valid", extensions.NameCORS, cmp.Or(mistake.Member, "a member"), mistake.Value),
			Hint:    mistake.Remedy,
		})
	}
	return found
}

// unreadBlock returns why the CORS object at the root cannot be read, if there is one that
// cannot.
func unreadBlock(d *model.Document) error {
	n := d.Hidden.Get(d.Root, extensions.NameCORS)
	if n == nil || !model.IsElsewhere(n) {
		return nil
	}
	return d.Root.File.Fault(n.Start, extensions.NameCORS+" is a CloudFormation intrinsic, so it is not read", "write it out, with intrinsics for single values")
}

// Effective returns the policy for the selected methods of a resource.
func (s *EffectivePolicy) Effective(d *model.Document, r *model.Resource, selected Selection) derive.Effective {
	e := derive.ForResource(s.Policy, d, r, selected.Of(r))
	if names, ok := e.AllowMethods.Literal(); ok && s.Policy.AllowMethods.Kind() != policy.KindLiteral {
		e.AllowMethods = policy.Literal(selected.Names(names))
	}
	return e
}
