package cmd

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/spf13/pflag"
)

// servedDocument has a method that a browser asks for first, one that fails to be deployed, and
// a policy.
const servedDocument = `openapi: 3.0.1
info: {title: t, version: "1"}
paths:
  /cats:
    x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com"]}
    put:
      responses: {"200": {description: cats}}
      x-amazon-apigateway-integration: {type: http_proxy, httpMethod: PUT, uri: "https://cats.example.com"}
  /rats:
    get: {responses: {"200": {description: rats}}}
`

// written is what a command has written so far.
type written struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (w *written) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(p)
}

func (w *written) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}

// until waits until a text matches, and returns the match.
func (w *written) until(t *testing.T, pattern string) []string {
	t.Helper()
	re := regexp.MustCompile(pattern)
	for range 1000 {
		if m := re.FindStringSubmatch(w.String()); m != nil {
			return m
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("it has not written %s, but\n%s", pattern, w)
	return nil
}

// serving is a command that serves.
type serving struct {
	out, err  *written
	api, page string
}

// startServe serves a document at free ports until the test ends.
func startServe(t *testing.T, name string, args ...string) serving {
	t.Helper()
	s := serving{out: &written{}, err: &written{}}
	f, flags := &serveFlags{}, pflag.NewFlagSet("serve", pflag.ContinueOnError)
	f.bind(flags)
	if err := flags.Parse(append([]string{"--listen", ":0"}, args...)); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- runServe(ctx, f, name, Streams{In: strings.NewReader(servedDocument), Out: s.out, Err: s.err})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("it ended with %v", err)
		}
	})
	m := s.out.until(t, `the API:  (\S+)\n  the page: (\S+)\n`)
	s.api, s.page = m[1], m[2]
	return s
}

// writeServed writes the document into a new directory, and returns its name.
func writeServed(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "cats.yaml")
	if err := os.WriteFile(name, []byte(servedDocument), 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}

