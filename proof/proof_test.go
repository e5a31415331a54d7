package proof_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/proof"
	"github.com/apigw-cors/apigw-cors/proof/fetch"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

const page = "https://app.example.com"

// options is an OPTIONS whose mock answers with headers, which are mappings in YAML, and a
// template.
func options(headers, template string) string {
	return `options: {responses: {'200': {description: ok, headers: {Access-Control-Allow-Origin: {}, Access-Control-Allow-Methods: {}, Access-Control-Allow-Headers: {}}}}, x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: '200', responseParameters: {` + headers + `}, responseTemplates: {application/json: '` + template + `'}}}}}`
}

// put is a method whose response carries an origin.
const put = `put: {responses: {'200': {description: ok, headers: {Access-Control-Allow-Origin: {}}}}, x-amazon-apigateway-integration: {type: http, httpMethod: PUT, responses: {default: {statusCode: '200', responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"}}}}}`

const (
	origin  = `method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"`
	methods = `method.response.header.Access-Control-Allow-Methods: "'PUT,OPTIONS'"`
	headers = `method.response.header.Access-Control-Allow-Headers: "'X-A'"`
)

// Members of the root, behind those of the resource.
const validators = "\nx-amazon-apigateway-request-validators: {v: {validateRequestParameters: true}}"

// policyOf is a resource policy that lets everybody call a method.
func policyOf(method string) string {
	return "\nx-amazon-apigateway-policy: {Statement: [{Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*/" + method + "/*'}]}"
}

// read reads the API of a document with one resource, /a.
func read(t testing.TB, members ...string) *gateway.API {
	t.Helper()
	src := "openapi: 3.0.1\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    " + strings.Join(members, "\n    ") + "\n"
	api, err := gateway.Read([]byte(src), gateway.Options{})
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	return api
}

