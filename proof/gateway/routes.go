package gateway

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// resource is a resource of an API, and a node of the tree that they make: what a path leads
// to, segment by segment.
type resource struct {
	path, at string // as the document has it, and where; empty: there is no such path item
	methods  map[string]*method
	policy   *extensions.CORS
	opaque   *Unknown // that a part of it cannot be read, in which any method could stand

	opaquePolicy *Unknown // that its policy cannot be read

	literal  map[string]*resource
	variable *resource // {name}
	greedy   *resource // {name+}
	name     string    // of the variable
	segment  string    // that leads here from the parent, if it is no variable
	parent   *resource
	sibling  bool // its parent has another variable
}

// add returns the resource of a path, with those on the way. A slash at the end makes no
// difference.
func (a *API) add(path string) *resource {
	at := a.tree
	for _, segment := range segments(path) {
		at = at.child(segment)
	}
	return at
}

func (r *resource) child(segment string) *resource {
	if !isVariable(segment) {
		if r.literal[segment] == nil {
			if r.literal == nil {
				r.literal = map[string]*resource{}
			}
			r.literal[segment] = &resource{segment: segment, parent: r}
		}
		return r.literal[segment]
	}
	name, isGreedy := strings.CutSuffix(segment[1:len(segment)-1], "+")
	place := &r.variable
	if isGreedy {
		place = &r.greedy
	}
	if *place == nil {
		*place = &resource{name: name, parent: r}
	}
	(*place).sibling = (*place).sibling || (*place).name != name
	if r.variable != nil && r.greedy != nil {
		r.variable.sibling, r.greedy.sibling = true, true
	}
	return *place
}

// isVariable reports whether a segment is a path variable.
func isVariable(segment string) bool {
	return strings.HasPrefix(segment, "{") && segmentPattern.MatchString(segment)
}

// conflicts tells why the import as a REST API refuses a resource, because of its path and of what
// else there is. It can be told once all resources are known.
func (r *resource) conflicts() []*Unknown {
	var refused []*Unknown
	for _, segment := range segments(r.path) {
		isWhole := strings.HasPrefix(segment, "{") && strings.HasSuffix(segment, "}")
		switch {
		case segmentPattern.MatchString(segment), segment == defaultSegment, hasPlaceholder(segment):
		case strings.ContainsAny(segment, "{}") && !isWhole:
			refused = append(refused, refusal(behaviourImportPathCharacters, r.at, "the import fails: a path variable is a whole segment, and %q is more than that", segment))
		default:
			refused = append(refused, refusal(behaviourImportPathCharacters, r.at, "the import fails: %q has characters that a path cannot have", segment))
		}
	}
	for within := r; within.parent != nil; within = within.parent {
		if within.sibling {
			refused = append(refused, refusal(behaviourImportSiblingVariables, r.at, "the import fails: beside {%s} stands another variable", within.name))
		}
		if parent := within.parent; parent.parent != nil && parent.parent.greedy == parent {
			refused = append(refused, refusal(behaviourImportBelowGreedy, r.at, "the import fails: nothing can stand below {%s+}", parent.name))
		}
	}
	return refused
}

// segmentPattern is that of the segments of a path. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
var segmentPattern = regexp.MustCompile(`^([a-zA-Z0-9_.,:-]+|\{[a-zA-Z0-9_.,:-]+\+?\})$`)

// defaultSegment is that of the $default route, of which another import knows.
var defaultSegment = strings.TrimPrefix(extensions.DefaultRoutePath, "/")

// isDefault reports whether this is the $default route of an HTTP API.
func (r *resource) isDefault() bool {
	return strings.TrimSuffix(r.path, "/") == extensions.DefaultRoutePath
}

func segments(path string) []string {
	path = strings.TrimSuffix(strings.TrimPrefix(path, "/"), "/")
	if path == "" {
		return nil
	}
	return strings.Split(path, "/")
}

// route is where a request leads to.
type route struct {
	method *method
	path   []Field  // values of path variables
	opaque *Unknown // that what the request leads to cannot be read
	greedy bool     // by {proxy+}, so that every nearer resource would come first
	second bool     // a nearer resource does not have the method
}

// find returns the method that takes a request: of the resources that its path leads to the
// first one that has the method, literal segments before variables and those before greedy
// ones. See behaviourRoute and behaviourRouteBySegment.
func (r *resource) find(rest []string, name string) (route, bool) {
	if len(rest) == 0 {
		return r.take(name)
	}
	value, err := url.PathUnescape(rest[0])
	if err != nil {
		value = rest[0]
	}
	next := r.literal[value]
	if next != nil {
		if found, ok := next.find(rest[1:], name); ok {
			return found, true
		}
	}
	if r.variable != nil && value != "" {
		if found, ok := r.variable.find(rest[1:], name); ok {
			found.path = append(found.path, Field{r.variable.name, value})
			found.second = found.second || next != nil
			return found, true
		}
	}
	if r.greedy != nil {
		if found, ok := r.greedy.take(name); ok {
			found.path = append(found.path, Field{r.greedy.name, strings.Join(rest, "/")})
			found.greedy, found.second = true, next != nil || r.variable != nil
			return found, true
		}
	}
	return route{}, false
}

// take returns the method of a resource, or the one that takes what the others do not.
func (r *resource) take(name string) (route, bool) {
	m := r.methods[name]
	if m == nil && r.opaque == nil && slices.Contains(extensions.AnyMethods(), name) {
		m = r.methods[anyMethod]
	}
	if m != nil {
		return route{method: m}, true
	}
	return route{opaque: r.opaque}, r.opaque != nil
}

// Takes reports whether the document has a method that takes a request, as far as that is known.
func (a *API) Takes(method, path string) bool {
	_, ok := a.find(method, path)
	return ok || a.fallback != nil || a.opaque != nil
}

// find returns the method that takes a request. A REST API takes two slashes at the beginning for
// one, as recorded by LocalStack's test_lambda_aws_proxy_integration.
func (a *API) find(method, path string) (route, bool) {
	if strings.HasPrefix(path, "//") && a.options.APIType != HTTP {
		path = path[1:]
	}
	return a.tree.find(segments(path), method)
}

// route finds the method that takes a request, or answers it.
func (c *call) route() *Response {
	found, ok := c.api.find(c.req.Method, c.req.Path)
	switch {
	case (!ok || found.greedy) && c.api.opaque != nil:
		return c.cannotTell(c.api.opaque)
	case !ok:
		c.step(BehaviourNoRoute, "", "no method takes %s %s", c.req.Method, c.req.Path)
		return c.refuse(extensions.MissingAuthenticationToken, "Missing Authentication Token")
	}
	return c.enter(found, behaviourRoute)
}

// enter goes on with the method that a route leads to.
func (c *call) enter(found route, by Behaviour) *Response {
	if found.opaque != nil {
		return c.cannotTell(found.opaque)
	}
	c.method, c.path = found.method, found.path
	c.step(by, c.method.pointer, "%s %s goes to %s %s", c.req.Method, c.req.Path, c.method.name, c.method.resource.path)
	if found.second {
		c.step(behaviourRouteBySegment, c.method.pointer, "a nearer resource does not have %s", c.req.Method)
	}
	if c.method.unknown != nil {
		return c.cannotTell(c.method.unknown)
	}
	return nil
}
