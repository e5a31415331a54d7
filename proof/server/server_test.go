package server_test

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/proof"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
	"github.com/apigw-cors/apigw-cors/proof/server"
)

// shelter is an API whose cats let pages of ORIGIN in, whose dogs let nobody, and of whose rats
// nothing can be told.
const shelter = `openapi: 3.0.1
info: {title: Shelter, version: "1"}
paths:
  /cats:
    x-amazon-apigateway-cors: {allowOrigins: [ORIGIN], allowMethods: [GET, PUT]}
    get: &cats
      responses: {"200": {description: cats, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}
      x-amazon-apigateway-integration: &mock
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'ORIGIN'"}}}
    put: *cats
    options:
      responses: {"200": {description: preflight, headers: {Access-Control-Allow-Origin: {schema: {type: string}}, Access-Control-Allow-Methods: {schema: {type: string}}}}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'ORIGIN'", method.response.header.Access-Control-Allow-Methods: "'GET,PUT'"}}}
  /dogs:
    get:
      parameters: [{name: X-Leash, in: header, required: true, schema: {type: string}}, {name: limit, in: query, required: true, schema: {type: string}}]
      responses: {"200": {description: dogs}}
      x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: "200"}}}
    post:
      responses: {"200": {description: dogs}}
      requestBody: {content: {application/json: {schema: {type: object}}}}
      x-amazon-apigateway-integration: {type: http_proxy, httpMethod: POST, uri: "https://dogs.example.com"}
  /rats:
    get:
      responses: {"200": {description: rats}}
x-amazon-apigateway-gateway-responses:
  DEFAULT_4XX: {responseParameters: {gatewayresponse.header.X-Of-Gateway: "'yes'"}}
`

// read reads a document as it is served.
func read(t testing.TB, src string) server.Document {
	t.Helper()
	api, err := gateway.Read([]byte(src), gateway.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return server.Document{Name: "shelter.yaml", APIType: gateway.REST, API: api, Locate: func(pointer string) string { return "shelter.yaml#" + pointer }}
}

// running is a server that runs.
type running struct {
	*server.Server
	api, page string // URLs
	stop      func() // and waits until it has
}

// serve serves a document, in which ORIGIN is the page's origin.
func serve(t testing.TB, src string, change ...func(*server.Options, *server.Limits)) *running {
	t.Helper()
	var listeners [2]net.Listener
	var ports [2]string
	for i := range listeners {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		_, ports[i], _ = net.SplitHostPort(l.Addr().String())
		listeners[i] = l
	}
	o := server.Options{API: server.Address{Host: "127.0.0.1", Port: ports[0]}, Page: server.Address{Host: "localhost", Port: ports[1]}, Allow: "serve ORIGIN"}
	limits := server.DefaultLimits()
	for _, c := range change {
		c(&o, &limits)
	}
	s := &running{api: o.API.URL(nil), page: o.Page.URL(nil)}
	s.Server = server.New(read(t, strings.ReplaceAll(src, "ORIGIN", s.page)), o)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx, listeners[0], listeners[1], limits, nil) }()
	stopped := false
	s.stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("it ended with %v", err)
		}
	}
	t.Cleanup(s.stop)
	return s
}

// response is a response with its body.
type response struct {
	*http.Response
	text string
}

// do sends a request with headers: names and values by turns. Host is the request's.
func do(t testing.TB, method, url, body string, header ...string) response {
	t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			req.Host = header[i+1]
		}
		req.Header.Add(header[i], header[i+1])
	}
	transport := &http.Transport{DisableKeepAlives: true}
	resp, err := transport.RoundTrip(req) // which follows no redirect
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response{resp, string(text)}
}

func decode[T any](t testing.TB, a response) T {
	t.Helper()
	var value T
	if err := json.Unmarshal([]byte(a.text), &value); err != nil || a.StatusCode != 200 {
		t.Fatalf("%d %s: %v", a.StatusCode, a.text, err)
	}
	return value
}

