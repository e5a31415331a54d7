// Package model gives the nodes of an OpenAPI document their meaning: resources,
// methods, integrations, responses, security, in small types shared by Swagger
// 2.0 and OpenAPI 3. They are filled member by member from source nodes, and
// only with what CORS depends on; schemas and examples are never looked at.
//
// A member that cannot be understood (a CloudFormation intrinsic where an object
// belongs) makes its owner opaque. Only [Check] refuses a document.
package model

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Version is the line of the specification that a document follows.
type Version int

const (
	Swagger2  Version = iota + 1 // Swagger 2.0
	OpenAPI30                    // OpenAPI 3.0.x
	OpenAPI31                    // OpenAPI 3.1 and later, which API Gateway refuses
)

// Document is one OpenAPI description.
type Document struct {
	Root        *source.Node
	Version     Version
	VersionNode *source.Node
	Resources   []*Resource     // in document order
	Strays      []source.Member // of paths, that are no path
	Hidden      Hidden

	schemeHeaders map[string][]string // by security scheme, read when they are first asked for
}

// Hidden is a set of nodes that a reading passes over, as if they were not in
// the document.
type Hidden map[*source.Node]bool

// Get returns a member of an object that is not hidden.
func (h Hidden) Get(n *source.Node, key string) *source.Node {
	v := n.Get(key)
	if h[v] {
		return nil
	}
	return v
}

// Within reports whether something in a value is hidden.
func (h Hidden) Within(n *source.Node) bool {
	if len(h) == 0 {
		return false
	}
	return slices.ContainsFunc(n.Members(), func(m source.Member) bool { return h[m.Value] || h.Within(m.Value) })
}

// Members returns the members of an object that are not hidden.
func (h Hidden) Members(n *source.Node) []source.Member {
	if n == nil {
		return nil
	}
	all := n.Members()
	if len(h) == 0 {
		return all
	}
	left := make([]source.Member, 0, len(all))
	for _, m := range all {
		if !h[m.Value] {
			left = append(left, m)
		}
	}
	return left
}

// Open reads a document whose paths can be read. What it does not look at yet may be
// broken all the same: File.Broken tells that once it was looked at.
func Open(name string, src []byte) (*source.File, error) {
	f, err := source.Parse(name, src)
	if err != nil {
		return nil, err
	}
	if _, _, err := Check(f.Root); err != nil {
		return nil, err
	}
	return f, nil
}

// Check returns the version of a document, or an error when the node is not an
// OpenAPI document whose paths can be read.
func Check(root *source.Node) (Version, *source.Node, error) {
	f := root.File
	if root.Kind != source.Map {
		return 0, nil, f.Fault(root.Start, "not an OpenAPI document: its root is not an object", "an OpenAPI document begins with openapi: 3.0.1 or swagger: \"2.0\"")
	}
	if Intrinsic(root) {
		return 0, nil, f.Fault(root.Start, "not an OpenAPI document: the whole body is a CloudFormation intrinsic", "run the tool on the document that it resolves to")
	}
	v, node, err := version(root)
	if err != nil {
		return 0, nil, err
	}
	return v, node, checkPaths(root, v)
}

func version(root *source.Node) (Version, *source.Node, error) {
	f := root.File
	for _, key := range []string{"openapi", "swagger"} {
		m, ok := root.Member(key)
		if !ok {
			continue
		}
		text := m.Value.Text()
		switch {
		case key == "swagger" && (text == "2" || strings.HasPrefix(text, "2.")):
			return Swagger2, m.Value, nil
		case key == "openapi" && (text == "3" || strings.HasPrefix(text, "3.0")):
			return OpenAPI30, m.Value, nil
		case key == "openapi" && strings.HasPrefix(text, "3."):
			return OpenAPI31, m.Value, nil
		}
		return 0, nil, f.Fault(m.Key.Start, fmt.Sprintf("%s %q is not a version that API Gateway imports", key, text), "write openapi: 3.0.1 or swagger: \"2.0\"")
	}
	return 0, nil, f.Fault(root.Start, "not an OpenAPI document: it has neither openapi nor swagger at its root", "is this the right file?")
}

