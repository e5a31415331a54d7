package rest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/existing"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/operation"
	"github.com/apigw-cors/apigw-cors/transform/internal/outcome"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/record"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// methodsPlan is what becomes of the methods of a resource.
type methodsPlan struct {
	outcome.Notes
	backend    []string           // whose backend must send the headers
	open       []string           // without an integration
	unreadable []outcome.Response // that no page can read
}

// planMethods asks for the headers on the responses of methods, and lists those
// whose backend must send them.
func planMethods(t task, drafts *own.Drafts) methodsPlan {
	var p methodsPlan
	headers := responses.ActualOf(t.effective)
	eachSelected(t, func(item *model.PathItem, m *model.Method) {
		switch responses.ResponderOf(m) {
		case responses.Mock, responses.BackendMapped:
			mapped := mapHeaders(t, drafts.Of(item), m, headers)
			p.Add(mapped.Notes)
			p.unreadable = append(p.unreadable, mapped.unreadable...)
			drafts.AddSnippets(mapped.snippets)
		case responses.Backend:
			p.backend = appendOnce(p.backend, m.Name)
			p.Add(outcome.Found(rules.Finding{
				Rule: rules.BackendMustSend, At: rules.At(m.Key, m.Pointer),
				Message: fmt.Sprintf("%s %s: API Gateway adds no header to a proxy integration; the backend must send %s", m.Name, m.Path, existing.Spell(headers)),
			}))
		case responses.Nobody:
			p.open = appendOnce(p.open, m.Name)
		case responses.Unknown:
			p.Add(outcome.Found(rules.Finding{
				Rule: rules.NotUnderstood, At: rules.At(m.Key, m.Pointer),
				Message: fmt.Sprintf("%s %s is left alone: %s", m.Name, m.Path, whyUnknown(m)), Hint: "its answers must carry: " + existing.Spell(headers),
			}))
		}
	})
	return p
}

// appendOnce adds a name: /x and /x/ may both have a method.
func appendOnce(names []string, name string) []string {
	if slices.Contains(names, name) {
		return names
	}
	return append(names, name)
}

// whyUnknown tells why it is not known who handles a method.
func whyUnknown(m *model.Method) string {
	switch {
	case m.Opaque != "":
		return m.Opaque
	case m.Integration.Opaque != "":
		return "its integration " + m.Integration.Opaque
	}
	return fmt.Sprintf("its integration has the unknown type %q", m.Integration.Type)
}

// mapHeaders asks for the headers on the responses of a method whose integration is
// not a proxy: declared on each method response, and mapped on each integration
// response, that API Gateway can send. It adds no integration response: they are
// keyed by status after the import, so a second one for a status that is served
// already would replace the first.
// See https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
func mapHeaders(t task, to *own.Draft, m *model.Method, headers responses.Headers) (p mappedMethod) {
	if len(m.Integration.Responses) == 0 {
		p.Notes = outcome.LeftAt(m.Integration.Pointer)
		return p
	}
	if why := cannotMap(t, m, headers); why != nil {
		p.Notes = outcome.Found(*why)
		return p
	}
	p.snippets = map[source.Pointer]string{}
	var bare []*model.IntegrationResponse
	readable := false
	for i := range m.Integration.Responses {
		entry := &m.Integration.Responses[i]
		if entry.Opaque == "" && entry.Status != "" && !t.emit.Has(entry.Status) {
			continue
		}
		mapped := mapEntry(t, to, m, entry, headers)
		p.Add(mapped.Notes)
		maps.Copy(p.snippets, mapped.snippets)
		if mapped.unreadable {
			p.unreadable = append(p.unreadable, outcome.Response{Method: m.Name, Status: entry.Status})
		}
		readable = readable || mapped.ok
		if mapped.cannotChoose && t.existing.Replaces() {
			bare = append(bare, entry)
		}
	}
	for _, entry := range bare { // last, so that the order of what is created does not depend on what goes
		removeMapped(t, to, m, entry)
	}
	if len(p.unreadable) > 0 && !readable {
		p.unreadable = []outcome.Response{{Method: m.Name}}
	}
	return p
}

// mappedMethod is what becomes of the responses of a method.
type mappedMethod struct {
	outcome.Notes
	snippets   map[source.Pointer]string
	unreadable []outcome.Response
}

// cannotMap returns the finding for a method on whose responses no header can be mapped, nil
// for any other.
func cannotMap(t task, m *model.Method, headers responses.Headers) *rules.Finding {
	if why := model.Closed(t.doc.HandWritten.Hidden.Get(m.Node, "responses")); why != "" {
		return &rules.Finding{
			Rule: rules.NotUnderstood, At: rules.At(m.Key, m.Pointer.Child("responses")),
			Message: fmt.Sprintf("%s %s: responses is %s, so its headers are left alone", m.Name, m.Path, why),
			Hint:    "its answers must carry: " + existing.Spell(headers),
		}
	}
	return nil
}

