package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// pass is a rule at work: the document, and where findings go.
type pass struct {
	*model.Document
	file      *source.File
	api       API
	generated generated
	rule      *Rule   // that is tried
	rules     []*Rule // all that there are
	found     []Finding

	// What several rules ask for is read when the first one does.
	mocks           func() []mock
	mapped          func() []mapped
	references      func() []reference
	blocks          func() []block
	blocksByPath    func() map[string]block
	mistakes        func() []mistake
	greedyAnswerers func() []*model.Resource

	suppressed []*suppression // once the other rules have run
}

// place is an offset and the pointer of the member that is spoken of.
type place struct {
	off     int
	pointer source.Pointer
}

func at(n *source.Node, p source.Pointer) place {
	if n == nil {
		return place{pointer: p}
	}
	return place{n.Start, p}
}

// ofMethod is the place of a method.
func ofMethod(m *model.Method) place { return at(m.Key, m.Pointer) }

// ofEntry is the place of an integration response.
func ofEntry(e *model.IntegrationResponse) place { return at(e.Key, e.Pointer) }

// ofHeader is the place of a mapping in an integration response.
func ofHeader(e *model.IntegrationResponse, h answers.Header) place {
	return at(h.Node, e.Pointer.Child("responseParameters").Child(h.Key.Text()))
}

// report notes a finding, with the change that mends it if there is one.
func (p *pass) report(where place, hint string, fix []layout.Wish, format string, args ...any) {
	p.note(p.file.Position(where.off), where.pointer, hint, fix, format, args...)
}

// reportAs notes a finding that is worse, or less bad, than most of its rule.
func (p *pass) reportAs(s finding.Severity, where place, hint string, fix []layout.Wish, format string, args ...any) {
	p.report(where, hint, fix, format, args...)
	p.found[len(p.found)-1].Severity = s
}

func (p *pass) note(position finding.Position, pointer source.Pointer, hint string, fix []layout.Wish, format string, args ...any) {
	p.found = append(p.found, Finding{
		Finding: finding.Finding{
			Rule: p.rule.ID, Severity: p.rule.Severity, File: p.file.Name, Position: position,
			Pointer: string(pointer), Message: fmt.Sprintf(format, args...), Hint: hint,
		},
		fix: fix,
	})
}

// methods visits every method of the document, OPTIONS among them.
func (p *pass) methods(visit func(*model.Resource, *model.Method)) {
	for _, r := range p.Resources {
		for _, item := range r.Items {
			for _, m := range item.All() {
				visit(r, m)
			}
		}
	}
}

// preflights visits every OPTIONS that a mock of a REST API answers.
func (p *pass) preflights(visit func(*model.Resource, *model.Method, answers.Preflight)) {
	for _, m := range p.mocks() {
		visit(m.resource, m.method, m.have)
	}
}

// mock is an OPTIONS that API Gateway answers by itself.
type mock struct {
	resource *model.Resource
	method   *model.Method
	have     answers.Preflight
}

func (p *pass) readMocks() []mock {
	if p.api == HTTP {
		return nil // it has none
	}
	var list []mock
	for _, r := range p.Resources {
		for _, item := range r.Items {
			if o := item.Options; o != nil && answers.AnswererOf(o) == answers.Mock {
				list = append(list, mock{r, o, answers.PreflightHave(o)})
			}
		}
	}
	return list
}

// entries visits every integration response that API Gateway makes an answer of.
func (p *pass) entries(visit func(*model.Method, *model.IntegrationResponse, answers.Headers)) {
	for _, m := range p.mapped() {
		visit(m.method, m.entry, m.have)
	}
}

// mapped is an answer of a REST API's that API Gateway makes.
type mapped struct {
	method *model.Method
	entry  *model.IntegrationResponse
	have   answers.Headers
}