func statusOf(t *testing.T, method, url string) int {
	t.Helper()
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

// TestServeMistakes holds what is refused before anything is served.
func TestServeMistakes(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	name := writeServed(t)
	for _, tt := range []struct {
		name string
		args []string
		code int
		want []string // parts of what is said
	}{
		{"no file", nil, 2, []string{"see apigw-cors serve --help"}},
		{"a file that is not there", []string{"nothing.yaml"}, 3, []string{"there is no such file"}},
		{"no port", []string{"--listen", "localhost", name}, 2, []string{`--listen: "localhost" is no address`, "write --listen 127.0.0.1:8787"}},
		{"a port that is none", []string{"--listen", ":http", name}, 2, []string{`":http" is no address`}},
		{"a port too high", []string{"--page-listen", ":65536", name}, 2, []string{`--page-listen: ":65536"`, "write --page-listen localhost:8788"}},
		{"one origin for both", []string{"--listen", "localhost:8787", "--page-listen", ":8787", name}, 2, []string{"browsers do no CORS within an origin"}},
		{"a port that is taken", []string{"--listen", taken.Addr().String(), name}, 3, []string{`could not listen on "` + taken.Addr().String() + `": `, "take a free port: --listen 127.0.0.1:0"}},
		{"a port that is taken, of the page", []string{"--listen", ":0", "--page-listen", taken.Addr().String(), name}, 3, []string{"take a free port: --page-listen 127.0.0.1:0"}},
		{"an address of no machine", []string{"--listen", "192.0.2.1:0", name}, 3, []string{`could not listen on "192.0.2.1:0"`}},
		{"a backend without a scheme", []string{"--backend", "localhost:3000", name}, 2, []string{`--backend: "localhost:3000" is no URL`, "write --backend http://localhost:3000"}},
		{"a backend with a query", []string{"--backend", "http://localhost:3000?x=y", name}, 2, []string{"is no URL to which the path of a call can be added"}},
		{"standard input, watched", []string{"--watch", "-"}, 2, []string{"standard input cannot be watched", "name a file"}},
		{"a base path mode that is none", []string{"--basepath", "drop", name}, 2, []string{`--basepath: "drop" is unknown`}},
		{"a stage variable without a value", []string{"--stage-variable", "origin", name}, 2, []string{"write --stage-variable NAME=VALUE"}},
		{"an API that is none", []string{"--api", "soap", name}, 2, []string{"--api", "soap"}},
		{"an origin that is none", []string{"--allow-origin", "https://app.example.com/", name}, 2, []string{"--allow-origin"}},
	} {
		var out, stderr bytes.Buffer
		code := Run(append([]string{"serve"}, tt.args...), Streams{In: strings.NewReader(servedDocument), Out: &out, Err: &stderr})
		if code != tt.code || out.Len() > 0 {
			t.Errorf("%s: exits with %d, want %d, and prints %q", tt.name, code, tt.code, &out)
		}
		for _, part := range tt.want {
			if !strings.Contains(stderr.String(), part) {
				t.Errorf("%s: says %q, which lacks %q", tt.name, &stderr, part)
			}
		}
	}
}

// TestServeAddresses holds where the API and the page are.
func TestServeAddresses(t *testing.T) {
	for _, tt := range []struct{ listen, page, wantAPI, wantPage string }{
		{defaultListen, "", "127.0.0.1 8787", "localhost 8788"},
		{":9000", "", "127.0.0.1 9000", "localhost 9001"},
		{":0", "", "127.0.0.1 0", "localhost 0"},
		{":65535", "", "127.0.0.1 65535", "localhost 0"},
		{"[::1]:9000", "", "::1 9000", "localhost 9001"},
		{"0.0.0.0:9000", "", "0.0.0.0 9000", "0.0.0.0 9001"},
		{":9000", ":3000", "127.0.0.1 9000", "localhost 3000"},
		{":9000", "app.localhost:3000", "127.0.0.1 9000", "app.localhost 3000"},
		{":0", "127.0.0.1:0", "127.0.0.1 0", "127.0.0.1 0"},
	} {
		f := &serveFlags{listen: tt.listen, pageListen: tt.page}
		api, page, err := f.addresses()
		if got := api.Host + " " + api.Port; err != nil || got != tt.wantAPI {
			t.Errorf("%+v: the API is at %s: %v", tt, got, err)
		}
		if got := page.Host + " " + page.Port; err != nil || got != tt.wantPage {
			t.Errorf("%+v: the page is at %s: %v", tt, got, err)
		}
	}
}

// TestServeTells holds what is said when a server starts, and for each request.
func TestServeTells(t *testing.T) {
	name := writeServed(t)
	s := startServe(t, name, "--verbose")
	want := name + ": a REST API of 2 operations\n" +
		"  the API:  " + s.api + "\n  the page: " + s.page + "\n  behind:   a stub, which succeeds\n" +
		"answered with status 501, since the document does not tell: 1 no-integration\n" +
		"  " + name + ":10:5: the method has no integration: it can be imported, and not deployed (no-integration)\n" +
		"assumed, since AWS does not say:\n  route-by-segment: "
	s.out.until(t, "(?s)to be tried with curl.*/cats\n$")
	if got := s.out.String(); !strings.HasPrefix(got, want) || !strings.Contains(got, "\n  stub: ") {
		t.Errorf("it says\n%s\nwant\n%s", got, want)
	}
	curl := "  curl -v -X OPTIONS -H 'Origin: https://app.example.com' -H 'Access-Control-Request-Method: PUT' " + s.api + "/cats\n"
	if got := s.out.String(); !strings.HasSuffix(got, curl) {
		t.Errorf("it says\n%s\nwhich should end in\n%s", got, curl)
	}
	if !strings.HasPrefix(s.page, "http://localhost:") || statusOf(t, "GET", s.page) != 200 || statusOf(t, "GET", s.api+"/_cors") != 302 {
		t.Errorf("the page is not at %s", s.page)
	}
	statusOf(t, "GET", s.api+"/fish%0Arats")
	statusOf(t, "GET", s.api+"/rats")
	s.err.until(t, `GET /fish%0Arats: 403 by route-missing, gateway-response\n`+`GET /rats: 501, since it is not known: the method has no integration`)
}

// TestServeCurl holds that the lines for curl can be copied.
func TestServeCurl(t *testing.T) {
	for _, tool := range []string{"sh", "curl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("there is no %s here", tool)
		}
	}
	src, err := os.ReadFile("../golden/enable/multi-team/production.yaml")
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "it's.yaml")
	if err := os.WriteFile(name, src, 0o666); err != nil {
		t.Fatal(err)
	}
	s := startServe(t, name)
	s.out.until(t, "to be tried with curl(.*\n){4}$")
	lines := regexp.MustCompile(`(?m)^  curl .*$`).FindAllString(s.out.String(), -1)
	for _, line := range lines {
		out, err := exec.Command("sh", "-c", strings.Replace(line, "curl ", "curl --noproxy '*' -sS ", 1)).CombinedOutput()
		if err != nil || !regexp.MustCompile(`(?m)^< HTTP/1.1 20[04] `).Match(out) || !bytes.Contains(out, []byte("< Access-Control-Allow-Origin: ")) {
			t.Errorf("%s: %v\n%s", line, err, out)
		}
	}
	if len(lines) != 3 {
		t.Errorf("%d lines", len(lines))
	}
}

