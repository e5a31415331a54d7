package probe_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/proof/gateway"
	"github.com/apigw-cors/apigw-cors/proof/probe"
)

// pets lets pages of one origin request two methods, of which PUT needs a preflight.
const pets = `openapi: 3.0.1
info: {title: t, version: '1'}
paths:
  /pets:
    x-amazon-apigateway-cors: {allowOrigins: ['https://app.example.com'], allowMethods: [GET, OPTIONS, PUT], allowHeaders: [X-Trace]}
    get: &mock
      responses: {'200': {description: a}}
      x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: '200'}}}
    put:
      <<: *mock
      parameters: [{name: X-Trace, in: header, required: true, schema: {type: string}}]
    options:
      responses:
        '200':
          description: a
          headers:
            Access-Control-Allow-Origin: {schema: {type: string}}
            Access-Control-Allow-Methods: {schema: {type: string}}
            Access-Control-Allow-Headers: {schema: {type: string}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: '200'
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"
              method.response.header.Access-Control-Allow-Methods: "'GET,OPTIONS,PUT'"
              method.response.header.Access-Control-Allow-Headers: "'X-Trace'"
`

func read(t testing.TB, src string, o gateway.Options) *gateway.API {
	t.Helper()
	api, err := gateway.Read([]byte(src), o)
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// ask probes a server.
func ask(t testing.TB, ctx context.Context, api *gateway.API, base string, o probe.Options) *probe.Result {
	t.Helper()
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	o.Base = u
	res, err := probe.Run(ctx, api, o)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// said is a row in short.
func said(r *probe.Row) string {
	who := "page"
	if r.Disallowed {
		who = "disallowed"
	}
	text := fmt.Sprintf("%s %s: %d %s", r.Operation.Method, who, r.Status, r.Outcome)
	for _, d := range r.Differences {
		text += fmt.Sprintf("; %s %q %q", strings.TrimPrefix(d.Name, "Access-Control-"), d.Want, d.Got)
	}
	if r.Outcome == probe.Refused {
		text += "; " + string(r.Verdict.Rule)
	}
	if r.Unknown != nil {
		text += "; " + string(r.Unknown.Reason)
	}
	return text
}

func allSaid(res *probe.Result) []string {
	var list []string
	for _, r := range res.Rows {
		list = append(list, said(r))
	}
	return list
}

// asPromised is what is said of a server that does what pets says.
var asPromised = []string{"GET page: 200 same", "GET disallowed: 200 same", "PUT page: 200 same", "PUT disallowed: 200 same"}

// TestAsPromised holds what is said of an API that is served as its document says, below
// whatever stage.
func TestAsPromised(t *testing.T) {
	api := read(t, pets, gateway.Options{})
	for _, stage := range []string{"", "/", "/prod", "/prod/", "/a/b"} {
		s := httptest.NewServer(http.StripPrefix(strings.TrimSuffix(stage, "/"), api.Handler(nil)))
		res := ask(t, t.Context(), api, s.URL+stage, probe.Options{})
		if diff := cmp.Diff(asPromised, allSaid(res)); diff != "" {
			t.Errorf("stage %q (-want +got):\n%s", stage, diff)
		}
		if res.Fails() || res.Interrupted || res.Hint != "" {
			t.Errorf("stage %q: %+v", stage, res)
		}
		s.Close()
	}
}

// TestRequest holds that what is sent is what a browser sends, once each, and that nothing is
// sent but preflights.
func TestRequest(t *testing.T) {
	var mu sync.Mutex
	got := map[string]int{}
	api := read(t, pets, gateway.Options{})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var lines strings.Builder
		fmt.Fprintf(&lines, "%s %s %q\n", r.Method, r.URL, body)
		_ = r.Header.Write(&lines)
		mu.Lock()
		got[strings.ReplaceAll(lines.String(), "\r", "")]++
		mu.Unlock()
		w.Header().Set("Set-Cookie", "a=b")
	}))
	defer s.Close()
	ask(t, t.Context(), api, s.URL+"/prod", probe.Options{Origins: []string{"https://app.example.com", "null", "null"}})
	want := map[string]int{
		"OPTIONS /prod/pets \"\"\nAccept: */*\nAccess-Control-Request-Headers: x-trace\nAccess-Control-Request-Method: PUT\nOrigin: https://app.example.com.stranger.invalid\nUser-Agent: apigw-cors\n": 1,
		"OPTIONS /prod/pets \"\"\nAccept: */*\nAccess-Control-Request-Method: GET\nOrigin: https://app.example.com.stranger.invalid\nUser-Agent: apigw-cors\n":                                          1,
		"OPTIONS /prod/pets \"\"\nAccept: */*\nAccess-Control-Request-Method: GET\nOrigin: https://app.example.com\nUser-Agent: apigw-cors\n":                                                           1,
		"OPTIONS /prod/pets \"\"\nAccept: */*\nAccess-Control-Request-Method: GET\nOrigin: null\nUser-Agent: apigw-cors\n":                                                                              1,
		"OPTIONS /prod/pets \"\"\nAccept: */*\nAccess-Control-Request-Headers: x-trace\nAccess-Control-Request-Method: PUT\nOrigin: https://app.example.com\nUser-Agent: apigw-cors\n":                  1,
		"OPTIONS /prod/pets \"\"\nAccept: */*\nAccess-Control-Request-Headers: x-trace\nAccess-Control-Request-Method: PUT\nOrigin: null\nUser-Agent: apigw-cors\n":                                     1,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// changed serves an API whose answers to requests are changed before they are sent.
func changed(api *gateway.API, change func(r *http.Request, status *int, h http.Header)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := httptest.NewRecorder()
		api.Handler(nil).ServeHTTP(rec, r)
		status := rec.Code
		change(r, &status, rec.Header())
		for name, values := range rec.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(status)
	})
}

