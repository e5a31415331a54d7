package gateway

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// An Operation is a method of an API as a script requests it: with everything that it asks for.
type Operation struct {
	Resource string // its path in the document, "/pets/{petId}"
	Method   string // "GET"; of an ANY, each method that it takes is one
	Pointer  string // to it in the document

	Path   string  // that leads to it, with a value for each variable: "/pets/petId"
	Query  []Field // parameters that are required
	Header []Field // parameters that are required, and what identifies the caller
	May    []Field // parameters in the header that are not required
	Type   string  // of the body; empty: there is none

	Proxy   bool     // its backend has to send the CORS headers of the response
	Unknown *Unknown // why its response is not known
}

// Operations returns all operations but OPTIONS, which are no script's to request, in the order
// of their paths.
func (a *API) Operations() []Operation {
	var all []Operation
	resources := slices.Clone(a.resources)
	slices.SortStableFunc(resources, func(x, y *resource) int { return strings.Compare(x.path, y.path) })
	for _, r := range resources {
		for _, name := range slices.Sorted(maps.Keys(r.methods)) {
			for _, called := range r.requestedBy(name) {
				all = append(all, a.operation(r, called, r.methods[name]))
			}
		}
	}
	return all
}

// requestedBy returns the methods of scripts that a method of a resource takes.
func (r *resource) requestedBy(name string) []string {
	if name == "OPTIONS" {
		return nil
	}
	if name != anyMethod {
		return []string{name}
	}
	return slices.DeleteFunc(extensions.AnyMethods(), func(m string) bool { return m == "OPTIONS" || r.methods[m] != nil })
}

func (a *API) operation(r *resource, name string, m *method) Operation {
	o := Operation{
		Resource: r.path, Method: name, Pointer: m.pointer, Path: a.example(r, name),
		Header: m.access.headers(), Query: m.access.queries(), Proxy: m.integration.Type.IsProxy(), Unknown: m.unknown,
	}
	if name != "GET" && name != "HEAD" {
		o.Type = m.bodyType()
	}
	for _, p := range m.parameters {
		switch {
		case p.in == "header" && strings.ContainsFunc(p.name, isNotOfName):
			if p.required && o.Unknown == nil {
				o.Unknown = unknown(ReasonUnreadable, m.pointer, "it requires the header %q, and no header has such a name", p.name)
			}
		case p.in == "header" && (has(o.Header, p.name) || isOfBody(p.name)):
		case p.in == "header" && p.required:
			o.Header = append(o.Header, Field{p.name, "example"})
		case p.in == "header":
			o.May = append(o.May, Field{p.name, "example"})
		case p.in == "query" && p.required && !has(o.Query, p.name):
			o.Query = append(o.Query, Field{p.name, "example"})
		}
	}
	return o
}

// bodyType is the media type of a body that a method takes: JSON if it can be, since browsers ask
// first for it. Empty: it takes none.
func (m *method) bodyType() string {
	types := m.types
	if b := m.integration.PassthroughBehavior; b.Is(extensions.PassthroughNever) || b.Is(extensions.PassthroughWhenNoTemplates) {
		if templates := slices.Sorted(maps.Keys(m.integration.RequestTemplates)); len(templates) > 0 && !slices.Contains(templates, jsonType) {
			types = templates // others are refused
		}
	}
	switch {
	case len(types) == 0:
		return ""
	case slices.Contains(types, jsonType):
		return jsonType
	}
	return types[0]
}

// isNotOfName reports whether the name of a header cannot have a character (RFC 9110, section
// 5.6.2, token).
func isNotOfName(r rune) bool {
	return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"(),/:;<=>?@[\\]{}", r)
}

// isOfBody reports whether a header speaks of bodies: it is not made up.
func isOfBody(name string) bool {
	return strings.EqualFold(name, contentType) || strings.EqualFold(name, "Accept")
}

func has(fields []Field, name string) bool {
	return slices.ContainsFunc(fields, func(f Field) bool { return strings.EqualFold(f.Name, name) })
}

// example is a path that leads to a method of a resource: variables have their names for values,
// or something else where those are literal segments beside them.
func (a *API) example(r *resource, method string) string {
	if a.fallback != nil && a.fallback.resource == r {
		return "/example"
	}
	for _, suffix := range []string{"", "-1", "-example", "-of-a-variable"} {
		path := r.exampleWith(suffix)
		if found, ok := a.tree.find(segments(path), method); ok && found.method != nil && found.method.resource == r {
			return path
		}
	}
	return r.exampleWith("") // something else takes it, whatever it is
}

// exampleWith is a path in which variables have their names for values, with something behind.
func (r *resource) exampleWith(suffix string) string {
	var parts []string
	for at := r; at.parent != nil; at = at.parent {
		part := at.segment
		if at.name != "" {
			part = url.PathEscape(at.name + suffix)
		}
		parts = append(parts, part)
	}
	slices.Reverse(parts)
	return "/" + strings.Join(parts, "/")
}

// Policy returns the policy of a resource: that of the options, or its x-amazon-apigateway-cors
// object, or the configuration of an HTTP API; else why that is not known.
func (a *API) Policy(path string) (extensions.CORS, *Unknown) {
	r := a.byPath[path]
	at := pointer("paths", path)
	if a.options.APIType == REST && a.options.Policies != nil {
		if policy, ok := a.options.Policies(path); ok {
			return policy, misread(policy.Unknown, at, policyMembers...)
		}
	}
	switch {
	case a.options.APIType == HTTP && a.opaqueCORS != nil:
		return extensions.CORS{}, a.opaqueCORS
	case a.options.APIType == HTTP && a.cors != nil:
		return *a.cors, nil
	case a.options.APIType == REST && r != nil && r.policy != nil:
		return *r.policy, r.opaquePolicy
	}
	return extensions.CORS{}, unknown(ReasonNoPolicy, at, "nothing says who may call %s: CORS is not enabled for it, or its OPTIONS is the author's", path)
}

// Resolve returns an entry of the allow-list of a resource as it is in the deployed API, or why
// that is not known.
func (a *API) Resolve(resource string, entry extensions.String) (string, *Unknown) {
	at := pointer("paths", resource, extensions.NameCORS)
	text, ok := entry.Text()
	name, isVariable := strings.CutPrefix(text, "stageVariables.")
	switch {
	case !ok || hasPlaceholder(text):
		return "", unknown(reasonOfString(entry), at, "the policy allows %s, which is known only when the document is deployed", entry)
	case !isVariable:
		return text, nil
	}
	value, ok := a.options.StageVariables[name]
	if !ok {
		return "", unknown(ReasonStageVariable, at, "the policy allows the value of the stage variable %s, which is not known", name)
	}
	return value, nil
}