// TestServeAsEnabled holds that flags of a policy make it the document that enable would write.
func TestServeAsEnabled(t *testing.T) {
	s := startServe(t, "-", "--allow-origin", "https://other.example.com")
	if out := s.out.String(); !strings.HasPrefix(out, "stdin as enabled: a REST API of 2 operations\n") {
		t.Errorf("it says\n%s", out)
	}
	req, _ := http.NewRequest("OPTIONS", s.api+"/cats", nil)
	req.Header.Set("Origin", "https://other.example.com")
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != 200 || resp.Header.Get("Access-Control-Allow-Origin") != "https://other.example.com" {
		t.Errorf("got %d %v", resp.StatusCode, resp.Header)
	}
}

// TestServeBackend holds that calls reach a backend.
func TestServeBackend(t *testing.T) {
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v1/cats" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.WriteHeader(http.StatusTeapot)
	}))
	defer backend.Close()
	s := startServe(t, writeServed(t), "--backend", backend.URL+"/v1")
	if got := statusOf(t, "PUT", s.api+"/cats"); got != http.StatusTeapot {
		t.Errorf("got %d", got)
	}
	s.out.until(t, "behind:   "+regexp.QuoteMeta(backend.URL)+"/v1\n")
	if strings.Contains(s.out.String(), "  stub: ") {
		t.Errorf("a stub is assumed:\n%s", s.out)
	}
}

// TestServeWatches holds that a document that changes is read again, that one that cannot be
// read changes nothing, and that a policy file counts.
func TestServeWatches(t *testing.T) {
	name := writeServed(t)
	s := startServe(t, name, "--watch")
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write(name, strings.ReplaceAll(servedDocument, "/cats:", "/dogs:"))
	s.err.until(t, regexp.QuoteMeta(name+": read again, 2 operations\n")+"$")
	if got := statusOf(t, "PUT", s.api+"/dogs"); got != 200 {
		t.Errorf("what was added: got %d", got)
	}
	write(name, "openapi: [\n")
	s.err.until(t, regexp.QuoteMeta(name)+`:\d+:\d+: error: .*\n`+regexp.QuoteMeta(name+": served as it was\n")+"$")
	if got := statusOf(t, "PUT", s.api+"/dogs"); got != 200 {
		t.Errorf("what cannot be read: got %d", got)
	}
	write(name, servedDocument)
	s.err.until(t, "(?s)as it was\n"+regexp.QuoteMeta(name+": read again, 2 operations\n")+"$")
	write(filepath.Join(filepath.Dir(name), policyFileName), "policy: {allowOrigins: [\"https://other.example.com\"]}\n")
	s.err.until(t, regexp.QuoteMeta(name+" as enabled: read again, 2 operations\n")+"$")
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	s.err.until(t, "there is no such file\n(.*\n)?"+regexp.QuoteMeta(name+": served as it was\n")+"$")
}

// TestServeWarns holds that it is said who else gets in.
func TestServeWarns(t *testing.T) {
	for listen, want := range map[string]string{
		":1":                "",
		"[::1]:1":           "",
		"0.0.0.0:1":         "warning: --listen: \"0.0.0.0:1\" lets other machines in\nwarning: --page-listen: \"0.0.0.0:2\" lets other machines in\n",
		"box.example.com:1": "warning: --listen: \"box.example.com:1\" lets other machines in\nwarning: --page-listen: \"box.example.com:2\" lets other machines in\n",
	} {
		settings, err := (&serveFlags{listen: listen}).settings("cats.yaml")
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if settings.warn(&got); got.String() != want {
			t.Errorf("%s: it says %q, want %q", listen, &got, want)
		}
	}
}

// TestServeStops holds that an interrupt ends the command with 0, and a second one at once.
func TestServeStops(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot be interrupted there")
	}
	sh := newShell(t)
	begun, end := make(chan bool, 1), make(chan bool)
	backend := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		begun <- true
		<-end
	}))
	defer backend.Close()
	defer close(end)
	for _, twice := range []bool{false, true} {
		c := exec.Command(filepath.Join(sh.bin, "apigw-cors"), "serve", "--listen", ":0", "--backend", backend.URL, writeServed(t))
		pipe, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(pipe)
		api := ""
		for api == "" && lines.Scan() {
			_, api, _ = strings.Cut(lines.Text(), "the API:  ")
		}
		go func() { _, _ = io.Copy(io.Discard, pipe) }()
		if twice {
			go func() {
				resp, err := http.DefaultTransport.RoundTrip(httptest.NewRequest("PUT", api+"/cats", nil))
				if err == nil {
					resp.Body.Close()
				}
			}()
			<-begun
		}
		interrupt(t, c)
		if twice {
			time.Sleep(300 * time.Millisecond) // for the first to be heard
			interrupt(t, c)
		}
		err = c.Wait()
		var exit *exec.ExitError
		if killed := errors.As(err, &exit) && exit.ExitCode() == -1; killed != twice || !twice && err != nil {
			t.Errorf("interrupted, twice %v: it ended with %v", twice, err)
		}
	}
}

func interrupt(t *testing.T, c *exec.Cmd) {
	t.Helper()
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
}