const (
	acao = "Access-Control-Allow-Origin"
	acam = "Access-Control-Allow-Methods"
	acah = "Access-Control-Allow-Headers"
)

// TestWrongStages holds what is said of stages that do not do what their document says.
func TestWrongStages(t *testing.T) {
	api := read(t, pets, gateway.Options{})
	for _, tt := range []struct {
		name   string
		change func(r *http.Request, status *int, h http.Header)
		want   []string // PUT of the page and of the disallowed origin, for which the verdict counts
		hint   string   // part of that of the first one
	}{
		{"another success", func(_ *http.Request, status *int, _ http.Header) { *status = 204 },
			[]string{`PUT page: 204 differs; status ["200"] ["204"]`, `PUT disallowed: 204 differs; status ["200"] ["204"]`}, "deploy the API again"},
		{"an error", func(_ *http.Request, status *int, _ http.Header) { *status = 500 },
			[]string{`PUT page: 500 refused; status ["200"] ["500"]; preflight-status`, `PUT disallowed: 500 differs; status ["200"] ["500"]`}, "deploy the API again"},
		{"throttled", func(_ *http.Request, status *int, _ http.Header) { *status = 429 },
			[]string{`PUT page: 429 refused; status ["200"] ["429"]; preflight-status`, `PUT disallowed: 429 differs; status ["200"] ["429"]`}, "--concurrency 1"},
		{"no origin", func(_ *http.Request, _ *int, h http.Header) { h.Del(acao) },
			[]string{`PUT page: 200 refused; Allow-Origin ["https://app.example.com"] []; acao-missing`, `PUT disallowed: 200 differs; Allow-Origin ["https://app.example.com"] []`}, ""},
		{"all origins", func(_ *http.Request, _ *int, h http.Header) { h.Set(acao, "*") },
			[]string{`PUT page: 200 differs; Allow-Origin ["https://app.example.com"] ["*"]`, `PUT disallowed: 200 let in; Allow-Origin ["https://app.example.com"] ["*"]`}, ""},
		{"in quotes", func(_ *http.Request, _ *int, h http.Header) { h.Set(acao, "'https://app.example.com'") },
			[]string{`PUT page: 200 refused; Allow-Origin ["https://app.example.com"] ["'https://app.example.com'"]; acao-mismatch`, `PUT disallowed: 200 differs; Allow-Origin ["https://app.example.com"] ["'https://app.example.com'"]`}, ""},
		{"methods in quotes", func(_ *http.Request, _ *int, h http.Header) { h.Set(acam, "'GET,OPTIONS,PUT'") },
			[]string{`PUT page: 200 refused; Allow-Methods ["GET,OPTIONS,PUT"] ["'GET,OPTIONS,PUT'"]; method-not-allowed`, `PUT disallowed: 200 differs; Allow-Methods ["GET,OPTIONS,PUT"] ["'GET,OPTIONS,PUT'"]`}, ""},
		{"twice", func(_ *http.Request, _ *int, h http.Header) { h.Add(acao, "https://app.example.com") },
			[]string{`PUT page: 200 refused; Allow-Origin ["https://app.example.com"] ["https://app.example.com" "https://app.example.com"]; acao-multiple`, `PUT disallowed: 200 differs; Allow-Origin ["https://app.example.com"] ["https://app.example.com" "https://app.example.com"]`}, ""},
		{"whoever asks", func(r *http.Request, _ *int, h http.Header) { h.Set(acao, r.Header.Get("Origin")) },
			[]string{`PUT page: 200 same`, `PUT disallowed: 200 let in; Allow-Origin ["https://app.example.com"] ["https://app.example.com.stranger.invalid"]`}, ""},
		{"whoever begins alike", func(r *http.Request, _ *int, h http.Header) {
			if strings.HasPrefix(r.Header.Get("Origin"), "https://app.example.com") {
				h.Set(acao, r.Header.Get("Origin"))
			}
		}, []string{`PUT page: 200 same`, `PUT disallowed: 200 let in; Allow-Origin ["https://app.example.com"] ["https://app.example.com.stranger.invalid"]`}, ""},
		{"a redirect", func(_ *http.Request, status *int, h http.Header) {
			*status = 307
			h.Set("Location", "/elsewhere\u202e")
		},
			[]string{`PUT page: 307 refused; status ["200"] ["307"]; preflight-status`, `PUT disallowed: 307 differs; status ["200"] ["307"]`}, `"/elsewhere\u202e"`},
		{"a page of a firewall", func(_ *http.Request, status *int, h http.Header) {
			clear(h)
			h.Set("Content-Type", "text/html")
			*status = 403
		},
			[]string{`PUT page: 403 refused; status ["200"] ["403"]; Allow-Origin ["https://app.example.com"] []; Allow-Methods ["GET,OPTIONS,PUT"] []; Allow-Headers ["X-Trace"] []; acao-missing`, `PUT disallowed: 403 differs; status ["200"] ["403"]; Allow-Origin ["https://app.example.com"] []; Allow-Methods ["GET,OPTIONS,PUT"] []; Allow-Headers ["X-Trace"] []`}, "firewall"},
		{"more than promised", func(_ *http.Request, _ *int, h http.Header) {
			h.Set("Access-Control-Max-Age", "600")
			h.Set("Access-Control-Expose-Headers", "x-a")
			h.Set("Access-Control-Allow-Credentials", "true")
			h.Set("Vary", "Accept-Encoding, origin")
		}, []string{`PUT page: 200 differs; Allow-Credentials [] ["true"]; Max-Age [] ["600"]; Expose-Headers [] ["x-a"]`, `PUT disallowed: 200 differs; Allow-Credentials [] ["true"]; Max-Age [] ["600"]; Expose-Headers [] ["x-a"]`}, ""},
		{"the same in other words", func(_ *http.Request, _ *int, h http.Header) {
			h.Set(acam, "PUT, GET,")
			h.Add(acam, "OPTIONS")
			h.Set(acah, "x-trace")
			h.Set("Vary", "Accept-Encoding")
			h.Set("Access-Control-Allow-Private-Network", "true")
		}, []string{`PUT page: 200 same`, `PUT disallowed: 200 same`}, ""},
		{"methods in lower case", func(_ *http.Request, _ *int, h http.Header) { h.Set(acam, "get,options,put") },
			[]string{`PUT page: 200 refused; Allow-Methods ["GET,OPTIONS,PUT"] ["get,options,put"]; method-case`, `PUT disallowed: 200 differs; Allow-Methods ["GET,OPTIONS,PUT"] ["get,options,put"]`}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := httptest.NewServer(changed(api, tt.change))
			defer s.Close()
			res := ask(t, t.Context(), api, s.URL, probe.Options{})
			if diff := cmp.Diff(tt.want, allSaid(res)[2:]); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if !strings.Contains(res.Rows[2].Hint, tt.hint) {
				t.Errorf("got the hint %q, want one with %q", res.Rows[2].Hint, tt.hint)
			}
		})
	}
}

