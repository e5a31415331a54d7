package responses

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// Handler is what handles the preflight requests of a resource.
type Handler struct {
	How      How
	Resource *model.Resource // that has the method; nil where no method handles them
	Method   *model.Method   // an OPTIONS, or a method that gets OPTIONS as well
}

// How tells how a preflight request gets to its handler.
type How int

const (
	ByNothing       How = iota // no method does, and neither does a configuration
	ByOwnMethod                // the resource has an OPTIONS or an ANY
	ByVariable                 // a resource has one whose path has a variable in the place of a segment
	ByGreedy                   // a resource has one whose path ends in a greedy variable
	ByDefaultRoute             // the route $default of an HTTP API
	ByConfiguration            // the CORS configuration of an HTTP API
	ByUnknown                  // a part of the document that would tell cannot be read
)

// PreflightRoutes tells what handles the preflight requests of the resources of a document. It is
// made once for a document, and asked for each resource.
type PreflightRoutes struct {
	http         bool
	planned      PlannedOptions
	tree         *routeNode      // of the resources that may handle preflight requests
	defaultRoute *model.Resource // nil where there is none
	isConfigured bool
	isOpen       bool // paths may be missing
}

// RoutePreflights reads the routes of a document.
func RoutePreflights(d *model.Document, api model.APIType) *PreflightRoutes {
	return RoutePreflightsWith(d, api, PlannedOptions{})
}

// PlannedOptions are the OPTIONS that a document will have, or not have. None of the functions
// has to be given.
type PlannedOptions struct {
	Added   func(*model.Resource) bool // the resource gets one
	Removed func(*model.Method) bool
}

// RoutePreflightsWith reads the routes of a document as it will be.
func RoutePreflightsWith(d *model.Document, api model.APIType, planned PlannedOptions) *PreflightRoutes {
	p := &PreflightRoutes{http: api == model.HTTP, planned: planned, tree: &routeNode{}, isConfigured: HasConfiguration(d, api), isOpen: hasOpenPaths(d)}
	for _, r := range d.Resources {
		switch {
		case p.http && r.Path == model.DefaultRoute:
			p.defaultRoute = r
		case p.mayHandle(r) || planned.Added != nil && planned.Added(r):
			p.tree.add(segmentsOf(r.Path), r)
		}
	}
	return p
}

// Fallback returns the resource with a variable in its path that handles the preflight requests
// of another one, which has neither OPTIONS nor ANY; nil where none does.
func (p *PreflightRoutes) Fallback(r *model.Resource) *model.Resource {
	if p.mayHandle(r) {
		return nil
	}
	return p.tree.find(segmentsOf(r.Path))
}

// HasConfiguration reports whether a document has the CORS configuration of an HTTP API, and is for
// one.
func HasConfiguration(d *model.Document, api model.APIType) bool {
	n := d.Hidden.Get(d.Root, extensions.NameCORS)
	return api == model.HTTP && n != nil && !n.IsNull()
}

// hasOpenPaths reports whether CloudFormation adds paths to a document.
func hasOpenPaths(d *model.Document) bool {
	isIntrinsic := func(key string) bool { return strings.HasPrefix(key, "Fn::") }
	for _, m := range d.Strays {
		if isIntrinsic(m.Name()) {
			return true
		}
	}
	for _, m := range d.Root.Members() {
		if isIntrinsic(m.Name()) {
			return true
		}
	}
	return model.Intrinsic(d.Root.Get("paths"))
}

// Handler returns what handles the preflight requests of a resource of the document. API
// Gateway finds resource and method together: where a resource has neither OPTIONS nor ANY, it
// takes another one that the path matches, a literal segment before a variable, and that before
// a greedy one, segment by segment. That was recorded by LocalStack's
// test_proxy_routing_with_hardcoded_resource_sibling, and of {name} by ministackorg/ministack#1423.
func (p *PreflightRoutes) Handler(r *model.Resource) Handler {
	if p.http && r.Path == model.DefaultRoute {
		return p.ofDefaultRoute(r)
	}
	if p.mayHandle(r) {
		return p.handledBy(ByOwnMethod, r)
	}
	found := p.tree.find(segmentsOf(r.Path))
	how := ByVariable
	if found != nil && model.IsGreedy(found.Path) {
		how = ByGreedy
	}
	switch {
	case p.isOpen && (found == nil || how == ByGreedy):
		return Handler{How: ByUnknown}
	case found != nil:
		return p.handledBy(how, found)
	case p.defaultRoute != nil:
		return p.handledBy(ByDefaultRoute, p.defaultRoute)
	case p.isConfigured:
		return Handler{How: ByConfiguration}
	}
	return Handler{}
}