// TestAsk holds what becomes of requests, and what is said about those that are not allowed.
func TestAsk(t *testing.T) {
	with := func(header ...fetch.Field) fetch.Request {
		return fetch.Request{Origin: page, URL: proof.Host + "/a", Method: "put", Header: header}
	}
	all := origin + ", " + methods + ", " + headers
	for _, tt := range []struct {
		name    string
		members []string
		call    fetch.Request

		outcome    proof.Outcome
		rule       string
		asked      bool // there was a preflight
		made       bool // the call was made
		pointer    string
		remedy     string
		conditions string
	}{
		{name: "allowed", members: []string{options(all, ""), put}, call: with(fetch.Field{Name: "x-a", Value: "1"}), outcome: proof.Allowed, asked: true, made: true},
		{name: "a header that is not listed", members: []string{options(all, ""), put}, call: with(fetch.Field{Name: "X-B", Value: "1"}), outcome: proof.Refused, rule: "header-not-allowed", asked: true, pointer: "method.response.header.Access-Control-Allow-Headers", remedy: "--add-header x-b"},
		{name: "no preflight", members: []string{put}, call: with(), outcome: proof.Refused, rule: "acao-missing", asked: true, remedy: "nothing answers the preflight"},
		{name: "no method", members: []string{options(all, ""), strings.Replace(put, "put", "get", 1)}, call: fetch.Request{Origin: page, URL: proof.Host + "/a", Method: "DELETE"}, outcome: proof.Refused, rule: "method-not-allowed", asked: true, pointer: "Allow-Methods", remedy: "no method that takes DELETE /a"},
		{name: "a stranger", members: []string{options(all, ""), put}, call: fetch.Request{Origin: "https://x.example", URL: proof.Host + "/a", Method: "PUT"}, outcome: proof.Refused, rule: "acao-mismatch", asked: true, pointer: "Allow-Origin", remedy: "--allow-origin https://x.example"},
		{name: "no answer to read", members: []string{options(all, ""), strings.Replace(put, "type: http", "type: http_proxy", 1)}, call: with(), outcome: proof.Unproved, rule: "backend", asked: true, made: true, pointer: "/paths/~1a/put", remedy: "ask the backend itself"},
		{name: "an answer that is the backend's", members: []string{options(all, ""), strings.Replace(put, "'https://app.example.com'", "integration.response.header.O", 1)}, call: with(), outcome: proof.Unproved, rule: "backend", asked: true, made: true, pointer: "Access-Control-Allow-Origin", remedy: "ask the backend itself"},
		{name: "a header of a mock's backend", members: []string{options(all, ""), strings.NewReplacer("type: http", "type: mock, requestTemplates: {application/json: '{\"statusCode\": 200}'}", "'https://app.example.com'", "integration.response.header.O").Replace(put)}, call: with(), outcome: proof.Refused, rule: "acao-missing", asked: true, made: true, pointer: "Access-Control-Allow-Origin", remedy: "let the answer carry"},
		{name: "another header that is the backend's", members: []string{options(all, ""), strings.NewReplacer("Access-Control-Allow-Origin", "X-Id", "'https://app.example.com'", "integration.response.header.X-Id").Replace(put)}, call: with(), outcome: proof.Refused, rule: "acao-missing", asked: true, made: true, pointer: "/paths/~1a/put", remedy: "let the answer carry"},
		{name: "a preflight that the backend answers", members: []string{strings.Replace(put, "type: http", "type: http_proxy", 1), "options: {responses: {}, x-amazon-apigateway-integration: {type: http_proxy, httpMethod: PUT}}"}, call: with(), outcome: proof.Unproved, rule: "backend", asked: true, pointer: "/paths/~1a/options", remedy: "ask the backend itself"},
		{name: "a preflight that lacks what is required", members: []string{strings.Replace(options(all, ""), "options: {", "options: {x-amazon-apigateway-request-validator: v, parameters: [{name: X-T, in: header, required: true, schema: {}}], ", 1), put, validators}, call: with(), outcome: proof.Refused, rule: "acao-missing", asked: true, pointer: "/paths/~1a/options", remedy: "preflights have neither parameters nor a body"},
		{name: "quotes within a list", members: []string{strings.Replace(options(all, ""), "'PUT,OPTIONS'", "'GET','PUT'", 1), put}, call: with(), outcome: proof.Refused, rule: "method-not-allowed", asked: true, pointer: "Allow-Methods", remedy: "take the single quotes within"},
		{name: "a policy that denies the preflight", members: []string{options(all, ""), put, policyOf("PUT")}, call: with(), outcome: proof.Refused, rule: "acao-missing", asked: true, pointer: "x-amazon-apigateway-policy", remedy: "the resource policy lets nobody"},
		{name: "a method in lower case", members: []string{strings.Replace(options(all, ""), "PUT", "PATCH", 1), strings.Replace(put, "put", "patch", 1)}, call: fetch.Request{Origin: page, URL: proof.Host + "/a", Method: "patch"}, outcome: proof.Refused, rule: "method-case", asked: true, pointer: "Allow-Methods", remedy: "write methods in upper case"},
		{name: "a method that nobody sends", members: []string{options(all, ""), put}, call: fetch.Request{Origin: page, URL: proof.Host + "/a", Method: "TRACE"}, outcome: proof.Refused, rule: "forbidden-method", remedy: "use another one"},
		{name: "a broken mock", members: []string{strings.Replace(options(all, ""), `{"statusCode": 200}`, "{}", 1), put}, call: with(), outcome: proof.Refused, rule: "acao-missing", asked: true, remedy: "request template"},
		{name: "another document", members: []string{options(all, ""), "put: {'Fn::If': [a, {}, {}]}"}, call: with(), outcome: proof.Unproved, rule: "intrinsic", asked: true, made: true, pointer: "/paths/~1a/put", remedy: "resolve the intrinsic function"},
		{name: "either spelling", members: []string{options(methods, `#set($o = $input.params().header.get("Origin"))#if(!$o || $o == "")#set($o = $input.params().header.get("origin"))#end#if($o == "`+page+`")#set($context.responseOverride.header.Access-Control-Allow-Origin = $o)#end`), put}, call: with(), outcome: proof.Allowed, asked: true, made: true},
		{name: "either spelling, tested for an empty text", members: []string{options(methods, `#set($o = $input.params().header.get("Origin"))#if($o == "")#set($o = $input.params().header.get("origin"))#end#if($o == "`+page+`")#set($context.responseOverride.header.Access-Control-Allow-Origin = $o)#end`), put}, call: with(), outcome: proof.Refused, rule: "acao-missing", asked: true, remedy: "test it for null", conditions: "over HTTP/2, where the header is origin, if $input.params() gives null for what is missing"},
		{name: "one spelling", members: []string{options(methods, `#set($o = $input.params("origin"))#if($o == "`+page+`")#set($context.responseOverride.header.Access-Control-Allow-Origin = $o)#end`), put}, call: with(), outcome: proof.Refused, rule: "acao-missing", asked: true, conditions: "HTTP/1.1"},
		{name: "the other one", members: []string{options(methods, `#set($o = $input.params("Origin"))#if($o == "`+page+`")#set($context.responseOverride.header.Access-Control-Allow-Origin = $o)#end`), put}, call: with(), outcome: proof.Refused, rule: "acao-missing", asked: true, conditions: "HTTP/2"},
		{name: "the same origin", members: []string{put}, call: fetch.Request{Origin: "https://api.invalid", URL: proof.Host + "/a", Method: "PUT"}, outcome: proof.Allowed, made: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := proof.Ask(context.Background(), read(t, tt.members...), tt.call, nil)
			r := d.Record(func(pointer string) string { return pointer })
			if d.Outcome != tt.outcome || r.Rule != tt.rule || (d.Preflight != nil) != tt.asked || (d.Actual != nil) != tt.made {
				t.Errorf("got %+v", r)
			}
			if !strings.Contains(d.Pointer, tt.pointer) || !strings.Contains(d.Remedy, tt.remedy) || (d.Outcome == proof.Allowed) != (d.Remedy == "") {
				t.Errorf("got the pointer %q and the remedy %q", d.Pointer, d.Remedy)
			}
			if !strings.Contains(d.Condition, tt.conditions) || (d.Condition == "") != (tt.conditions == "") {
				t.Errorf("got the condition %q", d.Condition)
			}
		})
	}
}

