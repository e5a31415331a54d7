package report_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/internal/chromium"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/policy"
	"github.com/apigw-cors/apigw-cors/transform/report"
)

// shelter has a resource for each way in which preflights are answered.
const shelter = `openapi: 3.0.1
info: {title: Shelter, version: "1"}
paths:
  /cats:
    get: {responses: {"200": {description: cats}}, x-amazon-apigateway-integration: {type: http, httpMethod: GET, uri: "https://b.example.com", responses: {default: {statusCode: "200"}}}}
  /cats/{id}:
    delete: {responses: {"204": {description: gone}}, x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}}
    trace: {responses: {"200": {description: echo}}}
  /dogs:
    x-amazon-apigateway-any-method: {responses: {}, x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}}
  /rats/old:
    get: {responses: {"200": {description: rats}}}
`

// pageOfShelter returns the page about the shelter, of which the cats are enabled.
func pageOfShelter(t *testing.T) []byte {
	t.Helper()
	doc, err := transform.Parse("shelter.yaml", []byte(shelter))
	if err != nil {
		t.Fatal(err)
	}
	p := policy.Policy{AllowOrigins: policy.Literal([]string{"https://app.example.com"})}
	res, err := transform.Enable(doc, p, transform.Options{API: transform.REST, Selection: transform.Selection{Resources: []string{"/cats"}, Recursive: true}})
	if err != nil {
		t.Fatal(err)
	}
	api, err := report.Read(parsed(t, "shelter.yaml", string(res.Output)), transform.REST)
	if err != nil {
		t.Fatal(err)
	}
	var page bytes.Buffer
	if err := api.Write(&page, report.APIHTML); err != nil {
		t.Fatal(err)
	}
	return page.Bytes()
}

// browser returns the context of a browser that shows a page, or skips the test where
// there is no browser.
func browser(t *testing.T, page []byte) context.Context {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(page)
	}))
	t.Cleanup(server.Close)
	ctx := chromium.Start(t)
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL)); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// shown is what somebody who looks at the page sees of it.
type shown struct {
	Resources []string `json:"resources"` // headings
	Tree      []string `json:"tree"`      // links
	Count     string   `json:"count"`
}

const look = `(() => {
	const seen = e => e.checkVisibility();
	const texts = (selector, of) => [...document.querySelectorAll(selector)].filter(seen).map(of);
	return {
		resources: texts("main section[data-state] h2", e => e.textContent),
		tree: texts("nav a", e => e.textContent),
		count: document.getElementById("count").textContent,
	};
})()`

// TestPageFilters holds in a browser what the search and the two lists of the page leave to
// be seen.
func TestPageFilters(t *testing.T) {
	ctx := browser(t, pageOfShelter(t))
	for _, tt := range []struct {
		name, search, state, verdict string
		want                         shown
	}{
		{"all", "", "", "", shown{[]string{"/cats", "/cats/{id}", "/dogs", "/rats/old"}, []string{"/cats", "/{id}", "/dogs", "/old"}, "4 resources"}},
		{"a path", "cats", "", "", shown{[]string{"/cats", "/cats/{id}"}, []string{"/cats", "/{id}"}, "2 resources"}},
		{"a method in lower case", "delete", "", "", shown{[]string{"/cats/{id}"}, []string{"/cats", "/{id}"}, "1 resource"}},
		{"several words", "cats  trace", "", "", shown{[]string{"/cats/{id}"}, []string{"/cats", "/{id}"}, "1 resource"}},
		{"a generated member", "CONVERT_TO_TEXT", "", "", shown{[]string{"/cats", "/cats/{id}"}, []string{"/cats", "/{id}"}, "2 resources"}},
		{"answered", "", "answered", "", shown{[]string{"/cats", "/cats/{id}"}, []string{"/cats", "/{id}"}, "2 resources"}},
		{"left to the backend", "", "backend", "", shown{[]string{"/dogs"}, []string{"/dogs"}, "1 resource"}},
		{"answered by nobody", "", "unanswered", "", shown{[]string{"/rats/old"}, []string{"/old"}, "1 resource"}},
		{"impossible", "", "", "never", shown{[]string{"/cats/{id}"}, []string{"/cats", "/{id}"}, "1 resource"}},
		{"simple", "", "", "simple", shown{[]string{"/cats", "/rats/old"}, []string{"/cats", "/old"}, "2 resources"}},
		{"all three", "cats", "answered", "preflighted", shown{[]string{"/cats/{id}"}, []string{"/cats", "/{id}"}, "1 resource"}},
		{"nothing fits", "fish", "", "", shown{[]string{}, []string{}, "0 resources"}},
	} {
		for id, value := range map[string]string{"search": tt.search, "state": tt.state, "verdict": tt.verdict} {
			set := `{ const e = document.getElementById("` + id + `"); e.value = ` + "`" + value + "`" + `; e.dispatchEvent(new Event(e.tagName === "INPUT" ? "input" : "change")); }`
			if _, err := chromedp.Run(ctx, chromedp.Evaluate[chromedp.Void](set)); err != nil {
				t.Fatal(err)
			}
		}
		got, err := chromedp.Run(ctx, chromedp.Evaluate[shown](look))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestPageFits holds in a browser that nothing of the page is wider than a telephone.
func TestPageFits(t *testing.T) {
	ctx := browser(t, pageOfShelter(t))
	if got, width := chromium.WidthOnTelephone(t, ctx); got > width {
		t.Errorf("it is %d pixels wide", got)
	}
}