// TestPlaces holds what is served at which of the two origins.
func TestPlaces(t *testing.T) {
	s := serve(t, shelter)
	for _, tt := range []struct {
		name, method, url string
		status            int
		header, want      string
	}{
		{"the API", "GET", s.api + "/cats", 200, "Access-Control-Allow-Origin", s.page},
		{"a preflight", "OPTIONS", s.api + "/cats", 200, "Access-Control-Allow-Methods", "GET,PUT"},
		{"what is not there", "GET", s.api + "/fish", 403, "X-Of-Gateway", "yes"},
		{"what cannot be told", "GET", s.api + "/rats", 501, "Content-Type", "application/json"},
		{"a path that begins as the page's", "GET", s.api + "/_corsair", 403, "X-Of-Gateway", "yes"},
		{"a path with two slashes", "GET", s.api + "//cats", 200, "Access-Control-Allow-Origin", s.page},
		{"the page at the API's origin", "GET", s.api + "/_cors", 302, "Location", s.page + "/_cors"},
		{"the page", "GET", s.page + "/_cors", 200, "Content-Type", "text/html; charset=utf-8"},
		{"the page, with a slash", "GET", s.page + "/_cors/", 200, "Content-Type", "text/html; charset=utf-8"},
		{"its header alone", "HEAD", s.page + "/_cors", 200, "Content-Type", "text/html; charset=utf-8"},
		{"above the page", "GET", s.page + "/", 302, "Location", "/_cors"},
		{"the API at the page's origin", "GET", s.page + "/cats", 404, "Access-Control-Allow-Origin", ""},
		{"the operations at the API's origin", "GET", s.api + "/_cors/operations", 200, "Content-Type", "application/json"},
		{"nothing", "GET", s.page + "/_cors/nothing", 404, "Content-Type", "application/json"},
		{"the page, posted to", "POST", s.page + "/_cors", 405, "Allow", "GET"},
		{"a preflight for a question", "OPTIONS", s.page + "/_cors/ask", 405, "Access-Control-Allow-Origin", ""},
	} {
		got := do(t, tt.method, tt.url, "", "Origin", s.page)
		if got.StatusCode != tt.status || got.Header.Get(tt.header) != tt.want {
			t.Errorf("%s: got %d %v %s, want %d %s: %s", tt.name, got.StatusCode, got.Header, got.text, tt.status, tt.header, tt.want)
		}
	}
	if got := do(t, "GET", s.api+"/_cors", ""); !strings.Contains(got.text, `<a href="`+s.page+`/_cors">`) || !strings.Contains(got.text, "own origin") {
		t.Errorf("the API's origin says %s", got.text)
	}
}

// TestPagePolicy holds that the page may do no more than it has to.
func TestPagePolicy(t *testing.T) {
	s := serve(t, shelter)
	got := do(t, "GET", s.page+"/_cors", "")
	policy := got.Header.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "script-src 'sha256-", "style-src 'sha256-", "connect-src 'self' " + s.api + ";", "frame-ancestors 'none'", "base-uri 'none'"} {
		if !strings.Contains(policy, part) {
			t.Errorf("%q lacks %s", policy, part)
		}
	}
	if strings.Contains(policy, "unsafe") || got.Header.Get("X-Content-Type-Options") != "nosniff" || got.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("got %v", got.Header)
	}
	for _, outside := range []string{"src=", "url(", "@import", "innerHTML", "style=", "onclick"} {
		if strings.Contains(got.text, outside) {
			t.Errorf("the page has %s", outside)
		}
	}
}