// TestAskOfHTTPAPI holds what is said about requests that an authorizer of an HTTP API refuses.
func TestAskOfHTTPAPI(t *testing.T) {
	src := `openapi: 3.0.1
x-amazon-apigateway-cors: {allowOrigins: ['https://app.example.com'], allowMethods: [GET, PUT], allowHeaders: [x-a]}
components: {securitySchemes: {jwt: {type: oauth2, x-amazon-apigateway-authorizer: {type: jwt, identitySource: $request.header.Authorization}}}}
paths:
  /$default:
    x-amazon-apigateway-any-method: {responses: {}, security: [{jwt: []}], x-amazon-apigateway-integration: {type: http_proxy, httpMethod: PUT}}
`
	for _, tt := range []struct {
		kind, method string
		outcome      proof.Outcome
		remedy       string
	}{
		{"jwt", "PUT", proof.Refused, "add an OPTIONS route"},
		{"jwt", "GET", proof.Allowed, ""}, // the script can read that it is refused
		{"request", "PUT", proof.Refused, "add an OPTIONS route"},
		{"request", "GET", proof.Refused, "pages can read the 401 of a JWT authorizer"},
	} {
		api, err := gateway.Read([]byte(strings.Replace(src, "type: jwt", "type: "+tt.kind, 1)), gateway.Options{APIType: gateway.HTTP})
		if err != nil {
			t.Fatal(err)
		}
		d := proof.Ask(context.Background(), api, fetch.Request{Origin: page, URL: proof.Host + "/a", Method: tt.method}, nil)
		if d.Outcome != tt.outcome || !strings.Contains(d.Remedy, tt.remedy) || (tt.remedy == "") != (d.Remedy == "") {
			t.Errorf("%s %s: %s, %q", tt.kind, tt.method, d.Outcome, d.Remedy)
		}
	}
}

