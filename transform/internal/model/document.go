// Package model gives the nodes of an OpenAPI document their meaning: resources,
// methods, integrations, responses, security, in small types shared by Swagger
// 2.0 and OpenAPI 3. They are filled member by member from source nodes, and
// only with what CORS depends on; schemas and examples are never looked at.
//
// A member that cannot be understood (a CloudFormation intrinsic where an object
// belongs) makes its owner opaque. Only [Check] refuses a document.
package model

import (
	"slices"

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

// Base is the pointer of the object that holds the path items.
const Base source.Pointer = "/paths"

// Resource is what API Gateway makes of one path: a path item, or two that
// differ by a trailing slash.
type Resource struct {
	Path  string // without a trailing slash, but for "/"
	Items []*PathItem
}

// PathItem is one member of paths.
type PathItem struct {
	Key            string // as written
	KeyNode        *source.Node
	Pointer        source.Pointer
	Node           *source.Node
	Opaque         string    // why it cannot be read, empty when it can
	Ref            string    // what it refers to, empty when it stands here
	Methods        []*Method // in document order, without OPTIONS
	Options        *Method   // nil when there is none
	Parameters     []Parameter
	OpenParameters bool         // it declares others, which cannot be read
	CORSObject     *source.Node // x-amazon-apigateway-cors, nil when there is none
}

// Method is an operation, or ANY.
type Method struct {
	Name           string // "GET", "OPTIONS", "ANY"
	Path           string // of the path item, as written
	Pointer        source.Pointer
	Key            *source.Node
	Node           *source.Node
	Opaque         string
	Parameters     []Parameter
	OpenParameters bool // it declares others, which cannot be read
	Responses      []Response
	Integration    *Integration // nil when there is none
	HasBody        bool
	BodyTypes      []string // media types of the body, nil when they are not told
}

// Parameter is one element of a parameters list.
type Parameter struct {
	Name, In string
	Required bool
	Node     *source.Node
}

// Integration is an x-amazon-apigateway-integration.
type Integration struct {
	Type      extensions.IntegrationType
	Pointer   source.Pointer
	Key       *source.Node
	Node      *source.Node
	Opaque    string // why it cannot be understood, as a verb; empty when it can
	Responses []IntegrationResponse

	opaqueResponses bool // it is the responses alone that cannot be understood
}

// IntegrationResponse is a member of an integration's responses.
type IntegrationResponse struct {
	Pattern    string
	Pointer    source.Pointer
	Key        *source.Node
	Node       *source.Node
	Status     string // empty when it has none, or one that is an intrinsic
	Parameters []source.Member
	Templates  []source.Member // of responseTemplates, by media type
	Closed     string          // why no template can be added, empty when one can
	Opaque     string
}

// Response is a member of an operation's responses. Its key is a status, or
// "default" or "2XX", of which API Gateway can make no method response.
type Response struct {
	Status  string
	Pointer source.Pointer
	Node    *source.Node // as written
	Content *source.Node // what a reference leads to, else Node; nil when it leads nowhere
	Ref     string       // the reference, empty when there is none
	Headers []source.Member
	Open    bool // it may declare others: CloudFormation puts them in
}
