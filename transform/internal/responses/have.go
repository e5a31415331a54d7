package responses

import (
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Responder is who answers a call of a method.
type Responder int

const (
	Nobody        Responder = iota // the method has no integration
	Unknown                        // the integration cannot be understood
	Mock                           // API Gateway itself
	BackendMapped                  // a backend, its answer mapped by API Gateway
	Backend                        // a backend, its answer passed through as it is
)

// ResponderOf tells who answers a method. Proxy integrations ignore response
// mappings at run time, so only the backend can send their headers.
func ResponderOf(m *model.Method) Responder {
	switch i := m.Integration; {
	case m.Opaque != "":
		return Unknown
	case i == nil:
		return Nobody
	case i.Opaque != "":
		return Unknown
	case i.Type.IsProxy():
		return Backend
	case i.Type.IsMock():
		return Mock
	case i.Type.IsMapped():
		return BackendMapped
	}
	return Unknown
}

// MockOptions returns the OPTIONS of a resource where a mock responds to it, else nil.
func MockOptions(r *model.Resource) *model.Method {
	if o := r.Options(); o != nil && ResponderOf(o) == Mock {
		return o
	}
	return nil
}

// Preflight is the answer of a mock OPTIONS.
type Preflight struct {
	Status    string
	Headers   Headers
	Overrides bool                       // a template of the mock sets the origin itself
	Entry     *model.IntegrationResponse // nil when the mock has no response
	Method    *model.Response            // nil when the status is not declared
}

// Credentials reports whether the answer allows credentials.
func (p Preflight) Credentials() bool { return p.Headers.Credentials() }

// PreflightHave returns what a mock OPTIONS answers. The status that its request
// template renders chooses the integration response, "default" where no pattern
// matches.
func PreflightHave(m *model.Method) Preflight {
	entry := mockEntry(m.Integration)
	if entry == nil {
		return Preflight{}
	}
	return Preflight{
		Status:    entry.Status,
		Headers:   ReadMapped(entry.Parameters, MethodTarget),
		Overrides: slices.ContainsFunc(TemplatesOf(m, entry), func(t source.Member) bool { return AuthorOverridesOrigin(t.Value.Text()) }),
		Entry:     entry,
		Method:    m.Response(entry.Status),
	}
}

// TemplatesOf returns the templates that have a say in an integration response: that of the request,
// whose overrides hold for the response of a mock, and its own.
func TemplatesOf(m *model.Method, entry *model.IntegrationResponse) []source.Member {
	return slices.Concat(m.Integration.Node.Get("requestTemplates").Members(), entry.Templates)
}

// GeneratedPreflight returns the CORS headers of an OPTIONS that was generated. An
// origin that its template computes is among them.
func GeneratedPreflight(entry *model.IntegrationResponse) Headers {
	have := ReadMapped(entry.Parameters, MethodTarget).Sent()
	for _, t := range entry.Templates {
		have = have.withComputed(TemplateOrigins(t.Value.Text()))
	}
	return have
}

// TemplateChoosesOrigin reports whether a template sets the origin of an integration response in
// another way than the templates that are written here.
func TemplateChoosesOrigin(m *model.Method, entry *model.IntegrationResponse) bool {
	templates := entry.Templates
	if ResponderOf(m) == Mock {
		templates = TemplatesOf(m, entry)
	}
	return slices.ContainsFunc(templates, func(t source.Member) bool {
		return AuthorOverridesOrigin(t.Value.Text()) && !IsPreflightTemplate(t.Value.Text())
	})
}

// SnippetOrigin returns the header that a snippet in front of a template computes, or
// none.
func SnippetOrigin(entry *model.IntegrationResponse) Headers {
	var have Headers
	for _, t := range entry.Templates {
		snippet, _ := Fenced(t.Value.Text())
		have = have.withComputed(TemplateOrigins(snippet))
	}
	return have
}

func (hs Headers) withComputed(origins []policy.Origin) Headers {
	if _, has := hs.Get(AllowOrigin); has || origins == nil {
		return hs
	}
	return append(hs, Header{Name: AllowOrigin, Origins: origins})
}

// mockEntry returns the integration response with which a mock is meant to respond: the one that
// its status selects, also where it has no status for all that it should.
func mockEntry(i *model.Integration) *model.IntegrationResponse {
	status := statusOf(i.Node.Get("requestTemplates").Get(jsonType).Text())
	matching, _, fallback, _ := matchEntries(i.Responses, strconv.Itoa(status.number))
	if len(matching) > 0 && !status.none && status.unknown == "" {
		return matching[0]
	}
	return fallback
}

// DeclaresOnlyDefaults reports whether a method declares responses, none of them for a
// status: "default" or "2XX". What the import does with such keys is not known.
func DeclaresOnlyDefaults(m *model.Method) bool {
	return len(m.Responses) > 0 && !slices.ContainsFunc(m.Responses, func(r model.Response) bool { return model.IsStatus(r.Status) })
}

// GatewayResponse is a member of x-amazon-apigateway-gateway-responses.
type GatewayResponse struct {
	Type    string
	Pointer source.Pointer
	Key     *source.Node
	Opaque  string // why it cannot be added to, empty when it can
	Headers Headers
}

// GatewayPointer is where the gateway responses of a document stand.
const GatewayPointer source.Pointer = "/" + extensions.NameGatewayResponses

// Gateway returns the gateway responses of a document, or why they cannot be
// added to.
func Gateway(d *model.Document) (list []GatewayResponse, closed string) {
	all := d.Hidden.Get(d.Root, extensions.NameGatewayResponses)
	if why := model.Closed(all); why != "" {
		return nil, why
	}
	for _, m := range d.Hidden.Members(all) {
		if strings.HasPrefix(m.Name(), "x-") {
			continue
		}
		params := d.Hidden.Get(m.Value, "responseParameters")
		list = append(list, GatewayResponse{
			Type:    m.Name(),
			Pointer: GatewayPointer.Child(m.Name()),
			Key:     m.Key,
			Opaque:  closedParts(m.Value, params),
			Headers: ReadMapped(d.Hidden.Members(params), GatewayTarget),
		})
	}
	return list, ""
}

func closedParts(response, params *source.Node) string {
	if why := model.Closed(response); why != "" {
		return "it is " + why
	}
	if why := model.Closed(params); why != "" {
		return "its member responseParameters is " + why
	}
	return ""
}
