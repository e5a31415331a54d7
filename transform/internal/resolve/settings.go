package resolve

import (
	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Resources returns what holds for each chosen resource, and every mistake that
// is in the way of that. At least one of them must be given an origin. flags is the
// strongest source.
func Resources(d *model.Document, flags policy.Policy, o Options, chosen map[*model.Resource]bool) (map[*model.Resource]*Setting, []rules.Finding, error) {
	sources, err := readSources(flags, o, d)
	if err != nil {
		return nil, nil, err
	}
	found := append(checkEntries(sources.file, d.Resources), checkElsewhere(d, chosen)...)
	settings := map[*model.Resource]*Setting{}
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
	}
	return settings, found, errs.join()
}

// unreadBlock returns why the CORS object at the root cannot be read, if there is one that
// cannot.
func unreadBlock(d *model.Document) error {
	n := d.Hidden.Get(d.Root, extensions.NameCORS)
	if n == nil || !isElsewhere(n) {
		return nil
	}
	return d.Root.File.Fault(n.Start, extensions.NameCORS+" is a CloudFormation intrinsic, so it is not read", "write it out, with intrinsics for single values")
}

// Effective returns the policy for the selected methods of a resource.
func (s *Setting) Effective(d *model.Document, r *model.Resource, selected Selection) derive.Effective {
	e := derive.ForResource(s.Policy, d, r, selected.Of(r))
	if names, ok := e.AllowMethods.Literal(); ok && s.Policy.AllowMethods.Kind() != policy.KindLiteral {
		e.AllowMethods = policy.Literal(selected.Names(names))
	}
	return e
}
