package cmd_test

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/cmd"
	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/internal/documents"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/report"
)

// TestReportsVerdictIsTheProvers holds for each method that what the report says of its preflight
// requests is what the prover answers them, which reads the document by itself: which resource
// handles them, what responds, whether that is a refusal, and the status.
func TestReportsVerdictIsTheProvers(t *testing.T) {
	const largest = 1 << 20
	c := verdictCount{by: map[report.Handler]int{}}
	real := 0 // documents
	for _, doc := range documents.Read(t, largest) {
		if doc.Real {
			real++
		}
		for _, kind := range []transform.APIType{transform.REST, transform.HTTP} {
			c.read(t, doc.Name(), doc.Src, kind)
			c.read(t, doc.Name()+" as enabled", enabledAs(doc.Src, kind), kind)
		}
	}
	t.Logf("verdicts that are the prover's, by what responds: %v; the report cannot tell of %d methods, the prover of %d", c.by, c.unknown, c.unproved)
	t.Logf("methods that work as both say: %d, that fail: %d; lists of headers that agree: %d", c.works, c.fails, c.headers)
	if c.works == 0 || c.fails == 0 && !testing.Short() {
		t.Error("too few methods were compared")
	}
	part := 6 // of the verdicts, which may be open: the project's own documents are about what is odd
	if real > 100 {
		part = 20
	}
	if open, all := c.unknown+c.unproved, c.verdicts(); part*open > all {
		t.Errorf("of %d verdicts %d are open", all+open, open)
	}
	for _, by := range []report.Handler{report.ByMock, report.ByBackend, report.ByNothing} {
		if c.by[by] == 0 {
			t.Errorf("no verdict is about %s", by)
		}
	}
}

// askingOrigin is the origin of the pages that send the requests.
const askingOrigin = "https://app.example.com"

// verdictCount counts what came of the comparison.
type verdictCount struct {
	by                map[report.Handler]int
	unknown, unproved int
	works, fails      int
	headers           int // lists of headers
}

// verdicts is the number of verdicts that agree.
func (c *verdictCount) verdicts() (all int) {
	for _, n := range c.by {
		all += n
	}
	return all + c.works + c.fails
}

// enabledAs is what enable writes for a document; nothing where it writes nothing.
func enabledAs(src []byte, kind transform.APIType) []byte {
	var out bytes.Buffer
	cmd.Run([]string{"enable", "--api", string(kind), "--allow-origin", "https://app.example.com", "--allow-origin", "https://admin.example.com", "-"},
		cmd.Streams{In: bytes.NewReader(src), Out: &out, Err: io.Discard})
	return out.Bytes()
}

// read compares what the report and the prover tell of a document, if it can be imported.
func (c *verdictCount) read(t *testing.T, name string, src []byte, kind transform.APIType) {
	t.Helper()
	d, err := transform.Parse(name, src)
	if err != nil {
		return
	}
	api, err := gateway.Read(src, gateway.Options{APIType: gateway.APIType(kind)})
	said, errOfReport := report.Read(d, kind)
	if err == nil && errOfReport == nil && api.Refused() == nil {
		c.compare(t, name, said, api)
		c.compareMethods(t, name, said, api)
	}
}

func (c *verdictCount) compare(t *testing.T, name string, said *report.API, api *gateway.API) {
	t.Helper()
	preflights := map[string]report.Preflight{}
	for _, r := range said.Resources {
		preflights[r.Path] = r.Preflight
	}
	for _, o := range api.Operations() {
		path := trimmed(o.Resource)
		p := preflights[path]
		answer := api.Respond(t.Context(), gateway.Request{Method: "OPTIONS", Path: o.Path, Query: o.Query, Header: []gateway.Field{
			{Name: "Accept", Value: "*/*"}, {Name: "Access-Control-Request-Method", Value: o.Method}, {Name: "Origin", Value: askingOrigin},
		}}, nil)
		id := fmt.Sprintf("%s %s: %s %s", name, said.APIType, o.Method, o.Resource)
		switch want := verdictOf(answer); {
		case p.Unknown != "" || p.By == report.Unreadable:
			c.unknown++
		case answer.Unknown != nil:
			c.unproved++
		case want != reported(path, p):
			t.Errorf("%s: the report says %+v (%s), the prover %+v", id, reported(path, p), p.Refused, want)
		default:
			c.by[p.By]++
			if p.By == report.ByMock && p.Refused == "" {
				c.compareHeaders(t, id, p.Headers, answer.Header)
			}
		}
	}
}

