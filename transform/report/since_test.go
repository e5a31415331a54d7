package report_test

import (
	"os"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/policy"
	"github.com/apigw-cors/apigw-cors/transform/report"
)

// TestSince holds what is said of each difference between two policies, and that the way
// back says the opposite.
func TestSince(t *testing.T) {
	src, err := os.ReadFile("../../testdata/http-configuration-written/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	base := policy.Policy{
		AllowOrigins: policy.Literal([]string{"https://a.example.com"}), AllowMethods: policy.Literal([]string{"GET", "OPTIONS"}),
		AllowHeaders: policy.Literal([]string{"Content-Type"}), MaxAge: policy.Literal(60),
	}
	with := func(change func(*policy.Policy)) policy.Policy {
		p := base
		change(&p)
		return p
	}
	const a, b = "`https://a.example.com`", "`https://b.example.com`"
	for _, tt := range []struct {
		name string
		p    policy.Policy
		want []report.Change
	}{
		{"nothing", base, nil},
		{"origin added", with(func(p *policy.Policy) {
			p.AllowOrigins = policy.Literal([]string{"https://a.example.com", "https://b.example.com"})
		}),
			[]report.Change{{Effect: report.Wider, Text: b + " may call now"}}},
		{"origin exchanged", with(func(p *policy.Policy) {
			p.AllowOrigins, p.AllowCredentials = policy.Literal([]string{"https://b.example.com"}), policy.Literal(true)
		}), []report.Change{{Effect: report.Wider, Text: b + " may call now, with credentials"}, {Effect: report.Narrower, Text: a + " may no longer call"}}},
		{"credentials", with(func(p *policy.Policy) { p.AllowCredentials = policy.Literal(true) }),
			[]report.Change{{Effect: report.Wider, Text: "calls may carry credentials now, from " + a}}},
		{"method", with(func(p *policy.Policy) { p.AllowMethods = policy.Literal([]string{"DELETE", "GET", "OPTIONS"}) }),
			[]report.Change{{Effect: report.Wider, Text: "DELETE is newly allowed from " + a}}},
		{"header", with(func(p *policy.Policy) { p.AllowHeaders = policy.Literal([]string{"content-type", "X-A", "X-B"}) }),
			[]report.Change{{Effect: report.Wider, Text: "x-a, x-b are newly allowed as a request header from " + a}}},
		{"exposed", with(func(p *policy.Policy) { p.ExposeHeaders = policy.Literal([]string{"X-A"}) }),
			[]report.Change{{Effect: report.Wider, Text: "x-a is newly readable in responses from " + a}}},
		{"age", with(func(p *policy.Policy) { p.MaxAge = policy.None[int]() }),
			[]report.Change{{Effect: report.Other, Text: "browsers keep a preflight for 5 seconds, the default, before for 60 seconds"}}},
	} {
		before, after := enabledHTTP(t, src, base), enabledHTTP(t, src, tt.p)
		got, err := report.Since("old.yaml", before, "new.yaml", after, transform.HTTP)
		if err != nil {
			t.Fatal(err)
		}
		if d := gocmp.Diff(append([]report.Change{}, tt.want...), got); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, d)
		}
		back, err := report.Since("new.yaml", after, "old.yaml", before, transform.HTTP)
		if err != nil {
			t.Fatal(err)
		}
		if wider(got) != narrower(back) || narrower(got) != wider(back) {
			t.Errorf("%s: the way back says %v", tt.name, back)
		}
	}
}

func wider(changes []report.Change) int    { return count(changes, report.Wider) }
func narrower(changes []report.Change) int { return count(changes, report.Narrower) }

func count(changes []report.Change, effect report.Effect) (n int) {
	for _, c := range changes {
		if c.Effect == effect {
			n++
		}
	}
	return n
}

func enabledHTTP(t *testing.T, src []byte, p policy.Policy) []byte {
	t.Helper()
	doc, err := transform.Parse("openapi.yaml", src)
	if err != nil {
		t.Fatal(err)
	}
	r, err := transform.Enable(doc, p, transform.Options{API: transform.HTTP})
	if err != nil {
		t.Fatal(err)
	}
	return r.Output
}
