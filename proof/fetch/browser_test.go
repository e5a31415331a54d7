package fetch_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/internal/chromium"
	"github.com/apigw-cors/apigw-cors/proof/fetch"
)

const (
	pageOrigin = "http://page.example.com"
	apiOrigin  = "http://api.example.com"
)

// TestBrowser holds that a real browser does with calls that chance made what Check says of
// them: whether it asks first, and for what, whether the call is made, and what a script
// can read of the answer.
func TestBrowser(t *testing.T) {
	calls := 4000
	if testing.Short() {
		calls = 500
	}
	random := rand.New(rand.NewPCG(1, 2))
	cases := make([]*chanceCase, calls)
	for i := range cases {
		cases[i] = newCase(random, fmt.Sprint(apiOrigin, "/", i))
	}
	page := httptest.NewServer(answersOf(cases))
	t.Cleanup(page.Close)
	ctx := chromium.Start(t, chromedp.Flag("host-resolver-rules", "MAP * "+page.Listener.Addr().String()))
	if err := chromedp.Do(ctx, chromedp.Navigate(pageOrigin+"/")); err != nil {
		t.Fatal(err)
	}
	compared, asked, allowed := 0, 0, 0
	for group := range slices.Chunk(cases, 500) {
		var requests []fetch.Request
		for _, c := range group {
			requests = append(requests, asText(c.request))
		}
		text, err := json.Marshal(requests)
		if err != nil {
			t.Fatal(err)
		}
		results, err := chromedp.Run(ctx, chromedp.Evaluate[[]map[string]string](script+"("+string(text)+")", chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range group {
			if c.browsersDiffer() {
				continue
			}
			c.compare(t, results[i])
			compared++
			if c.want.Preflight {
				asked++
			}
			if c.want.Allowed {
				allowed++
			}
		}
	}
	t.Logf("%d calls, %d with a preflight, %d allowed", compared, asked, allowed)
	if compared < calls/2 || asked < calls/4 || allowed < calls/16 {
		t.Error("that is too few")
	}
}

// chanceCase is a call, what the server answers, what it was asked, and what Check says.
type chanceCase struct {
	request           fetch.Request
	preflight, actual fetch.Response
	want              fetch.Verdict

	asked         sync.Mutex  // holds what follows
	options, call http.Header // of the requests that came
	method        string      // of the call
}

// answersOf serves the page, and each case at a path of its own.
func answersOf(cases []*chanceCase) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		i, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
		if err != nil || r.Host != strings.TrimPrefix(apiOrigin, "http://") {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "<!doctype html><title>page</title>")
			return
		}
		c := cases[i]
		c.asked.Lock()
		defer c.asked.Unlock()
		response := c.actual
		if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
			c.options, response = r.Header, c.preflight
		} else {
			c.call, c.method = r.Header, r.Method
		}
		for _, f := range response.Header {
			w.Header()[f.Name] = append(w.Header()[f.Name], f.Value)
		}
		w.WriteHeader(response.Status)
	})
}

// script makes calls one after the other, and tells which headers of the answer it can read.
const script = `(async calls => {
	const results = [];
	for (const c of calls) {
		try {
			const options = {method: c.Method, headers: (c.Header ?? []).map(f => [f.Name, f.Value]), credentials: c.Credentials};
			if (c.Body !== null) options.body = c.Body;
			results.push(Object.fromEntries((await fetch(c.URL, options)).headers));
		} catch {
			results.push(null);
		}
	}
	return results;
})`

// asText writes bytes as the code points that scripts write them as.
func asText(r fetch.Request) fetch.Request {
	r.Header = slices.Clone(r.Header)
	for i, f := range r.Header {
		var points []rune
		for _, b := range []byte(f.Value) {
			points = append(points, rune(b))
		}
		r.Header[i].Value = string(points)
	}
	return r
}

// outcome is what can be seen of a call from outside.
type outcome struct {
	Preflight, Called, Allowed    bool
	RequestMethod, RequestHeaders string // of the preflight
	Method                        string // of the call
	Exposed                       map[string]string
}

