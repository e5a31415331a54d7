package fetch_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/proof/fetch"
)

// conformanceCase is a case that a browser has confirmed. Values are bytes, written as code
// points.
type conformanceCase struct {
	ID, Kind, Skip string
	Request        struct {
		Origin, URL string
		MethodInput string `json:"method_input"`
		Headers     [][2]string
		Credentials string
		Body        *string
	}
	Preflight, Actual conformanceResponse
	Expect            map[string]json.RawMessage
}

type conformanceResponse struct {
	Status  int
	Headers [][2]string
}

func (r conformanceResponse) response() fetch.Response {
	return fetch.Response{Status: r.Status, Header: fields(r.Headers)}
}

func fields(pairs [][2]string) []fetch.Field {
	var list []fetch.Field
	for _, p := range pairs {
		list = append(list, fetch.Field{Name: asBytes(p[0]), Value: asBytes(p[1])})
	}
	return list
}

func asBytes(s string) string {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r))
	}
	return string(b)
}

// TestConformance holds that the verdict is that of browsers, where their cases stand
// beside the project.
func TestConformance(t *testing.T) {
	for _, name := range []string{"fetch-cases.json", "gateway-cases.json"} {
		text, err := os.ReadFile("../../../shared/conformance/" + name)
		if errors.Is(err, fs.ErrNotExist) {
			t.Logf("%s is absent: its cases are not tried", name)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		var file struct{ Cases []conformanceCase }
		if err := json.Unmarshal(text, &file); err != nil {
			t.Fatal(err)
		}
		skipped := 0
		for _, c := range file.Cases {
			if c.Kind != "fetch" || c.Skip != "" {
				skipped++
				continue
			}
			conforms(t, c)
		}
		t.Logf("%s: %d cases, %d skipped", name, len(file.Cases), skipped)
	}
}

func conforms(t *testing.T, c conformanceCase) {
	t.Helper()
	got := fetch.Check(fetch.Request{
		Origin: c.Request.Origin, URL: c.Request.URL, Method: c.Request.MethodInput, Header: fields(c.Request.Headers),
		Credentials: c.Request.Credentials, Body: c.Request.Body,
	}, c.Preflight.response(), c.Actual.response())
	read := func(name string, to any) bool {
		raw, ok := c.Expect[name]
		if ok {
			if err := json.Unmarshal(raw, to); err != nil {
				t.Fatal(err)
			}
		}
		return ok
	}
	var outcome, failsAt, method string
	var preflight bool
	read("outcome", &outcome)
	read("preflight", &preflight)
	if got.Allowed != (outcome == "success") || got.Preflight != preflight {
		t.Errorf("%s: got %+v, want %s, a preflight: %v", c.ID, got, outcome, preflight)
	}
	if read("fails_at", &failsAt) && failsAt != string(got.Stage) {
		t.Errorf("%s: it fails at %q, want %q", c.ID, got.Stage, failsAt)
	}
	if read("acrm", &method) && got.Method != method {
		t.Errorf("%s: the method is %q, want %q", c.ID, got.Method, method)
	}
	var names any // a list, or as it is sent
	if read("acrh", &names) {
		want, isText := names.(string)
		if list, ok := names.([]any); ok {
			want = strings.Trim(strings.ReplaceAll(fmt.Sprint(list), " ", ","), "[]")
		}
		if sent := strings.Join(got.PreflightHeaders, ","); sent != want || (got.PreflightHeaders == nil) != (names == nil) && !isText {
			t.Errorf("%s: Access-Control-Request-Headers is %q, want %q", c.ID, sent, want)
		}
	}
	var exposed map[string]*string
	if read("exposed", &exposed) {
		for name, want := range exposed {
			value, ok := got.Exposed[name]
			if ok != (want != nil) || ok && value != asBytes(*want) {
				t.Errorf("%s: %s is %q (%v), want %v", c.ID, name, value, ok, cmp.Diff(want, &value))
			}
		}
	}
}
