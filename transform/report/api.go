package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/document"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/policyread"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Read returns what a document makes API Gateway respond to pages of other origins. The error is
// a [*transform.PlaceError], about a part of the document that nobody has looked at before.
func Read(d *transform.Document, apiType transform.APIType) (*API, error) {
	read := document.Of(d)
	read.Lock()
	defer read.Unlock()
	r := newReader(read.Whole(), apiType)
	api := &API{File: d.Name(), APIType: apiType, Resources: []Resource{}}
	if r.api == model.HTTP {
		api.Configuration = r.members(r.Root.Get(extensions.NameCORS))
	} else {
		api.Gateway = r.gateway()
	}
	doc := read.Reading()
	api.Generated = r.generated(doc, doc.PartOfRoot())
	for _, resource := range r.Resources {
		out := r.resource(resource)
		for _, item := range resource.Items {
			out.Generated = append(out.Generated, r.generated(doc, doc.PartOf(item))...)
		}
		api.Resources = append(api.Resources, out)
	}
	if err := broken(read); err != nil {
		return nil, err
	}
	return api, nil
}

func (r *apiReader) resource(of *model.Resource) Resource {
	out := Resource{Path: of.Path, Preflight: r.preflight(of), Methods: []Method{}}
	must := headers(r.mustSend(of))
	for _, item := range of.Items {
		for _, m := range item.Methods {
			out.Methods = append(out.Methods, r.method(of, m, must))
		}
		if item.Node.Get("trace") != nil {
			out.Methods = append(out.Methods, Method{Name: "TRACE", Verdict: Never, By: ByNothing})
		}
		if item.CORSObject != nil {
			out.Policy = r.members(item.CORSObject)
		}
	}
	return out
}

// generated returns what was generated of a part of the document.
func (r *apiReader) generated(doc *own.Reading, p own.Part) []Part {
	var parts []Part
	for _, at := range doc.Generated(p) {
		above, name := at.Parent()
		if m, ok := r.Root.At(above).Member(name); ok {
			parts = append(parts, Part{string(at), excerpt(m)})
		}
	}
	return parts
}

// excerpt returns a member as it is written, without the indentation that its lines share.
func excerpt(m source.Member) string {
	file := m.Key.File
	lines := strings.Split(string(file.Src[m.Key.Start:m.Value.End]), "\n")
	indent := m.Key.Start - file.LineStart(m.Key.Start)
	for i, line := range lines[1:] {
		blanks := len(line) - len(strings.TrimLeft(line, " \t"))
		lines[i+1] = strings.TrimRight(line[min(indent, blanks):], "\r")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n ")
}

func (r *apiReader) method(of *model.Resource, m *model.Method, must []Header) Method {
	out := Method{Name: m.Name, Verdict: Simple, Reason: derive.PreflightReason(r.Document, of, m), By: r.handlerOf(m)}
	if out.Reason != "" {
		out.Verdict = Preflighted
	}
	if r.api != model.HTTP {
		failure := responses.FailureOf(r.Document, m)
		if failure.Why != "" {
			out.Fails = failed(failure.Status, failure.Why)
			return out
		}
		out.Unknown = failure.Unknown
	}
	switch {
	case out.By == ByBackend && r.api != model.HTTP:
		out.MustSend = must
	case out.By == ByMock:
		for i := range m.Integration.Responses {
			if e := &m.Integration.Responses[i]; e.Opaque == "" {
				out.Responses = append(out.Responses, Response{e.Status, headers(mappedOn(m, e))})
			}
		}
	}
	return out
}

// mustSend returns the headers that the backends of a resource must send: those that its
// x-amazon-apigateway-cors object records, else what its preflight response sets for every
// response, with the headers to expose of the object, which preflight responses do not carry.
func (r *apiReader) mustSend(of *model.Resource) responses.Headers {
	var expose policy.Value[[]string]
	for _, item := range of.Items {
		if item.CORSObject == nil {
			continue
		}
		block, err := policyread.ReadCORSObject(item.CORSObject, nil)
		if err == nil && block.Policy.AllowOrigins.IsSet() {
			return responses.ActualOf(derive.ForResource(block.Policy, r.Document, of, of.Methods()))
		}
		expose = block.Policy.ExposeHeaders
	}
	o := r.responder(of)
	if o == nil {
		return nil
	}
	actual := slices.DeleteFunc(preflightHeaders(o), func(h responses.Header) bool { return !responses.IsActual(h.Name) })
	if names, ok := expose.Literal(); ok {
		actual = append(actual, responses.Fixed(responses.ExposeHeaders, strings.Join(names, ",")))
	}
	return actual
}

func (r *apiReader) gateway() []GatewayResponse {
	declared, _ := responses.Gateway(r.Document)
	var list []GatewayResponse
	for _, g := range declared {
		list = append(list, GatewayResponse{g.Type, headers(g.Headers)})
	}
	return list
}

// members returns what an x-amazon-apigateway-cors object sets.
func (r *apiReader) members(block *source.Node) []Header {
	var list []Header
	for of := range policy.ConfigurationMembers() {
		if m, ok := readMember(of.Name, block.Get(of.Name)); ok {
			list = append(list, Header{of.Name, m.String()})
		}
	}
	return list
}

// String returns the value of a member, for people.
func (m member) String() string {
	values := m.list
	if values == nil {
		values = []any{m.scalar}
	}
	texts := make([]string, len(values))
	for i, v := range values {
		if texts[i], _ = plain(v); texts[i] == "" {
			texts[i] = fmt.Sprint(v)
		}
	}
	return strings.Join(texts, ",")
}