func checkPaths(root *source.Node, v Version) error {
	f := root.File
	m, ok := root.Member("paths")
	switch {
	case !ok && v == OpenAPI31: // an OpenAPI 3.1 document may hold webhooks alone
		return nil
	case !ok:
		return f.Fault(root.Start, "the document has no paths", "is it only a part of a document?")
	case m.Value.Kind != source.Map && !m.Value.IsNull() && !Intrinsic(m.Value):
		return f.Fault(m.Key.Start, "paths is not an object", "write one member for each path, such as /pets")
	}
	if second, dup := root.Duplicate("paths"); dup {
		return f.Fault(second.Key.Start, "the key \"paths\" stands twice in one object, so its meaning depends on the reader", "keep one of them")
	}
	return nil
}

// Read returns the document below root as it is without the hidden nodes. The
// root must have passed Check.
func Read(root *source.Node, hidden Hidden) *Document {
	d := &Document{Root: root, Hidden: hidden}
	d.Version, d.VersionNode, _ = version(root)
	d.readResources()
	return d
}

// Base is the pointer of the object that holds the path items.
const Base source.Pointer = "/paths"

func (d *Document) readResources() {
	paths := d.Root.Get("paths")
	if paths == nil || Intrinsic(paths) {
		return
	}
	index := map[string]*Resource{}
	for _, m := range d.Hidden.Members(paths) {
		if !strings.HasPrefix(m.Name(), "/") {
			if !strings.HasPrefix(m.Name(), "x-") {
				d.Strays = append(d.Strays, m)
			}
			continue
		}
		path := ResourcePath(m.Name())
		r := index[path]
		if r == nil {
			r = &Resource{Path: path}
			index[path] = r
			d.Resources = append(d.Resources, r)
		}
		r.Items = append(r.Items, d.readPathItem(m))
	}
}

// ResourcePath returns the path of the resource that a path item belongs to: API
// Gateway takes /x and /x/ for one (aws/serverless-application-model#3816).
func ResourcePath(key string) string {
	if trimmed := strings.TrimRight(key, "/"); trimmed != "" {
		return trimmed
	}
	return "/"
}

// Intrinsic reports whether a value is a CloudFormation intrinsic function, as a
// tag (!If) or in long form ({"Fn::If": …}). It is recognised on the node: in
// long form it would decode without error into an empty operation.
func Intrinsic(n *source.Node) bool {
	if n == nil {
		return false
	}
	if strings.HasPrefix(n.Tag(), "!") && !strings.HasPrefix(n.Tag(), "!!") {
		return true
	}
	members := n.Members()
	return len(members) == 1 && extensions.IsIntrinsicName(members[0].Name())
}

// transformKey is the member by which CloudFormation includes text from elsewhere.
const transformKey = "Fn::Transform"

// IsElsewhere reports whether a value, or a part of it, is not in the document: CloudFormation puts it
// in.
func IsElsewhere(n *source.Node) bool { return Intrinsic(n) || includes(n) }

// includes reports whether an object has members that are not in the document.
func includes(n *source.Node) bool { return n.Get(transformKey) != nil }

// Closed tells why members cannot be added to a value that should be an object,
// and empty when they can: also to one that is absent, or a null that nobody
// wrote.
func Closed(n *source.Node) string {
	switch {
	case n == nil, n.Unwritten():
		return ""
	case includes(n):
		return "completed from elsewhere (" + transformKey + ")"
	case Intrinsic(n):
		return "a CloudFormation intrinsic"
	case n.IsNull():
		return "null"
	case n.Kind != source.Map:
		return "not an object"
	}
	return ""
}

// Resolve follows the references ("$ref") of a value within the document. It
// returns nil for one that leads nowhere, to another file, or round in a circle.
func (d *Document) Resolve(n *source.Node) *source.Node {
	const most = 16 // nobody chains more; a circle ends here
	for range most {
		ref, ok := Ref(n)
		if !ok {
			return n
		}
		p, local := LocalTarget(ref)
		if !local {
			return nil
		}
		if n = d.Root.At(p); n == nil {
			return nil
		}
	}
	return nil
}

// LocalTarget returns what a reference refers to within its document, and false where it leads
// elsewhere or has no valid pointer.
func LocalTarget(ref string) (source.Pointer, bool) {
	rest, local := strings.CutPrefix(ref, "#")
	if unescaped, err := url.PathUnescape(rest); err == nil {
		rest = unescaped
	}
	p := source.Pointer(rest)
	return p, local && p.Valid()
}

// Ref returns the target of a reference object.
func Ref(n *source.Node) (string, bool) {
	ref := n.Get("$ref")
	if ref == nil || ref.Kind != source.Scalar {
		return "", false
	}
	return ref.Text(), true
}
