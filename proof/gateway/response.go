package gateway

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// Field is a header, a query parameter or a path variable. REST APIs look up the names of
// headers letter by letter; browsers spell them in lower case over HTTP/2.
type Field struct{ Name, Value string }

// A Request is what a client sends.
type Request struct {
	Method string
	Path   string // escaped, without the stage: "/pets/7"
	Query  []Field
	Header []Field
	Body   string

	// BodyHolds is whether the body stands for one that satisfies its model, whatever it is.
	BodyHolds bool

	// MissingIsEmpty is whether templates are given an empty text for a parameter that the
	// request does not have, see [velocity.Input].
	MissingIsEmpty bool
}

// A Response is what API Gateway sends back.
type Response struct {
	Status int
	Header []Field
	Body   string

	Steps   []Step   // the behaviours that led to it, in their order
	Method  string   // a JSON Pointer to the method that took the request; empty: none did
	Pointer string   // a JSON Pointer to what responds: a method, or a gateway response
	Error   *Error   // with which API Gateway itself responds; nil: the method responds
	Unknown *Unknown // why the response is not known; there is no status then
	Varies  bool     // it depends on parameters of the request, and may on how they are spelled
	Open    []Open   // headers that the backend may send and the stub does not
}

// Error is an error with which API Gateway itself responds, of whatever the gateway response
// of its type makes of it.
type Error struct {
	Type  extensions.GatewayResponseType // "API_CONFIGURATION_ERROR"
	Cause Step                           // that made it respond so
}

// Open is a header of a response that is the backend's to send.
type Open struct {
	Header string // its name; empty: every header is
	Why    *Unknown
}

// Step is a behaviour that applied to a request.
type Step struct {
	Behaviour Behaviour
	Text      string // what it was about
	Pointer   string // a JSON Pointer to what it looked at; empty: nothing of the document
	Header    string // the name of the header that it gave the response; empty: none
}

// Respond returns the response to a request. What is behind an integration responds as
// [API.Stub] does or, where a backend is given, as that does.
func (a *API) Respond(ctx context.Context, req Request, backend Backend) Response {
	c := &call{ctx: ctx, api: a, backend: backend, req: req, stubbed: backend == nil}
	if c.stubbed {
		c.backend = a.Stub
	}
	var response *Response
	if a.options.APIType == HTTP {
		response = c.http()
	} else {
		response = c.rest()
	}
	response.Steps, response.Varies, response.Open, response.Error = c.steps, c.varies, c.open, c.failed
	if c.method != nil {
		response.Method = c.method.pointer
	}
	return *response
}

// Target is the path and query of a request.
func (r Request) Target() string {
	if len(r.Query) == 0 {
		return r.Path
	}
	return r.Path + "?" + encoded(r.Query)
}

// QueryFields are the parameters of a query, sorted by name.
func QueryFields(query url.Values) []Field {
	var fields []Field
	for _, name := range slices.Sorted(maps.Keys(query)) {
		for _, value := range query[name] {
			fields = append(fields, Field{name, value})
		}
	}
	return fields
}

// call is a request on its way. Each step of it gives the response, or nil where the way goes
// on.
type call struct {
	ctx     context.Context
	api     *API
	backend Backend
	req     Request
	method  *method
	path    []Field // values of path variables
	steps   []Step
	varies  bool
	stubbed bool   // the backend is the stub
	open    []Open // see [Response]
	failed  *Error // see [Response]
}

func (c *call) step(b Behaviour, pointer, format string, args ...any) {
	c.steps = append(c.steps, Step{Behaviour: b, Text: fmt.Sprintf(format, args...), Pointer: pointer})
}

// stepHeader notes a behaviour that gives the response a header.
func (c *call) stepHeader(b Behaviour, pointer string, f Field) {
	c.steps = append(c.steps, Step{Behaviour: b, Text: f.Name + ": " + f.Value, Pointer: pointer, Header: f.Name})
}

// cannotTell is the response where the document does not determine it.
func (c *call) cannotTell(u *Unknown) *Response { return &Response{Unknown: u, Pointer: u.Pointer} }

func (c *call) header(name string) string { return c.req.header(name) }

// valueOf returns the value of the field of exactly this name.
func valueOf(fields []Field, name string) string {
	for _, f := range fields {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// rest is the way of a request to a REST API.
func (c *call) rest() *Response {
	if response := c.route(); response != nil {
		return response
	}
	if response := c.authorize(); response != nil {
		return response
	}
	if response := c.validate(); response != nil {
		return response
	}
	if c.method.integration.Type.IsProxy() {
		return c.proxy()
	}
	return c.integrate()
}
