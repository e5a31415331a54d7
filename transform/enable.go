package transform

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

type pointer = source.Pointer

// ErrNoOrigin tells that the policy names no origin. There is no default: an API
// is not opened because somebody forgot a flag.
var ErrNoOrigin = errors.New("no origin is allowed")

// Enable returns the document with CORS enabled for a REST API under a policy.
//
// Errors are of three kinds: mistakes in the policy ([*policy.Error], several
// joined), [ErrNoOrigin] or an [*OriginsError], or mistakes in the options
// ([*SettingError], [*SelectionError]); edits that are refused ([*PlaceError], several joined); and
// an internal one when the result fails its verification. With an error there is
// no result.
func Enable(d *Document, p policy.Policy, o Options) (*Result, error) {
	d.reading.Lock()
	defer d.reading.Unlock()
	if err := errors.Join(p.Validate(), o.Emit.validate()); err != nil {
		return nil, err
	}
	if !p.AllowOrigins.IsSet() {
		return nil, ErrNoOrigin
	}
	if err := onlyOneOrigin(p); err != nil {
		return nil, err
	}
	plan := newPlan(d, p, o)
	chosen, err := o.Selection.choose(plan.author.Resources)
	if err != nil {
		return nil, err
	}
	plan.checkVersion()
	for _, r := range plan.author.Resources {
		plan.enable(r, chosen[r])
	}
	return plan.result()
}

// OriginsError tells that a policy allows origins that one fixed header cannot
// say: several of them, or a pattern.
type OriginsError struct{ Origins []string }

func (e *OriginsError) Error() string {
	return fmt.Sprintf("a REST API is given one fixed origin or \"*\", and not %s", strings.Join(quotedAll(e.Origins), ", "))
}

func quotedAll(texts []string) []string {
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = strconv.Quote(text)
	}
	return out
}

func onlyOneOrigin(p policy.Policy) error {
	origins, _ := p.AllowOrigins.Literal()
	if len(origins) > 1 {
		return &OriginsError{origins}
	}
	for _, text := range origins {
		if origin, err := policy.ParseOrigin(text); err == nil && origin.Form != policy.OriginExact && origin.Form != policy.OriginAny {
			return &OriginsError{origins}
		}
	}
	return nil
}

// plan goes from a document and a policy to wishes.
type plan struct {
	notes
	doc     *Document
	policy  policy.Policy
	options Options
	author  *model.Document // without what is generated
	whole   *model.Document // with it
	root    owner
	items   map[pointer]owner
	grants  []grant
	wishes  []layout.Wish
	refused []error
	done    []Resource
}

func newPlan(d *Document, p policy.Policy, o Options) *plan {
	plan := &plan{
		notes:   notes{file: d.file},
		doc:     d,
		policy:  p,
		options: o,
		root:    readOwner("", d.root),
		items:   map[pointer]owner{},
	}
	hidden := model.Hidden{}
	plan.root.hide(hidden)
	for _, m := range d.root.Get("paths").Members() {
		if m.Value.Get(model.MarkName) != nil {
			own := readOwner(model.Base.Child(m.Name()), m.Value)
			own.hide(hidden)
			plan.items[own.pointer] = own
		}
	}
	plan.author = model.Read(d.root, hidden)
	plan.whole = plan.author
	if len(hidden) > 0 {
		plan.whole = model.Read(d.root, nil)
	}
	return plan
}

// owner returns the path item's marks.
func (p *plan) owner(item *model.PathItem) owner {
	if own, ok := p.items[item.Pointer]; ok {
		return own
	}
	return owner{pointer: item.Pointer, node: item.Node}
}

func (p *plan) checkVersion() {
	if p.author.Version == model.OpenAPI31 {
		p.note(finding.Warning, ruleOpenAPI31, p.author.VersionNode, "/openapi",
			fmt.Sprintf("API Gateway refuses to import OpenAPI %q", p.author.VersionNode.Text()), "write the document as 3.0.1")
	}
	if sign := httpSign(p.author); sign != nil {
		p.note(finding.Warning, ruleHTTPAPI, sign, "", "the document is written for an HTTP API, which has no mock integrations; what is written here works on REST APIs", "")
	}
	if len(p.author.Resources) == 0 {
		p.note(finding.Warning, ruleNothingToEnable, p.author.Root, model.Base, "the document has no path to enable CORS for", "")
	}
}

// enable plans one resource and notes what becomes of it.
func (p *plan) enable(r *model.Resource, chosen bool) {
	done := Resource{Path: r.Path}
	if !chosen {
		done.Outcome = Excluded
		p.grantEarlier(r)
	} else if reason := p.leaveAlone(r); reason != "" {
		done.Outcome, done.Reason = Skipped, reason
	} else {
		p.enableChosen(r, &done)
	}
	p.done = append(p.done, done)
}

