package model

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Sign is a member that tells which kind of API a document is for.
type Sign struct {
	Name string
	Node *source.Node
}

// Signs are the first member of each kind in a document, as its author wrote it. No
// member says it outright, and weak is what documents for both kinds have. Blocks on
// resources never count: they are records, and have an effect nowhere.
type Signs struct{ REST, HTTP, Weak *Sign }

// rootSignsOfREST are members of the root that HTTP APIs do not have.
var rootSignsOfREST = []string{
	extensions.NameGatewayResponses, extensions.NameRequestValidator, extensions.NameRequestValidators,
	extensions.NameBinaryMediaTypes, extensions.NamePolicy, extensions.NameAPIKeySource,
	extensions.NameMinimumCompressionSize, extensions.NameEndpointConfiguration, extensions.NameDocumentation,
}

// integrationSignsOfREST are members of integrations that HTTP APIs do not have.
var integrationSignsOfREST = []string{"requestTemplates", "responses", "passthroughBehavior", "contentHandling"}

// ReadSigns returns what in a document tells which kind of API it is for.
func ReadSigns(d *Document) Signs {
	r := &signReader{hidden: d.Hidden}
	r.root(d)
	for _, resource := range d.Resources {
		for _, item := range resource.Items {
			r.pathItem(item)
		}
	}
	for _, m := range d.Strays {
		if m.Name() == DefaultRoute[1:] {
			r.found(&r.HTTP, m.Name(), m.Key)
		}
	}
	return r.Signs
}

// DefaultRoute is the path of the route of an HTTP API that gets what no other does.
const DefaultRoute = "/$default"

// Route returns the name that API Gateway gives the route of a method: its method and path, or
// $default.
func (m *Method) Route() string {
	if m.Path == DefaultRoute {
		return DefaultRoute[1:]
	}
	return m.Name + " " + m.Path
}

type signReader struct {
	Signs
	hidden Hidden
}

func (r *signReader) found(s **Sign, name string, n *source.Node) {
	if *s == nil && n != nil {
		*s = &Sign{name, n}
	}
}

func (r *signReader) root(d *Document) {
	if d.Version == Swagger2 {
		r.found(&r.REST, "swagger: "+d.VersionNode.Text(), d.VersionNode)
	}
	for _, name := range rootSignsOfREST {
		r.found(&r.REST, name, r.hidden.Get(d.Root, name))
	}
	components := d.Root.Get("components")
	r.found(&r.HTTP, extensions.NameIntegrations, components.Get(extensions.NameIntegrations))
	for _, scheme := range components.Get("securitySchemes").Members() {
		kind := scheme.Value.Get(extensions.NameAuthorizer).Get("type")
		if extensions.AuthorizerType(kind.Text()).Is(extensions.AuthorizerJWT) {
			r.found(&r.HTTP, "the authorizer type jwt", kind)
		}
		for _, name := range []string{"authorizerPayloadFormatVersion", "enableSimpleResponses"} {
			r.found(&r.HTTP, name, scheme.Value.Get(extensions.NameAuthorizer).Get(name))
		}
	}
	for _, name := range []string{extensions.NameCORS, extensions.NameImportExportVersion} {
		r.found(&r.Weak, name, r.hidden.Get(d.Root, name))
	}
}

func (r *signReader) pathItem(item *PathItem) {
	if item.Key == DefaultRoute {
		r.found(&r.HTTP, DefaultRoute, item.Node)
	}
	for _, m := range item.All() {
		r.found(&r.HTTP, "isDefaultRoute", m.Node.Get(extensions.MemberIsDefaultRoute))
		r.found(&r.REST, extensions.NameRequestValidator, m.Node.Get(extensions.NameRequestValidator))
		if m.Integration != nil {
			r.integration(m.Integration)
		}
	}
}

func (r *signReader) integration(i *Integration) {
	if ref, ok := Ref(i.Node); ok && strings.Contains(ref, extensions.NameIntegrations) {
		r.found(&r.HTTP, "an integration by $ref", i.Node)
	}
	r.found(&r.HTTP, "integrationSubtype", i.Node.Get("integrationSubtype"))
	r.found(&r.Weak, "payloadFormatVersion", i.Node.Get("payloadFormatVersion"))
	if i.Type.IsMapped() {
		r.found(&r.REST, "the integration type "+strings.ToLower(string(i.Type)), i.Node.Get("type"))
	}
	for _, name := range integrationSignsOfREST {
		r.found(&r.REST, name, r.hidden.Get(i.Node, name))
	}
}
