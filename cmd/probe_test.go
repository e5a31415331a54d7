package cmd_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/cmd"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
	"github.com/apigw-cors/apigw-cors/proof/probe"
)

// deleting is a document of a method that needs a preflight.
var deleting = strings.Replace(good, "    get:\n", "    delete:\n", 1)

// enabled returns a document with CORS for one origin.
func enabled(t *testing.T, document string) string {
	t.Helper()
	got := runHere(document, "enable", "-q", app, "-")
	if got.code != 0 {
		t.Fatalf("%+v", got)
	}
	return got.stdout
}

// stage serves what a document says, with its answers changed before they are sent.
func stage(t *testing.T, document string, change func(http.Header)) http.Handler {
	t.Helper()
	api, err := gateway.Read([]byte(document), gateway.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := httptest.NewRecorder()
		api.Handler(nil).ServeHTTP(rec, r)
		if change != nil {
			change(rec.Header())
		}
		for name, values := range rec.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(rec.Code)
		_, _ = w.Write(rec.Body.Bytes())
	})
}

// served starts a stage below /prod and returns its address.
func served(t *testing.T, h http.Handler) string {
	t.Helper()
	s := httptest.NewServer(http.StripPrefix("/prod", h))
	t.Cleanup(s.Close)
	return s.URL + "/prod"
}

