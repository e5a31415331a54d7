package transform_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// The promises of the package for HTTP APIs, tried on every document: one for a REST
// API is one that is imported again as an HTTP API.

var (
	ofHTTP = []policy.Policy{
		narrow, open, wide, filled, intrinsic,
		{
			AllowOrigins:  policy.Literal([]string{"https://a.example.com", "http://*"}),
			AllowMethods:  policy.Literal([]string{"*"}),
			ExposeHeaders: policy.Derived(),
			MaxAge:        policy.Literal(-1),
		},
	}
	asHTTP      = transform.Options{API: transform.HTTP}
	httpOptions = []transform.Options{
		asHTTP,
		{API: transform.HTTP, Existing: policy.ExistingComplete},
		{API: transform.HTTP, Existing: policy.ExistingReplace},
		{API: transform.HTTP, Existing: policy.ExistingReplaceAny, Emit: transform.Emit{OptionsRoutes: transform.OptionsRoutesWarn}},
	}
)

// enabledHTTP enables, and skips what cannot be an HTTP API.
func enabledHTTP(t *testing.T, doc *transform.Document, p policy.Policy, o transform.Options) *transform.Result {
	t.Helper()
	r, err := transform.Enable(doc, p, o)
	var target *transform.APITypeError
	var mistake *policy.Error
	switch {
	case err == nil:
		return r
	case errors.As(err, &target), errors.As(err, &mistake):
		t.Skip(err)
	}
	checkRefusal(t, doc.Source(), err)
	t.SkipNow()
	return nil
}

// TestHTTPByteExact is TestByteExact for HTTP APIs.
func TestHTTPByteExact(t *testing.T) {
	each(t, func(t *testing.T, d document, doc *transform.Document) {
		for i, o := range httpOptions {
			if !d.turn(i, 2) {
				continue
			}
			r := enabledHTTP(t, doc, ofHTTP[i], o)
			if back, ok := undo(d.Src, r); !ok || !bytes.Equal(back, d.Src) {
				t.Errorf("the output without the edits is not the input:\n%s", textDiff(d.Src, back))
			}
			if !givesWay(r) { // with what gives way, its comments go
				checkExact(t, d.Src, r)
			}
		}
	})
}

// TestHTTPIdempotent is TestIdempotent for HTTP APIs.
func TestHTTPIdempotent(t *testing.T) {
	each(t, func(t *testing.T, d document, doc *transform.Document) {
		for i, p := range ofHTTP {
			for j, o := range httpOptions {
				if !d.turn(i+j, 4) {
					continue
				}
				r := enabledHTTP(t, doc, p, o)
				next, err := transform.Enable(again(t, d, r), p, o)
				if err != nil {
					t.Errorf("the output is refused: %v", err)
				} else if next.Changed() {
					t.Errorf("a second run changes the output (-first +second):\n%s", textDiff(r.Output, next.Output))
				}
			}
		}
	})
}

// TestHTTPDeclarative is TestDeclarative for HTTP APIs, and from one kind of API to the
// other. Values of the author's that gave way are lost on the way, so documents that
// have some are left out.
func TestHTTPDeclarative(t *testing.T) {
	each(t, func(t *testing.T, d document, doc *transform.Document) {
		marked := bytes.Contains(d.Src, []byte("x-apigw-cors-generated"))
		check := func(first *transform.Result, second policy.Policy, o transform.Options, what string) {
			t.Helper()
			want := enabledHTTP(t, doc, second, o)
			if inlines(first) || givesWay(first) || marked {
				return
			}
			got, err := transform.Enable(again(t, d, first), second, o)
			if err != nil {
				t.Errorf("%s: %v", what, err)
			} else if !bytes.Equal(got.Output, want.Output) {
				t.Errorf("%s (-directly +by way of the first):\n%s", what, textDiff(want.Output, got.Output))
			}
		}
		for i, p := range ofHTTP {
			first := enabledHTTP(t, doc, p, asHTTP)
			for j, o := range httpOptions {
				if d.turn(i+j, 5) {
					check(first, ofHTTP[(i+1)%len(ofHTTP)], o, "one policy after another")
				}
			}
		}
		if d.turn(0, 2) {
			check(enabled(t, doc, several, asREST), wide, asHTTP, "HTTP after REST")
			check(enabledHTTP(t, doc, wide, asHTTP), several, asREST, "REST after HTTP")
		}
	})
}

// givesWay reports whether something of the author's was replaced or taken out.
func givesWay(r *transform.Result) bool {
	return slices.ContainsFunc(r.Changes, func(w transform.Change) bool { return w.Verb() == "set" || w.Verb() == "remove" })
}

// TestHTTPReversible holds that disabling gives the input back, but for what gave way,
// and that it never leaves a configuration without members.
func TestHTTPReversible(t *testing.T) {
	each(t, func(t *testing.T, d document, doc *transform.Document) {
		if bytes.Contains(d.Src, []byte("x-apigw-cors-generated")) {
			t.Skip("something is generated in it already")
		}
		for i, o := range httpOptions {
			if !d.turn(i, 2) {
				continue
			}
			r := enabledHTTP(t, doc, ofHTTP[i+1], o)
			back, err := transform.Disable(again(t, d, r), transform.Selection{})
			switch {
			case err != nil:
				t.Errorf("it cannot be disabled: %v", err)
			case givesWay(r):
				checkNotEmpty(t, d, back)
			case !bytes.Equal(back.Output, d.Src):
				t.Errorf("the input does not come back (-input +output):\n%s", textDiff(d.Src, back.Output))
			}
		}
	})
}

func checkNotEmpty(t *testing.T, d document, r *transform.Result) {
	t.Helper()
	if after := again(t, d, r); bytes.Contains(after.Source(), []byte("x-apigw-cors-generated")) {
		t.Error("a mark is left")
	}
	tr := mustTree(t, r.Output)
	for i, key := range tr.Keys {
		if key.Text == "x-amazon-apigateway-cors" && len(tr.Values[i].Keys) == 0 {
			t.Errorf("a configuration without members is left:\n%s", r.Output)
		}
	}
}

// TestHTTPFindingsHavePlaces holds that each finding says where.
func TestHTTPFindingsHavePlaces(t *testing.T) {
	each(t, func(t *testing.T, d document, doc *transform.Document) {
		for _, f := range enabledHTTP(t, doc, wide, asHTTP).Findings {
			if f.Position == (finding.Position{}) || f.Rule == "" || f.Message == "" {
				t.Errorf("%v", f)
			}
		}
	})
}
