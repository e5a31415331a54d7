package fetch_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/proof/fetch"
)

const page, api = "https://app.example.com", "https://api.example.com/pets"

// answer is a response with headers, each written "Name: value".
func answer(status int, lines ...string) fetch.Response {
	return fetch.Response{Status: status, Header: headers(lines...)}
}

func headers(lines ...string) []fetch.Field {
	var list []fetch.Field
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ":")
		list = append(list, fetch.Field{Name: name, Value: value})
	}
	return list
}

// TestCheck holds by which step each call is refused.
func TestCheck(t *testing.T) {
	const origin, star = "Access-Control-Allow-Origin: " + page, "Access-Control-Allow-Origin: *"
	const credentials = "Access-Control-Allow-Credentials: true"
	text := "{}"
	get := fetch.Request{Origin: page, URL: api}
	put := fetch.Request{Origin: page, URL: api, Method: "put"}
	json := fetch.Request{Origin: page, URL: api, Method: "POST", Header: headers("Content-Type: application/json"), Body: &text}
	with := func(r fetch.Request, change func(*fetch.Request)) fetch.Request {
		change(&r)
		return r
	}
	cookies := func(r *fetch.Request) { r.Credentials = "include" }
	for name, tt := range map[string]struct {
		req               fetch.Request
		preflight, actual fetch.Response
		stage             fetch.Stage
		rule              string
		preflighted       bool
	}{
		"simple":                       {req: get, actual: answer(200, origin)},
		"simple, of all":               {req: get, actual: answer(500, star)},
		"simple, bare":                 {req: get, actual: answer(403), stage: "actual", rule: "acao-missing"},
		"two origins":                  {req: get, actual: answer(200, origin, star), stage: "actual", rule: "acao-multiple"},
		"a slash more":                 {req: get, actual: answer(200, origin+"/"), stage: "actual", rule: "acao-mismatch"},
		"blanks around":                {req: get, actual: answer(200, "access-control-allow-origin:\t "+page+" ")},
		"NUL":                          {req: get, actual: answer(200, origin+"\x00"), stage: "actual", rule: "response-invalid"},
		"the same origin":              {req: with(get, func(r *fetch.Request) { r.Origin = "https://api.example.com" }), actual: answer(200)},
		"the default port":             {req: with(get, func(r *fetch.Request) { r.Origin, r.URL = "https://api.example.com", "https://API.example.com:443/" }), actual: answer(200)},
		"an opaque origin":             {req: with(get, func(r *fetch.Request) { r.Origin = "null" }), actual: answer(200, "Access-Control-Allow-Origin: null")},
		"cookies":                      {req: with(get, cookies), actual: answer(200, origin, credentials)},
		"cookies of all":               {req: with(get, cookies), actual: answer(200, star, credentials), stage: "actual", rule: "star-with-credentials"},
		"cookies without permission":   {req: with(get, cookies), actual: answer(200, origin), stage: "actual", rule: "acac-missing"},
		"cookies, True":                {req: with(get, cookies), actual: answer(200, origin, "Access-Control-Allow-Credentials: True"), stage: "actual", rule: "acac-value"},
		"PUT":                          {req: put, preflight: answer(204, origin, "Access-Control-Allow-Methods: PUT"), actual: answer(200, origin), preflighted: true},
		"PUT in lower case":            {req: put, preflight: answer(200, origin, "Access-Control-Allow-Methods: put"), stage: "preflight", rule: "method-case", preflighted: true},
		"PUT for cookies":              {req: with(put, cookies), preflight: answer(200, origin, credentials, "Access-Control-Allow-Methods: *"), stage: "preflight", rule: "wildcard-credentials", preflighted: true},
		"patch is not PATCH":           {req: with(put, func(r *fetch.Request) { r.Method = "patch" }), preflight: answer(200, origin, "Access-Control-Allow-Methods: PATCH"), stage: "preflight", rule: "method-case", preflighted: true},
		"a preflight of 403":           {req: put, preflight: answer(403, origin), stage: "preflight", rule: "preflight-status", preflighted: true},
		"a redirected preflight":       {req: put, preflight: answer(301, origin), stage: "preflight", rule: "preflight-status", preflighted: true},
		"a list of no names":           {req: put, preflight: answer(200, origin, "Access-Control-Allow-Methods: PUT", "Access-Control-Allow-Headers: a b"), stage: "preflight", rule: "list-syntax", preflighted: true},
		"empty entries":                {req: put, preflight: answer(200, origin, "Access-Control-Allow-Methods: ,, PUT ,"), actual: answer(200, origin), preflighted: true},
		"refused in the end":           {req: put, preflight: answer(200, origin, "Access-Control-Allow-Methods: *"), actual: answer(200), stage: "actual", rule: "acao-missing", preflighted: true},
		"JSON":                         {req: json, preflight: answer(200, origin, "Access-Control-Allow-Headers: content-TYPE"), actual: answer(200, origin), preflighted: true},
		"JSON, not allowed":            {req: json, preflight: answer(200, origin), stage: "preflight", rule: "header-not-allowed", preflighted: true},
		"a text":                       {req: with(json, func(r *fetch.Request) { r.Header = nil }), actual: answer(200, origin)},
		"a token under *":              {req: with(get, func(r *fetch.Request) { r.Header = headers("Authorization: Bearer x") }), preflight: answer(200, star, "Access-Control-Allow-Headers: *"), stage: "preflight", rule: "authorization-wildcard", preflighted: true},
		"a token":                      {req: with(get, func(r *fetch.Request) { r.Header = headers("Authorization: Bearer x") }), preflight: answer(200, star, "Access-Control-Allow-Headers: *, authorization"), actual: answer(200, star), preflighted: true},
		"another under *":              {req: with(get, func(r *fetch.Request) { r.Header = headers("X-A: b") }), preflight: answer(200, star, "Access-Control-Allow-Headers: *"), actual: answer(200, star), preflighted: true},
		"another under * with cookies": {req: with(get, func(r *fetch.Request) { r.Header, r.Credentials = headers("X-A: b"), "include" }), preflight: answer(200, origin, credentials, "Access-Control-Allow-Headers: *"), stage: "preflight", rule: "wildcard-credentials", preflighted: true},
		"a header that is dropped":     {req: with(get, func(r *fetch.Request) { r.Header = headers("Cookie: a", "Sec-X: b", "Proxy-Y: c") }), actual: answer(200, origin)},
		"TRACE":                        {req: with(get, func(r *fetch.Request) { r.Method = "trace" }), stage: "request", rule: "forbidden-method"},
		"no method":                    {req: with(get, func(r *fetch.Request) { r.Method = "G T" }), stage: "request", rule: "method-invalid"},
		"no header":                    {req: with(get, func(r *fetch.Request) { r.Header = headers("a b: c") }), stage: "request", rule: "header-invalid"},
		"no value":                     {req: with(get, func(r *fetch.Request) { r.Header = headers("A: b\nc") }), stage: "request", rule: "header-invalid"},
		"a body with GET":              {req: with(get, func(r *fetch.Request) { r.Body = &text }), stage: "request", rule: "body-with-get"},
		"a user in the URL":            {req: with(get, func(r *fetch.Request) { r.URL = "https://me@api.example.com" }), stage: "request", rule: "url-userinfo"},
		"another scheme":               {req: with(get, func(r *fetch.Request) { r.URL = "ftp://api.example.com" }), stage: "request", rule: "url-scheme"},
		"a path with odd escapes":      {req: with(get, func(r *fetch.Request) { r.URL = "https://api.example.com/%zz?a=%\x7f" }), actual: answer(200, origin)},
		"no URL":                       {req: with(get, func(r *fetch.Request) { r.URL = "https://a b/" }), stage: "request", rule: "url-invalid"},
		"no credentials mode":          {req: with(get, func(r *fetch.Request) { r.Credentials = "yes" }), stage: "request", rule: "credentials-unknown"},
	} {
		got := fetch.Check(tt.req, tt.preflight, tt.actual)
		if got.Stage != tt.stage || string(got.Rule) != tt.rule || got.Preflight != tt.preflighted || got.Allowed != (tt.stage == "") || (got.Reason == "") != got.Allowed {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

// TestExposed holds what a script may read of an answer.
func TestExposed(t *testing.T) {
	const common = "Access-Control-Allow-Origin: *"
	for name, tt := range map[string]struct {
		lines []string
		want  map[string]string
	}{
		"safelisted":     {[]string{"Content-Type: a/b", "X-A: 1", "Pragma: p"}, map[string]string{"content-type": "a/b", "pragma": "p"}},
		"exposed":        {[]string{"X-A: 1", "x-a: 2", "X-B: 3", "Access-Control-Expose-Headers: x-A"}, map[string]string{"x-a": "1, 2"}},
		"all":            {[]string{"X-A: 1", "Set-Cookie: c", "Access-Control-Expose-Headers: *"}, map[string]string{"x-a": "1", "access-control-allow-origin": "*", "access-control-expose-headers": "*"}},
		"a list of none": {[]string{"X-A: 1", "Access-Control-Expose-Headers: X-A, a b"}, map[string]string{}},
	} {
		got := fetch.Check(fetch.Request{Origin: page, URL: api}, fetch.Response{}, answer(200, append(tt.lines, common)...))
		if diff := cmp.Diff(tt.want, got.Exposed); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestPreflightHeaders holds which headers need to be allowed.
func TestPreflightHeaders(t *testing.T) {
	long := strings.Repeat("a", 129)
	for line, want := range map[string]string{
		"Accept: */*": "", "Accept: a(b)": "accept", "Accept: " + long: "accept", "Accept-Language: de, en;q=0.5": "", "Accept-Language: de_DE": "accept-language",
		"Content-Type: TEXT/Plain; x=y": "", "Content-Type: text/plain, text/plain": "content-type", "Content-Type: text/plain;charset=\"x\"": "content-type", "Content-Type: application/json": "content-type",
		"Range: bytes=0-": "", "Range: bytes=5-1": "range", "Range: bytes=-5": "range", "Range: bytes 0-1": "range", "User-Agent: x": "user-agent", "X-HTTP-Method: get, track": "", "X-HTTP-Method: get": "x-http-method",
	} {
		got := fetch.Check(fetch.Request{Origin: page, URL: api, Header: headers(line)}, fetch.Response{}, fetch.Response{})
		if names := strings.Join(got.PreflightHeaders, ","); names != want {
			t.Errorf("%s: got %q, want %q", line, names, want)
		}
	}
	many := fetch.Request{Origin: page, URL: api}
	for range 9 {
		many.Header = append(many.Header, fetch.Field{Name: "Accept", Value: strings.Repeat("a", 120)})
	}
	if got := fetch.Check(many, fetch.Response{}, fetch.Response{}); strings.Join(got.PreflightHeaders, ",") != "accept" {
		t.Errorf("more than 1024 bytes: got %q", got.PreflightHeaders)
	}
}

// TestMaxAge holds for how long a preflight says that it may be kept.
func TestMaxAge(t *testing.T) {
	for value, want := range map[string]int{"600": 600, "0": 0, "-1": 5, "+5": 5, "1.5": 5, "": 5, "a": 5, "99999999999999999999": 5} {
		preflight := answer(200, "Access-Control-Allow-Origin: *", "Access-Control-Allow-Methods: *", "Access-Control-Max-Age: "+value)
		got := fetch.Check(fetch.Request{Origin: page, URL: api, Method: "PUT"}, preflight, answer(200, "Access-Control-Allow-Origin: *"))
		if got.MaxAge != want {
			t.Errorf("%q: got %d, want %d", value, got.MaxAge, want)
		}
	}
}

// TestNotes holds where it is said that browsers differ from the standard.
func TestNotes(t *testing.T) {
	preflight := answer(200, "Access-Control-Allow-Origin: *", "Access-Control-Allow-Methods: *", "Access-Control-Max-Age: 10000")
	got := fetch.Check(fetch.Request{Origin: page, URL: api, Method: "PUT"}, preflight, answer(302, "Access-Control-Allow-Origin: *", "Location: /b"))
	if text := strings.Join(got.Notes, "; "); !got.Allowed || !strings.Contains(text, "Chromium") || !strings.Contains(text, "Safari") || strings.Contains(text, "Firefox") || !strings.Contains(text, "redirect") {
		t.Errorf("got %q", got.Notes)
	}
	for note, lines := range map[string][]string{"joins": {"Content-Type: text/plain", "content-type: text/plain"}, "User-Agent": {"User-Agent: a"}} {
		got := fetch.Check(fetch.Request{Origin: page, URL: api, Header: headers(lines...)}, answer(200), answer(200))
		if text := strings.Join(got.Notes, "; "); !strings.Contains(text, note) {
			t.Errorf("%q: got %q", lines, got.Notes)
		}
	}
}

// FuzzCheck holds that every call gets a verdict, which says why if it refuses.
func FuzzCheck(f *testing.F) {
	f.Add(page, api, "PUT", "Content-Type", "application/json", "include", 200, "Access-Control-Allow-Origin", page)
	f.Fuzz(func(t *testing.T, origin, url, method, name, value, credentials string, status int, header, said string) {
		r := fetch.Response{Status: status, Header: []fetch.Field{{Name: header, Value: said}}}
		v := fetch.Check(fetch.Request{Origin: origin, URL: url, Method: method, Header: []fetch.Field{{Name: name, Value: value}}, Credentials: credentials}, r, r)
		if v.Allowed != (v.Stage == "") || v.Allowed != (v.Rule == "") || v.Allowed != (v.Reason == "") {
			t.Errorf("got %+v", v)
		}
	})
}
