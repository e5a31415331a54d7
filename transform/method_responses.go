package transform

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// planMethods asks for the headers on the answers of methods, and lists those
// whose backend must send them.
func (p *plan) planMethods(w *work, methods []*model.Method, done *Resource) {
	headers := answers.ActualOf(w.effective)
	for _, item := range w.resource.Items {
		for _, m := range item.Methods {
			if slices.Contains(methods, m) {
				p.planMethod(w, w.drafts[item], m, headers, done)
			}
		}
	}
	for _, h := range headers {
		done.Headers = append(done.Headers, Header{h.Name, h.Say()})
	}
}

func (p *plan) planMethod(w *work, to *draft, m *model.Method, headers answers.Headers, done *Resource) {
	switch answers.AnswererOf(m) {
	case answers.Mock, answers.BackendMapped:
		p.mapHeaders(w, to, m, headers)
	case answers.Backend:
		p.info(ruleBackendMustAnswer, here(m.Key, m.Pointer),
			fmt.Sprintf("%s %s: API Gateway adds no header to a proxy integration; the backend must send %s", m.Name, m.Path, spell(headers)), "")
		done.Backend = appendOnce(done.Backend, m.Name)
	case answers.Nobody:
		p.info(ruleNoIntegration, here(m.Key, m.Pointer),
			fmt.Sprintf("%s %s has no integration; a deployment fails until it has one", m.Name, m.Path), "")
		done.Open = appendOnce(done.Open, m.Name)
	case answers.Unknown:
		p.warn(ruleNotUnderstood, here(m.Key, m.Pointer),
			fmt.Sprintf("%s %s is left alone: %s", m.Name, m.Path, whyUnknown(m)), "its answers must carry: "+spell(headers))
	}
}

// appendOnce adds a name: /x and /x/ may both have a method.
func appendOnce(names []string, name string) []string {
	if slices.Contains(names, name) {
		return names
	}
	return append(names, name)
}

// whyUnknown tells why it is not known who answers a method.
func whyUnknown(m *model.Method) string {
	switch {
	case m.Opaque != "":
		return m.Opaque
	case m.Integration.Opaque != "":
		return "its integration " + m.Integration.Opaque
	}
	return fmt.Sprintf("its integration has the unknown type %q", m.Integration.Type)
}

// mapHeaders asks for the headers on the answers of a method whose integration is
// not a proxy: declared on each method response, and mapped on each integration
// response, that API Gateway can send. It adds no integration response: they are
// keyed by status after the import, so a second one for a status that is served
// already would replace the first.
// See https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
func (p *plan) mapHeaders(w *work, to *draft, m *model.Method, headers answers.Headers) {
	if len(m.Integration.Responses) == 0 {
		p.warn(ruleNoIntegrationAnswer, here(m.Integration.Key, m.Integration.Pointer),
			fmt.Sprintf("%s %s: the integration has no responses, so no answer of it can carry headers", m.Name, m.Path),
			"add responses with a default to the integration")
		return
	}
	if why := model.Closed(p.author.Hidden.Get(m.Node, "responses")); why != "" {
		p.warn(ruleNotUnderstood, here(m.Key, m.Pointer.Child("responses")),
			fmt.Sprintf("%s %s: responses is %s, so its headers are left alone", m.Name, m.Path, why),
			"its answers must carry: "+spell(headers))
		return
	}
	for i := range m.Integration.Responses {
		entry := &m.Integration.Responses[i]
		if entry.Opaque == "" && entry.Status != "" && !p.options.Emit.Responses.has(entry.Status) {
			continue
		}
		p.mapEntry(w, to, m, entry, headers)
	}
	// Last, so that the order of what is created does not depend on what goes.
	for i := range m.Integration.Responses {
		if entry := &m.Integration.Responses[i]; w.goes[entry] {
			p.takeOutMapped(w, to, m, entry)
		}
	}
}

