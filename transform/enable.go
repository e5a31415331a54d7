package transform

import (
	"errors"
	"fmt"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Enable returns the document with CORS enabled for a REST API under a policy.
//
// With an error there is no result. Errors are, several of them joined,
//
//   - mistakes in the policy: [*policy.Error], [ErrNoOrigin], [*OriginsError],
//     [*RawError];
//   - mistakes in the options: [*SettingError], [*SelectionError];
//   - parts that cannot be read and edits that are refused: [*PlaceError].
func Enable(d *Document, p policy.Policy, o Options) (*Result, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := errors.Join(p.Validate(), o.Emit.validate()); err != nil {
		return nil, err
	}
	if err := errors.Join(checkRaw(p), checkOrigins(p)); err != nil {
		return nil, err
	}
	plan := &plan{reading: read(d.root), notes: notes{file: d.file}, policy: p, options: o}
	chosen, err := o.Selection.choose(plan.author.Resources)
	if err != nil {
		return nil, err
	}
	plan.checkDocument()
	for _, r := range plan.author.Resources {
		plan.done = append(plan.done, plan.enable(r, chosen[r]))
	}
	plan.planGatewayResponses()
	return plan.result(d)
}

// checkRaw refuses raw expressions, which would be taken for derived values.
func checkRaw(p policy.Policy) error {
	var errs []error
	check := func(member, value string, raw bool) {
		if raw {
			errs = append(errs, &RawError{member, value})
		}
	}
	for _, list := range []struct {
		member string
		value  policy.Value[[]string]
	}{
		{"allowOrigins", p.AllowOrigins},
		{"allowMethods", p.AllowMethods},
		{"allowHeaders", p.AllowHeaders},
		{"exposeHeaders", p.ExposeHeaders},
	} {
		value, raw := list.value.Raw()
		check(list.member, value, raw)
	}
	value, raw := p.MaxAge.Raw()
	check("maxAge", value, raw)
	value, raw = p.AllowCredentials.Raw()
	check("allowCredentials", value, raw)
	return errors.Join(errs...)
}

// checkOrigins refuses origins that one fixed header cannot say.
func checkOrigins(p policy.Policy) error {
	if !p.AllowOrigins.IsSet() {
		return ErrNoOrigin
	}
	origins, ok := p.AllowOrigins.Literal()
	if !ok {
		return nil // a raw expression, which has been refused
	}
	if len(origins) != 1 {
		return &OriginsError{origins}
	}
	switch origin, err := policy.ParseOrigin(origins[0]); {
	case err != nil:
		return err
	case origin.Form != policy.OriginExact && origin.Form != policy.OriginAny:
		return &OriginsError{origins}
	}
	return nil
}

// enable plans one resource and tells what becomes of it.
func (p *plan) enable(r *model.Resource, chosen bool) Resource {
	done := Resource{Path: r.Path}
	if !chosen {
		p.grantEarlier(r)
		done.Outcome = Unselected
		return done
	}
	if reason := p.leaveAlone(r); reason != "" {
		p.grantEarlier(r)
		done.Outcome, done.Reason = Skipped, reason
		return done
	}
	methods := p.options.Selection.methods(r)
	switch {
	case len(methods) > 0:
		p.enableMethods(r, methods, &done)
	case len(r.Methods()) > 0:
		p.grantEarlier(r)
		done.Outcome, done.Reason = Skipped, "it has none of the selected methods"
	default:
		// What was generated when it still had methods goes.
		p.wish(r, nil)
		done.Outcome, done.Reason = Skipped, "it has no method"
		if r.Options() != nil {
			done.Reason = "it has no method but OPTIONS"
		}
	}
	return done
}

// leaveAlone notes or refuses a resource that cannot be enabled, and tells why in
// a few words; it returns nothing for one that can.
func (p *plan) leaveAlone(r *model.Resource) string {
	item, opaque := r.Opaque()
	switch {
	case opaque && item.Ref != "":
		p.refused = append(p.refused, &PlaceError{
			File:     p.file.Name,
			Position: p.file.Position(item.Node.Start),
			Message:  fmt.Sprintf("%s refers to %q, so it is not here that it can be edited", item.Key, item.Ref),
			Hint:     "enable CORS where it refers to, and leave it alone here: --exclude " + r.Path,
		})
		return item.Opaque
	case opaque:
		p.warn(ruleNotUnderstood, here(item.Node, item.Pointer),
			fmt.Sprintf("%s is left alone: %s", item.Key, item.Opaque), "enable CORS in what it stands for, or exclude it")
		return item.Opaque
	}
	if member, item := p.editedByHand(r); item != nil {
		p.fail(ruleGeneratedEdited, here(item.Node.Get(extensions.NameCORS), item.Pointer.Child(extensions.NameCORS)),
			fmt.Sprintf("the generated block of %s and its generated OPTIONS disagree in %s, so one of them was edited by hand; %s is left alone", r.Path, member, r.Path),
			fmt.Sprintf("delete options and %s but not %s to have them generated anew, or take both out of %s to keep them as your own",
				extensions.NameCORS, model.MarkName, model.MarkName))
		return "what was generated was edited by hand"
	}
	return ""
}

// enableMethods plans a resource for some of its methods.
func (p *plan) enableMethods(r *model.Resource, methods []*model.Method, done *Resource) {
	p.checkTwins(r)
	p.checkBlocks(r)
	e := p.policy.For(p.author, r, methods)
	if p.policy.AllowMethods.Kind() != policy.KindLiteral {
		e.Methods = p.options.Selection.names(e.Methods)
	}
	drafts := map[*model.PathItem]*draft{}
	for _, item := range r.Items {
		drafts[item] = &draft{}
	}
	done.Outcome, done.Origin = Enabled, e.Origin
	if p.planOptions(r, drafts[r.Home()], e, done) {
		p.planMethods(r, drafts, methods, e, done)
		p.grants = append(p.grants, grantOf(e))
	}
	p.wish(r, drafts)
}

// checkTwins notes methods that both /x and /x/ have: API Gateway takes the two
// for one resource, and the import fails.
func (p *plan) checkTwins(r *model.Resource) {
	seen := map[string]bool{}
	for _, item := range r.Items {
		methods := item.Methods
		if item.Options != nil {
			methods = append([]*model.Method{item.Options}, methods...)
		}
		for _, m := range methods {
			if seen[m.Name] {
				p.fail(ruleDuplicateMethod, here(m.Key, m.Pointer),
					fmt.Sprintf("%s stands on two paths that are one resource for API Gateway, %s, so the import fails", m.Name, r.Path), "keep one of them")
			}
			seen[m.Name] = true
		}
	}
}

// wish turns what is wanted of a resource into wishes. Without anything wanted,
// what was generated goes.
func (p *plan) wish(r *model.Resource, drafts map[*model.PathItem]*draft) {
	for _, item := range r.Items {
		own, w := p.owner(item.Pointer, item.Node), drafts[item]
		if w == nil {
			own, w = own.withAllOfOptions(), &draft{}
		}
		p.wishes = append(p.wishes, own.reconcile(w, p.author.Hidden)...)
	}
}
