package proof_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/internal/chromium"
	"github.com/apigw-cors/apigw-cors/internal/documents"
	"github.com/apigw-cors/apigw-cors/proof"
	"github.com/apigw-cors/apigw-cors/proof/fetch"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
	"github.com/apigw-cors/apigw-cors/proof/server"
	"github.com/apigw-cors/apigw-cors/transform"
)

// TestBrowser holds that a real browser does what is said of its requests. Pages of production
// origins request APIs under names as production has them; all of them lead to this process.
func TestBrowser(t *testing.T) {
	apis := enabledAPIs(t)
	handlers := map[string]http.Handler{}
	byOrigin := map[string][]browserRequest{}
	for i, name := range slices.Sorted(maps.Keys(apis)) {
		host := "d" + strconv.Itoa(i) + ".execute-api.eu-west-1.amazonaws.com"
		handlers[host] = server.New(server.Document{Name: name, API: apis[name], Locate: nowhere}, server.Options{}).API()
		for _, call := range requestsOf(apis[name]) {
			call.URL = strings.Replace(call.URL, proof.Host, "https://"+host, 1)
			c := browserRequest{name, call, proof.Ask(context.Background(), apis[name], call, nil)}
			if c.want.Outcome != proof.Unproved && c.want.Condition == "" { // what the browser's HTTP version decides is not compared
				byOrigin[call.Origin] = append(byOrigin[call.Origin], c)
			}
		}
	}
	ctx := browser(t, handlers)
	total, allowed := 0, 0
	for _, origin := range slices.Sorted(maps.Keys(byOrigin)) {
		for calls := range slices.Chunk(byOrigin[origin], 200) {
			for i, got := range made(t, ctx, origin, calls) {
				calls[i].compare(t, got)
				if got.OK {
					allowed++
				}
			}
			total += len(calls)
		}
	}
	t.Logf("%d calls of %d documents from %d origins, %d of them allowed", total, len(apis), len(byOrigin), allowed)
	if total < 200 || allowed < 50 || total-allowed < 50 {
		t.Errorf("that is too few")
	}
}

func nowhere(string) string { return "" }

// browserRequest is a request to a document's API, and what should become of it.
type browserRequest struct {
	document string
	call     fetch.Request
	want     proof.Dialogue
}

// made is what became of a request in a browser.
type browserResult struct {
	OK      bool     `json:"ok"` // the script got a response
	Status  int      `json:"status"`
	Headers []string `json:"headers"` // that it could read
}

func (c browserRequest) compare(t *testing.T, got browserResult) {
	t.Helper()
	if got.OK != (c.want.Outcome == proof.Allowed) {
		t.Errorf("%s: %s %s from %s (%s), %v: the browser got %+v, want %s: %s", c.document, c.call.Method, c.call.URL, c.call.Origin, c.call.Credentials, c.call.Header, got, c.want.Outcome, c.want.Verdict.Reason)
		return
	}
	if !got.OK {
		return
	}
	if status := c.want.Actual.Response.Status; got.Status != status {
		t.Errorf("%s: %s %s: the status is %d, want %d", c.document, c.call.Method, c.call.URL, got.Status, status)
	}
	ofServer := []string{"content-length", "content-type", "date"} // which the server adds by itself
	plain := func(names []string) []string {
		return slices.DeleteFunc(slices.Sorted(slices.Values(names)), func(name string) bool { return slices.Contains(ofServer, name) })
	}
	if diff := cmp.Diff(plain(c.want.Readable()), plain(got.Headers)); diff != "" {
		t.Errorf("%s: %s %s: headers that the script reads (-want +got)\n%s", c.document, c.call.Method, c.call.URL, diff)
	}
}