// removeMapped asks that existing headers are removed from an integration response
// on which nothing can take their place.
func removeMapped(t task, to *own.Draft, m *model.Method, entry *model.IntegrationResponse) {
	have := responses.ReadMapped(entry.Parameters, responses.MethodTarget)
	if slices.ContainsFunc(have, isReplaceable) {
		mapOn(t.form, responseOf(t, m, entry), to.At(inItem(m, entry)...).At("responseParameters"), nil, nil)
	}
}

// responseOf is an integration response with the headers that it has.
func responseOf(t task, m *model.Method, entry *model.IntegrationResponse) response {
	return response{
		t.existing, leaveAlone(t), responses.ReadMapped(entry.Parameters, responses.MethodTarget),
		entry.Pointer, fmt.Sprintf("%s %s answers %s", m.Name, m.Path, entry.Status),
	}
}

// inItem returns the keys on the way from the path item of a method to one of its
// integration responses.
func inItem(m *model.Method, entry *model.IntegrationResponse) []string {
	item, _ := m.Pointer.Parent()
	rel, _ := entry.Pointer.Below(item)
	return rel.Keys()
}

// mapped is what becomes of one integration response.
type mapped struct {
	outcome.Notes
	ok           bool // it will have the headers
	cannotChoose bool // it has no template that could choose among the origins
	unreadable   bool // and gets none, so no page can read it
	snippets     map[source.Pointer]string
}

// mapEntry asks for the headers on one integration response.
func mapEntry(t task, to *own.Draft, m *model.Method, entry *model.IntegrationResponse, headers responses.Headers) mapped {
	declared := m.Response(entry.Status)
	if why := cannotCarry(t, m, entry, declared, headers); why != nil {
		return mapped{Notes: outcome.Found(*why)}
	}
	r := responseOf(t, m, entry)
	conflict, why := r.conflicts(headers)
	if conflict {
		return mapped{Notes: why}
	}
	choice := choose(t, m, entry, headers)
	out := mapped{Notes: why, ok: choice.ok, cannotChoose: !choice.ok, unreadable: choice.unreadable, snippets: choice.snippets}
	out.Add(choice.Notes)
	if !choice.ok {
		return out
	}
	spelling := declare(t, to.At(m.Key.Text(), "responses", entry.Status), declared, entry.Status, declaredHeaders(r, headers))
	at := to.At(inItem(m, entry)...)
	out.Add(mapOn(t.form, r, at.At("responseParameters"), headers, func(name string) string {
		return responses.MethodTarget + spelling[strings.ToLower(name)]
	}))
	if choice.added != nil {
		at.Put(choice.added, "responseTemplates", "application/json")
	}
	return out
}

// declaredHeaders returns the headers that have to be declared so that others can be mapped:
// existing ones that stay, in their spelling, and those of the policy. An existing Vary
// is left alone altogether.
func declaredHeaders(r response, headers responses.Headers) responses.Headers {
	var list responses.Headers
	for _, own := range r.have {
		if responses.IsActual(own.Name) && isReplaceable(own) && !r.mode.Replaces() {
			list = append(list, own)
		}
	}
	_, hasVary := r.have.Get(responses.Vary)
	for _, h := range headers {
		if isReplaceable(h) || !hasVary {
			list = append(list, h)
		}
	}
	return list
}

// mapOn asks for mappings beside those that a response has, or in their place.
// target gives the key of a new one.
func mapOn(form record.Form, r response, params *own.Draft, headers responses.Headers, target func(name string) string) outcome.Notes {
	var n outcome.Notes
	replaces := r.mode.Replaces()
	for _, h := range headers.Mapped() {
		has, exists := r.have.Get(h.Name)
		switch key := target(h.Name); {
		case exists && replaces && isReplaceable(has) && has.Key.Text() == key:
			params.Replace(record.Mapping(h, form), key)
		case exists && !(replaces && isReplaceable(has)):
			n.Add(r.compare(has, h))
		default:
			params.Put(record.Mapping(h, form), key)
		}
	}
	for _, has := range r.have {
		h, wanted := headers.Get(has.Name)
		if replaces && isReplaceable(has) && (!wanted || h.IsComputed() || has.Key.Text() != target(h.Name)) {
			params.Remove(has.Key.Text())
		}
	}
	return n
}

// isReplaceable reports whether an existing header is one that a policy is about.
// Vary lists other headers as well.
func isReplaceable(own responses.Header) bool { return !strings.EqualFold(own.Name, responses.Vary) }