// TestNotAsked holds that a request without a preflight does not depend on a response: it is
// compared, and never refused or let in.
func TestNotAsked(t *testing.T) {
	api := read(t, pets, gateway.Options{})
	s := httptest.NewServer(changed(api, func(r *http.Request, _ *int, h http.Header) { h.Set(acao, "*") }))
	defer s.Close()
	for _, r := range ask(t, t.Context(), api, s.URL, probe.Options{}).Rows[:2] {
		if r.Asks || r.Outcome != probe.Differs {
			t.Errorf("got %t %s", r.Asks, said(r))
		}
	}
}

// TestFailures holds what is said of servers that give no response, and that each is bounded.
func TestFailures(t *testing.T) {
	api := read(t, pets, gateway.Options{})
	wait := make(chan struct{})
	t.Cleanup(func() { close(wait) })
	for _, tt := range []struct {
		name string
		raw  func(net.Conn) // in place of a server
		want string         // part of what is said
	}{
		{"slow", func(net.Conn) { <-wait }, "no answer within 300ms"},
		{"closing", func(c net.Conn) {}, "closed without an answer"},
		{"half an answer", func(c net.Conn) { fmt.Fprint(c, "HTTP/1.1 200 OK\r\nA: a\r\n") }, "closed without an answer"},
		{"another protocol", func(c net.Conn) { fmt.Fprint(c, "SSH-2.0-OpenSSH\r\n") }, "malformed HTTP response"},
		{"huge headers", func(c net.Conn) {
			fmt.Fprint(c, "HTTP/1.1 200 OK\r\n")
			for err := error(nil); err == nil; {
				_, err = fmt.Fprintf(c, "A: %s\r\n", strings.Repeat("a", 1<<10))
			}
		}, "headers exceeded"},
		{"many answers before the answer", func(c net.Conn) {
			for err := error(nil); err == nil; {
				_, err = fmt.Fprint(c, "HTTP/1.1 103 Early Hints\r\nA: a\r\n\r\n")
			}
		}, "headers exceeded"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			base := listen(t, tt.raw)
			res := ask(t, t.Context(), api, base, probe.Options{Timeout: 300 * time.Millisecond})
			for _, r := range res.Rows {
				if r.Outcome != probe.Unreachable || r.Status != 0 || !strings.Contains(r.Failure, tt.want) {
					t.Errorf("got %s %q, want %q", said(r), r.Failure, tt.want)
				}
			}
			if reason, _ := res.Unreached(); reason == "" {
				t.Error("it counts as reached")
			}
		})
	}
}

