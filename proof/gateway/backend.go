package gateway

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// A Backend is behind the integrations of an API. It replies to a request; an error is one of
// a backend that cannot be reached.
type Backend func(ctx context.Context, request BackendRequest) (Reply, error)

// BackendRequest is a request that reaches an integration.
type BackendRequest struct {
	Resource string // its path in the document
	Method   string // of the request
	Proxy    bool   // the integration is a proxy, so that the client gets the reply as it is
	Request  Request
	Body     string // as the request template makes it

	statuses []int // for which there is an integration response; a proxy has none
}

// Reply is what a backend sends back.
type Reply struct {
	Status       int
	Header       []Field
	Body         string
	ErrorMessage string // of a Lambda function that is no proxy and that fails

	Unknown *Unknown // why it is not known; all else is empty then
	Unasked bool     // of a stub behind a proxy: no policy lists the CORS headers that it has to send
}

// Stub is the backend of an API where there is none: it succeeds. Behind a proxy integration,
// where nobody else can, it sends the CORS headers that the policy of the resource asks of it
// ([Options.Policies]).
func (a *API) Stub(_ context.Context, request BackendRequest) (Reply, error) {
	reply := Reply{Status: http.StatusOK, Header: []Field{{contentType, jsonType}}, Body: `{"message":"a stub of ` + request.Method + " " + strings.ReplaceAll(request.Resource, `"`, "") + `"}`}
	if !request.Proxy {
		if len(request.statuses) > 0 && !slices.Contains(request.statuses, reply.Status) {
			reply.Status = request.statuses[0]
		}
		return reply, nil
	}
	policy, u := a.Policy(request.Resource)
	switch {
	case a.options.APIType == HTTP:
		reply.Unasked = a.cors == nil // else API Gateway sends them itself
		return reply, nil
	case u != nil && u.Reason == ReasonNoPolicy, u == nil && len(policy.AllowOrigins) == 0:
		reply.Unasked = true
		return reply, nil
	case u != nil:
		return Reply{Unknown: u}, nil
	}
	var origins []string
	for _, entry := range policy.AllowOrigins {
		origin, u := a.Resolve(request.Resource, entry)
		if u != nil {
			return Reply{Unknown: u}, nil
		}
		origins = append(origins, origin)
	}
	cors := corsHeaders(policy, origins, request.Request.header("Origin"))
	if request.Request.isPreflight() && has(cors, "Access-Control-Allow-Origin") {
		cors = append(cors, preflightHeaders(policy)...)
	}
	reply.Header = append(reply.Header, cors...)
	return reply, nil
}

// header returns the value of a header, whatever the case of its name.
func (r Request) header(name string) string {
	for _, f := range r.Header {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// isPreflight reports whether a browser asks with the request before it makes another.
func (r Request) isPreflight() bool {
	return r.Method == "OPTIONS" && r.header("Origin") != "" && r.header("Access-Control-Request-Method") != ""
}

// ask gives a request to the backend.
func (c *call) ask(body string) (Reply, *Response) {
	if response := c.uncallable(); response != nil {
		return Reply{}, response
	}
	request := BackendRequest{Resource: c.method.resource.path, Method: c.req.Method, Proxy: c.method.integration.Type.IsProxy(), Request: c.req, Body: body}
	if !request.Proxy {
		request.statuses = c.method.statuses()
	}
	reply, err := c.backend(c.ctx, request)
	if err != nil {
		c.step(BehaviourBackendFails, c.method.pointer, "%v", err)
		return reply, c.refuse(extensions.IntegrationFailure, "Network error communicating with endpoint")
	}
	if reply.Unknown != nil {
		return reply, c.cannotTell(reply.Unknown)
	}
	if c.stubbed {
		c.step(BehaviourStub, c.method.pointer, "it answers with status %d", reply.Status)
	}
	if reply.Unasked {
		c.open = append(c.open, Open{Why: unknown(ReasonBackend, c.method.pointer, "what the backend sends is not in the document, and no policy says what it has to")})
	}
	return reply, nil
}

// statuses are those that the patterns of a method's integration responses spell, successes
// first.
func (m *method) statuses() []int {
	var all []int
	for pattern := range m.integration.Responses {
		if status, ok := extensions.Literal(pattern).Int(); ok {
			all = append(all, status)
		}
		if pattern == defaultResponse || pattern == "" {
			return nil // every status will do
		}
	}
	slices.Sort(all)
	return all
}

// proxy is the way of a request through a proxy integration.
func (c *call) proxy() *Response {
	reply, response := c.ask(c.req.Body)
	if response != nil {
		return response
	}
	c.step(BehaviourProxy, c.method.pointer, "the backend answers with status %d", reply.Status)
	return &Response{Status: reply.Status, Header: c.remapped(reply.Header), Body: reply.Body, Pointer: c.method.pointer}
}

// largestBody is what API Gateway takes and gives: 10 MB. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
const largestBody = 10 << 20

// Forward returns a backend that sends requests to a server, each to its own path below base. It
// waits as long as API Gateway does, 29 seconds.
func Forward(base *url.URL) Backend {
	client := &http.Client{
		Timeout:       29 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return func(ctx context.Context, request BackendRequest) (Reply, error) {
		to := strings.TrimSuffix(base.String(), "/") + request.Request.Target()
		req, err := http.NewRequestWithContext(ctx, request.Method, to, bytes.NewReader([]byte(request.Body)))
		if err != nil {
			return Reply{}, err
		}
		for _, f := range request.Request.Header {
			if !slices.Contains(hopByHop, strings.ToLower(f.Name)) {
				req.Header.Add(f.Name, f.Value)
			}
		}
		resp, err := client.Do(req)
		if err != nil {
			return Reply{}, err
		}
		defer resp.Body.Close()
		if resp.StatusCode == http.StatusSwitchingProtocols { // its body is the connection, which no time-out ends
			return Reply{}, errors.New("the backend switches protocols")
		}
		body, err := io.ReadAll(io.LimitReader(resp.Body, largestBody+1))
		if err == nil && len(body) > largestBody {
			err = fmt.Errorf("the answer is larger than %d MB", largestBody>>20)
		}
		return Reply{Status: resp.StatusCode, Header: HeaderFields(resp.Header), Body: string(body)}, err
	}
}

// hopByHop are headers that are for one connection (RFC 9110, section 7.6.1), and those that
// an http.Client makes by itself.
var hopByHop = []string{
	"connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade", "content-length", "host", "accept-encoding",
}

func encoded(query []Field) string {
	values := url.Values{}
	for _, f := range query {
		values.Add(f.Name, f.Value)
	}
	return values.Encode()
}

// HeaderFields are the fields of a header, sorted by name.
func HeaderFields(header http.Header) []Field {
	var fields []Field
	for name, values := range header {
		for _, value := range values {
			fields = append(fields, Field{name, value})
		}
	}
	slices.SortStableFunc(fields, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	return fields
}
