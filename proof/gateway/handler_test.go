package gateway_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// serve serves the API of a document.
func serve(t *testing.T, paths, root string, backend gateway.Backend) *httptest.Server {
	t.Helper()
	api, err := gateway.Read(document(paths, root), gateway.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(api.Handler(backend))
	t.Cleanup(s.Close)
	return s
}

// do sends a request, and returns the response with the body.
func do(t *testing.T, method, url, body string, header ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Add(header[i], header[i+1])
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(text)
}

// TestHandler holds that what is answered is sent.
func TestHandler(t *testing.T) {
	s := serve(t, path("/a b", method("get", mock))+path("/a", method("get", mock), method("post", proxy), method("options", overriding("#set($context.responseOverride.status = 204)text")), method("put", `{type: mock, responses: {default: {statusCode: '200', responseParameters: {method.response.header.A: !Ref O}}}}`)), errorsOf, nil)
	for _, tt := range []struct {
		method, path, body string
		status             int
		header, want       string
	}{
		{"GET", "/a", "", 200, "A", "mock"},
		{"GET", "/b", "", 403, "A", "4xx"},
		{"OPTIONS", "/a", "", 204, "A", "mock"},
		{"PUT", "/a", "", 501, "Content-Type", "application/json"},
		{"POST", "/a", strings.Repeat("x", 11<<20), 413, "A", "4xx"},
		{"POST", "/a", strings.Repeat("x", 9<<20), 200, "A", ""},
		{"FOO", "/a", "", 403, "A", "4xx"},
	} {
		resp, body := do(t, tt.method, s.URL+tt.path, tt.body)
		if resp.StatusCode != tt.status || resp.Header.Get(tt.header) != tt.want {
			t.Errorf("%s %s: got %d %v %s, want %d %s: %s", tt.method, tt.path, resp.StatusCode, resp.Header, body, tt.status, tt.header, tt.want)
		}
	}
}

// TestForward holds that a request reaches the backend as it is, and its reply the client with
// API Gateway's behaviours applied.
func TestForward(t *testing.T) {
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("Server", "theirs")
		w.Header().Set("X-Saw", r.Method+" "+r.URL.String()+" "+r.Header.Get("X-Mine")+" "+string(body))
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(http.StatusFound)
	}))
	defer backend.Close()
	base, err := url.Parse(backend.URL + "/base/")
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t, path("/{proxy+}", method("post", proxy)), errorsOf, gateway.Forward(base))
	resp, _ := do(t, "POST", s.URL+"/a%2Fb?q=1&q=2", "body", "X-Mine", "m", "Connection", "x")
	if saw, want := resp.Header.Get("X-Saw"), "POST /base/a%2Fb?q=1&q=2 m body"; resp.StatusCode != 302 || saw != want {
		t.Errorf("got %d %q, want %q", resp.StatusCode, saw, want)
	}
	if resp.Header.Get("X-Amzn-Remapped-Server") != "theirs" || resp.Header.Get("Location") != "/elsewhere" {
		t.Errorf("got %v", resp.Header)
	}
	backend.Close()
	if resp, _ := do(t, "POST", s.URL+"/a", ""); resp.StatusCode != 504 || resp.Header.Get("A") != "5xx" {
		t.Errorf("without a backend: got %d %v", resp.StatusCode, resp.Header)
	}
}