// CatchAll returns the method of a resource that gets its preflight requests, although it is not one
// for OPTIONS: ANY, and the route $default of an HTTP API. It is nil where there is none, or that
// cannot be told.
func (p *PreflightRoutes) CatchAll(r *model.Resource) *model.Method {
	if m := p.handledBy(ByOwnMethod, r).Method; m != nil && (m.Name == model.Any || p.http && r.Path == model.DefaultRoute && m.Name != "OPTIONS") {
		return m
	}
	return nil
}

// HandledByCatchAll returns the method of a resource that [PreflightRoutes.CatchAll] returns, if it
// handles the preflight requests of the resource. A $default route beside a greedy variable with an
// OPTIONS gets those of "/" only.
func (p *PreflightRoutes) HandledByCatchAll(r *model.Resource) *model.Method {
	if m := p.CatchAll(r); m != nil && p.Handler(r).Method == m {
		return m
	}
	return nil
}

// ofDefaultRoute returns what handles the preflight requests of all paths that have no route: a
// greedy variable at the root stands for every path but "/".
func (p *PreflightRoutes) ofDefaultRoute(r *model.Resource) Handler {
	if greedy := p.tree.greedy; greedy != nil && greedy.resource != nil {
		return p.handledBy(ByGreedy, greedy.resource)
	}
	return p.handledBy(ByOwnMethod, r)
}

// handledBy returns the handler that a resource is, whose method may be one that cannot be read.
func (p *PreflightRoutes) handledBy(how How, r *model.Resource) Handler {
	m := p.preflightMethod(r)
	if m == nil && r.Path == model.DefaultRoute && len(r.Methods()) > 0 {
		m = r.Methods()[0] // whatever the method of $default is called
	}
	if m == nil || isOpaque(r) && m.Name == model.Any {
		return Handler{How: ByUnknown}
	}
	return Handler{how, r, m}
}

// preflightMethod returns the method of a resource that gets its preflight requests, or nil.
func (p *PreflightRoutes) preflightMethod(r *model.Resource) *model.Method {
	if o := r.Options(); o != nil && !o.Node.IsNull() && !p.isRemoved(o) {
		return o
	}
	methods := r.Methods()
	i := slices.IndexFunc(methods, func(m *model.Method) bool { return m.Name == model.Any })
	if i < 0 {
		return nil
	}
	return methods[i]
}

func (p *PreflightRoutes) isRemoved(o *model.Method) bool {
	return p.planned.Removed != nil && p.planned.Removed(o)
}

// mayHandle reports whether a resource gets its preflight requests itself, as far as can be read.
func (p *PreflightRoutes) mayHandle(r *model.Resource) bool {
	return p.preflightMethod(r) != nil || isOpaque(r)
}

// isOpaque reports whether any method may be in a resource.
func isOpaque(r *model.Resource) bool {
	_, opaque := r.Opaque()
	return opaque
}

// routeNode is a segment on the way to resources.
type routeNode struct {
	resource *model.Resource // nil: only those below are there
	literal  map[string]*routeNode
	variable *routeNode
	greedy   *routeNode
}

func (n *routeNode) add(segments []string, r *model.Resource) {
	for _, segment := range segments {
		n = n.child(segment)
	}
	n.resource = r
}

func (n *routeNode) child(segment string) *routeNode {
	place := &n.variable
	switch {
	case model.IsGreedy(segment):
		place = &n.greedy
	case !model.IsVariable(segment):
		if n.literal == nil {
			n.literal = map[string]*routeNode{}
		}
		if n.literal[segment] == nil {
			n.literal[segment] = &routeNode{}
		}
		return n.literal[segment]
	}
	if *place == nil {
		*place = &routeNode{}
	}
	return *place
}

// find returns the first resource that a path matches. A variable in the path has a value that
// is no literal segment: with one that is, a request would not be for this path.
func (n *routeNode) find(segments []string) *model.Resource {
	switch {
	case n == nil:
		return nil
	case len(segments) == 0:
		return n.resource
	}
	if found := n.literal[segments[0]].find(segments[1:]); found != nil {
		return found
	}
	if found := n.variable.find(segments[1:]); found != nil {
		return found
	}
	if n.greedy != nil {
		return n.greedy.resource
	}
	return nil
}

// segmentsOf returns the segments of a path.
func segmentsOf(path string) []string {
	path = strings.Trim(path, "/")
	if path == "" {
		return nil
	}
	return strings.Split(path, "/")
}