// leaveAlone tells why a resource cannot be enabled, and empty when it can.
func (p *plan) leaveAlone(r *model.Resource) string {
	if item, opaque := r.Opaque(); opaque && item.Ref != "" {
		p.refused = append(p.refused, &PlaceError{
			File:     p.file.Name,
			Position: p.file.Position(item.Node.Start),
			Message:  fmt.Sprintf("%s refers to %q, so it is not here that it can be edited", item.Key, item.Ref),
			Hint:     refusedHint(item.Pointer),
		})
		return item.Opaque
	} else if opaque {
		p.note(finding.Warning, ruleNotUnderstood, item.Node, item.Pointer,
			fmt.Sprintf("%s is left alone: %s", item.Key, item.Opaque), "enable CORS in what it stands for, or exclude it")
		return item.Opaque
	}
	if member, edited := p.editedByHand(r); edited {
		item := r.Home()
		p.note(finding.Error, ruleGeneratedEdited, item.Node.Get(extensions.NameCORS), item.Pointer.Child(extensions.NameCORS),
			fmt.Sprintf("%s of the generated block of %s no longer says what the generated OPTIONS sends, so %s is left alone", member, r.Path, r.Path),
			fmt.Sprintf("undo the edit, or take both members and %s out to have them generated anew", model.MarkName))
		return "its generated block was edited by hand"
	}
	return ""
}

// editedByHand reports whether the generated block of a resource and its
// generated OPTIONS disagree.
func (p *plan) editedByHand(r *model.Resource) (string, bool) {
	for _, item := range r.Items {
		own := p.owner(item)
		b := item.Node.Get(extensions.NameCORS)
		if b == nil || !own.owns("/"+extensions.NameCORS) || !own.owns("/options") {
			continue
		}
		whole := p.find(item.Pointer)
		if whole.Options == nil || answers.AnswererOf(whole.Options) != answers.Mock {
			continue
		}
		return blockDisagrees(b, whole.Options)
	}
	return "", false
}

// find returns a path item with what is generated in it.
func (p *plan) find(at pointer) *model.PathItem {
	for _, r := range p.whole.Resources {
		for _, item := range r.Items {
			if item.Pointer == at {
				return item
			}
		}
	}
	return nil
}

// enableChosen plans a resource that can be enabled.
func (p *plan) enableChosen(r *model.Resource, done *Resource) {
	methods := p.options.Selection.methods(r)
	if len(methods) == 0 {
		done.Outcome, done.Reason = Skipped, "it has no method"
		if len(r.Methods()) > 0 {
			done.Reason = "it has none of the selected methods"
			p.grantEarlier(r)
			return
		}
		p.finish(r, nil)
		return
	}
	e, _ := p.policy.For(p.author, r, methods)
	want := map[*model.PathItem]*wanted{}
	for _, item := range r.Items {
		want[item] = &wanted{}
	}
	done.Outcome, done.Origin = Enabled, e.Origin
	if p.planOptions(r, want[r.Home()], e, done) {
		p.planMethods(r, want, methods, e, done)
		p.grants = append(p.grants, grant{r.Path, e})
	}
	p.finish(r, want)
}

// planOptions asks for an OPTIONS and for the block that records its policy, or
// keeps the author's. It reports whether the policy holds for the resource.
func (p *plan) planOptions(r *model.Resource, w *wanted, e policy.Effective, done *Resource) bool {
	if o := r.Options(); o != nil {
		reason, conflict := p.keepOptions(r, o, e)
		done.Outcome, done.Reason = Kept, reason
		return !conflict
	}
	if takesPreflights := p.proxiedAny(r); takesPreflights != nil {
		if p.options.Emit.AnyOptions == AnyOptionsKeep {
			p.note(finding.Info, ruleAnyOptionsKept, takesPreflights.Key, takesPreflights.Pointer,
				fmt.Sprintf("ANY %s goes on receiving preflights, which its backend must answer with: %s", takesPreflights.Path, spell(answers.PreflightOf(e))), "")
			done.Outcome, done.Reason = Kept, "the backend of its ANY answers preflights"
			return true
		}
		p.note(finding.Warning, ruleAnyOptionsAdded, takesPreflights.Key, takesPreflights.Pointer,
			fmt.Sprintf("ANY %s has received preflights itself until now; the new OPTIONS takes them over", takesPreflights.Path),
			"--set anyOptions=keep if the backend answers preflights")
	}
	item := r.Home()
	w.put(optionsOperation(p.author, item, p.options.Emit.status(), answers.PreflightOf(e)), "options")
	if p.options.Emit.NoBlocks {
		return true
	}
	if item.Block != nil {
		p.note(finding.Warning, ruleBlockKept, item.Block, item.Pointer.Child(extensions.NameCORS),
			fmt.Sprintf("%s has an %s of its own, which is kept; it does not say what the new OPTIONS sends", r.Path, extensions.NameCORS),
			"take it out to have it generated")
		return true
	}
	w.put(block(e), extensions.NameCORS)
	return true
}

