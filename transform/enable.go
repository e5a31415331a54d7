package transform

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Enable returns the document with CORS enabled, for a REST API or an HTTP API. p is
// the strongest of the sources that say who may call, and may say nothing: the policy
// file of the options, the blocks in the document and the defaults come after it,
// member by member.
//
// With an error there is no result. Errors are, several of them joined,
//
//   - mistakes in a policy: [*policy.Error], [ErrNoOrigin];
//   - mistakes in the options: [*SettingError], [*SelectionError], [*ProfileError],
//     and [*TargetError] where they have to say what the document is for;
//   - parts that cannot be read and edits that are refused: [*PlaceError].
func Enable(d *Document, p policy.Policy, o Options) (*Result, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	plan := newPlan(d, o)
	chosen, err := plan.choose(p)
	if err != nil {
		return nil, err
	}
	if plan.target.API == HTTP {
		set, err := plan.settingOfAPI(p, chosen)
		if err != nil {
			return nil, err
		}
		plan.checkDocument()
		plan.enableHTTP(set)
		return plan.result(d)
	}
	settings, err := plan.settings(p, chosen)
	if err != nil {
		return nil, err
	}
	plan.checkDocument()
	plan.enableREST(settings)
	return plan.result(d)
}

// choose tells which kind of API the document is for, and which resources the options
// choose.
func (p *plan) choose(flags policy.Policy) (map[*model.Resource]bool, error) {
	if err := errors.Join(flags.Validate(), p.options.validate()); err != nil {
		return nil, err
	}
	if err := p.chooseTarget(); err != nil {
		return nil, err
	}
	return p.options.Selection.choose(p.author.Resources)
}

func (p *plan) enableREST(settings map[*model.Resource]*setting) {
	for _, r := range p.author.Resources {
		p.done = append(p.done, p.enable(r, settings[r]))
	}
	p.checkCatchAlls(settings)
	p.checkResourcePolicy()
	p.planGatewayResponses()
}

// checkResourcePolicy notes that the resource policy keeps preflights out.
func (p *plan) checkResourcePolicy() {
	var enabled []*model.Resource
	for i, done := range p.done {
		if done.Outcome == Enabled || done.Outcome == Kept {
			enabled = append(enabled, p.author.Resources[i])
		}
	}
	if message, hint := answers.DeniedPreflights(p.author, enabled).Say(); message != "" {
		p.fail(rulePreflightDenied, here(p.root.Get(extensions.NamePolicy), source.Pointer("").Child(extensions.NamePolicy)), message, hint)
	}
}

// settings returns what holds for each chosen resource, and every mistake that
// stands in the way of that. At least one of them must be given an origin.
func (p *plan) settings(flags policy.Policy, chosen map[*model.Resource]bool) (map[*model.Resource]*setting, error) {
	sources, err := readSources(flags, p.options, p.author)
	if err != nil {
		return nil, err
	}
	p.checkRules(sources.file)
	p.checkElsewhere(chosen)
	settings := map[*model.Resource]*setting{}
	var errs mistakes
	anyOrigin := flags.AllowOrigins.IsSet()
	anyWithout := len(p.author.Resources) == 0
	for _, r := range p.author.Resources {
		if !chosen[r] {
			continue
		}
		set, err := sources.of(r)
		errs.add(err)
		errs.add(set.Validate())
		settings[r] = &set
		if set.off == "" && len(r.Methods()) > 0 {
			anyOrigin = anyOrigin || set.Policy.AllowOrigins.IsSet()
			anyWithout = anyWithout || !set.Policy.AllowOrigins.IsSet()
		}
	}
	if len(errs.list) == 0 && anyWithout && !anyOrigin {
		errs.add(ErrNoOrigin)
		errs.add(p.unreadBlock())
	}
	return settings, errs.join()
}

// unreadBlock returns why the block at the root says nothing, if it has something to
// say.
func (p *plan) unreadBlock() error {
	n := p.author.Hidden.Get(p.root, extensions.NameCORS)
	if n == nil || !isElsewhere(n) {
		return nil
	}
	return p.file.Fault(n.Start, extensions.NameCORS+" is a CloudFormation intrinsic, so it is not read", "write it out, with intrinsics for single values")
}

// mistakes are errors, each once: resources share the sources of their policies.
type mistakes struct {
	list []error
	seen map[string]bool
}

func (m *mistakes) add(err error) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			m.add(e)
		}
		return
	}
	if err == nil || m.seen[err.Error()] {
		return
	}
	if m.seen == nil {
		m.seen = map[string]bool{}
	}
	m.seen[err.Error()] = true
	m.list = append(m.list, err)
}

func (m *mistakes) join() error { return errors.Join(m.list...) }