// enabledAPIs are those of the documents that the golden cases hold.
func enabledAPIs(t *testing.T) map[string]*gateway.API {
	t.Helper()
	apis := map[string]*gateway.API{}
	for _, file := range documents.Golden(t) {
		d, err := transform.Parse(file.Name(), file.Src)
		if err != nil {
			continue // the case has something else to show
		}
		target, err := d.APIType(transform.Options{})
		if err != nil {
			continue
		}
		api, err := gateway.Read(file.Src, gateway.Options{APIType: gateway.APIType(target.API), StageVariables: map[string]string{"origin": "https://app.example.com"}})
		if err != nil {
			t.Errorf("%s: %v", file.Path, err)
			continue
		}
		apis[file.Name()] = api
	}
	return apis
}

// requestsOf are requests of an API's operations: as they ask for them, from allowed and from
// disallowed origins, and with one thing or another that is not.
func requestsOf(api *gateway.API) []fetch.Request {
	const most, disallowed = 24, 4 // of one document
	var calls []fetch.Request
	n := 0
	for c := range proof.All(context.Background(), api, nil, nil) {
		if !strings.HasPrefix(c.Request.Origin, "https://") || c.Outcome == proof.Unproved {
			continue
		}
		if c.Disallowed {
			if n++; n > disallowed {
				continue
			}
		}
		calls = append(calls, c.Request)
		with := func(change func(*fetch.Request)) {
			other := c.Request
			other.Header = slices.Clone(other.Header)
			change(&other)
			calls = append(calls, other)
		}
		if c.Disallowed {
			continue
		}
		with(func(r *fetch.Request) { r.Header = append(r.Header, fetch.Field{Name: "X-Not-Asked-For", Value: "1"}) })
		with(func(r *fetch.Request) { r.Method, r.Body = "PATCH", nil })
		with(func(r *fetch.Request) { r.Credentials = "include" })
		with(func(r *fetch.Request) { r.Header = nil })
	}
	return calls[:min(len(calls), most)]
}

// browser returns the context of a browser for which every name leads here: to the handler of
// its host, or to an empty page.
func browser(t *testing.T, handlers map[string]http.Handler) context.Context {
	t.Helper()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h := handlers[r.Host]; h != nil {
			h.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<!doctype html><title>page</title>")
	}))
	t.Cleanup(server.Close)
	return chromium.Start(t, chromedp.Flag("ignore-certificate-errors", true), chromedp.Flag("host-resolver-rules", "MAP * "+server.Listener.Addr().String()))
}

// script makes calls, a few at a time, and tells what became of each.
const script = `(async calls => {
	const results = [];
	const one = async i => {
		const {url, ...options} = calls[i];
		try {
			const response = await fetch(url, options);
			results[i] = {ok: true, status: response.status, headers: [...response.headers.keys()]};
		} catch {
			results[i] = {ok: false, status: 0, headers: []};
		}
	};
	let next = 0;
	const worker = async () => { while (next < calls.length) await one(next++); };
	await Promise.all(Array.from({length: 6}, worker));
	return results;
})`

// made makes calls from a page of an origin.
func made(t *testing.T, ctx context.Context, origin string, calls []browserRequest) []browserResult {
	t.Helper()
	type options struct {
		URL         string      `json:"url"`
		Method      string      `json:"method"`
		Headers     [][2]string `json:"headers"`
		Credentials string      `json:"credentials"`
		Body        *string     `json:"body,omitempty"`
	}
	list := []options{}
	for _, c := range calls {
		o := options{c.call.URL, c.call.Method, [][2]string{}, c.call.Credentials, c.call.Body}
		if o.Credentials == "" {
			o.Credentials = "same-origin"
		}
		for _, f := range c.call.Header {
			o.Headers = append(o.Headers, [2]string{f.Name, f.Value})
		}
		list = append(list, o)
	}
	text, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(origin+"/")); err != nil {
		t.Fatalf("%s: %v", origin, err)
	}
	results, err := chromedp.Run(ctx, chromedp.Evaluate[[]browserResult](script+"("+string(text)+")", chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", origin, err)
	}
	return results
}
