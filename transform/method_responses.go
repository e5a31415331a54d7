package transform

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// planMethods asks for the headers on the answers of methods, and lists those
// whose backend must send them.
func (p *plan) planMethods(r *model.Resource, drafts map[*model.PathItem]*draft, methods []*model.Method, e policy.Effective, done *Resource) {
	headers := answers.ActualOf(e)
	for _, item := range r.Items {
		for _, m := range item.Methods {
			if slices.Contains(methods, m) {
				p.planMethod(drafts[item], m, headers, done)
			}
		}
	}
	for _, h := range headers {
		value, _ := h.Static()
		done.Headers = append(done.Headers, Header{h.Name, value})
	}
}

func (p *plan) planMethod(w *draft, m *model.Method, headers answers.Headers, done *Resource) {
	switch answers.AnswererOf(m) {
	case answers.Mock, answers.BackendMapped:
		p.mapHeaders(w, m, headers)
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
func (p *plan) mapHeaders(w *draft, m *model.Method, headers answers.Headers) {
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
		p.mapEntry(w, m, &m.Integration.Responses[i], headers)
	}
}

// mapEntry asks for the headers on one integration response.
func (p *plan) mapEntry(w *draft, m *model.Method, entry *model.IntegrationResponse, headers answers.Headers) {
	if entry.Opaque == "" && entry.Status != "" && !p.options.Emit.Responses.has(entry.Status) {
		return
	}
	response := m.Response(entry.Status)
	if !p.canCarry(m, entry, response, headers) {
		return
	}
	have := answers.Mapped(entry.Parameters, answers.MethodTarget)
	if p.conflicts(have, headers, entry.Pointer, fmt.Sprintf("%s %s answers %s", m.Name, m.Path, entry.Status)) {
		return
	}
	spelling := p.declare(w.at(m.Key.Text(), "responses", entry.Status), response, entry.Status, slices.Concat(have, headers))
	item, _ := m.Pointer.Parent()
	rel, _ := entry.Pointer.Below(item)
	params := w.at(rel.Keys()...).at("responseParameters")
	for _, h := range headers {
		if own, has := have.Get(h.Name); has {
			p.compare(own, h, entry.Pointer)
			continue
		}
		params.put(layout.String(h.Mapping), answers.MethodTarget+spelling[strings.ToLower(h.Name)])
	}
}

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
	case r == nil && declaresOnlyDefaults(m):
		// What the import does with such keys is not known.
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

// declaresOnlyDefaults reports whether a method declares responses, none of them
// for a status.
func declaresOnlyDefaults(m *model.Method) bool {
	return len(m.Responses) > 0 && !slices.ContainsFunc(m.Responses, func(r model.Response) bool { return model.IsStatus(r.Status) })
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

// conflicts reports whether an answer has CORS headers of the author's that
// contradict the policy, and notes it. Nothing is added beside them then: half of
// one policy and half of another lets nobody in.
func (p *plan) conflicts(have, want answers.Headers, on pointer, what string) bool {
	wanted, _ := want.Get(answers.AllowOrigin)
	own, ok := have.Get(answers.AllowOrigin)
	switch {
	case !ok || own.Mapping == wanted.Mapping && own.Node.IsString():
		return p.starWithCredentials(have, wanted, on, what)
	case isUnquoted(own, wanted):
		p.fail(ruleMappingUnquoted, here(own.Node, on),
			fmt.Sprintf("%s with %s %q, a fixed value without its single quotes, which the import takes for an expression", what, own.Name, own.Mapping),
			fmt.Sprintf("write %q", "'"+own.Mapping+"'"))
	default:
		p.warn(ruleOriginConflict, here(own.Node, on),
			fmt.Sprintf("%s with %s %s, the policy says %q; it is kept, and nothing is added beside it", what, own.Name, shown(own), wanted.Mapping),
			"make the two agree, or take it out to have it generated")
	}
	return true
}

// starWithCredentials reports whether the author allows credentials on an answer
// to which the policy gives "*": browsers refuse the two together (Fetch
// standard, CORS check).
func (p *plan) starWithCredentials(have answers.Headers, origin answers.Header, on pointer, what string) bool {
	own, ok := have.Get(answers.AllowCredentials)
	if value, _ := own.Static(); !ok || value != "true" || origin.Mapping != "'*'" {
		return false
	}
	p.warn(ruleStarWithCredentials, here(own.Node, on),
		fmt.Sprintf("%s with %s %q, which browsers refuse together with the policy's origin \"*\"; it is kept, and nothing is added beside it", what, own.Name, own.Mapping),
		"take it out, or name the origins")
	return true
}

// isUnquoted reports whether a mapping is an origin without its quotes.
func isUnquoted(own, wanted answers.Header) bool {
	_, static := own.Static()
	return !static && own.Node.IsString() && (own.Mapping == "*" || strings.Contains(own.Mapping, "://") || "'"+own.Mapping+"'" == wanted.Mapping)
}

// compare notes a header of the author's that says something else than the
// policy. It is kept.
func (p *plan) compare(own, want answers.Header, on pointer) {
	if own.Mapping == want.Mapping {
		return
	}
	p.warn(ruleHeaderValueKept, here(own.Node, on),
		fmt.Sprintf("%s %s is kept, the policy says %q", own.Name, shown(own), want.Mapping),
		"take it out to have it generated")
}

// shown returns the value of a header of the author's for a message.
func shown(h answers.Header) string {
	if h.Node.Kind != source.Scalar {
		return "from a CloudFormation intrinsic"
	}
	return strconv.Quote(h.Mapping)
}

// spell writes headers as a person would: "Name: value".
func spell(headers answers.Headers) string {
	parts := make([]string, len(headers))
	for i, h := range headers {
		value, _ := h.Static()
		parts[i] = h.Name + ": " + value
	}
	return strings.Join(parts, ", ")
}
