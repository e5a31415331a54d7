package validity

import (
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// projection writes a part of a document as JSON for kin-openapi.
type projection struct {
	doc      *model.Document
	at       source.Pointer // of the part
	trail    []string       // from there to the value that is written
	text     strings.Builder
	without  []string // members of the part that are left out
	unknown  bool     // something in it is known only when the document is deployed
	problems []Problem
}

// role says what a value is: the key under which it stands, followed by "/*" for a
// member of a map from names to such values and by "/-" for an element of a list.
type role string

// named are the keys of maps whose keys are names that somebody chose.
var named = []role{
	"callbacks", "content", "encoding", "headers", "mapping", "patternProperties", "properties", "$defs", "responses", "scopes", "security/-", "variables",
}

// schemas are the places in which one stands.
var schemas = []role{
	"schema", "items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames", "unevaluatedItems", "unevaluatedProperties",
	"properties/*", "patternProperties/*", "$defs/*", "schemas/*", "allOf/-", "anyOf/-", "oneOf/-", "prefixItems/-",
}

// kind returns the section of the components whose members can stand in a place.
func (as role) kind() string {
	section, isNamed := strings.CutSuffix(string(as), "/*")
	switch {
	case slices.Contains(schemas, as):
		return "schemas"
	case as == "parameters/-":
		return "parameters"
	case as == "requestBody":
		return "requestBodies"
	case isNamed:
		return section // responses, headers, callbacks, and what stands in the components
	}
	return ""
}

// roleOf returns what stands at a pointer to a part.
func roleOf(at source.Pointer) role {
	if rest, ok := at.Below(components); ok && len(rest.Keys()) > 1 {
		return role(rest.Keys()[0]) + "/*"
	}
	_, name := at.Parent()
	return role(name)
}

func (p *projection) value(n *source.Node, as role) {
	ref, isRef := model.Ref(n)
	switch {
	case len(p.trail) > model.DeepestJSON, p.text.Len() > model.LongestJSON, model.Intrinsic(n), isPlaceholder(n, as):
		p.unknown = true
	case isRef:
		p.reference(ref, n, as)
	case n.Kind == source.Map:
		p.object(n, as)
	case n.Kind == source.Seq:
		p.list(n, as)
	default:
		p.text.WriteString(model.ScalarJSON(n))
	}
}

// reference writes what may stand in the place of a reference. Whether there is something
// that it leads to is the business of others.
func (p *projection) reference(ref string, n *source.Node, as role) {
	kind := as.kind()
	to, _ := source.Pointer(strings.TrimPrefix(ref, "#")).Below(components)
	if keys := to.Keys(); strings.HasPrefix(ref, "#/") && len(keys) == 2 && kind != "" && keys[0] != kind {
		p.problems = append(p.problems, Problem{Unreadable, "the reference " + strconv.Quote(ref) + " leads to something else than belongs here", p.at.Child(p.trail...).Child("$ref")})
	}
	switch kind {
	case "schemas", "callbacks":
		p.text.WriteString(`{}`)
	case "headers":
		p.text.WriteString(`{"schema":{}}`)
	case "requestBodies":
		p.text.WriteString(`{"content":{"*/*":{}}}`)
	case "responses":
		p.text.WriteString(`{"description":"elsewhere"}`)
	case "securitySchemes":
		p.text.WriteString(`{"type":"http","scheme":"bearer"}`)
	case "parameters":
		p.parameter(p.doc.Resolve(n))
	default:
		p.unknown = true
	}
}

// parameter writes no more of a parameter than what its operation has to know of it.
func (p *projection) parameter(n *source.Node) {
	name, in := n.Get("name"), n.Get("in")
	if name == nil || in == nil {
		p.unknown = true
		return
	}
	p.text.WriteString(`{"name":` + model.Quoted(name.Text()) + `,"in":` + model.Quoted(in.Text()) + `,"required":true,"schema":{}}`)
}

func (p *projection) object(n *source.Node, as role) {
	isNamed := slices.Contains(named, as)
	written := map[string]bool{}
	p.text.WriteByte('{')
	for _, m := range n.Members() {
		name := m.Name()
		switch {
		case p.doc.Hidden[m.Value], written[name], len(p.trail) == 0 && slices.Contains(p.without, name), m.Value.IsNull(), isLeftOut(name, as, isNamed):
			continue
		case strings.HasPrefix(name, "Fn::"), model.HasPlaceholder(name):
			p.unknown = true
			return
		}
		if len(written) > 0 {
			p.text.WriteByte(',')
		}
		written[name] = true
		p.text.WriteString(model.Quoted(name) + ":")
		below := role(name)
		if isNamed {
			below = as + "/*"
		}
		if as == "variables/*" && name == "default" && m.Value.Text() == "" {
			p.text.WriteString(`"/"`) // kin-openapi takes an empty default, which exports have, for none
			continue
		}
		p.below(name, m.Value, below)
	}
	p.text.WriteByte('}')
}

// isLeftOut reports whether a member is nobody's to judge: extensions, examples, links,
// and patterns, which are of ECMAScript and not of Go.
func isLeftOut(name string, as role, isNamed bool) bool {
	isExtension := strings.HasPrefix(name, "x-")
	switch {
	case isNamed && as != "responses" && as != "callbacks":
		return strings.HasPrefix(name, "x-apigw-cors-") // what apigw-cors is told or notes
	case isNamed:
		return isExtension
	}
	return isExtension || slices.Contains([]string{"example", "examples", "links", "pattern"}, name)
}

func (p *projection) list(n *source.Node, as role) {
	p.text.WriteByte('[')
	first := true
	for i, item := range n.Items() {
		if item.IsNull() && as != "enum" {
			continue
		}
		if !first {
			p.text.WriteByte(',')
		}
		first = false
		p.below(strconv.Itoa(i), item, as+"/-")
	}
	p.text.WriteByte(']')
}

// below writes what stands under a key.
func (p *projection) below(key string, n *source.Node, as role) {
	p.trail = append(p.trail, key)
	p.value(n, as)
	p.trail = p.trail[:len(p.trail)-1]
}

// texts are the members that say something to people, whatever it is.
var texts = []role{"description", "summary", "title", "operationId", "termsOfService", "name", "version"}

// isPlaceholder reports whether something of a value is filled in before the import, so
// that it is not known what it is. In a text that says something to people it makes no
// difference, unless it is all of it.
func isPlaceholder(n *source.Node, as role) bool {
	if n.Kind != source.Scalar || !model.HasPlaceholder(n.Text()) {
		return false
	}
	return !slices.Contains(texts, as) || model.IsPlaceholder(n.Text())
}
