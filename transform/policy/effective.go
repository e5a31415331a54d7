package policy

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// Effective is a policy with every member worked out for one resource. A nil
// list means that its header is absent.
type Effective struct {
	Origin      string // "*" or one origin
	Methods     []string
	Headers     []string
	Expose      []string
	MaxAge      *int
	Credentials bool
}

// For works out the policy for a resource of a document. The policy must give one
// origin. methods are those of the resource that CORS is enabled for, without
// OPTIONS.
func (p Policy) For(d *model.Document, r *model.Resource, methods []*model.Method) Effective {
	origins, _ := p.AllowOrigins.Literal()
	e := Effective{
		Origin:  origins[0],
		Methods: p.methods(methods),
		Headers: p.headers(d, r, methods),
		Expose:  p.expose(methods),
	}
	e.Credentials, _ = p.AllowCredentials.Literal()
	if age, ok := p.MaxAge.Literal(); ok {
		e.MaxAge = &age
	}
	return e
}

func (p Policy) methods(methods []*model.Method) []string {
	switch p.AllowMethods.Kind() {
	case KindNone:
		return nil
	case KindLiteral:
		list, _ := p.AllowMethods.Literal()
		return slices.Clone(list)
	}
	return DeriveMethods(methods)
}

// DeriveMethods returns the value of Access-Control-Allow-Methods for methods of
// a resource: their names and OPTIONS, sorted. ANY stands for the seven that API
// Gateway knows.
func DeriveMethods(methods []*model.Method) []string {
	names := []string{"OPTIONS"}
	for _, m := range methods {
		if m.Name == model.Any {
			names = append(names, AnyMethods()...)
			continue
		}
		names = append(names, m.Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (p Policy) headers(d *model.Document, r *model.Resource, methods []*model.Method) []string {
	var names headerList
	switch p.AllowHeaders.Kind() {
	case KindNone:
		if len(p.AddHeaders) == 0 {
			return nil
		}
	case KindLiteral:
		list, _ := p.AllowHeaders.Literal()
		names.add(list...)
	case KindDerived:
		names.add(DeriveHeaders(d, r, methods)...)
	default:
		names.add(ConsoleHeaders()...)
		names.add(DeriveHeaders(d, r, methods)...)
	}
	names.add(p.AddHeaders...)
	return names
}

// DeriveHeaders returns the request headers that the methods of a resource need
// a browser to send: header parameters of the path item and of the operations,
// what the security schemes read, and Content-Type where there is a body. Names
// that a browser does not let scripts send, or that are no names, are left out.
func DeriveHeaders(d *model.Document, r *model.Resource, methods []*model.Method) []string {
	var names headerList
	for _, item := range r.Items {
		names.addParameters(item.Parameters)
	}
	for _, m := range methods {
		names.addParameters(m.Parameters)
		if s := d.SecurityOf(m); s != nil {
			for _, scheme := range s.Schemes {
				names.addSendable(d.SchemeHeaders(scheme)...)
			}
		}
		if m.HasBody {
			names.add("Content-Type")
		}
	}
	return names
}

func (p Policy) expose(methods []*model.Method) []string {
	switch p.ExposeHeaders.Kind() {
	case KindLiteral:
		list, _ := p.ExposeHeaders.Literal()
		return slices.Clone(list)
	case KindDerived:
		return deriveExposed(methods)
	}
	return nil
}

// deriveExposed returns the response headers that the methods declare and that a
// script could not read without being told.
func deriveExposed(methods []*model.Method) []string {
	var names headerList
	for _, m := range methods {
		for _, r := range m.Responses {
			for _, h := range r.Headers {
				if name := h.Name(); isWorthExposing(name) {
					names.add(remapped(name))
				}
			}
		}
	}
	return names
}

// isWorthExposing reports whether a script would have to be told of a declared
// response header, and could be.
func isWorthExposing(name string) bool {
	return checkExposedHeader(name) == nil && name != "*" &&
		!SafelistedResponseHeader(name) && !isCORSResponseHeader(name) && !strings.EqualFold(name, "Vary")
}

// remapped returns the name under which a response header leaves a REST API: some
// get a prefix. Those that are dropped are left as they are; nobody declares them.
// See https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
func remapped(name string) string {
	switch strings.ToLower(name) {
	case "authorization", "connection", "content-md5", "date", "max-forwards", "server", "user-agent", "www-authenticate":
		return "x-amzn-Remapped-" + name
	}
	return name
}

// headerList is a list of header names, each once whatever its case. The first
// spelling stays.
type headerList []string

func (l *headerList) add(names ...string) {
	for _, name := range names {
		if !slices.ContainsFunc(*l, func(has string) bool { return strings.EqualFold(has, name) }) {
			*l = append(*l, name)
		}
	}
}

func (l *headerList) addSendable(names ...string) {
	for _, name := range names {
		if checkRequestHeader(name) == nil && name != "*" {
			l.add(name)
		}
	}
}

func (l *headerList) addParameters(params []model.Parameter) {
	for _, p := range params {
		if p.In == "header" {
			l.addSendable(p.Name)
		}
	}
}
