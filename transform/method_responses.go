package transform

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// mapHeaders asks for the headers on the answers of a method whose integration is
// not a proxy: declared on each method response, and mapped on each integration
// response, that API Gateway can send. It adds no integration response: they are
// keyed by status after the import, so a second one for a status that is served
// already would replace the first.
// See https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
func (p *plan) mapHeaders(w *wanted, m *model.Method, headers answers.Headers) {
	if len(m.Integration.Responses) == 0 {
		p.note(finding.Warning, ruleNoIntegrationAnswer, m.Integration.Key, m.Integration.Pointer,
			fmt.Sprintf("%s %s: the integration has no responses, so no answer of it can carry headers", m.Name, m.Path),
			"add responses with a default to the integration")
		return
	}
	if why := model.Closed(p.author.Hidden.Get(m.Node, "responses")); why != "" {
		p.note(finding.Warning, ruleNotUnderstood, m.Key, m.Pointer.Child("responses"),
			fmt.Sprintf("%s %s: responses is %s, so its headers are left alone", m.Name, m.Path, why),
			"its answers must carry: "+spell(headers))
		return
	}
	for i := range m.Integration.Responses {
		p.mapEntry(w, m, &m.Integration.Responses[i], headers)
	}
}

// mapEntry asks for the headers on one integration response.
func (p *plan) mapEntry(w *wanted, m *model.Method, entry *model.IntegrationResponse, headers answers.Headers) {
	switch {
	case entry.Opaque != "":
		p.note(finding.Warning, ruleNotUnderstood, entry.Key, entry.Pointer,
			fmt.Sprintf("%s %s: the integration response %q is left alone: %s", m.Name, m.Path, entry.Pattern, entry.Opaque),
			"map the headers by hand: "+spell(headers))
		return
	case entry.Status == "":
		p.note(finding.Warning, ruleResponseStatusAbsent, entry.Key, entry.Pointer,
			fmt.Sprintf("%s %s: the integration response %q has no statusCode", m.Name, m.Path, entry.Pattern),
			"give it the statusCode of a declared response")
		return
	case !p.options.Emit.Responses.has(entry.Status):
		return
	}
	have := answers.Mapped(entry.Parameters, answers.MethodTarget)
	if p.conflicts(have, headers, entry.Pointer, fmt.Sprintf("%s %s answers %s", m.Name, m.Path, entry.Status)) {
		return
	}
	declared, ok := p.declare(w, m, entry, have, headers)
	if !ok {
		return
	}
	item, _ := m.Pointer.Parent()
	rel, _ := entry.Pointer.Below(item)
	params := w.at(rel.Keys()...).at("responseParameters")
	for _, h := range headers {
		if own, has := have.Get(h.Name); has {
			p.compare(own, h, entry)
			continue
		}
		name := declared[strings.ToLower(h.Name)]
		params.put(layout.String(h.Mapping), answers.MethodTarget+name)
	}
}

// declare asks that the method response of an integration response declares every
// CORS header that is mapped there or will be. It returns the spelling of each by
// its lower-case name, the author's where there is one.
func (p *plan) declare(w *wanted, m *model.Method, entry *model.IntegrationResponse, have, headers answers.Headers) (map[string]string, bool) {
	r := m.Response(entry.Status)
	if !p.isStatus(m, entry) || r == nil && !p.canCreate(m, entry) || r != nil && !p.canDeclare(m, r) {
		return nil, false
	}
	spelling := map[string]string{}
	need := slices.Concat(have, headers)
	at := w.at(m.Key.Text(), "responses", entry.Status)
	if r == nil {
		at.put(layout.String(statusDescription(entry.Status)), "description")
	} else if r.Ref != "" {
		content, _ := layout.Of(r.Content)
		at.inline, _ = content.(layout.Map)
	}
	for _, h := range need {
		name := h.Name
		key := strings.ToLower(name)
		if spelling[key] != "" {
			continue
		}
		if own, ok := declaredAs(r, name); ok {
			spelling[key] = own
			continue
		}
		spelling[key] = name
		at.put(declaration(p.author.Version), "headers", name)
	}
	return spelling, true
}

// declaredAs returns the author's spelling of a header that a response declares.
func declaredAs(r *model.Response, name string) (string, bool) {
	if r == nil {
		return "", false
	}
	for _, h := range r.Headers {
		if strings.EqualFold(h.Name(), name) {
			return h.Name(), true
		}
	}
	return "", false
}

