// Package derive works out what a document makes of a policy: the methods and headers
// that follow from the resource that the policy is for.
package derive

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Effective is a policy with every list derived for one resource: no member of it is
// derived, and what AddHeaders lists is among AllowHeaders. A member that is unset or none
// has no header.
type Effective struct {
	policy.Policy
	Origins policy.Value[[]policy.Origin] // AllowOrigins in their parts
}

// ForResource works out a valid policy for a resource of a document. methods are those of
// the resource that CORS is enabled for, without OPTIONS.
func ForResource(p policy.Policy, d *model.Document, r *model.Resource, methods []*model.Method) Effective {
	e := Effective{Policy: p, Origins: origins(p)}
	e.AllowMethods = allowedMethods(p, methods)
	e.AllowHeaders, e.AddHeaders = allowedHeaders(p, d, r, methods), nil
	e.ExposeHeaders = exposed(p, methods)
	return e
}

func origins(p policy.Policy) policy.Value[[]policy.Origin] {
	if expr, ok := p.AllowOrigins.Raw(); ok {
		return policy.Raw[[]policy.Origin](expr)
	}
	list, _ := p.AllowOrigins.Literal()
	origins := make([]policy.Origin, len(list))
	for i, value := range list {
		origins[i], _ = policy.ParseOrigin(value) // the policy is valid
	}
	return policy.Literal(origins)
}

func allowedMethods(p policy.Policy, methods []*model.Method) policy.Value[[]string] {
	switch p.AllowMethods.Kind() {
	case policy.KindNone, policy.KindLiteral, policy.KindRaw:
		return p.AllowMethods
	}
	return policy.Literal(Methods(methods))
}

// Methods returns the value of Access-Control-Allow-Methods for methods of
// a resource: their names and OPTIONS, sorted. ANY stands for the seven that API
// Gateway knows.
func Methods(methods []*model.Method) []string {
	names := []string{"OPTIONS"}
	for _, m := range methods {
		if m.Name == model.Any {
			names = append(names, policy.AnyMethods()...)
			continue
		}
		names = append(names, m.Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// NeededMethods returns the methods of a resource that the document itself needs: of ANY nobody knows
// which of its methods are requested.
func NeededMethods(r *model.Resource) []string {
	return Methods(slices.DeleteFunc(r.Methods(), func(m *model.Method) bool { return m.Name == model.Any }))
}

// ForAPI works out a valid policy for an HTTP API, which has one for all its routes.
func ForAPI(p policy.Policy, d *model.Document) Effective {
	whole := d.Whole()
	methods := whole.Methods()
	e := ForResource(p, d, whole, methods)
	if p.ExposeHeaders.Kind() == policy.KindDerived {
		e.ExposeHeaders = policy.Literal(declaredHeaders(methods))
	}
	return e
}

func allowedHeaders(p policy.Policy, d *model.Document, r *model.Resource, methods []*model.Method) policy.Value[[]string] {
	var names headerList
	switch p.AllowHeaders.Kind() {
	case policy.KindRaw:
		return p.AllowHeaders
	case policy.KindNone:
		if len(p.AddHeaders) == 0 {
			return p.AllowHeaders
		}
	case policy.KindLiteral:
		list, _ := p.AllowHeaders.Literal()
		names.add(list...)
	case policy.KindDerived:
		names.add(Headers(d, r, methods)...)
	default:
		names.add(policy.ConsoleHeaders()...)
		names.add(Headers(d, r, methods)...)
	}
	names.add(p.AddHeaders...)
	return policy.Literal([]string(names))
}

// Headers returns the request headers that callers of the methods of a resource
// may want to send: those of [NeededHeaders], the hash that signers may send apart from the
// signature, and Content-Type where there is a body.
func Headers(d *model.Document, r *model.Resource, methods []*model.Method) []string {
	names := usedHeaders(d, r, methods)
	if slices.ContainsFunc(methods, func(m *model.Method) bool { return m.HasBody }) {
		names.add(contentType)
	}
	return names
}

const contentType = "Content-Type"

// NeededHeaders returns the request headers that the methods of a resource need a
// browser to send: header parameters of the path item and of the operations, what the
// security schemes read, and Content-Type where a body is of another type than the three
// that are safelisted (Fetch standard, CORS-safelisted request-header). Names that a
// browser does not let scripts send, or that are no names, are left out, and so is
// X-Amz-Content-Sha256: clients that sign for API Gateway put the hash of the body into
// the signature alone.
func NeededHeaders(d *model.Document, r *model.Resource, methods []*model.Method) []string {
	return slices.DeleteFunc(usedHeaders(d, r, methods), func(name string) bool { return strings.EqualFold(name, "X-Amz-Content-Sha256") })
}

func usedHeaders(d *model.Document, r *model.Resource, methods []*model.Method) headerList {
	var names headerList
	for _, item := range r.Items {
		names.addParameters(item.Parameters)
	}
	for _, m := range methods {
		names.addParameters(m.Parameters)
		schemes, _ := d.SecurityOf(m)
		for _, scheme := range schemes {
			names.addSendable(d.SchemeHeaders(scheme)...)
		}
		if m.HasBody && !isSafelistedBody(m.BodyTypes) {
			names.add(contentType)
		}
	}
	return names
}

// RequiredHeaders returns those of [NeededHeaders] without which a method of a path item refuses
// a call: parameters that are not required are left out.
func RequiredHeaders(d *model.Document, item *model.PathItem, m *model.Method) []string {
	optional := map[string]bool{}
	for _, p := range item.ParametersOf(m) {
		if p.In == "header" {
			optional[strings.ToLower(p.Name)] = !p.Required
		}
	}
	alone := &model.Resource{Items: []*model.PathItem{item}}
	return slices.DeleteFunc(NeededHeaders(d, alone, []*model.Method{m}), func(name string) bool { return optional[strings.ToLower(name)] })
}

// isSafelistedBody reports whether a body may be of a type that needs no preflight. Of
// several types the caller chooses one that does.
func isSafelistedBody(types []string) bool {
	return len(types) > 0 && !slices.ContainsFunc(types, func(text string) bool {
		return !slices.Contains([]string{"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"}, model.MediaType(text))
	})
}

func exposed(p policy.Policy, methods []*model.Method) policy.Value[[]string] {
	if p.ExposeHeaders.Kind() == policy.KindDerived {
		return policy.Literal(remappedNames(declaredHeaders(methods)))
	}
	return p.ExposeHeaders
}

// declaredHeaders returns the response headers that the methods declare and that a
// script could not read without being told.
func declaredHeaders(methods []*model.Method) []string {
	var names headerList
	for _, m := range methods {
		for _, r := range m.Responses {
			for _, h := range r.Headers {
				if name := h.Name(); policy.IsWorthExposing(name) {
					names.add(name)
				}
			}
		}
	}
	return names
}

func remappedNames(names []string) []string {
	var list headerList
	for _, name := range names {
		list.add(policy.Remapped(name))
	}
	return list
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
		if policy.IsSendable(name) && name != "*" {
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
