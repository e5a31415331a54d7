package transform

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// API is the kind of API that a document is for.
type API string

const (
	Auto API = "auto" // told by what the document says; the default
	REST API = "rest"
	HTTP API = "http"
)

// ParseAPI reads the name of a kind of API. The error is a [*SettingError].
func ParseAPI(name string) (API, error) {
	return API(name), choose("api", name, func(string) {}, string(REST), string(HTTP), string(Auto))
}

// Target is the kind of API that a document was taken to be for, and what told so.
type Target struct {
	API      API              // REST or HTTP
	Sign     string           // the member that told, such as "isDefaultRoute"; empty when none did
	Position finding.Position // of it
	Given    bool             // the options said it
}

// TargetError tells that what a document says does not tell which kind of API it is
// for.
type TargetError struct{ place *PlaceError }

func (e *TargetError) Error() string { return e.place.Error() }

// Unwrap returns a [*PlaceError].
func (e *TargetError) Unwrap() error { return e.place }

// Target tells which kind of API the document is for, as [Enable] takes it. The error
// is a [*TargetError], or about the options.
func (d *Document) Target(o Options) (Target, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	plan := newPlan(d, o)
	if err := o.validate(); err != nil {
		return Target{}, err
	}
	err := plan.chooseTarget()
	return plan.target, err
}

// chooseTarget tells which kind of API a document is for.
func (p *plan) chooseTarget() error {
	given := API(cmp.Or(string(p.options.API), p.fileAPI(), string(Auto)))
	signs := readSigns(p.author)
	if given != Auto {
		p.target = Target{API: given, Given: true}
		if given == HTTP && p.author.Version == model.Swagger2 {
			return &TargetError{&PlaceError{
				File: p.file.Name, Position: p.file.Position(p.author.VersionNode.Start),
				Message: fmt.Sprintf("HTTP APIs are imported from OpenAPI 3.0 only, and this is Swagger %s", p.author.VersionNode.Text()),
				Hint:    "write the document as openapi: 3.0.1, or use --api rest",
			}}
		}
		if given == REST && signs.http != nil {
			p.warn(ruleHTTPAPI, here(signs.http.node, ""),
				fmt.Sprintf("%s is for HTTP APIs, which have no mock integrations; what is written here works on REST APIs", signs.http.name), "use --api http if it is for one")
		}
		return nil
	}
	switch {
	case signs.rest != nil && signs.http != nil:
		return p.unclear(signs.http, fmt.Sprintf("%s is for HTTP APIs, and %s in line %d is for REST APIs",
			signs.http.name, signs.rest.name, p.file.Position(signs.rest.node.Start).Line))
	case signs.rest != nil:
		p.target = p.by(REST, signs.rest)
	case signs.http != nil:
		p.target = p.by(HTTP, signs.http)
	case signs.weak != nil:
		return p.unclear(signs.weak, signs.weak.name+" may stand for an HTTP API, and documents for REST APIs have it too; nothing else tells which it is")
	default:
		p.target = Target{API: REST}
	}
	return nil
}

// fileAPI returns what the policy file says of it.
func (p *plan) fileAPI() string {
	if p.options.File == nil {
		return ""
	}
	return p.options.File.API
}

func (p *plan) by(api API, s *sign) Target {
	return Target{API: api, Sign: s.name, Position: p.file.Position(s.node.Start)}
}

func (p *plan) unclear(s *sign, message string) error {
	return &TargetError{&PlaceError{
		File:     p.file.Name,
		Position: p.file.Position(s.node.Start),
		Message:  message,
		Hint:     "say it with --api rest or --api http, or with api in the policy file",
	}}
}

// sign is a member that tells which kind of API a document is for.
type sign struct {
	name string
	node *source.Node
}

// signs are the first member of each kind in a document, as its author wrote it. No
// member says it outright, and weak is what documents for both kinds have. Blocks on
// resources never count: they are records, and have an effect nowhere.
type signs struct{ rest, http, weak *sign }

// rootSignsOfREST are members of the root that HTTP APIs do not have.
var rootSignsOfREST = []string{
	extensions.NameGatewayResponses, extensions.NameRequestValidator, extensions.NameRequestValidators,
	extensions.NameBinaryMediaTypes, extensions.NamePolicy, extensions.NameAPIKeySource,
	extensions.NameMinimumCompressionSize, extensions.NameEndpointConfiguration, extensions.NameDocumentation,
}

// integrationSignsOfREST are members of integrations that HTTP APIs do not have.
var integrationSignsOfREST = []string{"requestTemplates", "responses", "passthroughBehavior", "contentHandling"}

func readSigns(d *model.Document) signs {
	r := &signReader{hidden: d.Hidden}
	r.root(d)
	for _, resource := range d.Resources {
		for _, item := range resource.Items {
			r.pathItem(item)
		}
	}
	for _, m := range d.Strays {
		if m.Name() == defaultRoute[1:] {
			r.found(&r.http, m.Name(), m.Key)
		}
	}
	return r.signs
}

type signReader struct {
	signs
	hidden model.Hidden
}

func (r *signReader) found(s **sign, name string, n *source.Node) {
	if *s == nil && n != nil {
		*s = &sign{name, n}
	}
}

func (r *signReader) root(d *model.Document) {
	if d.Version == model.Swagger2 {
		r.found(&r.rest, "swagger: "+d.VersionNode.Text(), d.VersionNode)
	}
	for _, name := range rootSignsOfREST {
		r.found(&r.rest, name, r.hidden.Get(d.Root, name))
	}
	components := d.Root.Get("components")
	r.found(&r.http, extensions.NameIntegrations, components.Get(extensions.NameIntegrations))
	for _, scheme := range components.Get("securitySchemes").Members() {
		kind := scheme.Value.Get(extensions.NameAuthorizer).Get("type")
		if extensions.AuthorizerType(kind.Text()).Is(extensions.AuthorizerJWT) {
			r.found(&r.http, "the authorizer type jwt", kind)
		}
	}
	for _, name := range []string{extensions.NameCORS, extensions.NameImportExportVersion} {
		r.found(&r.weak, name, r.hidden.Get(d.Root, name))
	}
}

func (r *signReader) pathItem(item *model.PathItem) {
	if item.Key == defaultRoute {
		r.found(&r.http, defaultRoute, item.Node)
	}
	for _, m := range item.All() {
		r.found(&r.http, "isDefaultRoute", m.Node.Get(extensions.MemberIsDefaultRoute))
		r.found(&r.rest, extensions.NameRequestValidator, m.Node.Get(extensions.NameRequestValidator))
		if m.Integration != nil {
			r.integration(m.Integration)
		}
	}
}

func (r *signReader) integration(i *model.Integration) {
	if ref, ok := model.Ref(i.Node); ok && strings.Contains(ref, extensions.NameIntegrations) {
		r.found(&r.http, "an integration by $ref", i.Node)
	}
	r.found(&r.http, "integrationSubtype", i.Node.Get("integrationSubtype"))
	r.found(&r.weak, "payloadFormatVersion", i.Node.Get("payloadFormatVersion"))
	if i.Type.IsMapped() {
		r.found(&r.rest, "the integration type "+strings.ToLower(string(i.Type)), i.Node.Get("type"))
	}
	for _, name := range integrationSignsOfREST {
		r.found(&r.rest, name, r.hidden.Get(i.Node, name))
	}
}