// takeOutMapped asks that the headers of the author's go from an integration response
// on which nothing can take their place.
func (p *plan) takeOutMapped(w *work, to *draft, m *model.Method, entry *model.IntegrationResponse) {
	have := answers.ReadMapped(entry.Parameters, answers.MethodTarget)
	if slices.ContainsFunc(have, givesWay) {
		p.mapOn(w, to.at(inItem(m, entry)...).at("responseParameters"), have, nil, entry.Pointer, nil)
	}
}

// inItem returns the keys on the way from the path item of a method to one of its
// integration responses.
func inItem(m *model.Method, entry *model.IntegrationResponse) []string {
	item, _ := m.Pointer.Parent()
	rel, _ := entry.Pointer.Below(item)
	return rel.Keys()
}

// mapEntry asks for the headers on one integration response, and reports whether it
// will carry them.
func (p *plan) mapEntry(w *work, to *draft, m *model.Method, entry *model.IntegrationResponse, headers answers.Headers) bool {
	response := m.Response(entry.Status)
	if !p.canCarry(m, entry, response, headers) {
		return false
	}
	have := answers.ReadMapped(entry.Parameters, answers.MethodTarget)
	if p.conflicts(w, have, headers, entry.Pointer, fmt.Sprintf("%s %s answers %s", m.Name, m.Path, entry.Status)) {
		return false
	}
	template, ok := p.letsChoose(w, m, entry, headers)
	if !ok {
		w.goes[entry] = w.existing.Replaces()
		return false
	}
	spelling := p.declare(to.at(m.Key.Text(), "responses", entry.Status), response, entry.Status, p.declared(w, have, headers))
	at := to.at(inItem(m, entry)...)
	p.mapOn(w, at.at("responseParameters"), have, headers, entry.Pointer, func(name string) string {
		return answers.MethodTarget + spelling[strings.ToLower(name)]
	})
	if template != nil {
		at.put(template, "responseTemplates", "application/json")
	}
	return true
}

// declared returns the headers that have to be declared so that others can be mapped:
// those of the author's that stay, in their spelling, and those of the policy. A Vary
// of the author's is left to its author altogether.
func (p *plan) declared(w *work, have, headers answers.Headers) answers.Headers {
	var list answers.Headers
	for _, own := range have {
		if answers.IsActual(own.Name) && givesWay(own) && !w.existing.Replaces() {
			list = append(list, own)
		}
	}
	_, hasVary := have.Get(answers.Vary)
	for _, h := range headers {
		if givesWay(h) || !hasVary {
			list = append(list, h)
		}
	}
	return list
}

// mapOn asks for mappings beside those that the author has, or in their place.
// target gives the key of a new one.
func (p *plan) mapOn(w *work, params *draft, have, headers answers.Headers, on pointer, target func(name string) string) {
	replaces := w.existing.Replaces()
	for _, h := range headers.Mapped() {
		own, has := have.Get(h.Name)
		switch key := target(h.Name); {
		case has && replaces && givesWay(own) && own.Key.Text() == key:
			params.replace(p.mapping(h), key)
		case has && !(replaces && givesWay(own)):
			p.compare(own, h, on)
		default:
			params.put(p.mapping(h), key)
		}
	}
	for _, own := range have {
		h, wanted := headers.Get(own.Name)
		if replaces && givesWay(own) && (!wanted || h.IsComputed() || own.Key.Text() != target(h.Name)) {
			params.remove(own.Key.Text())
		}
	}
}

// givesWay reports whether a header of the author's is one that a policy speaks of.
// Vary names other headers as well.
func givesWay(own answers.Header) bool { return !strings.EqualFold(own.Name, answers.Vary) }