// enable plans one resource and tells what becomes of it.
func (p *plan) enable(r *model.Resource, set *setting) Resource {
	done := Resource{Path: r.Path}
	if set == nil {
		p.grantEarlier(r)
		done.Outcome = Unselected
		return done
	}
	switch {
	case set.off != "":
		p.wish(r, nil)
		done.Outcome, done.Reason = Off, set.off
		return done
	case !set.Policy.AllowOrigins.IsSet() && len(r.Methods()) > 0:
		p.noOrigin(r)
		p.wish(r, nil)
		done.Outcome, done.Reason = Skipped, "nothing says which origin may call it"
		return done
	}
	if reason := p.leaveAlone(r, set); reason != "" {
		p.grantEarlier(r)
		done.Outcome, done.Reason = Skipped, reason
		return done
	}
	methods := p.options.Selection.methods(r)
	switch {
	case len(methods) > 0:
		p.enableMethods(r, methods, set, &done)
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

func (p *plan) noOrigin(r *model.Resource) {
	item := r.Home()
	p.warn(ruleNoOrigin, here(item.Node, item.Pointer),
		fmt.Sprintf("nothing says which origin may call %s, so CORS is not enabled for it", r.Path),
		"name one in its block, in the policy file or with --allow-origin, or exclude it")
}

// leaveAlone notes or refuses a resource that cannot be enabled, and tells why in
// a few words; it returns nothing for one that can. One for which nobody asked is
// not refused.
func (p *plan) leaveAlone(r *model.Resource, set *setting) string {
	item, opaque := r.Opaque()
	switch {
	case opaque && !set.Policy.AllowOrigins.IsSet():
		return item.Opaque
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
func (p *plan) enableMethods(r *model.Resource, methods []*model.Method, set *setting, done *Resource) {
	p.checkTwins(r)
	e := p.effective(r, methods, set)
	p.review(methods, set)
	p.checkHeaders(r, methods, e)
	w := &work{resource: r, effective: e, needed: p.neededHeaders(r, methods, set, e), existing: p.existing(set), drafts: drafts{}, goes: map[*model.IntegrationResponse]bool{}}
	for _, item := range r.Items {
		w.drafts.of(item)
	}
	done.Outcome = Enabled
	if p.planOptions(w, done) {
		p.planMethods(w, methods, done)
		p.grants = append(p.grants, grantOf(answers.ActualOf(e)))
	}
	p.checkOwnBlock(r, e)
	p.wish(r, w.drafts)
}

// checkHeaders notes methods that no page can call as they ask for it, because the policy names
// the headers that may be sent and leaves out one that they require.
func (p *plan) checkHeaders(r *model.Resource, methods []*model.Method, e derive.Effective) {
	allowed, isList := e.AllowHeaders.Literal()
	if !isList && e.AllowHeaders.Kind() != policy.KindNone {
		return // only a deployment tells
	}
	credentials, _ := e.AllowCredentials.Literal()
	have := answers.Headers{answers.Fixed(answers.AllowHeaders, strings.Join(allowed, ","))}
	selected := map[*model.Method]bool{}
	for _, m := range methods {
		selected[m] = true
	}
	for _, item := range r.Items {
		for _, m := range item.Methods {
			if !selected[m] {
				continue
			}
			needed := derive.RequiredHeaders(p.author, item, m)
			if missing := answers.Missing(have, answers.AllowHeaders, needed, credentials); len(missing) > 0 {
				p.fail(ruleHeaderNotAllowed, here(m.Key, m.Pointer),
					fmt.Sprintf("%s %s requires %s, which allowHeaders of the policy leaves out", m.Name, r.Path, strings.Join(missing, ", ")),
					"add it with --add-header, or leave allowHeaders out, so that it is derived")
			}
		}
	}
}

// effective works out the policy for some methods of a resource.
func (p *plan) effective(r *model.Resource, methods []*model.Method, set *setting) derive.Effective {
	e := derive.ForResource(set.Policy, p.author, r, methods)
	if names, ok := e.AllowMethods.Literal(); ok && set.Policy.AllowMethods.Kind() != policy.KindLiteral {
		e.AllowMethods = policy.Literal(p.options.Selection.names(names))
	}
	return e
}

// work is a resource that is being enabled.
type work struct {
	resource  *model.Resource
	effective derive.Effective
	needed    []string // request headers that an OPTIONS of the author's has to allow
	existing  policy.Existing
	drafts    drafts
	goes      map[*model.IntegrationResponse]bool // whose headers have nothing to take their place
}

// neededHeaders returns the request headers that somebody names, else those that methods
// cannot do without. What the console allows beside them nobody asks of an author.
func (p *plan) neededHeaders(r *model.Resource, methods []*model.Method, set *setting, e derive.Effective) []string {
	if names, ok := e.AllowHeaders.Literal(); ok && set.From[policy.MemberAllowHeaders] != nil {
		return names
	}
	return append(derive.NeededHeaders(p.author, r, methods), set.Policy.AddHeaders...)
}

// existing returns what becomes of what the author of a resource already has. The
// command line is the strongest.
func (p *plan) existing(set *setting) policy.Existing {
	return cmp.Or(p.options.Existing, set.existing)
}

// checkTwins notes methods that both /x and /x/ have: API Gateway takes the two
// for one resource, and the import fails.
func (p *plan) checkTwins(r *model.Resource) {
	seen := map[string]bool{}
	for _, item := range r.Items {
		for _, m := range item.All() {
			if seen[m.Name] {
				p.fail(ruleDuplicateMethod, here(m.Key, m.Pointer),
					fmt.Sprintf("%s stands on two paths that are one resource for API Gateway, %s, so the import fails", m.Name, r.Path), "keep one of them")
			}
			seen[m.Name] = true
		}
	}
}

// wishRoot turns what is wanted of the root of the document into wishes.
func (p *plan) wishRoot(w *draft) {
	p.wishes = append(p.wishes, p.owner("", p.root).withAllOfRoutes(w).reconcile(w, p.author.Hidden)...)
}

// wish turns what is wanted of a resource into wishes. Without anything wanted,
// what was generated goes.
func (p *plan) wish(r *model.Resource, drafts drafts) {
	for _, item := range r.Items {
		own, w := p.owner(item.Pointer, item.Node), drafts[item]
		if w == nil {
			own, w = own.withAllOfOptions(), &draft{}
		}
		p.wishes = append(p.wishes, own.reconcile(w, p.author.Hidden)...)
		p.wishes = append(p.wishes, p.spliceTemplates(item)...)
	}
}
