package model

import (
	"regexp"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// MarkerName is the member that lists what in a document is generated.
const MarkerName = "x-apigw-cors-generated"

// ConfigurationPointer is where the CORS configuration of an HTTP API stands.
const ConfigurationPointer source.Pointer = "/" + extensions.NameCORS

// CORSObjectPointer is where the CORS block of a path item stands.
func (i *PathItem) CORSObjectPointer() source.Pointer { return i.Pointer.Child(extensions.NameCORS) }

// ParametersOf returns the parameters of a method: its own, which take the place of those of the path
// item, and the others of the path item. Names of headers are the same in upper and lower case.
func (i *PathItem) ParametersOf(m *Method) []Parameter {
	return append(slices.Clone(m.Parameters), slices.DeleteFunc(slices.Clone(i.Parameters), func(above Parameter) bool {
		return slices.ContainsFunc(m.Parameters, above.isSame)
	})...)
}

// isSame reports whether two parameters are one, which may be declared at the path item and again at
// a method.
func (p Parameter) isSame(as Parameter) bool {
	return p.In == as.In && (p.Name == as.Name || p.In == "header" && strings.EqualFold(p.Name, as.Name))
}

// All returns the methods of a path item, OPTIONS first.
func (item *PathItem) All() []*Method {
	if item.Options == nil {
		return item.Methods
	}
	return append([]*Method{item.Options}, item.Methods...)
}

// Any is the name of x-amazon-apigateway-any-method among methods.
const Any = "ANY"

// methodNames are the operations of a path item that API Gateway knows. TRACE is
// not among them, and browsers refuse to send it.
var methodNames = map[string]string{
	"get": "GET", "put": "PUT", "post": "POST", "delete": "DELETE",
	"options": "OPTIONS", "head": "HEAD", "patch": "PATCH",
	extensions.NameAnyMethod: Any,
}

// MethodName returns the method that a member of a path item is, and false for a
// member that is none.
func MethodName(key string) (string, bool) {
	name, ok := methodNames[strings.ToLower(key)]
	return name, ok
}

// Whole returns all path items of a document as one resource, which is what the
// CORS configuration of an HTTP API speaks of.
func (d *Document) Whole() *Resource {
	whole := &Resource{Path: "/"}
	for _, r := range d.Resources {
		whole.Items = append(whole.Items, r.Items...)
	}
	return whole
}

// Options returns the OPTIONS of the resource, or nil.
func (r *Resource) Options() *Method {
	for _, item := range r.Items {
		if item.Options != nil {
			return item.Options
		}
	}
	return nil
}

// Methods returns the methods of the resource without OPTIONS.
func (r *Resource) Methods() []*Method {
	var methods []*Method
	for _, item := range r.Items {
		methods = append(methods, item.Methods...)
	}
	return methods
}

// IsNull reports whether an import makes no resource of this one: all that the document has of it
// is null.
func (r *Resource) IsNull() bool {
	return !slices.ContainsFunc(r.Items, func(item *PathItem) bool { return !item.Node.IsNull() })
}

// ItemOf returns the path item of the resource that has a method, or nil.
func (r *Resource) ItemOf(m *Method) *PathItem {
	for _, item := range r.Items {
		if item.Options == m || slices.Contains(item.Methods, m) {
			return item
		}
	}
	return nil
}

// Home returns the path item on which an OPTIONS stands or would be written: the
// one that has it, else the first that has methods.
func (r *Resource) Home() *PathItem {
	for _, item := range r.Items {
		if item.Options != nil {
			return item
		}
	}
	for _, item := range r.Items {
		if len(item.Methods) > 0 {
			return item
		}
	}
	return r.Items[0]
}

// Opaque returns the first path item of the resource that cannot be read.
func (r *Resource) Opaque() (*PathItem, bool) {
	for _, item := range r.Items {
		if item.Opaque != "" {
			return item, true
		}
	}
	return nil, false
}

func (d *Document) readPathItem(m source.Member) *PathItem {
	item := &PathItem{Key: m.Name(), KeyNode: m.Key, Pointer: Base.Child(m.Name()), Node: m.Value}
	if m.Value.IsNull() {
		return item
	}
	if why := Closed(m.Value); why != "" {
		item.Opaque = "it is " + why
		return item
	}
	if ref, ok := Ref(m.Value); ok {
		item.Ref, item.Opaque = ref, "it refers to "+ref
		return item
	}
	item.Parameters, item.OpenParameters = d.readParameters(m.Value.Get("parameters"))
	for _, child := range d.Hidden.Members(m.Value) {
		name, ok := MethodName(child.Name())
		switch {
		case child.Name() == extensions.NameCORS && d.Hidden.Within(child.Value): // what was added to a generated one is no policy
		case child.Name() == extensions.NameCORS:
			item.CORSObject = child.Value
		case !ok, isNone(name, child.Value):
		case name == "OPTIONS":
			item.Options = d.readMethod(item, child, name)
		default:
			item.Methods = append(item.Methods, d.readMethod(item, child, name))
		}
	}
	return item
}

// isNone reports whether a member of a path item that is called like a method is none, since it is
// null. An OPTIONS that is written as null is kept as one that cannot be read: no OPTIONS can be
// added beside it.
func isNone(name string, n *source.Node) bool {
	return n.IsNull() && (name != "OPTIONS" || n.Unwritten())
}

func (d *Document) readMethod(item *PathItem, m source.Member, name string) *Method {
	op := &Method{
		Name:    name,
		Path:    item.Key,
		Pointer: item.Pointer.Child(m.Name()),
		Key:     m.Key,
		Node:    m.Value,
	}
	if why := Closed(m.Value); why != "" {
		op.Opaque = "it is " + why
		return op
	}
	op.Parameters, op.OpenParameters = d.readParameters(d.Hidden.Get(m.Value, "parameters"))
	op.HasBody, op.BodyTypes = d.hasBody(op), d.bodyTypes(op)
	op.Responses = d.readResponses(op)
	op.Integration = d.readIntegration(op)
	return op
}

// readParameters leaves out what cannot be understood, and tells whether there is any: a
// list that is an intrinsic, a reference that leads nowhere.
func (d *Document) readParameters(list *source.Node) (params []Parameter, open bool) {
	open = list != nil && !list.IsNull() && list.Kind != source.Seq
	for _, item := range list.Items() {
		n := d.Resolve(item)
		if n == nil || Closed(n) != "" {
			open = true
			continue
		}
		params = append(params, Parameter{
			Name:     n.Get("name").Text(),
			In:       strings.ToLower(n.Get("in").Text()),
			Required: isTrue(n.Get("required").Text()),
			Node:     n,
		})
	}
	return params, open
}

func (d *Document) hasBody(op *Method) bool {
	if op.Node.Get("requestBody") != nil || len(op.Node.Get("consumes").Items()) > 0 && op.Name != "OPTIONS" {
		return true
	}
	for _, p := range op.Parameters {
		if p.In == "body" || p.In == "formdata" {
			return true
		}
	}
	return false
}

// bodyTypes returns the media types of which a body may be.
func (d *Document) bodyTypes(op *Method) []string {
	var types []string
	for _, m := range d.Resolve(op.Node.Get("requestBody")).Get("content").Members() {
		types = append(types, m.Name())
	}
	consumes := op.Node.Get("consumes")
	if consumes == nil && d.Version == Swagger2 {
		consumes = d.Root.Get("consumes")
	}
	for _, item := range consumes.Items() {
		types = append(types, item.Text())
	}
	if types == nil && slices.ContainsFunc(op.Parameters, func(p Parameter) bool { return p.In == "formdata" }) {
		types = []string{"application/x-www-form-urlencoded"}
	}
	return types
}

var pathVariable = regexp.MustCompile(`\{([^{}]+)\}`)

// isTrue reports whether some reader takes a word for true: YAML 1.1 has several.
func isTrue(word string) bool {
	return slices.Contains([]string{"true", "yes", "on", "y"}, strings.ToLower(word))
}

// PathVariables returns the names of the variables of a path, each once: "proxy"
// for "/{proxy+}".
func PathVariables(path string) []string {
	var names []string
	for _, m := range pathVariable.FindAllStringSubmatch(path, -1) {
		if name := VariableName(m[1]); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// IsVariable reports whether a segment of a path is a variable.
func IsVariable(segment string) bool {
	return strings.HasPrefix(segment, "{") && strings.HasSuffix(segment, "}")
}

// IsGreedy reports whether a path, or a segment, ends in a variable that stands for all the rest.
func IsGreedy(path string) bool {
	segment := path[strings.LastIndexByte(path, '/')+1:]
	return IsVariable(segment) && strings.HasSuffix(segment, "+}")
}

// VariableName returns the name of a path variable without the plus sign that
// makes it greedy.
func VariableName(name string) string { return strings.TrimSuffix(name, "+") }