// listen answers connections with what is written raw, once the request is read.
func listen(t *testing.T, raw func(net.Conn)) (base string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				if _, err := http.ReadRequest(bufio.NewReader(c)); err == nil {
					raw(c)
				}
			}()
		}
	}()
	return "http://" + l.Addr().String()
}

// TestEndlessBody holds that a response is known by its head.
func TestEndlessBody(t *testing.T) {
	api := read(t, pets, gateway.Options{})
	for name, pause := range map[string]time.Duration{"fast": 0, "slow": 20 * time.Millisecond} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				api.Handler(nil).ServeHTTP(w, r)
				for err := error(nil); err == nil && r.Context().Err() == nil; time.Sleep(pause) {
					_, err = io.WriteString(w, "more of it")
					_ = http.NewResponseController(w).Flush()
				}
			}))
			defer s.Close()
			res := ask(t, t.Context(), api, s.URL, probe.Options{Timeout: 300 * time.Millisecond})
			if diff := cmp.Diff(asPromised, allSaid(res)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestControlCharacters holds that what a server sends is printed so that no terminal acts on
// it.
func TestControlCharacters(t *testing.T) {
	api := read(t, pets, gateway.Options{})
	for _, tt := range []struct{ sent, want string }{
		{"Access-Control-Allow-Origin: \x1b[2J", `\x1b[2J`}, // which is no header
		{"Access-Control-Allow-Origin: \u202ehttps://app", `want "https://app.example.com", got "\u202ehttps://app"`},
		{"Access-Control-Allow-Methods: \xff\xc2\x9b", `got "\xff\u009b"`},
		{"Location: /\u2066", `want "200", got "301"`},
	} {
		base := listen(t, func(c net.Conn) { fmt.Fprintf(c, "HTTP/1.1 301 OK\r\nContent-Length: 0\r\n%s\r\n\r\n", tt.sent) })
		res := ask(t, t.Context(), api, base, probe.Options{})
		var text strings.Builder
		if err := res.WriteText(&text, func(string) string { return "" }); err != nil {
			t.Fatal(err)
		}
		if strings.ContainsFunc(text.String(), func(r rune) bool { return !unicode.IsPrint(r) && r != '\n' }) || !strings.Contains(text.String(), tt.want) {
			t.Errorf("%q is printed as %q, want %q", tt.sent, text.String(), tt.want)
		}
	}
}

// TestTLS holds that a certificate is verified unless that is switched off, over both versions
// of HTTP.
func TestTLS(t *testing.T) {
	api := read(t, pets, gateway.Options{})
	for _, version := range []string{"HTTP/1.1", "HTTP/2.0"} {
		var mu sync.Mutex
		spoken := map[string]bool{}
		s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			spoken[r.Proto] = true
			mu.Unlock()
			api.Handler(nil).ServeHTTP(w, r)
		}))
		s.EnableHTTP2 = version == "HTTP/2.0"
		s.Config.ErrorLog = silent()
		s.StartTLS()
		if reason, hint := ask(t, t.Context(), api, s.URL, probe.Options{}).Unreached(); !strings.Contains(reason, "is not trusted: x509: certificate signed by unknown authority") || !strings.Contains(hint, "--insecure") {
			t.Errorf("%s: got %q and %q", version, reason, hint)
		}
		res := ask(t, t.Context(), api, s.URL, probe.Options{Insecure: true})
		if diff := cmp.Diff(asPromised, allSaid(res)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", version, diff)
		}
		if diff := cmp.Diff(map[string]bool{version: true}, spoken); diff != "" {
			t.Errorf("%s (-want +got):\n%s", version, diff)
		}
		if reason, _ := ask(t, t.Context(), api, strings.Replace(s.URL, "127.0.0.1", "localhost", 1), probe.Options{}).Unreached(); !strings.Contains(reason, "x509") {
			t.Errorf("%s: got %q", version, reason)
		}
		s.Close()
	}
	plain := httptest.NewServer(api.Handler(nil))
	defer plain.Close()
	if reason, hint := ask(t, t.Context(), api, strings.Replace(plain.URL, "http", "https", 1), probe.Options{}).Unreached(); !strings.Contains(reason, "does not speak TLS") || !strings.Contains(hint, "http://") {
		t.Errorf("got %q and %q", reason, hint)
	}
}