// TestOperations holds what the page is told of what can be called.
func TestOperations(t *testing.T) {
	s := serve(t, shelter)
	type field struct{ Name, Value string }
	type operation struct {
		Method, Resource, Path, Type, Place string
		Headers                             []field
		Origins                             []string
		Proxy                               bool
		Unknown                             *struct{ Reason, Message, Place string }
	}
	type listing struct {
		File, APIType, API, Page, Backend, Allow string
		Operations                               []operation
		Problems                                 []struct{ Reason string }
	}
	got := decode[listing](t, do(t, "GET", s.page+"/_cors/operations", ""))
	unknown := &struct{ Reason, Message, Place string }{"no-integration", "the method has no integration: it can be imported, and not deployed", "shelter.yaml#/paths/~1rats/get"}
	want := listing{
		File: "shelter.yaml", APIType: "rest", API: s.api, Page: s.page + "/_cors", Allow: "serve ORIGIN",
		Operations: []operation{
			{Method: "GET", Resource: "/cats", Path: "/cats", Place: "shelter.yaml#/paths/~1cats/get", Headers: []field{}, Origins: []string{s.page}},
			{Method: "PUT", Resource: "/cats", Path: "/cats", Place: "shelter.yaml#/paths/~1cats/put", Headers: []field{}, Origins: []string{s.page}},
			{Method: "GET", Resource: "/dogs", Path: "/dogs?limit=example", Place: "shelter.yaml#/paths/~1dogs/get", Headers: []field{{"X-Leash", "example"}}, Origins: []string{}},
			{Method: "POST", Resource: "/dogs", Path: "/dogs", Type: "application/json", Place: "shelter.yaml#/paths/~1dogs/post", Headers: []field{}, Origins: []string{}, Proxy: true},
			{Method: "GET", Resource: "/rats", Path: "/rats", Place: "shelter.yaml#/paths/~1rats/get", Headers: []field{}, Origins: []string{}, Unknown: unknown},
		},
		Problems: []struct{ Reason string }{{"no-integration"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestAssumptions holds that those of the kind of API are told.
func TestAssumptions(t *testing.T) {
	ids := map[string]bool{}
	for _, kind := range []gateway.APIType{gateway.REST, gateway.HTTP} {
		for _, backend := range []gateway.Backend{nil, func(context.Context, gateway.BackendRequest) (gateway.Reply, error) { return gateway.Reply{}, nil }} {
			d := read(t, shelter)
			d.APIType = kind
			for _, r := range server.New(d, server.Options{Backend: backend}).Assumptions() {
				ids[r.ID] = true
				if isHTTP := strings.HasPrefix(r.ID, "http-"); isHTTP && kind == gateway.REST || r.ID == "stub" && backend != nil || r.ID == "template-engine" && kind == gateway.HTTP {
					t.Errorf("%s is assumed of %s", r.ID, kind)
				}
			}
		}
	}
	for _, r := range gateway.Assumptions() {
		if !ids[r.ID] {
			t.Errorf("%s is never told", r.ID)
		}
	}
	for _, id := range []string{"stub", "route-by-segment", "authorizer-denies", "credentials-hold"} {
		if !ids[id] {
			t.Errorf("there is no assumption %s", id)
		}
	}
	s := serve(t, shelter)
	type told struct{ Assumptions []struct{ ID, Does string } }
	if got := decode[told](t, do(t, "GET", s.page+"/_cors/assumptions", "")); len(got.Assumptions) < 5 || got.Assumptions[0].Does == "" {
		t.Errorf("got %+v", got)
	}
}

// TestAsk holds that a question is answered as package proof says, and what is no question.
func TestAsk(t *testing.T) {
	s := serve(t, shelter)
	for _, tt := range []struct {
		name, question string
		status         int
		want           string // part of the answer
	}{
		{"allowed", `{"origin": "PAGE", "method": "PUT", "path": "/cats"}`, 200, `"outcome":"allowed"`},
		{"refused", `{"origin": "PAGE", "method": "PUT", "path": "/cats", "headers": [{"name": "X-Tail", "value": "long"}], "credentials": "include"}`, 200, `"rule":"acac-missing"`},
		{"refused for its body", `{"origin": "PAGE", "method": "GET", "path": "/cats", "body": "x"}`, 200, `"rule":"body-with-get"`},
		{"where it was decided", `{"origin": "https://a.example", "method": "PUT", "path": "/cats"}`, 200, `"place":"shelter.yaml#/paths/~1cats/options`},
		{"not told", `{"origin": "PAGE", "method": "GET", "path": "/rats"}`, 200, `"outcome":"unproved"`},
		{"from the API's own origin", `{"origin": "API", "method": "PUT", "path": "/dogs"}`, 200, `"outcome":"allowed"`},
		{"of no page", `{"origin": "null", "method": "GET", "path": "/cats"}`, 200, `"rule":"acao-mismatch"`},
		{"without an origin", `{"method": "GET", "path": "/cats"}`, 400, `origin: \"\" is no origin`},
		{"with half an origin", `{"origin": "https://a.example/", "method": "GET", "path": "/cats"}`, 400, "is no origin"},
		{"of no path", `{"origin": "PAGE", "method": "GET", "path": "cats"}`, 400, `path: \"cats\" is no path`},
		{"of another server", `{"origin": "PAGE", "method": "GET", "path": "http://a.example"}`, 400, "is no path"},
		{"with what it does not have", `{"origin": "PAGE", "mode": "no-cors", "path": "/cats"}`, 400, "mode"},
		{"no JSON", `cats`, 400, "that is no call"},
		{"nothing", ``, 400, "that is no call"},
		{"too much", `{"origin": "` + strings.Repeat("x", 2<<20) + `"}`, 413, "too long"},
	} {
		question := strings.NewReplacer("PAGE", s.page, "API", s.api).Replace(tt.question)
		got := do(t, "POST", s.page+"/_cors/ask", question, "Content-Type", "application/json; charset=utf-8", "Origin", s.page)
		if got.StatusCode != tt.status || !strings.Contains(got.text, tt.want) {
			t.Errorf("%s: got %d %s, want %d %s", tt.name, got.StatusCode, got.text, tt.status, tt.want)
		}
	}
}

// TestOtherSites holds that other sites get neither at what is the page's nor through it.
func TestOtherSites(t *testing.T) {
	s := serve(t, shelter)
	const question = `{"origin": "https://a.example", "method": "GET", "path": "/cats"}`
	for _, tt := range []struct {
		name, method, path string
		status             int
		header             []string
	}{
		{"a question of nobody's", "POST", "/ask", 200, []string{"Content-Type", "application/json"}},
		{"of another site", "POST", "/ask", 403, []string{"Content-Type", "application/json", "Origin", "https://a.example"}},
		{"of another port", "POST", "/ask", 403, []string{"Content-Type", "application/json", "Origin", s.api}},
		{"of another site, by its metadata", "POST", "/ask", 403, []string{"Content-Type", "application/json", "Sec-Fetch-Site", "cross-site"}},
		{"without a type", "POST", "/ask", 415, nil},
		{"with a type that needs no preflight", "POST", "/ask", 415, []string{"Content-Type", "text/plain"}},
		{"under another name", "POST", "/ask", 421, []string{"Content-Type", "application/json", "Host", "a.example"}},
		{"under another name, with its origin", "POST", "/ask", 421, []string{"Content-Type", "application/json", "Host", "a.example", "Origin", "http://a.example"}},
		{"under a name that looks like one", "GET", "/operations", 421, []string{"Host", "localhost.a.example"}},
		{"under an address of another machine", "GET", "/operations", 421, []string{"Host", "192.0.2.1"}},
		{"under a loopback address", "GET", "/operations", 200, []string{"Host", "127.0.0.2:1"}},
		{"under that of IPv6", "GET", "/operations", 200, []string{"Host", "[::1]"}},
		{"under a local name", "GET", "/operations", 200, []string{"Host", "app.localhost:1"}},
		{"the page under another name", "GET", "", 421, []string{"Host", "a.example"}},
	} {
		for _, url := range []string{s.page, s.api} {
			if url == s.api && (tt.path == "" || tt.name == "of another port") {
				continue
			}
			body := ""
			if tt.method == "POST" {
				body = question
			}
			got := do(t, tt.method, url+"/_cors"+tt.path, body, tt.header...)
			if got.StatusCode != tt.status {
				t.Errorf("%s, at %s: got %d %s, want %d", tt.name, url, got.StatusCode, got.text, tt.status)
			}
			for name := range got.Header {
				if strings.HasPrefix(name, "Access-Control-") {
					t.Errorf("%s, at %s: it carries %s", tt.name, url, name)
				}
			}
		}
	}
}

// TestAddress holds how a server is reached.
func TestAddress(t *testing.T) {
	for _, tt := range []struct {
		at       server.Address
		host     string // of a request
		want     string
		loopback bool
	}{
		{server.Address{Host: "127.0.0.1", Port: "1"}, "localhost:2", "http://127.0.0.1:1", true},
		{server.Address{Host: "localhost", Port: "1"}, "127.0.0.1:2", "http://localhost:1", true},
		{server.Address{Host: "::1", Port: "1"}, "localhost:2", "http://[::1]:1", true},
		{server.Address{Host: "0.0.0.0", Port: "1"}, "192.0.2.7:2", "http://192.0.2.7:1", false},
		{server.Address{Host: "::", Port: "1"}, "[2001:db8::1]:2", "http://[2001:db8::1]:1", false},
		{server.Address{Host: "::", Port: "1"}, "[2001:db8::1]", "http://[2001:db8::1]:1", false},
		{server.Address{Host: "0.0.0.0", Port: "1"}, "", "http://127.0.0.1:1", false},
		{server.Address{Host: "box.example", Port: "1"}, "192.0.2.7:2", "http://box.example:1", false},
	} {
		var r *http.Request
		if tt.host != "" {
			r = &http.Request{Host: tt.host}
		}
		if got := tt.at.URL(r); got != tt.want || tt.at.IsLoopback() != tt.loopback {
			t.Errorf("%v of %q: got %s %v, want %s %v", tt.at, tt.host, got, tt.at.IsLoopback(), tt.want, tt.loopback)
		}
	}
	for _, tt := range []struct {
		listens server.Address
		host    string
		served  bool
	}{
		{server.Address{Host: "0.0.0.0"}, "192.0.2.7:2", true},
		{server.Address{Host: "0.0.0.0"}, "a.example:2", false},
		{server.Address{Host: "box.example"}, "BOX.example:2", true},
		{server.Address{Host: "192.0.2.7"}, "192.0.2.7:2", true},
		{server.Address{Host: "192.0.2.7"}, "192.0.2.8:2", false},
	} {
		h := server.New(read(t, shelter), server.Options{API: tt.listens, Page: tt.listens}).Page()
		if got := handle(h, tt.host); (got != http.StatusMisdirectedRequest) != tt.served {
			t.Errorf("%v under %s: got %d", tt.listens, tt.host, got)
		}
	}
}

// TestReplace holds that a document is replaced at once, and for both sides.
func TestReplace(t *testing.T) {
	s := serve(t, shelter)
	const question = `{"origin": "https://a.example", "method": "GET", "path": "/fish"}`
	ask := func() proof.Record {
		return decode[proof.Record](t, do(t, "POST", s.page+"/_cors/ask", question, "Content-Type", "application/json"))
	}
	if got := do(t, "GET", s.api+"/fish", ""); got.StatusCode != 403 || ask().Actual.Status != 403 {
		t.Fatalf("got %d and %d", got.StatusCode, ask().Actual.Status)
	}
	s.Replace(read(t, strings.ReplaceAll(shelter, "/cats", "/fish")))
	if got := do(t, "GET", s.api+"/fish", ""); got.StatusCode != 200 || ask().Actual.Status != 200 {
		t.Errorf("got %d and %d", got.StatusCode, ask().Actual.Status)
	}
}

// TestBackend holds that a question is put to a backend once for each of its requests, under
// however many conditions: what looks at a parameter is asked about under several.
func TestBackend(t *testing.T) {
	calls := make(chan string, 10)
	backend := func(_ context.Context, c gateway.BackendRequest) (gateway.Reply, error) {
		calls <- c.Method
		return gateway.Reply{Status: 200}, nil
	}
	const birds = `paths:
  /birds:
    post:
      responses: {"200": {description: birds, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}
      x-amazon-apigateway-integration:
        type: http
        httpMethod: POST
        requestTemplates: {text/plain: $input.params("X")}
        responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'*'"}}}
`
	s := serve(t, strings.Replace(shelter, "paths:\n", birds, 1), func(o *server.Options, _ *server.Limits) { o.Backend, o.BackendName = backend, "theirs" })
	got := decode[proof.Record](t, do(t, "POST", s.page+"/_cors/ask", `{"origin": "https://a.example", "method": "POST", "path": "/birds", "body": "x"}`, "Content-Type", "application/json"))
	if got.Outcome != proof.Allowed || len(calls) != 1 {
		t.Errorf("%d calls: %+v", len(calls), got)
	}
	if got := do(t, "POST", s.api+"/birds", "x", "Content-Type", "text/plain"); got.StatusCode != 200 || len(calls) != 2 {
		t.Errorf("got %d %s", got.StatusCode, got.text)
	}
}

// TestLog holds what is told of requests.
func TestLog(t *testing.T) {
	entries := make(chan server.Entry, 1)
	s := serve(t, shelter, func(o *server.Options, _ *server.Limits) { o.Log = func(e server.Entry) { entries <- e } })
	for _, tt := range []struct {
		method, path, body string
		status             int
		rule               string
	}{
		{"OPTIONS", "/cats", "", 200, "route mock-status mapping"},
		{"GET", "/c%61ts?a=b", "", 200, "route"},
		{"GET", "/fish", "", 403, "route-missing gateway-response"},
		{"GET", "/rats", "", 501, "route"},
		{"POST", "/cats", strings.Repeat("x", 11<<20), 413, ""},
	} {
		got := do(t, tt.method, s.api+tt.path, tt.body, "Origin", "https://a.example")
		e := <-entries
		path, _, _ := strings.Cut(tt.path, "?")
		if got.StatusCode != tt.status || e.Status != tt.status || e.Method != tt.method || e.Path != path || e.Origin != "https://a.example" || (e.Unknown != nil) != (tt.status == 501) {
			t.Errorf("%s %s: got %d %+v", tt.method, tt.path, got.StatusCode, e)
		}
		for _, rule := range strings.Fields(tt.rule) {
			if strings.Count(strings.Join(e.Behaviours, " ")+" ", rule+" ") == 0 {
				t.Errorf("%s %s: %v lacks %s", tt.method, tt.path, e.Behaviours, rule)
			}
		}
	}
}

// TestStop holds that a request that is being answered is, and that one that takes too long does
// not keep the server.
func TestStop(t *testing.T) {
	begun, goOn := make(chan bool, 2), make(chan bool)
	backend := func(ctx context.Context, _ gateway.BackendRequest) (gateway.Reply, error) {
		begun <- true
		select {
		case <-goOn:
			return gateway.Reply{Status: 200}, nil
		case <-ctx.Done():
			return gateway.Reply{}, ctx.Err()
		}
	}
	with := func(stop time.Duration) func(*server.Options, *server.Limits) {
		return func(o *server.Options, l *server.Limits) { o.Backend, l.Stop = backend, stop }
	}
	s := serve(t, shelter, with(time.Minute))
	status := make(chan int)
	go func() { status <- do(t, "POST", s.api+"/dogs", "").StatusCode }()
	<-begun
	go func() { goOn <- true }()
	s.stop()
	if got := <-status; got != 200 {
		t.Errorf("a request that was begun got %d", got)
	}

	s = serve(t, shelter, with(10*time.Millisecond))
	failed := make(chan error)
	go func() {
		_, err := (&http.Transport{}).RoundTrip(mustRequest(t, "POST", s.api+"/dogs"))
		failed <- err
	}()
	<-begun
	s.stop()
	if err := <-failed; err == nil {
		t.Error("a request that took too long was answered")
	}
}
