package report_test

import (
	"os"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/policy"
	"github.com/apigw-cors/apigw-cors/transform/report"
)

// TestSince holds what is said of each difference between two policies, and that the way
// back says the opposite.
func TestSince(t *testing.T) {
	src, err := os.ReadFile("../../testdata/enable/http-orders/openapi.yaml")
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
		got, err := report.Since(before, after, transform.HTTP)
		if err != nil {
			t.Fatal(err)
		}
		if d := gocmp.Diff(append([]report.Change{}, tt.want...), got); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, d)
		}
		back, err := report.Since(after, before, transform.HTTP)
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

func enabledHTTP(t *testing.T, src []byte, p policy.Policy) *transform.Document {
	t.Helper()
	doc, err := transform.Parse("openapi.yaml", src)
	if err != nil {
		t.Fatal(err)
	}
	r, err := transform.Enable(doc, p, transform.Options{API: transform.HTTP})
	if err != nil {
		t.Fatal(err)
	}
	return parsed(t, "openapi.yaml", string(r.Output))
}

// TestSinceOfResponses holds what is said where the preflight stays as it is and something
// else does not.
func TestSinceOfResponses(t *testing.T) {
	const doc = `openapi: 3.0.1
info: {title: t, version: "1"}
components: {securitySchemes: {key: {type: apiKey, in: header, name: x-api-key}}}
x-amazon-apigateway-gateway-responses: {DEFAULT_4XX: {responseParameters: {gatewayresponse.header.Access-Control-Allow-Origin: "'https://a.example.com'"}}}
paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration:
        type: http
        responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://a.example.com'"}}}
    options:
      security: []
      responses: {"200": {description: d}, "403": {description: d}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: "200"
            responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://a.example.com'", method.response.header.Access-Control-Allow-Methods: "'GET'"}
`
	const origin = `"'https://a.example.com'"`
	for name, tt := range map[string]struct {
		from, to string
		want     []report.Change
	}{
		"nothing":                {"", "", nil},
		"an answer":              {"responses: {default: {statusCode: \"200\", responseParameters: {method.response.header.Access-Control-Allow-Origin: " + origin, "responses: {default: {statusCode: \"200\", responseParameters: {method.response.header.X: " + origin, []report.Change{{Path: "/pets", Effect: report.Narrower, Text: "`https://a.example.com` may no longer read the answer 200 of GET"}}},
		"an answer for all":      {"responses: {default: {statusCode: \"200\", responseParameters: {method.response.header.Access-Control-Allow-Origin: " + origin, "responses: {default: {statusCode: \"200\", responseParameters: {method.response.header.Access-Control-Allow-Origin: \"'*'\"", []report.Change{{Path: "/pets", Effect: report.Wider, Text: "any origin may read the answer 200 of GET now"}}},
		"a gateway response":     {"gatewayresponse.header.Access-Control-Allow-Origin: " + origin, "gatewayresponse.header.Access-Control-Allow-Origin: \"'*'\"", []report.Change{{Effect: report.Wider, Text: "any origin may read the gateway response DEFAULT_4XX now"}}},
		"authorization":          {"security: []", "security: [{key: []}]", []report.Change{{Path: "/pets", Effect: report.Narrower, Text: "preflights are refused: OPTIONS asks for authorization, which preflights never carry; calls that need one fail"}}},
		"another status":         {"          default:\n            statusCode: \"200\"", "          default:\n            statusCode: \"403\"", []report.Change{{Path: "/pets", Effect: report.Narrower, Text: "preflights are refused: OPTIONS answers 403; calls that need one fail"}}},
		"all of them":            {origin, `"'*'"`, []report.Change{{Effect: report.Wider, Text: "any origin may read the gateway response DEFAULT_4XX now"}, {Path: "/pets", Effect: report.Wider, Text: "any origin may call now"}}},
		"the default of max age": {"Access-Control-Allow-Methods: \"'GET'\"", "Access-Control-Allow-Methods: \"'GET'\", method.response.header.Access-Control-Max-Age: \"'5'\"", nil},
		"credentials of a gateway response": {"gatewayresponse.header.Access-Control-Allow-Origin: " + origin, "gatewayresponse.header.Access-Control-Allow-Credentials: \"'true'\", gatewayresponse.header.Access-Control-Allow-Origin: " + origin,
			[]report.Change{{Effect: report.Wider, Text: "`https://a.example.com` may read the gateway response DEFAULT_4XX to requests with credentials now"}}},
		"exposed by a gateway response": {"gatewayresponse.header.Access-Control-Allow-Origin: " + origin, "gatewayresponse.header.Access-Control-Expose-Headers: \"'X-A, X-B'\", gatewayresponse.header.Access-Control-Allow-Origin: " + origin,
			[]report.Change{{Effect: report.Wider, Text: "x-a, x-b are newly readable in the gateway response DEFAULT_4XX"}}},
		"a gateway response that is gone": {"x-amazon-apigateway-gateway-responses: {DEFAULT_4XX: {responseParameters: {gatewayresponse.header.Access-Control-Allow-Origin: " + origin + "}}}", "",
			[]report.Change{{Effect: report.Narrower, Text: "`https://a.example.com` may no longer read the gateway response DEFAULT_4XX"}}},
		"a gateway response with all of it": {"gatewayresponse.header.Access-Control-Allow-Origin: " + origin, "gatewayresponse.header.Access-Control-Allow-Credentials: \"'true'\", gatewayresponse.header.Access-Control-Allow-Origin: \"'https://b.example.com'\"",
			[]report.Change{{Effect: report.Wider, Text: "`https://b.example.com` may read the gateway response DEFAULT_4XX now, with credentials"}, {Effect: report.Narrower, Text: "`https://a.example.com` may no longer read the gateway response DEFAULT_4XX"}}},
		"credentials without an origin": {"gatewayresponse.header.Access-Control-Allow-Origin: " + origin, "gatewayresponse.header.Access-Control-Allow-Credentials: \"'true'\"",
			[]report.Change{{Effect: report.Narrower, Text: "`https://a.example.com` may no longer read the gateway response DEFAULT_4XX"}}},
		"credentials of an answer": {"responses: {default: {statusCode: \"200\", responseParameters: {", "responses: {default: {statusCode: \"200\", responseParameters: {method.response.header.Access-Control-Allow-Credentials: \"'true'\", ",
			[]report.Change{{Path: "/pets", Effect: report.Wider, Text: "`https://a.example.com` may read the answer 200 of GET to requests with credentials now"}}},
		"exposed by an answer": {"responses: {default: {statusCode: \"200\", responseParameters: {", "responses: {default: {statusCode: \"200\", responseParameters: {method.response.header.Access-Control-Expose-Headers: \"'X-A'\", ",
			[]report.Change{{Path: "/pets", Effect: report.Wider, Text: "x-a is newly readable in the answer 200 of GET"}}},
		"every method": {"Access-Control-Allow-Methods: \"'GET'\"", "Access-Control-Allow-Methods: \"'*'\"", []report.Change{{Path: "/pets", Effect: report.Wider, Text: "every method is newly allowed from `https://a.example.com`"}}},
	} {
		after := strings.ReplaceAll(doc, tt.from, tt.to)
		if tt.from == "" {
			after = doc
		}
		got, err := report.Since(parsed(t, "old.yaml", doc), parsed(t, "new.yaml", after), transform.REST)
		if err != nil {
			t.Fatal(err)
		}
		if d := gocmp.Diff(append([]report.Change{}, tt.want...), got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
		back, err := report.Since(parsed(t, "new.yaml", after), parsed(t, "old.yaml", doc), transform.REST)
		if err != nil {
			t.Fatal(err)
		}
		if wider(got) != narrower(back) || narrower(got) != wider(back) {
			t.Errorf("%s: the way back says %v", name, back)
		}
	}
}

// TestSinceOfPatterns holds that an origin which a pattern lets in is not said to be gone.
func TestSinceOfPatterns(t *testing.T) {
	src, err := os.ReadFile("../../testdata/enable/http-orders/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	with := func(origins ...string) *transform.Document {
		return enabledHTTP(t, src, policy.Policy{AllowOrigins: policy.Literal(origins), AllowHeaders: policy.Literal([]string{"X-A"})})
	}
	one, all, any := with("https://a.example.com"), with("https://*"), with("*")
	for name, tt := range map[string]struct {
		before, after *transform.Document
		want          []report.Change
	}{
		"to a scheme":   {one, all, []report.Change{{Effect: report.Wider, Text: "`https://*` may call now"}}},
		"from a scheme": {all, one, []report.Change{{Effect: report.Narrower, Text: "`https://*` may no longer call"}}},
		"to all":        {one, any, []report.Change{{Effect: report.Wider, Text: "any origin may call now"}}},
		"from all":      {any, one, []report.Change{{Effect: report.Narrower, Text: "any other origin may no longer call"}}},
	} {
		got, err := report.Since(tt.before, tt.after, transform.HTTP)
		if err != nil {
			t.Fatal(err)
		}
		if d := gocmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

// TestSinceOfConfigurations holds that a member of the configuration allows what its own type can
// hold: API Gateway reads no other value.
func TestSinceOfConfigurations(t *testing.T) {
	of := func(members string) *transform.Document {
		return parsed(t, "openapi.yaml", "openapi: 3.0.1\nx-amazon-apigateway-cors: {allowOrigins: [https://a.example.com]"+members+"}\npaths: {}\n")
	}
	for members, want := range map[string][]report.Change{
		"":                                 {},
		", allowCredentials: true":         {{Effect: report.Wider, Text: "calls may carry credentials now, from `https://a.example.com`"}},
		", allowCredentials: TRUE":         {{Effect: report.Wider, Text: "calls may carry credentials now, from `https://a.example.com`"}},
		`, allowCredentials: "true"`:       {},
		", maxAge: 60":                     {{Effect: report.Other, Text: "browsers keep a preflight for 60 seconds, before for 5 seconds, the default"}},
		", maxAge: 0x10":                   {},
		`, maxAge: "${Age}"`:               {{Effect: report.Other, Text: "browsers keep a preflight for ${Age} seconds, before for 5 seconds, the default"}},
		", allowHeaders: X-A":              {},
		", allowHeaders: [x-a, 7]":         {},
		`, exposeHeaders: [x-a, "${B}"]`:   {{Effect: report.Wider, Text: "x-a, ${b} are newly readable in responses from `https://a.example.com`"}},
		", exposeHeaders: [x-a, {Ref: B}]": {{Effect: report.Wider, Text: "x-a, {\"ref\":\"b\"} are newly readable in responses from `https://a.example.com`"}},
	} {
		got, err := report.Since(of(""), of(members), transform.HTTP)
		if err != nil {
			t.Fatal(err)
		}
		if d := gocmp.Diff(want, got); d != "" {
			t.Errorf("%q (-want +got):\n%s", members, d)
		}
	}
}