// TestRefusedConnection holds what is said where nobody listens, and of a name that nobody
// has.
func TestRefusedConnection(t *testing.T) {
	api := read(t, pets, gateway.Options{})
	s := httptest.NewServer(nil)
	s.Close()
	if reason, _ := ask(t, t.Context(), api, s.URL, probe.Options{}).Unreached(); !strings.Contains(reason, "refused") {
		t.Errorf("got %q", reason)
	}
}

// TestNothingThere holds what is said of an API that has nothing where it was looked for. A stage
// without OPTIONS looks like it: that differs from what is promised, and is no trouble of the
// network.
func TestNothingThere(t *testing.T) {
	api := read(t, pets, gateway.Options{})
	s := httptest.NewServer(http.StripPrefix("/prod", api.Handler(nil)))
	defer s.Close()
	// Another stage is there, with another API in it.
	other := read(t, strings.Replace(pets, "/pets:", "/cats:", 1), gateway.Options{})
	wrong := httptest.NewServer(other.Handler(nil))
	defer wrong.Close()
	res := ask(t, t.Context(), api, wrong.URL, probe.Options{})
	if reason, _ := res.Unreached(); reason != "" || !strings.Contains(res.Hint, "--url") || !res.Fails() || res.Count(probe.Refused) == 0 {
		t.Errorf("got %q and %q", reason, res.Hint)
	}
	// The document says so itself: nothing takes OPTIONS.
	bare := read(t, pets[:strings.Index(pets, "    options:")], gateway.Options{})
	served := httptest.NewServer(bare.Handler(nil))
	defer served.Close()
	if reason, _ := ask(t, t.Context(), bare, served.URL, probe.Options{}).Unreached(); reason != "" {
		t.Errorf("got %q", reason)
	}
	forbidding := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(403)
		_, _ = io.WriteString(w, `{"message":"Forbidden"}`)
	}))
	defer forbidding.Close()
	res = ask(t, t.Context(), api, forbidding.URL, probe.Options{})
	if res.Count(probe.Refused) != 1 || res.Count(probe.Differs) != 3 || !strings.Contains(res.Hint, "--url") {
		t.Errorf("got %q and %q", allSaid(res), res.Hint)
	}
}

