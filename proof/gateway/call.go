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

// Request is what a client sends.
type Request struct {
	Method string
	Path   string // escaped, without the stage: "/pets/7"
	Query  []Field
	Header []Field
	Body   string

	// MissingIsEmpty says what templates are given for a parameter that the request does not
	// have, see [velocity.Input].
	MissingIsEmpty bool
}

// Answer is what API Gateway answers.
type Answer struct {
	Status int
	Header []Field
	Body   string

	Steps   []Step   // the rules that led to it, in their order
	Method  string   // a JSON Pointer to the method that took the request; empty: none did
	Pointer string   // a JSON Pointer to what answered: a method, or a gateway response
	Error   *Error   // with which API Gateway itself responds; nil: the method responds
	Unknown *Unknown // why it cannot be told; there is no status then
	Varies  bool     // it depends on parameters of the request, and may on how they are spelled
	Open    []Open   // headers that the backend may send and the stub does not
}

// Error is an error with which API Gateway itself responds, of whatever the gateway response
// of its type makes of it.
type Error struct {
	Type  extensions.GatewayResponseType // "API_CONFIGURATION_ERROR"
	Cause Step                           // that made it respond so
}

// Open is a header of an answer that is the backend's to send.
type Open struct {
	Header string // its name; empty: every header is
	Why    *Unknown
}

// Step is a rule that was applied to a request.
type Step struct {
	Rule    Rule
	Text    string // what it was about
	Pointer string // a JSON Pointer to what it looked at; empty: nothing of the document
	Header  string // the name of the header that it gave the answer; empty: none
}

// Answer tells what a request is answered. What is behind an integration answers as [Stub]
// does, or as the backend says that is given.
func (a *API) Answer(ctx context.Context, req Request, backend Backend) Answer {
	c := &call{ctx: ctx, api: a, backend: backend, req: req, stubbed: backend == nil}
	if c.stubbed {
		c.backend = a.Stub
	}
	var answer *Answer
	if a.options.APIType == HTTP {
		answer = c.http()
	} else {
		answer = c.rest()
	}
	answer.Steps, answer.Varies, answer.Open, answer.Error = c.steps, c.varies, c.open, c.failed
	if c.method != nil {
		answer.Method = c.method.pointer
	}
	return *answer
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

// call is a request on its way. Each step of it gives the answer, or nil where the way goes
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
	open    []Open // see [Answer]
	failed  *Error // see [Answer]
}

func (c *call) step(r Rule, pointer, format string, args ...any) {
	c.steps = append(c.steps, Step{Rule: r, Text: fmt.Sprintf(format, args...), Pointer: pointer})
}

// stepHeader notes a rule that gives the answer a header.
func (c *call) stepHeader(r Rule, pointer string, f Field) {
	c.steps = append(c.steps, Step{Rule: r, Text: f.Name + ": " + f.Value, Pointer: pointer, Header: f.Name})
}

// cannotTell is the answer where the document does not say.
func (c *call) cannotTell(u *Unknown) *Answer { return &Answer{Unknown: u, Pointer: u.Pointer} }

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

// rest is the way of a call of a REST API.
func (c *call) rest() *Answer {
	if answer := c.route(); answer != nil {
		return answer
	}
	if answer := c.authorize(); answer != nil {
		return answer
	}
	if answer := c.validate(); answer != nil {
		return answer
	}
	if c.method.integration.Type.IsProxy() {
		return c.proxy()
	}
	return c.integrate()
}