// compareHeaders compares the CORS headers that the report says with those that are sent.
func (c *verdictCount) compareHeaders(t *testing.T, id string, said []report.Header, sent []gateway.Field) {
	t.Helper()
	want, got := map[string]string{}, map[string]string{}
	for _, f := range sent {
		if name := strings.ToLower(f.Name); name == "vary" || strings.HasPrefix(name, "access-control-") {
			want[name] = f.Value
		}
	}
	for _, h := range said {
		name := strings.ToLower(h.Name)
		switch one, isComputed := strings.CutPrefix(h.Value, "the caller's origin if that is "); {
		case isComputed && slices.Contains(strings.Fields(strings.ReplaceAll(one, ",", " ")), askingOrigin):
			got[name] = askingOrigin
		case isComputed:
		case computed.MatchString(h.Value):
			got[name] = want[name]
		default:
			got[name] = h.Value
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s: CORS headers (-the prover +the report):\n%s", id, d)
	}
	c.headers++
}

// compareMethods compares whether API Gateway responds to the requests of a method with an error of
// its own because of the integration, whatever is in them.
func (c *verdictCount) compareMethods(t *testing.T, name string, said *report.API, api *gateway.API) {
	t.Helper()
	methods := map[string]report.Method{}
	for _, r := range said.Resources {
		for _, m := range r.Methods {
			methods[m.Name+" "+r.Path] = m
		}
	}
	for _, o := range api.Operations() {
		m, ok := methods[o.Method+" "+trimmed(o.Resource)]
		if !ok {
			m = methods["ANY "+trimmed(o.Resource)]
		}
		if m.By != report.ByMock && m.By != report.ByBackend || o.Unknown != nil {
			continue
		}
		answer := api.Respond(t.Context(), requestOf(o), nil)
		failure := ""
		if answer.Error != nil && slices.Contains(ofIntegration, answer.Error.Type) {
			failure = fmt.Sprintf("API Gateway responds with %d", answer.Status)
		}
		switch reported, _, _ := strings.Cut(m.Fails, ":"); {
		case m.Unknown != "":
			c.unknown++
		case m.Fails == "" && answer.Unknown != nil && slices.Contains(ofRequest, answer.Unknown.Reason):
			c.unproved++
		case reported != failure:
			t.Errorf("%s: %s %s: the report says %q, the prover %q (%v)", name, o.Method, o.Resource, m.Fails, failure, answer.Unknown)
		case failure == "":
			c.works++
			c.compareResponses(t, fmt.Sprintf("%s: %s %s", name, o.Method, o.Resource), m.Responses, answer)
		default:
			c.fails++
		}
	}
}

// compareResponses compares the headers of a response that a method has with what the report says of
// those of its status.
func (c *verdictCount) compareResponses(t *testing.T, id string, said []report.Response, answer gateway.Response) {
	t.Helper()
	said = slices.DeleteFunc(slices.Clone(said), func(r report.Response) bool { return r.Status != strconv.Itoa(answer.Status) })
	if answer.Unknown == nil && answer.Error == nil && len(said) == 1 {
		c.compareHeaders(t, id, said[0].Headers, answer.Header)
	}
}

// computed is the value of a header that the report leaves to the moment of the request.
var computed = regexp.MustCompile(`^(?:what a template chooses|(?:integration|context|stageVariables|method)\..*)$`)

// ofIntegration are the errors of API Gateway that an integration causes.
var ofIntegration = []extensions.GatewayResponseType{extensions.APIConfigurationError, extensions.UnsupportedMediaType, extensions.IntegrationFailure}

// ofRequest are the reasons why the prover cannot tell that lie in what a request or a deployment
// brings along, of which the report says nothing.
var ofRequest = []gateway.Reason{gateway.ReasonTemplate, gateway.ReasonStageVariable}

// requestOf is a request of an operation as it wants to be requested.
func requestOf(o gateway.Operation) gateway.Request {
	r := gateway.Request{Method: o.Method, Path: o.Path, Query: o.Query, Header: append([]gateway.Field{{Name: "Origin", Value: askingOrigin}}, o.Header...)}
	if o.Type != "" {
		r.Header, r.Body = append(r.Header, gateway.Field{Name: "Content-Type", Value: o.Type}), "{}"
	}
	return r
}

// verdict is what is told of a preflight request.
type verdict struct {
	resource string // that handles it
	by       report.Handler
	refused  bool // whatever the headers say
	status   int  // of a response that API Gateway makes
}

// reported is the verdict of a report. What a backend responds with it does not say.
func reported(path string, p report.Preflight) verdict {
	v := verdict{resource: path, by: p.By, refused: p.Refused != ""}
	if p.Resource != "" {
		v.resource = p.Resource
	}
	_, _ = fmt.Sscan(p.Status, &v.status) // empty where it is not told
	switch p.By {
	case report.ByNothing:
		v.resource, v.refused = "", true
	case report.ByConfiguration:
		v.resource = ""
	}
	return v
}

// verdictOf is the verdict of the prover, from the behaviours that it applied.
func verdictOf(a gateway.Response) verdict {
	v := verdict{by: report.ByMock, refused: a.Status < 200 || a.Status > 299, status: a.Status}
	for _, s := range a.Steps {
		switch id := s.Behaviour.ID; {
		case id == "route", id == "http-route":
			v.resource = resourceOf(s.Pointer)
		case id == "route-missing", id == "http-route-missing":
			v.by, v.status = report.ByNothing, 0
		case id == "http-preflight":
			v.by, v.status = report.ByConfiguration, 0
		case id == "proxy":
			v.by, v.status = report.ByBackend, 0
		case slices.Contains([]string{"authorizer", "http-authorizer", "authorizer-denies", "iam", "api-key"}, id):
			v.by, v.status = report.ByAuthorizer, 0
		}
	}
	return v
}

// resourceOf is the path of the resource that a pointer to a method leads through.
func resourceOf(pointer string) string {
	keys := strings.Split(pointer, "/")
	return trimmed(strings.NewReplacer("~1", "/", "~0", "~").Replace(keys[2]))
}

// trimmed is the path of a resource: /x and /x/ are one.
func trimmed(path string) string {
	if path == extensions.DefaultRoutePath || strings.Trim(path, "/") != "" {
		return strings.TrimRight(path, "/")
	}
	return "/"
}
