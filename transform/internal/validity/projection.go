package validity

import (
	"regexp"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// projection writes a part of a document as JSON for kin-openapi.
type projection struct {
	doc     *model.Document
	text    strings.Builder
	without []string // members of the part that are left out
	unknown bool     // something in it is known only when the document is deployed
	depth   int
}

// role says what a value is: the key under which it stands, followed by "/*" for a
// member of a map from names to such values and by "/-" for an element of a list.
type role string

// named are the keys of maps whose keys are names that somebody chose.
var named = []role{
	"callbacks", "content", "encoding", "headers", "mapping", "patternProperties", "properties", "$defs", "responses", "scopes", "variables",
}

// isSchema reports whether a schema stands there.
func (c role) isSchema() bool {
	return slices.Contains([]role{
		"schema", "items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames", "unevaluatedItems", "unevaluatedProperties",
		"properties/*", "patternProperties/*", "$defs/*", "schemas/*", "allOf/-", "anyOf/-", "oneOf/-", "prefixItems/-",
	}, c)
}

// roleOf returns what stands at a pointer to a part.
func roleOf(at source.Pointer) role {
	if rest, ok := at.Below(components); ok && len(rest.Keys()) > 1 {
		return role(rest.Keys()[0]) + "/*"
	}
	return ""
}

func (p *projection) value(n *source.Node, c role) {
	p.depth++
	defer func() { p.depth-- }()
	ref, isRef := model.Ref(n)
	switch {
	case p.depth > model.DeepestJSON, p.text.Len() > model.LongestJSON, model.Intrinsic(n), isPlaceholder(n):
		p.unknown = true
	case isRef && p.doc.Resolve(n) != nil:
		p.text.WriteString(`{"$ref":` + model.Quoted(ref) + `}`)
	case isRef && c.isSchema():
		p.text.WriteString(`{}`)
	case isRef && c == "responses/*":
		p.text.WriteString(`{"description":"unknown"}`)
	case isRef:
		p.unknown = true
	case n.Kind == source.Map:
		p.object(n, c)
	case n.Kind == source.Seq:
		p.list(n, c)
	default:
		p.text.WriteString(model.ScalarJSON(n))
	}
}

func (p *projection) object(n *source.Node, c role) {
	isNamed := slices.Contains(named, c)
	written := map[string]bool{}
	p.text.WriteByte('{')
	for _, m := range n.Members() {
		name := m.Name()
		switch {
		case p.doc.Hidden[m.Value], written[name], p.depth == 1 && slices.Contains(p.without, name):
			continue
		case !isNamed && (strings.HasPrefix(name, "x-") || name == "example" || name == "examples"):
			continue
		case strings.HasPrefix(name, "Fn::"):
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
			below = c + "/*"
		}
		p.value(m.Value, below)
	}
	p.text.WriteByte('}')
}

func (p *projection) list(n *source.Node, c role) {
	p.text.WriteByte('[')
	for i, item := range n.Items() {
		if i > 0 {
			p.text.WriteByte(',')
		}
		p.value(item, c+"/-")
	}
	p.text.WriteByte(']')
}

var placeholder = regexp.MustCompile(`^(?:https?://)?\$\{[^}]*\}`)

// isPlaceholder reports whether a value begins with something that is filled in before
// the import, so that it is not known what it is.
func isPlaceholder(n *source.Node) bool {
	return n.Kind == source.Scalar && placeholder.MatchString(n.Text())
}