// compare holds what the browser did, of which exposed is what the script got, against the verdict.
func (c *chanceCase) compare(t *testing.T, exposed map[string]string) {
	t.Helper()
	want := outcome{Preflight: c.want.Preflight, Allowed: c.want.Allowed, Called: c.want.Allowed || c.want.Stage == fetch.StageActual, Exposed: c.want.Exposed}
	if want.Preflight {
		want.RequestMethod, want.RequestHeaders = c.want.Method, strings.Join(c.want.PreflightHeaders, ",")
	}
	if want.Called {
		want.Method = c.want.Method
	}
	for _, name := range []string{"content-length", "date", "connection"} { // which the server adds by itself
		delete(exposed, name)
	}
	got := outcome{
		Preflight: c.options != nil, RequestMethod: c.options.Get("Access-Control-Request-Method"), RequestHeaders: c.options.Get("Access-Control-Request-Headers"),
		Called: c.call != nil, Method: c.method, Allowed: exposed != nil, Exposed: exposed,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%+v\npreflight %+v\nactual %+v\n%s: %s\n(-want +got)\n%s", c.request, c.preflight, c.actual, c.want.Rule, c.want.Reason, diff)
	}
}

// browsersDiffer reports whether the verdict says that this browser does not follow the standard.
func (c *chanceCase) browsersDiffer() bool {
	return strings.Contains(strings.Join(c.want.Notes, "; "), "Chromium")
}

// newCase makes a call of pieces that are right, wrong, or right but for a letter.
func newCase(random *rand.Rand, url string) *chanceCase {
	one := func(of ...string) string { return of[random.IntN(len(of))] }
	c := &chanceCase{request: fetch.Request{
		Origin: pageOrigin, URL: url,
		Method:      one("GET", "GET", "HEAD", "POST", "PUT", "PUT", "DELETE", "PATCH", "patch", "put", "Get", "OPTIONS", "FOO", "foo", "TRACE", "a b"),
		Credentials: one("omit", "same-origin", "include", "include"),
	}}
	for range random.IntN(4) {
		c.request.Header = append(c.request.Header, scriptHeader(random, one))
	}
	if random.IntN(3) == 0 {
		body := one("", "x")
		c.request.Body = &body
	}
	methods := []string{c.request.Method, c.request.Method, "PUT", "*", "patch", "GET", "", "'PUT'", "PUT;", "A B"}
	names := []string{"x-a", "*", "accept-language", "", "'x-a'", "x a"}
	for _, f := range c.request.Header {
		names = append(names, f.Name, strings.ToLower(f.Name), f.Name+",Content-Type")
	}
	c.preflight = fetch.Response{Status: []int{200, 200, 200, 200, 204, 204, 204, 299, 300, 301, 304, 404, 500}[random.IntN(13)]}
	c.preflight.Header = append(origins(random, one),
		field(random, "Access-Control-Allow-Methods", list(random, one, methods...)),
		field(random, "Access-Control-Allow-Headers", list(random, one, names...)),
	)
	c.actual = fetch.Response{Status: []int{200, 200, 201, 204, 302, 400, 403, 404, 500, 503}[random.IntN(10)]}
	c.actual.Header = append(origins(random, one),
		fetch.Field{Name: "X-One", Value: one("1", " 1 ", "", "a, b")}, fetch.Field{Name: "X-Two", Value: "2"}, fetch.Field{Name: "X-One", Value: "3"},
		fetch.Field{Name: "Set-Cookie", Value: "a=b"}, fetch.Field{Name: "Content-Type", Value: "text/plain"}, fetch.Field{Name: "ETag", Value: "e"}, fetch.Field{Name: "Pragma", Value: "p"},
		field(random, "Access-Control-Expose-Headers", list(random, one, "x-one", "X-TWO", "*", "etag", "set-cookie", "", "'x-one'", "x two", "content-type")),
	)
	absent := func(f fetch.Field) bool { return f.Name == "" }
	c.preflight.Header, c.actual.Header = slices.DeleteFunc(c.preflight.Header, absent), slices.DeleteFunc(c.actual.Header, absent)
	c.want = fetch.Check(c.request, c.preflight, c.actual)
	return c
}

