package probe

import (
	"net/url"
	"strings"

	"github.com/apigw-cors/apigw-cors/proof"
	"github.com/apigw-cors/apigw-cors/proof/fetch"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// plan returns a row for each preflight of the calls that a document allows, each once.
func plan(api *gateway.API, o Options) []*Row {
	var rows []*Row
	seen := map[string]bool{}
	for _, p := range proof.Calls(api, o.Origins) {
		r := newRow(p, o.Base)
		if key := r.key(); !seen[key] {
			seen[key] = true
			rows = append(rows, r)
		}
	}
	return rows
}

func newRow(p proof.Planned, base *url.URL) *Row {
	r := &Row{Operation: p.Operation, Call: p.Call, Stranger: p.Stranger, Unknown: p.Unknown, Outcome: NotSent}
	r.Request, _ = proof.Preflight(p.Call)
	// The verdict is about the address that is called: a page of the stage's own origin does
	// not ask.
	r.Call.URL = strings.TrimSuffix(base.String(), "/") + strings.TrimPrefix(p.Call.URL, proof.Host)
	r.Verdict = fetch.Check(r.Call, fetch.Response{}, fetch.Response{})
	r.Asks = r.Verdict.Preflight
	switch {
	case p.Unknown != nil:
		r.Outcome = NotComparable
	case r.Verdict.Stage == fetch.StageRequest:
		r.Outcome = NotComparable
		r.Unknown = &gateway.Unknown{Reason: ReasonNoRequest, Message: "no browser makes this call: " + r.Verdict.Reason, Pointer: p.Operation.Pointer}
	}
	return r
}

// key tells requests apart.
func (r *Row) key() string {
	key := []string{r.Call.URL}
	for _, f := range r.Request.Header {
		key = append(key, f.Name, f.Value)
	}
	return strings.Join(key, "\n")
}

// count counts the rows whose preflights are to be sent.
func count(rows []*Row) int {
	n := 0
	for _, r := range rows {
		if r.Outcome == NotSent {
			n++
		}
	}
	return n
}