// declare asks that a method response declares headers, and that it exists. It
// returns the spelling of each by its lower-case name, the author's where there is
// one.
func (p *plan) declare(w *draft, r *model.Response, status string, headers answers.Headers) map[string]string {
	switch {
	case r == nil:
		w.put(layout.String(statusDescription(status)), "description")
	case r.Ref != "":
		w.inline = p.inlined(r)
	}
	spelling := map[string]string{}
	for _, h := range headers {
		key := strings.ToLower(h.Name)
		if spelling[key] != "" {
			continue
		}
		spelling[key] = h.Name
		if own, ok := r.Header(h.Name); ok {
			spelling[key] = own
			continue
		}
		w.put(declaration(p.author.Version), "headers", h.Name)
	}
	// Which integration response of a status comes first depends on the policy; the
	// order must not.
	slices.SortStableFunc(w.at("headers").members, func(a, b *draft) int { return cmp.Compare(answers.Rank(a.key), answers.Rank(b.key)) })
	return spelling
}

// inlined returns what a response refers to, together with what stands beside the
// reference.
func (p *plan) inlined(r *model.Response) layout.Map {
	content, _ := layout.Of(r.Content, p.author.Hidden)
	m, _ := content.(layout.Map)
	for _, beside := range p.author.Hidden.Members(r.Node) {
		if v, ok := layout.Of(beside.Value, nil); ok && beside.Name() != "$ref" {
			m = m.With(beside.Name(), v)
		}
	}
	return m
}

// statusDescription is the description of a method response that is generated
// because an integration response has its status. A mark's reader knows such a
// response by it.
func statusDescription(status string) string { return status + " response" }

// canCarry reports whether headers can be mapped on an integration response and
// declared on its method response, and notes why not.
func (p *plan) canCarry(m *model.Method, entry *model.IntegrationResponse, r *model.Response, headers answers.Headers) bool {
	what := fmt.Sprintf("%s %s: ", m.Name, m.Path)
	switch {
	case entry.Opaque != "":
		p.warn(ruleNotUnderstood, here(entry.Key, entry.Pointer),
			what+fmt.Sprintf("the integration response %q is left alone: %s", entry.Pattern, entry.Opaque), "map the headers by hand: "+spell(headers))
	case entry.Status == "":
		p.warn(ruleResponseStatusAbsent, here(entry.Key, entry.Pointer),
			what+fmt.Sprintf("the integration response %q has no statusCode", entry.Pattern), "give it the statusCode of a declared response")
	case !model.IsStatus(entry.Status):
		p.warn(ruleNotUnderstood, here(entry.Key, entry.Pointer),
			what+fmt.Sprintf("%q is no status of a method response", entry.Status), "write a number from 100 to 599")
	case r == nil && answers.DeclaresOnlyDefaults(m):
		p.warn(ruleResponseDefaultOnly, here(m.Key, m.Pointer.Child("responses")),
			fmt.Sprintf("%s %s declares only %q, of which API Gateway makes no method response, so no header can be mapped on %s", m.Name, m.Path, m.Responses[0].Status, entry.Status),
			fmt.Sprintf("declare a response %q", entry.Status))
	case r == nil:
		return true
	default:
		return p.canDeclare(what, m, r)
	}
	return false
}

// canDeclare reports whether headers can be added to a declared response, and
// notes why not.
func (p *plan) canDeclare(what string, m *model.Method, r *model.Response) bool {
	if r.Content == nil {
		p.warn(ruleResponseRef, here(r.Node, r.Pointer),
			what+fmt.Sprintf("the response %s refers to %q, which leads to nothing in this document, so no header can be declared on it", r.Status, r.Ref),
			"write the response here")
		return false
	}
	if why := cmp.Or(model.Closed(r.Content), model.Closed(p.author.Hidden.Get(r.Content, "headers"))); why != "" {
		p.warn(ruleNotUnderstood, here(m.Key, r.Pointer),
			what+fmt.Sprintf("the response %s, or its member headers, is %s, so no header is declared on it", r.Status, why), "write an object there")
		return false
	}
	if _, ok := layout.Of(r.Content, p.author.Hidden); r.Ref != "" && !ok {
		p.warn(ruleResponseRef, here(r.Node, r.Pointer),
			what+fmt.Sprintf("the response %s refers to %q, which holds tags or aliases, so it cannot be written here", r.Status, r.Ref),
			"write the response here by hand")
		return false
	}
	return true
}