// proxiedAny returns the ANY of a resource that passes everything on to a
// backend, preflights included, or nil.
func (p *plan) proxiedAny(r *model.Resource) *model.Method {
	for _, m := range r.Methods() {
		if m.Name == model.Any && answers.AnswererOf(m) == answers.Backend {
			return m
		}
	}
	return nil
}

// planMethods asks for the headers on the answers of the methods, and lists those
// whose backend must send them.
func (p *plan) planMethods(r *model.Resource, want map[*model.PathItem]*wanted, methods []*model.Method, e policy.Effective, done *Resource) {
	headers := answers.ActualOf(e)
	for _, item := range r.Items {
		for _, m := range item.Methods {
			if slices.Contains(methods, m) {
				p.planMethod(want[item], m, headers, done)
			}
		}
	}
	for _, h := range headers {
		value, _ := h.Static()
		done.Headers = append(done.Headers, Header{h.Name, value})
	}
}

func (p *plan) planMethod(w *wanted, m *model.Method, headers answers.Headers, done *Resource) {
	switch answers.AnswererOf(m) {
	case answers.Mock, answers.BackendMapped:
		p.mapHeaders(w, m, headers)
		done.Mapped = append(done.Mapped, m.Name)
	case answers.Backend:
		p.note(finding.Info, ruleBackendMustAnswer, m.Key, m.Pointer,
			fmt.Sprintf("%s %s: API Gateway adds no header to a proxy integration; the backend must send %s", m.Name, m.Path, spell(headers)), "")
		done.Backend = append(done.Backend, m.Name)
	case answers.Nobody:
		p.note(finding.Info, ruleNoIntegration, m.Key, m.Pointer,
			fmt.Sprintf("%s %s has no integration; a deployment fails until it has one", m.Name, m.Path), "")
		done.Open = append(done.Open, m.Name)
	case answers.Unknown:
		why := m.Opaque
		if why == "" {
			why = "its integration cannot be understood"
			if m.Integration.Opaque != "" {
				why = "of its integration, " + m.Integration.Opaque
			}
		}
		p.note(finding.Warning, ruleNotUnderstood, m.Key, m.Pointer,
			fmt.Sprintf("%s %s is left alone: %s", m.Name, m.Path, why), "its answers must carry: "+spell(headers))
	}
}

// finish turns what is wanted of a resource into wishes. Without anything wanted,
// what was generated goes.
func (p *plan) finish(r *model.Resource, want map[*model.PathItem]*wanted) {
	for _, item := range r.Items {
		w := want[item]
		if w == nil {
			w = &wanted{}
		}
		p.wishes = append(p.wishes, p.owner(item).reconcile(w, p.author.Hidden)...)
	}
}

// grantEarlier notes what an earlier run enabled on a resource that this one
// leaves alone, since gateway responses serve it as well.
func (p *plan) grantEarlier(r *model.Resource) {
	for _, item := range r.Items {
		if len(p.owner(item).owned) == 0 {
			continue
		}
		if e := earlierPolicy(p.find(item.Pointer)); e.Origin != "" {
			p.grants = append(p.grants, grant{r.Path, e})
		}
	}
}

// earlierPolicy reads from the answers of a path item what its gateway responses
// need: from its OPTIONS, else from the first method that carries an origin.
func earlierPolicy(item *model.PathItem) policy.Effective {
	var e policy.Effective
	for _, m := range append([]*model.Method{item.Options}, item.Methods...) {
		if m == nil || m.Integration == nil {
			continue
		}
		for _, entry := range m.Integration.Responses {
			have := answers.Mapped(entry.Parameters, answers.MethodTarget)
			origin, ok := have.Get(answers.AllowOrigin)
			if value, static := origin.Static(); ok && static && e.Origin == "" {
				e.Origin = value
				_, e.Credentials = have.Get(answers.AllowCredentials)
			}
			if exposed, ok := have.Get(answers.ExposeHeaders); ok && len(e.Expose) == 0 {
				value, _ := exposed.Static()
				e.Expose = strings.Split(value, ",")
			}
		}
	}
	if len(e.Expose) == 0 {
		e.Expose = exposedBy(item.Block)
	}
	return e
}

// result makes the edits and verifies them.
func (p *plan) result() (*Result, error) {
	var gateway wanted
	p.mapGatewayResponses(&gateway)
	p.wishes = append(p.wishes, p.root.reconcile(&gateway, p.author.Hidden)...)
	if p.file.Broken != nil {
		return nil, p.file.Broken
	}
	res := &Result{Output: p.doc.Source(), Resources: p.done, Findings: p.all}
	finding.Sort(res.Findings)
	if len(p.wishes) == 0 && len(p.refused) == 0 {
		return res, nil
	}
	edits, err := layout.Edits(p.doc.root, p.wishes)
	if err = errors.Join(append(p.refused, remedies(err)...)...); err != nil {
		return nil, err
	}
	out, err := layout.Verify(p.doc.root, edits, p.wishes)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.file.Name, err)
	}
	res.Output, res.Edits, res.Wishes = out, edits, wishes(p.wishes)
	return res, nil
}