// declare asks that a method response declares headers, and that it exists. It
// returns the spelling of each by its lower-case name, the existing one where there is
// one.
func declare(t task, draft *own.Draft, r *model.Response, status string, headers responses.Headers) map[string]string {
	switch {
	case r == nil || t.doc.IsGenerated(r.Pointer.Child("description")): // to which somebody has added
		draft.Put(layout.String(own.DescriptionOfStatus(status)), "description")
	case r.Ref != "":
		draft.Inline(inlined(t.doc.HandWritten, r))
	}
	spelling := map[string]string{}
	for _, h := range headers {
		key := strings.ToLower(h.Name)
		if spelling[key] != "" {
			continue
		}
		has, ok := r.Header(h.Name)
		spelling[key] = cmp.Or(has, h.Name)
		if !ok || t.doc.IsPartly(r.Pointer.Child("headers", has)) {
			draft.Put(operation.Declaration(t.doc.HandWritten.Version), "headers", spelling[key])
		}
	}
	// Which integration response of a status comes first depends on the policy; the
	// order must not.
	draft.At("headers").SortMembers(func(a, b string) int { return cmp.Compare(responses.Rank(a), responses.Rank(b)) })
	return spelling
}

// inlined returns what a response refers to, together with what is beside the
// reference.
func inlined(d *model.Document, r *model.Response) layout.Map {
	content, _ := layout.Of(r.Content, d.Hidden)
	m, _ := content.(layout.Map)
	for _, beside := range d.Hidden.Members(r.Node) {
		if v, ok := layout.Of(beside.Value, nil); ok && beside.Name() != "$ref" {
			m = m.With(beside.Name(), v)
		}
	}
	return m
}

// cannotCarry returns the finding for an integration response on which no header can be
// mapped, or whose method response cannot declare one, and nil for any other.
func cannotCarry(t task, m *model.Method, entry *model.IntegrationResponse, r *model.Response, headers responses.Headers) *rules.Finding {
	what := fmt.Sprintf("%s %s: ", m.Name, m.Path)
	at := rules.At(entry.Key, entry.Pointer)
	switch {
	case entry.Opaque != "":
		return &rules.Finding{
			Rule: rules.NotUnderstood, At: at,
			Message: what + fmt.Sprintf("the integration response %q is left alone: %s", entry.Pattern, entry.Opaque), Hint: "map the headers by hand: " + existing.Spell(headers),
		}
	case entry.Status == "":
		return &rules.Finding{
			Rule: rules.NotUnderstood, At: at,
			Message: what + fmt.Sprintf("the integration response %q has no statusCode", entry.Pattern), Hint: "give it the statusCode of a declared response",
		}
	case !model.IsStatus(entry.Status):
		return &rules.Finding{
			Rule: rules.NotUnderstood, At: at,
			Message: what + fmt.Sprintf("%q is no status of a method response", entry.Status), Hint: "write a number from 100 to 599",
		}
	case r == nil && responses.DeclaresOnlyDefaults(m):
		return &rules.Finding{
			Rule: rules.ResponseDefaultOnly, At: rules.At(m.Key, m.Pointer.Child("responses")),
			Message: fmt.Sprintf("%s %s declares only %q, of which API Gateway makes no method response, so no header can be mapped on %s", m.Name, m.Path, m.Responses[0].Status, entry.Status),
			Hint:    fmt.Sprintf("declare a response %q", entry.Status),
		}
	case r == nil:
		return nil
	}
	return cannotDeclare(t.doc.HandWritten, what, m, r)
}

// cannotDeclare does so for a declared response.
func cannotDeclare(d *model.Document, what string, m *model.Method, r *model.Response) *rules.Finding {
	if r.Content == nil {
		return &rules.Finding{
			Rule: rules.NotUnderstood, At: rules.At(r.Node, r.Pointer),
			Message: what + fmt.Sprintf("the response %s refers to %q, which leads to nothing in this document, so no header can be declared on it", r.Status, r.Ref),
			Hint:    "write the response here",
		}
	}
	if why := cmp.Or(model.Closed(r.Content), model.Closed(d.Hidden.Get(r.Content, "headers"))); why != "" {
		return &rules.Finding{
			Rule: rules.NotUnderstood, At: rules.At(m.Key, r.Pointer),
			Message: what + fmt.Sprintf("the response %s, or its member headers, is %s, so no header is declared on it", r.Status, why), Hint: "write an object there",
		}
	}
	if _, ok := layout.Of(r.Content, d.Hidden); r.Ref != "" && !ok {
		return &rules.Finding{
			Rule: rules.NotUnderstood, At: rules.At(r.Node, r.Pointer),
			Message: what + fmt.Sprintf("the response %s refers to %q, which holds tags or aliases, so it cannot be written here", r.Status, r.Ref),
			Hint:    "write the response here by hand",
		}
	}
	return nil
}
