package server_test

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/internal/chromium"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
	"github.com/apigw-cors/apigw-cors/proof/server"
)

// browser returns the context of a browser that shows the page of a server, or skips the test
// where there is no browser.
func browser(t *testing.T, s *running) context.Context {
	t.Helper()
	ctx := chromium.Start(t)
	if err := chromedp.Do(ctx, chromedp.Navigate(s.api+"/_cors")); err != nil { // which leads to the page
		t.Fatal(err)
	}
	return ctx
}

// tried is what somebody sees who has tried a call on the page.
type tried struct {
	Agreement string `json:"agreement"`
	Proof     string `json:"proof"`   // its outcome
	Browser   string `json:"browser"` // likewise
	Reason    string `json:"reason"`  // what stands below the outcome of the proof
}

// try fills in the form, and waits for what comes of it.
const try = `(async fields => {
	const byId = id => document.getElementById(id);
	while (byId("operation").options.length < 2) await new Promise(r => setTimeout(r, 20));
	for (const [id, value] of Object.entries(fields)) {
		byId(id).value = value;
		byId(id).dispatchEvent(new Event(byId(id).tagName === "SELECT" ? "change" : "input", {bubbles: true}));
	}
	byId("try").click();
	while (byId("call").ariaBusy === "true") await new Promise(r => setTimeout(r, 20));
	const text = selector => document.querySelector(selector)?.textContent ?? "";
	return {agreement: byId("agreement").textContent, proof: text("#proof .outcome"), browser: text("#browser .outcome"), reason: text("#proof .outcome + p")};
})`

// TestPageTries holds that the page makes a call, and shows what became of it next to what the
// proof says about it.
func TestPageTries(t *testing.T) {
	s := serve(t, shelter)
	ctx := browser(t, s)
	const operation = `"operation": "0", ` // whatever was chosen before
	for _, tt := range []struct {
		name, fields string
		want         tried
	}{
		{"allowed", `{"method": "PUT", "path": "/cats"}`, tried{"Both say allowed.", "allowed", "allowed", ""}},
		{"allowed without a preflight", `{` + operation + `"method": "GET", "path": "/cats"}`, tried{"Both say allowed.", "allowed", "allowed", ""}},
		{"refused by the preflight", `{"method": "PUT", "path": "/cats", "headers": "X-Tail: long"}`, tried{"Both say refused.", "refused", "refused", "the preflight is refused"}},
		{"refused by the answer", `{"method": "GET", "path": "/dogs", "headers": ""}`, tried{"Both say refused.", "refused", "refused", "the call is made"}},
		{"refused by the browser itself", `{"method": "TRACE", "path": "/cats", "headers": ""}`, tried{"Both say refused.", "refused", "refused", "nothing is sent"}},
		{"no method takes it", `{"method": "GET", "path": "/fish"}`, tried{"Both say refused.", "refused", "refused", "the call is made"}},
		{"not told", `{"method": "GET", "path": "/rats"}`, tried{"The document does not tell", "unproved", "refused", "the method has no integration"}},
		{"from elsewhere", `{"method": "PUT", "path": "/cats", "origin": "https://app.example.com"}`, tried{"A browser calls from the origin of its page", "refused", "", "the preflight is refused"}},
		{"of no origin", `{"method": "PUT", "path": "/cats", "origin": "app"}`, tried{"origin: ", "", "", ""}},
	} {
		fields := strings.Replace(tt.fields, "{", `{"origin": location.origin, `, 1)
		if strings.Contains(tt.fields, `"origin"`) {
			fields = tt.fields
		}
		got, err := chromedp.Run(ctx, chromedp.Evaluate[tried](try+"("+fields+")", chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		shorten(&got.Agreement, tt.want.Agreement)
		shorten(&got.Reason, tt.want.Reason)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestPageDiffers holds that the page tells where the browser does something else than the proof
// says: here a backend answers the one like this and the other like that.
func TestPageDiffers(t *testing.T) {
	allowed := gateway.Field{Name: "Access-Control-Allow-Origin", Value: "*"}
	replies := make(chan gateway.Reply, 10)
	for _, r := range []gateway.Reply{
		{Status: 200}, {Status: 200, Header: []gateway.Field{allowed}},
		{Status: 200, Header: []gateway.Field{allowed}}, {Status: 200},
		{Status: 201, Header: []gateway.Field{allowed}}, {Status: 202, Header: []gateway.Field{allowed, {Name: "Access-Control-Expose-Headers", Value: "X-Tail"}, {Name: "X-Tail", Value: "long"}}},
	} {
		replies <- r
	}
	s := serve(t, shelter, func(o *server.Options, _ *server.Limits) {
		o.BackendName = "theirs"
		o.Backend = func(context.Context, gateway.BackendRequest) (gateway.Reply, error) { return <-replies, nil }
	})
	ctx := browser(t, s)
	for _, want := range []string{
		"They differ: the proof says refused, the browser allowed.",
		"They differ: the proof says allowed, the browser refused.",
		"They differ: the proof says 201, the browser got 202; the proof says the script can read nothing, it could read x-tail.",
	} {
		got, err := chromedp.Run(ctx, chromedp.Evaluate[tried](try+`({"method": "POST", "path": "/dogs", "headers": "", "body": ""})`, chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(got.Agreement, want) {
			t.Errorf("the page says %q, want %q", got.Agreement, want)
		}
	}
}

// shorten cuts a text that begins as wanted.
func shorten(text *string, want string) {
	if strings.HasPrefix(*text, want) {
		*text = want
	}
}

// TestPageFits holds in a browser that nothing of the page is wider than a telephone, and that
// nothing on it was kept from happening by its own policy.
func TestPageFits(t *testing.T) {
	s := serve(t, shelter)
	ctx := browser(t, s)
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[tried](try+`({"operation": "0"})`, chromedp.EvalAwaitPromise)); err != nil {
		t.Fatal(err)
	}
	if got, width := chromium.WidthOnTelephone(t, ctx); got > width {
		t.Errorf("it is %d pixels wide", got)
	}
	const unlabelled = `[...document.querySelectorAll("input, select, textarea")].filter(e => !e.labels.length).map(e => e.id)`
	names, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](unlabelled))
	if err != nil || len(names) > 0 {
		t.Errorf("%v: without a label: %v", err, names)
	}
	const styled = `getComputedStyle(document.querySelector("form")).display`
	if display, err := chromedp.Run(ctx, chromedp.Evaluate[string](styled)); err != nil || display != "grid" {
		t.Errorf("%v: the style does not hold: %q", err, display)
	}
}