// isStatus reports whether the status of an integration response can be that of a
// method response.
func (p *plan) isStatus(m *model.Method, entry *model.IntegrationResponse) bool {
	if !model.IsStatus(entry.Status) {
		p.note(finding.Warning, ruleNotUnderstood, entry.Key, entry.Pointer,
			fmt.Sprintf("%s %s: %q is no status of a method response", m.Name, m.Path, entry.Status), "write a number from 100 to 599")
		return false
	}
	return true
}

// canCreate reports whether a method response can be made for the status of an
// integration response. Where the author declares only "default" or "2XX", of
// which API Gateway makes none, what the import does with those is not known.
func (p *plan) canCreate(m *model.Method, entry *model.IntegrationResponse) bool {
	if len(m.Responses) > 0 && !slices.ContainsFunc(m.Responses, func(r model.Response) bool { return model.IsStatus(r.Status) }) {
		p.note(finding.Warning, ruleResponseDefaultOnly, m.Key, m.Pointer.Child("responses"),
			fmt.Sprintf("%s %s declares only %q, of which API Gateway makes no method response, so no header can be mapped on %s", m.Name, m.Path, m.Responses[0].Status, entry.Status),
			fmt.Sprintf("declare a response %q", entry.Status))
		return false
	}
	return true
}

// canDeclare reports whether headers can be added to a declared response.
func (p *plan) canDeclare(m *model.Method, r *model.Response) bool {
	switch {
	case r.Content == nil:
		p.note(finding.Warning, ruleResponseRef, r.Node, r.Pointer,
			fmt.Sprintf("%s %s: the response %s refers to %q, which is not in this document, so no header can be declared on it", m.Name, m.Path, r.Status, r.Ref),
			"write the response here")
		return false
	case cmp.Or(model.Closed(r.Content), model.Closed(p.author.Hidden.Get(r.Content, "headers"))) != "":
		p.note(finding.Warning, ruleNotUnderstood, m.Key, r.Pointer,
			fmt.Sprintf("%s %s: the response %s or its member headers is %s, so no header is declared on it", m.Name, m.Path, r.Status,
				cmp.Or(model.Closed(r.Content), model.Closed(p.author.Hidden.Get(r.Content, "headers")))),
			"write an object there")
		return false
	}
	if _, ok := layout.Of(r.Content); r.Ref != "" && !ok {
		p.note(finding.Warning, ruleResponseRef, r.Node, r.Pointer,
			fmt.Sprintf("%s %s: the response %s refers to %q, which holds tags, so it cannot be written here", m.Name, m.Path, r.Status, r.Ref),
			"write the response here by hand")
		return false
	}
	return true
}

// conflicts reports whether an answer has an Access-Control-Allow-Origin of the
// author's that says something else than the policy. Nothing is added beside it
// then: half of one policy and half of another lets nobody in.
func (p *plan) conflicts(have, want answers.Headers, at pointer, what string) bool {
	own, ok := have.Get(answers.AllowOrigin)
	if !ok {
		return false
	}
	policy, _ := want.Get(answers.AllowOrigin)
	if own.Mapping == policy.Mapping && own.Node.IsString() {
		return false
	}
	if unquotedOrigin(own, policy) {
		p.note(finding.Error, ruleMappingUnquoted, own.Node, at,
			fmt.Sprintf("%s with %s %q, a fixed value without its single quotes, which the import takes for an expression", what, own.Name, own.Mapping),
			fmt.Sprintf("write %q", "'"+own.Mapping+"'"))
		return true
	}
	p.note(finding.Warning, ruleOriginConflict, own.Node, at,
		fmt.Sprintf("%s with %s %s, the policy says %q; it is kept, and nothing is added beside it", what, own.Name, shown(own), policy.Mapping),
		"make the two agree, or take it out to have it generated")
	return true
}

// unquotedOrigin reports whether a mapping is an origin without its quotes.
func unquotedOrigin(own, policy answers.Header) bool {
	_, static := own.Static()
	return !static && own.Node.IsString() && (own.Mapping == "*" || strings.Contains(own.Mapping, "://") || "'"+own.Mapping+"'" == policy.Mapping)
}

// compare notes a header of the author's that says something else than the
// policy. It is kept.
func (p *plan) compare(own, want answers.Header, entry *model.IntegrationResponse) {
	if own.Mapping == want.Mapping {
		return
	}
	p.note(finding.Warning, ruleHeaderValueKept, own.Node, entry.Pointer,
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
	var parts []string
	for _, h := range headers {
		v, _ := h.Static()
		parts = append(parts, h.Name+": "+v)
	}
	return strings.Join(parts, ", ")
}

// statusDescription is the description of a method response that is generated
// because an integration response has its status.
func statusDescription(status string) string { return status + " response" }