func (p *pass) readMapped() []mapped {
	if p.api == HTTP {
		return nil // it makes none
	}
	var list []mapped
	p.methods(func(_ *model.Resource, m *model.Method) {
		p.entriesOf(m, func(e *model.IntegrationResponse, have answers.Headers) {
			list = append(list, mapped{m, e, have})
		})
	})
	return list
}

// corsHeaders visits every CORS header that is mapped on an answer.
func (p *pass) corsHeaders(visit func(*model.Method, *model.IntegrationResponse, answers.Header)) {
	p.entries(func(m *model.Method, e *model.IntegrationResponse, have answers.Headers) {
		for _, h := range have {
			visit(m, e, h)
		}
	})
}

// fixedHeaders visits the CORS headers of a name that the author has given a fixed value,
// in which nothing is filled in before the import.
func (p *pass) fixedHeaders(name string, visit func(m *model.Method, where place, value string)) {
	p.corsHeaders(func(m *model.Method, e *model.IntegrationResponse, h answers.Header) {
		value, static := h.Static()
		where := ofHeader(e, h)
		if static && isNamed(h, name) && !isFilledIn(value) && !p.isGenerated(where.pointer) {
			visit(m, where, value)
		}
	})
}

// gatewayHeaders visits every CORS header of the gateway responses.
func (p *pass) gatewayHeaders(visit func(answers.GatewayResponse, answers.Header)) {
	if p.api == HTTP {
		return // it has none
	}
	declared, _ := answers.Gateway(p.Document)
	for _, g := range declared {
		for _, h := range g.Headers {
			visit(g, h)
		}
	}
}

// ofGateway is the place of a mapping in a gateway response.
func ofGateway(g answers.GatewayResponse, h answers.Header) place {
	return at(h.Node, g.Pointer.Child("responseParameters", h.Key.Text()))
}

// setMapping is the change that gives a mapping another value.
func setMapping(e *model.IntegrationResponse, h answers.Header, value string) []layout.Wish {
	return []layout.Wish{layout.Set{At: ofHeader(e, h).pointer, Value: layout.String(value)}}
}

// isNamed reports whether a header has a name, whatever its case.
func isNamed(h answers.Header, name string) bool { return strings.EqualFold(h.Name, name) }

// isFilledIn reports whether something in a value is filled in before the import.
func isFilledIn(value string) bool {
	return strings.ContainsAny(value, "${}<>%") || strings.Contains(value, "__") || strings.Contains(value, "@@")
}

// what names a method in messages.
func what(m *model.Method) string { return m.Name + " " + m.Path }

// hasIntegrations reports whether any method but OPTIONS has an integration: without one, a
// document is not meant for an import.
func (p *pass) hasIntegrations() bool {
	found := false
	p.methods(func(_ *model.Resource, m *model.Method) { found = found || m.Integration != nil && m.Name != "OPTIONS" })
	return found
}

// entriesOf visits the integration responses of a method that API Gateway makes answers
// of.
func (p *pass) entriesOf(m *model.Method, visit func(*model.IntegrationResponse, answers.Headers)) {
	if by := answers.AnswererOf(m); by != answers.Mock && by != answers.BackendMapped {
		return
	}
	for i := range m.Integration.Responses {
		if e := &m.Integration.Responses[i]; e.Opaque == "" {
			visit(e, answers.ReadMapped(e.Parameters, answers.MethodTarget))
		}
	}
}

// answersPreflights reports whether a mock of the document answers preflights with an
// origin.
func (p *pass) answersPreflights() bool {
	return slices.ContainsFunc(p.mocks(), func(m mock) bool { return carriesOrigin(m.have.Headers) || m.have.Overrides })
}

// declaration says that a header is a string, in the shape of the document's version.
func declaration(v model.Version) layout.Map {
	str := layout.Map{{Key: "type", Value: layout.String("string")}}
	if v == model.Swagger2 {
		return str
	}
	return layout.Map{{Key: "schema", Value: str}}
}