// TestGivesUp holds that a server that never answers is not asked a thousand times.
func TestGivesUp(t *testing.T) {
	var asked atomic.Int32
	base := listen(t, func(net.Conn) { asked.Add(1) })
	api := read(t, pets, gateway.Options{})
	var origins []string
	for i := range 30 {
		origins = append(origins, fmt.Sprintf("https://a%d.example.com", i))
	}
	res := ask(t, t.Context(), api, base, probe.Options{Origins: origins, Concurrency: 1})
	if asked.Load() != 8 || res.Count(probe.Unreachable) != 62 {
		t.Errorf("%d were asked, and %d are unreachable", asked.Load(), res.Count(probe.Unreachable))
	}
}

// TestLimit holds that nothing is sent where more would be sent than may be.
func TestLimit(t *testing.T) {
	api := read(t, pets, gateway.Options{})
	base, _ := url.Parse("http://127.0.0.1:1")
	_, err := probe.Run(t.Context(), api, probe.Options{Base: base, Limit: 3})
	var limit *probe.LimitError
	if !errors.As(err, &limit) || *limit != (probe.LimitError{Needed: 4, Limit: 3}) {
		t.Errorf("got %v", err)
	}
}

// TestConcurrency holds that no more are asked at a time than may be.
func TestConcurrency(t *testing.T) {
	api := read(t, pets, gateway.Options{})
	var mu sync.Mutex
	now, most := 0, 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		now++
		most = max(most, now)
		mu.Unlock()
		time.Sleep(10 * time.Millisecond)
		api.Handler(nil).ServeHTTP(w, r)
		mu.Lock()
		now--
		mu.Unlock()
	}))
	defer s.Close()
	var origins []string
	for i := range 10 {
		origins = append(origins, fmt.Sprintf("https://a%d.example.com", i))
	}
	var told []int
	ask(t, t.Context(), api, s.URL, probe.Options{Origins: origins, Concurrency: 3, Progress: func(done, total int) { told = append(told, done, total) }})
	if most > 3 {
		t.Errorf("%d at a time", most)
	}
	if len(told) != 44 || told[0] != 1 || told[42] != 22 || told[43] != 22 { // two of a disallowed origin
		t.Errorf("progress was told %d", told)
	}
}

// TestInterrupted holds that a run that is stopped ends at once, and says what is known.
func TestInterrupted(t *testing.T) {
	api := read(t, pets, gateway.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Access-Control-Request-Method") == "PUT" {
			cancel()
			<-r.Context().Done()
			return
		}
		api.Handler(nil).ServeHTTP(w, r)
	}))
	defer s.Close()
	res := ask(t, ctx, api, s.URL, probe.Options{Concurrency: 1, Timeout: time.Minute})
	want := []string{"GET page: 200 same", "GET disallowed: 200 same", "PUT page: 0 not sent", "PUT disallowed: 0 not sent"}
	if diff := cmp.Diff(want, allSaid(res)); diff != "" || !res.Interrupted || res.Fails() {
		t.Errorf("%+v (-want +got):\n%s", res, diff)
	}
}