// TestProbeText holds what is printed of stages, and the exit codes.
func TestProbeText(t *testing.T) {
	document := enabled(t, deleting)
	for _, tt := range []struct {
		name   string
		change func(http.Header)
		args   []string
		code   int
		want   string
	}{
		{"as promised", nil, nil, 0, `
METHOD  PATH  ORIGIN                                    STATUS  PREFLIGHT  OUTCOME
DELETE  /a    https://app.example.com                   200     passes     same
DELETE  /a    https://app.example.com.stranger.invalid  200     refused    same

2 preflights sent: 2 same
`},
		{"all origins", func(h http.Header) { h.Set("Access-Control-Allow-Origin", "*") }, nil, 1, `
METHOD  PATH  ORIGIN                                    STATUS  PREFLIGHT  OUTCOME
DELETE  /a    https://app.example.com                   200     passes     differs
DELETE  /a    https://app.example.com.stranger.invalid  200     passes     let in

differs: DELETE /a from https://app.example.com
  Access-Control-Allow-Origin: want "https://app.example.com", got "*" (a.yaml:34:15)
  hint: import the document and deploy the API again, or probe the document that is deployed
let in: DELETE /a from https://app.example.com.stranger.invalid, whom the policy does not allow
  Access-Control-Allow-Origin: want "https://app.example.com", got "*" (a.yaml:34:15)
  the preflight passes, and must be refused
  hint: import the document and deploy the API again, or probe the document that is deployed

2 preflights sent: 1 differs, 1 let in
`},
		{"another origin than asked for", nil, []string{"--origin", "https://b.example.com"}, 1, `
METHOD  PATH  ORIGIN                                    STATUS  PREFLIGHT  OUTCOME
DELETE  /a    https://b.example.com                     200     refused    refused
DELETE  /a    https://app.example.com.stranger.invalid  200     refused    same

refused: DELETE /a from https://b.example.com
  the preflight is refused: Access-Control-Allow-Origin is "https://app.example.com", and the page's origin is "https://b.example.com" (acao-mismatch)
  hint: the stage does what the document says, which apigw-cors preflight --origin https://b.example.com --method DELETE --path /a explains

2 preflights sent: 1 same, 1 refused
`},
		{"as enabled", nil, []string{"--allow-origin", "https://b.example.com", "--max-age", "60"}, 1, `
METHOD  PATH  ORIGIN                                  STATUS  PREFLIGHT  OUTCOME
DELETE  /a    https://b.example.com                   200     refused    refused
DELETE  /a    https://b.example.com.stranger.invalid  200     refused    differs

refused: DELETE /a from https://b.example.com
  Access-Control-Allow-Origin: want "https://b.example.com", got "https://app.example.com" (a.yaml as enabled:37:15)
  Access-Control-Max-Age: want "60", got none (a.yaml as enabled:40:15)
  the preflight is refused: Access-Control-Allow-Origin is "https://app.example.com", and the page's origin is "https://b.example.com" (acao-mismatch)
  hint: import the document and deploy the API again, or probe the document that is deployed
differs: DELETE /a from https://b.example.com.stranger.invalid, whom the policy does not allow
  Access-Control-Allow-Origin: want "https://b.example.com", got "https://app.example.com" (a.yaml as enabled:37:15)
  Access-Control-Max-Age: want "60", got none (a.yaml as enabled:40:15)
  hint: import the document and deploy the API again, or probe the document that is deployed

2 preflights sent: 1 differs, 1 refused
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			args := append([]string{"probe", "--url", served(t, stage(t, document, tt.change))}, tt.args...)
			got := run(t, map[string]string{"a.yaml": document}, "", append(args, "a.yaml")...)
			if diff := gocmp.Diff(strings.Split(tt.want[1:], "\n"), strings.Split(got.stdout, "\n")); diff != "" || got.code != tt.code || got.stderr != "" {
				t.Errorf("exit code %d, want %d; %s\nstdout (-want +got):\n%s", got.code, tt.code, got.stderr, diff)
			}
		})
	}
}

// TestProbeJSON holds that JSON says what the table says, and that its lists are never null.
func TestProbeJSON(t *testing.T) {
	document := enabled(t, good)
	base := served(t, stage(t, document, func(h http.Header) { h.Del("Access-Control-Allow-Methods") }))
	got := run(t, map[string]string{"a.yaml": document}, "", "probe", "--url", base, "--format", "json", "a.yaml")
	var rec probe.Record
	d := json.NewDecoder(strings.NewReader(got.stdout))
	d.DisallowUnknownFields()
	if err := d.Decode(&rec); err != nil || got.code != 1 || strings.Contains(got.stdout, "null") {
		t.Fatalf("%v: %+v", err, got)
	}
	if rec.URL != base || rec.Counts[probe.Differs] != 2 || len(rec.Preflights) != 2 {
		t.Errorf("got %+v", rec)
	}
	want := []probe.DifferenceRecord{{Name: "Access-Control-Allow-Methods", Want: []string{"GET,OPTIONS"}, Got: []string{},
		Pointer: "/paths/~1a/options/x-amazon-apigateway-integration/responses/default/responseParameters/method.response.header.Access-Control-Allow-Methods", Place: "a.yaml:35:15"}}
	if diff := gocmp.Diff(want, rec.Preflights[0].Differences); diff != "" || rec.Preflights[0].Preflight != "not needed" {
		t.Errorf("%+v (-want +got):\n%s", rec.Preflights[0], diff)
	}
	if !rec.Preflights[1].Disallowed || rec.Preflights[1].Origin != "https://app.example.com.stranger.invalid" {
		t.Errorf("got %+v", rec.Preflights[1])
	}
}

// TestProbeStreams holds where things go and with which code a run ends.
func TestProbeStreams(t *testing.T) {
	document := enabled(t, good)
	base := served(t, stage(t, document, nil))
	gone := httptest.NewServer(nil)
	gone.Close()
	for _, tt := range []struct {
		name           string
		document       string // empty: the one that is served
		args           []string
		code           int
		stdout, stderr string // part of it; "-" for nothing
	}{
		{name: "no url", code: 2, stdout: "-", stderr: "--url: no stage is named"},
		{name: "no scheme", args: []string{"--url", "api.example.com/prod"}, code: 2, stdout: "-", stderr: `--url: "api.example.com/prod" is no address that begins with https://`},
		{name: "another scheme", args: []string{"--url", "ftp://api.example.com"}, code: 2, stdout: "-", stderr: `"ftp://api.example.com"`},
		{name: "no host", args: []string{"--url", "https:///prod"}, code: 2, stdout: "-", stderr: `"https:///prod"`},
		{name: "a query", args: []string{"--url", "https://api.example.com/prod?a=b"}, code: 2, stdout: "-", stderr: "a query or a fragment"},
		{name: "a user", args: []string{"--url", "https://me:secret@api.example.com/prod"}, code: 2, stdout: "-", stderr: `"https://me:xxxxx@api.example.com/prod" names a user`},
		{name: "a user of no URL", args: []string{"--url", "https://me:se%cret@api.example.com/prod"}, code: 2, stdout: "-", stderr: "it is no URL, and names a user"},
		{name: "no port", args: []string{"--url", "https://api.example.com:a"}, code: 2, stdout: "-", stderr: `"https://api.example.com:a" is no URL: invalid port ":a" after host`},
		{name: "no origin", args: []string{"--url", base, "--origin", "https://a.example/"}, code: 2, stdout: "-", stderr: `--origin: "https://a.example/"`},
		{name: "all mistakes at once", args: []string{"--format", "xml", "--timeout", "0s", "--concurrency", "99", "--limit", "-1", "--url", "x"}, code: 2, stdout: "-", stderr: "--limit: -1 is out of bounds"},
		{name: "another base path", args: []string{"--url", base, "--basepath", "x"}, code: 2, stdout: "-", stderr: `--basepath: "x" is unknown`},
		{name: "too many", args: []string{"--url", base, "--limit", "1"}, code: 2, stdout: "-", stderr: "error: --limit: 2 preflights would be sent, and the limit is 1\n  hint: send them all with --limit 2, or fewer with --origin\n"},
		{name: "not to be read", document: "x: 1", args: []string{"--url", base}, code: 3, stdout: "-", stderr: "a.yaml"},
		{name: "nobody may call", document: good, args: []string{"--url", base}, code: 1, stdout: "-", stderr: "there is nothing to ask"},
		{name: "nobody is known", document: strings.ReplaceAll(document, "- https://app.example.com", "- stageVariables.origin"), args: []string{"--url", base}, code: 1, stdout: "hint: give its value with --stage-variable NAME=VALUE", stderr: "nothing was asked"},
		{name: "a stage variable", document: strings.ReplaceAll(document, "- https://app.example.com", "- stageVariables.origin"), args: []string{"--url", base, "--stage-variable", "origin=https://app.example.com"}, code: 0, stdout: "2 same", stderr: "-"},
		{name: "nobody answers", args: []string{"--url", gone.URL}, code: 3, stdout: "-", stderr: "error: nothing of the API answers at " + gone.URL},
		{name: "nobody answers, in JSON", args: []string{"--url", gone.URL, "--format", "json"}, code: 3, stdout: `"outcome": "unreachable"`, stderr: "error: nothing of the API answers"},
		{name: "another stage", args: []string{"--url", base + "/dev"}, code: 1, stdout: "hint: the stage has nothing where it was looked for", stderr: "-"},
		{name: "as promised", args: []string{"--url", base}, code: 0, stdout: "2 preflights sent: 2 same\n", stderr: "-"},
		{name: "insecure", args: []string{"--url", base, "--insecure"}, code: 0, stdout: "2 same", stderr: "warning: --insecure"},
		{name: "not encrypted", args: []string{"--url", "http://nobody.invalid/prod", "--limit", "1"}, code: 2, stdout: "-", stderr: "warning: --url: http://nobody.invalid/prod is not encrypted"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.document == "" {
				tt.document = document
			}
			got := run(t, map[string]string{"a.yaml": tt.document}, "", append(append([]string{"probe"}, tt.args...), "a.yaml")...)
			if got.code != tt.code {
				t.Errorf("exit code %d, want %d", got.code, tt.code)
			}
			check(t, "stdout", got.stdout, tt.stdout)
			check(t, "stderr", got.stderr, tt.stderr)
			if strings.Contains(got.stderr, "secret") || strings.Contains(got.stderr, "se%cret") {
				t.Error("the password is repeated")
			}
			if t.Failed() {
				t.Logf("stdout:\n%s\nstderr:\n%s", got.stdout, got.stderr)
			}
		})
	}
}