// TestAskNamesHeadersThatAPreflightIsRefusedFor holds what is said where the console speaks of a
// missing Access-Control-Allow-Origin, and a header that is not listed is the reason.
func TestAskNamesHeadersThatAPreflightIsRefusedFor(t *testing.T) {
	src := `openapi: 3.0.1
x-amazon-apigateway-cors: {allowOrigins: ['https://app.example.com'], allowMethods: [GET, PUT], allowHeaders: [x-a]}
paths:
  /a:
    put: {responses: {}, x-amazon-apigateway-integration: {type: http_proxy, httpMethod: PUT}}
`
	api, err := gateway.Read([]byte(src), gateway.Options{APIType: gateway.HTTP})
	if err != nil {
		t.Fatal(err)
	}
	d := proof.Ask(context.Background(), api, fetch.Request{Origin: page, URL: proof.Host + "/a", Method: "PUT", Header: []fetch.Field{{Name: "X-A", Value: "1"}, {Name: "X-B", Value: "1"}}}, nil)
	if d.Outcome != proof.Refused || !strings.HasSuffix(d.Remedy, "apigw-cors enable --add-header x-b") {
		t.Errorf("%s, %q", d.Outcome, d.Remedy)
	}
}

// TestAskSendsPaths holds what is asked for, whatever stands in a path. Of a query, only
// parameters matter.
func TestAskSendsPaths(t *testing.T) {
	api := read(t, put)
	for written, want := range map[string]string{"": "/", "/a?b=c": "/a?b=c", "/%zz?a=%zz&b=c": "/%zz?b=c", "//a": "//a", "/\u00e4": "/%C3%A4", "/a%2Fb": "/a%2Fb"} {
		d := proof.Ask(context.Background(), api, fetch.Request{Origin: page, URL: proof.Host + written, Method: "PUT"}, nil)
		if got := d.Preflight.Request.Target(); got != want {
			t.Errorf("%q: got %q, want %q", written, got, want)
		}
	}
}

// TestAll holds which requests are tried, and what should become of each.
func TestAll(t *testing.T) {
	api := read(t, `x-amazon-apigateway-cors: {allowOrigins: [`+page+`, 'https://*.example.org'], allowMethods: [PUT]}`, options(origin+", "+methods, ""), put, strings.Replace(put, "put", "get", 1))
	var got []string
	for c := range proof.All(context.Background(), api, nil, nil) {
		got = append(got, fmt.Sprintf("%s %s %s fails: %v", c.Operation.Method, c.Request.Origin, c.Outcome, c.Fails()))
	}
	want := []string{ // GET is none of the policy's methods, and the mock knows one origin
		"PUT " + page + " allowed fails: false", "PUT https://any.example.org refused fails: true",
	}
	if diff := cmp.Diff(want, got[:2]); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for _, disallowed := range []string{ // by each mistake that a comparison can make
		"https://stranger.invalid", "null", page + ".stranger.invalid", "https://evilapp.example.com", "https://a.app.example.com", "http://app.example.com", page + ":8443",
		"https://appxexample.com", "https://app.examplexcom", "https://any.example.org.stranger.invalid", "https://a.any.example.org", "https://anyxexample.org", "http://any.example.org",
	} {
		if !slices.Contains(got, "PUT "+disallowed+" refused fails: false") {
			t.Errorf("%s was not tried: %q", disallowed, got)
		}
	}
	if slices.Contains(got, "PUT https://evilany.example.org refused fails: false") {
		t.Error("an origin that the policy allows is treated as disallowed")
	}
	cases := slices.Collect(proof.All(context.Background(), read(t, put), nil, nil))
	if len(cases) != 1 || cases[0].Unknown == nil || cases[0].Unknown.Reason != gateway.ReasonNoPolicy {
		t.Errorf("without a policy: got %v", cases)
	}
	cases = slices.Collect(proof.All(context.Background(), read(t, strings.Replace(put, "put", "get", 1)), []string{page}, nil))
	if len(cases) != 1 || cases[0].Fails() {
		t.Errorf("with an origin that is given: got %v", cases)
	}
}