// TestNotComparable holds that of what a document does not tell nothing is said but what a
// browser would do.
func TestNotComparable(t *testing.T) {
	variable := strings.ReplaceAll(strings.ReplaceAll(pets, "'https://app.example.com'", "stageVariables.origin"), `"stageVariables.origin"`, "stageVariables.origin")
	proxied := pets[:strings.Index(pets, "    options:")] + "    options: {responses: {'200': {description: a}}, x-amazon-apigateway-integration: {type: http_proxy, httpMethod: OPTIONS, uri: 'https://a.example.com'}}\n"
	impossible := strings.Replace(pets, "allowOrigins: ['https://app.example.com']", "allowOrigins: ['https://app.example.com/']", 1)
	for _, tt := range []struct {
		name, document string
		want           []string
	}{
		{"the page is not known", variable, []string{"GET page: 0 not comparable; stage-variable", "PUT page: 0 not comparable; stage-variable"}},
		{"a backend answers", proxied, []string{"GET page: 200 not comparable; backend", "GET disallowed: 200 not comparable; backend", "PUT page: 200 not comparable; backend", "PUT disallowed: 200 not comparable; backend"}},
		{"no page has this origin", impossible, []string{"GET page: 0 not comparable; no-request", "GET disallowed: 200 same", "PUT page: 0 not comparable; no-request", "PUT disallowed: 200 same"}},
		{"the answer is not known", strings.ReplaceAll(pets, `"'X-Trace'"`, "!Ref Headers"), []string{"GET page: 200 not comparable; intrinsic", "GET disallowed: 200 not comparable; intrinsic", "PUT page: 200 not comparable; intrinsic", "PUT disallowed: 200 not comparable; intrinsic"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := httptest.NewServer(read(t, pets, gateway.Options{}).Handler(nil))
			defer s.Close()
			res := ask(t, t.Context(), read(t, tt.document, gateway.Options{}), s.URL, probe.Options{})
			if diff := cmp.Diff(tt.want, allSaid(res)); diff != "" || res.Fails() {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestBackendRefuses holds that a disallowed origin that a backend allows, and a page that it refuses,
// are told although the document does not say what it answers.
func TestBackendRefuses(t *testing.T) {
	proxied := pets[:strings.Index(pets, "    options:")] + "    options: {responses: {'200': {description: a}}, x-amazon-apigateway-integration: {type: http_proxy, httpMethod: OPTIONS, uri: 'https://a.example.com'}}\n"
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(acao, "https://app.example.com.stranger.invalid")
		w.Header().Set(acam, "PUT")
		w.Header().Set(acah, "x-trace")
	}))
	defer s.Close()
	res := ask(t, t.Context(), read(t, proxied, gateway.Options{}), s.URL, probe.Options{})
	want := []string{"GET page: 200 not comparable; backend", "GET disallowed: 200 not comparable; backend", "PUT page: 200 refused; acao-mismatch; backend", "PUT disallowed: 200 let in; backend"}
	if diff := cmp.Diff(want, allSaid(res)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// silent is a log that nobody reads: servers write there what goes wrong on purpose.
func silent() *log.Logger { return log.New(io.Discard, "", 0) }

// TestSwitchingProtocols holds that a server which answers with another protocol, and keeps the
// connection, is an answer like another one.
func TestSwitchingProtocols(t *testing.T) {
	base := listen(t, func(c net.Conn) {
		_, _ = io.WriteString(c, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
		time.Sleep(time.Second)
	})
	res := ask(t, t.Context(), read(t, pets, gateway.Options{}), base, probe.Options{Timeout: 5 * time.Second})
	if !res.Fails() || res.Count(probe.Unreachable) > 0 {
		t.Errorf("got %q", allSaid(res))
	}
}