// TestProbeCertificate holds that a certificate that is not trusted ends a run, unless that is
// switched off.
func TestProbeCertificate(t *testing.T) {
	document := enabled(t, good)
	s := httptest.NewUnstartedServer(stage(t, document, nil))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	defer s.Close()
	files := map[string]string{"a.yaml": document}
	got := run(t, files, "", "probe", "--url", s.URL, "a.yaml")
	want := "error: nothing of the API answers at " + s.URL + ": the certificate of " + strings.TrimPrefix(s.URL, "https://") + " is not trusted: x509: "
	if got.code != 3 || got.stdout != "" || !strings.HasPrefix(got.stderr, want) || !strings.Contains(got.stderr, "--insecure") {
		t.Errorf("%+v", got)
	}
	if got := runHere("", "probe", "--insecure", "--url", s.URL, "a.yaml"); got.code != 0 || !strings.HasPrefix(got.stderr, "warning: --insecure") {
		t.Errorf("%+v", got)
	}
}

// TestProbeInterrupted holds that an interrupt ends a run at once, and that what is known is
// printed.
func TestProbeInterrupted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot interrupt itself here")
	}
	document := enabled(t, deleting)
	answers := stage(t, document, nil)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.Header.Get("Origin"), ".invalid") {
			self, err := os.FindProcess(os.Getpid())
			if err == nil {
				err = self.Signal(os.Interrupt)
			}
			if err != nil {
				t.Error(err)
			}
			<-r.Context().Done()
			return
		}
		answers.ServeHTTP(w, r)
	}))
	defer s.Close()
	start := time.Now()
	got := run(t, map[string]string{"a.yaml": document}, "", "probe", "--concurrency", "1", "--timeout", "1m", "--url", s.URL, "a.yaml")
	if got.code != 3 || !strings.HasSuffix(got.stdout, "interrupted: 1 preflight sent: 1 same, 1 not sent\n") || got.stderr != "error: interrupted before every preflight was answered\n" {
		t.Errorf("%+v", got)
	}
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("it took %s", took)
	}
}

// TestProbeBrokenPipe holds that a standard output that takes nothing is an error.
func TestProbeBrokenPipe(t *testing.T) {
	document := enabled(t, good)
	base := served(t, stage(t, document, nil))
	name := filepath.Join(t.TempDir(), "a.yaml")
	if err := os.WriteFile(name, []byte(document), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"text", "json"} {
		var stderr bytes.Buffer
		code := cmd.Run([]string{"probe", "--format", format, "--url", base, name}, cmd.Streams{Out: closed{}, Err: &stderr})
		if code != 3 || !strings.Contains(stderr.String(), "could not write to standard output") {
			t.Errorf("%s: exit code %d: %s", format, code, stderr.String())
		}
	}
}