// TestDisallowedOriginWithATemplate holds that a disallowed origin that a template allows, if only
// in one spelling, is one that is allowed.
func TestDisallowedOriginWithATemplate(t *testing.T) {
	api := read(t, `x-amazon-apigateway-cors: {allowOrigins: [`+page+`]}`, options(methods, `#set($context.responseOverride.header.Access-Control-Allow-Origin = $input.params("origin"))`),
		strings.Replace(put, `"'https://app.example.com'"`, `"'https://stranger.invalid'"`, 1))
	for c := range proof.All(context.Background(), api, nil, nil) {
		if c.Request.Origin == "https://stranger.invalid" && !c.Fails() {
			t.Errorf("got %s %s", c.Outcome, c.Condition)
		}
	}
}

// TestFailsAtRunTime holds that a request to which API Gateway itself responds with an error is
// not proved, whether or not a page can read the error.
func TestFailsAtRunTime(t *testing.T) {
	const policy = `x-amazon-apigateway-cors: {allowOrigins: [` + page + `], allowMethods: [PUT]}`
	const readable = "\nx-amazon-apigateway-gateway-responses: {DEFAULT_4XX: {responseParameters: {gatewayresponse.header.Access-Control-Allow-Origin: \"'" + page + "'\"}}, DEFAULT_5XX: {responseParameters: {gatewayresponse.header.Access-Control-Allow-Origin: \"'" + page + "'\"}}}"
	all := origin + ", " + methods + ", " + headers
	put := func(integration string) string {
		return `put: {requestBody: {content: {application/json: {}}}, responses: {'200': {description: ok}}, x-amazon-apigateway-integration: ` + integration + `}`
	}
	for name, tt := range map[string]struct {
		members []string
		cause   string
		remedy  string
	}{
		"a mock without a template":             {[]string{put(`{type: mock, responses: {default: {statusCode: '200'}}}`)}, "mock-without-status", "statusCode"},
		"a mock whose template gives no status": {[]string{put(`{type: mock, requestTemplates: {application/json: '{statusCode: 200};'}, responses: {default: {statusCode: '200'}}}`)}, "mock-without-status", "statusCode"},
		"no integration responses":              {[]string{put(`{type: http, httpMethod: PUT, uri: 'https://b.example.com', responses: {}}`)}, "selection-missing", `"default"`},
		"no pattern matches":                    {[]string{put(`{type: http, httpMethod: PUT, uri: 'https://b.example.com', responses: {'4..': {statusCode: '200'}}}`)}, "selection-missing", `"default"`},
		"a media type without a template":       {[]string{put(`{type: mock, passthroughBehavior: never, requestTemplates: {text/plain: '{"statusCode": 200}'}, responses: {default: {statusCode: '200'}}}`)}, "", ""}, // text/plain is sent then
		"a resource policy":                     {[]string{put(`{type: http_proxy, httpMethod: PUT, uri: 'https://b.example.com'}`), policyOf("OPTIONS")}, "resource-policy-denies", "resource policy"},
	} {
		for _, isReadable := range []bool{true, false} {
			members := append([]string{policy, strings.Replace(options(all, ""), "'X-A'", "'content-type'", 1)}, tt.members...)
			if isReadable {
				members = append(members, readable)
			}
			checkFailsAtRunTime(t, fmt.Sprintf("%s, readable: %v", name, isReadable), read(t, members...), tt.cause, tt.remedy)
		}
	}
}

func checkFailsAtRunTime(t *testing.T, name string, api *gateway.API, cause, remedy string) {
	t.Helper()
	tried := 0
	for c := range proof.All(context.Background(), api, nil, nil) {
		if c.Disallowed {
			continue
		}
		tried++
		var summary bytes.Buffer
		c.WriteSummary(&summary, func(pointer string) string { return pointer })
		fails := c.Result() == proof.ResultFailsAtRunTime
		if fails != (cause != "") || fails && (!c.Fails() || !strings.Contains(c.Failure(), "("+cause+")") || !strings.Contains(c.Remedy, remedy) || !strings.HasPrefix(summary.String(), "fails at run time: PUT /a")) {
			t.Errorf("%s: got %s, %q, remedy %q\n%s", name, c.Result(), c.Failure(), c.Remedy, &summary)
		}
	}
	if tried == 0 {
		t.Errorf("%s: nothing was tried", name)
	}
}