// field is one that is there most of the time.
func field(random *rand.Rand, name, value string) fetch.Field {
	if random.IntN(8) == 0 {
		return fetch.Field{}
	}
	return fetch.Field{Name: name, Value: value}
}

func list(random *rand.Rand, one func(...string) string, of ...string) string {
	var b strings.Builder
	for i := range 1 + random.IntN(3) {
		if i > 0 {
			b.WriteString(one(",", ", ", " , ", ",\t", ",,"))
		}
		b.WriteString(one(of...))
	}
	return b.String()
}

// origins are the fields that the CORS check reads; most of the time they let the page in.
func origins(random *rand.Rand, one func(...string) string) []fetch.Field {
	origin := pageOrigin
	switch random.IntN(6) {
	case 0:
		origin = one("*", "* ", "null", "**", "", pageOrigin+"/", pageOrigin+":80", "http://PAGE.example.com", "HTTP://page.example.com", "https://page.example.com", "page.example.com", "'"+pageOrigin+"'", pageOrigin+", "+pageOrigin, "*, "+pageOrigin, " "+pageOrigin+"\t", "http://*.example.com")
	case 1:
		origin = "*"
	}
	fields := []fetch.Field{{Name: "Access-Control-Allow-Origin", Value: origin}}
	switch random.IntN(24) {
	case 0:
		fields = nil
	case 1:
		fields = append(fields, fields[0])
	}
	credentials := "true"
	if random.IntN(6) == 0 {
		credentials = one("TRUE", "True", "'true'", "", "false", " true\t", "true, true", "1")
	}
	return append(fields, field(random, "Access-Control-Allow-Credentials", credentials))
}

// scriptHeader is one that a script sets.
func scriptHeader(random *rand.Rand, one func(...string) string) fetch.Field {
	long := strings.Repeat("a", 127+random.IntN(3))
	name := one("Accept", "Accept-Language", "Content-Language", "Content-Type", "Content-Type", "Range", "X-A", "x-b", "Authorization", "Cookie", "Sec-A", "Proxy-A", "X-HTTP-Method-Override", "X-Method-Override", "User-Agent", "Cache-Control", "Date", "a b")
	switch name {
	case "Accept":
		return fetch.Field{Name: name, Value: one("*/*", "text/html;q=1", "a\"b", "a:b", "a\tb", "", long, "{", "a/b, c/d", "\xe4")}
	case "Accept-Language", "Content-Language":
		return fetch.Field{Name: name, Value: one("de", "de-DE, en;q=0.5", "*", "de_DE", "", "a/b", long, "\xe4")}
	case "Content-Type":
		return fetch.Field{Name: name, Value: one("text/plain", "TEXT/plain", "text/plain;charset=utf-8", "text/plain ; a=\"b\"", "application/json", "multipart/form-data; boundary=a", "application/x-www-form-urlencoded", "text/plain,", "text / plain", "text/plain; a=(", "", " text/plain\t", "text", "text/", "text/plain;"+long)}
	case "Range":
		return fetch.Field{Name: name, Value: one("bytes=0-", "bytes=0-100", "bytes=100-0", "bytes=-5", "bytes = 0-5", "bytes=0-5, 7-9", "bytes=0", "items=0-1", "Bytes=0-5", "bytes=00018446744073709551616-18446744073709551617")}
	case "X-HTTP-Method-Override", "X-Method-Override":
		return fetch.Field{Name: name, Value: one("GET", "TRACE", "GET, trace", "\"TRACE\"", "a,TRACK ,b", "GETTRACE", "")}
	}
	return fetch.Field{Name: name, Value: one("1", "", " 1 ", "a, b", "\xe4", "Bearer a")}
}