// TestDeniedVariableIsUnproved holds that a resource policy which denies the path that was tried
// says nothing of the other paths of its resource.
func TestDeniedVariableIsUnproved(t *testing.T) {
	const policy = `x-amazon-apigateway-cors: {allowOrigins: [` + page + `], allowMethods: [PUT]}`
	for path, want := range map[string]proof.Result{"/a": proof.ResultFailsAtRunTime, "/{a}": proof.ResultUnproved} {
		src := "openapi: 3.0.1\npaths:\n  " + path + ":\n    " + strings.Join([]string{policy, options(origin+", "+methods, ""), put, policyOf("OPTIONS")}, "\n    ") +
			"\nx-amazon-apigateway-gateway-responses: {DEFAULT_4XX: {responseParameters: {gatewayresponse.header.Access-Control-Allow-Origin: \"'" + page + "'\"}}}\n"
		api, err := gateway.Read([]byte(src), gateway.Options{})
		if err != nil {
			t.Fatalf("%v\n%s", err, src)
		}
		for c := range proof.All(context.Background(), api, nil, nil) {
			if !c.Disallowed && c.Result() != want {
				t.Errorf("%s: got %s by %+v", path, c.Result(), c.Unknown)
			}
		}
	}
}

// TestCheckOrigin holds what is no origin of a page.
func TestCheckOrigin(t *testing.T) {
	for origin, ok := range map[string]bool{
		"null": true, page: true, "http://localhost:3000": true, "https://[::1]:8443": true, "app://x": true,
		"": false, "*": false, "app.example.com": false, page + "/": false, page + "/a": false, "https://App.example.com": false, "https://*.example.com": false,
		"https://app.example.com:443": false, "http://a:80": false, "https://u@a.example": false, page + "?q": false, "https://a b": false,
	} {
		if err := proof.CheckOrigin(origin); (err == nil) != ok {
			t.Errorf("%q: got %v", origin, err)
		}
	}
}

// TestCheckPath holds what browsers do not send as a path.
func TestCheckPath(t *testing.T) {
	for path, ok := range map[string]bool{
		"/": true, "/pets/7?next=/../x": true, "/a%20b": true, "/.well-known": true,
		"": false, "pets": false, "/a b": false, "/a#b": false, "/a/../b": false, "/./a": false, "/a\\b": false, "/a\n": false, "/%zz": true,
	} {
		if err := proof.CheckPath(path); (err == nil) != ok {
			t.Errorf("%q: got %v", path, err)
		}
	}
}

// TestPrintable holds that nothing of a document moves the cursor of a terminal.
func TestPrintable(t *testing.T) {
	api := read(t, options(strings.Replace(origin, "app", "\\u001b[2J", 1), ""), put)
	d := proof.Ask(context.Background(), api, fetch.Request{Origin: page, URL: proof.Host + "/a", Method: "PUT"}, nil)
	var text bytes.Buffer
	d.WriteText(&text, func(string) string { return "" })
	if strings.ContainsAny(text.String(), "\x1b\r") {
		t.Errorf("got %q", text.String())
	}
	if _, err := json.Marshal(d.Record(func(string) string { return "" })); err != nil {
		t.Error(err)
	}
}

// BenchmarkAll proves an API of as many resources as an API can have.
func BenchmarkAll(b *testing.B) {
	var src strings.Builder
	src.WriteString("openapi: 3.0.1\ninfo: {title: t, version: '1'}\npaths:\n")
	for i := range 300 {
		fmt.Fprintf(&src, "  /r%d:\n    x-amazon-apigateway-cors: {allowOrigins: [%s]}\n    %s\n    %s\n", i, page, options(origin+", "+methods, ""), put)
	}
	b.ReportAllocs()
	for b.Loop() {
		api, err := gateway.Read([]byte(src.String()), gateway.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if n := len(slices.Collect(proof.All(context.Background(), api, nil, nil))); n != 300*10 {
			b.Fatalf("%d calls", n)
		}
	}
}
