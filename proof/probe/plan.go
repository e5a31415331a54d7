package probe

import (
	"net/url"
	"strings"

	"github.com/apigw-cors/apigw-cors/proof"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// plan returns a row for each preflight of the requests that a document allows, each once.
func plan(api *gateway.API, o Options) []*Row {
	var rows []*Row
	seen := map[string]bool{}
	for _, p := range proof.Requests(api, o.Origins) {
		r := newRow(p, o.Base)
		if key := r.key(); !seen[key] {
			seen[key] = true
			rows = append(rows, r)
		}
	}
	return rows
}

func newRow(p proof.Planned, base *url.URL) *Row {
	r := &Row{Operation: p.Operation, Request: p.Request, Disallowed: p.Disallowed, Unknown: p.Unknown, Outcome: NotSent}
	r.Preflight, _ = proof.Preflight(p.Request)
	// The verdict is about the address that is requested: a page of the stage's own origin sends
	// no preflight request.
	r.Path = strings.TrimPrefix(p.Request.URL, proof.Host)
	r.Request.URL = strings.TrimSuffix(base.String(), "/") + r.Path
	r.Verdict.Plan = r.Request.Plan()
	r.Asks = r.Verdict.Preflight
	if r.Unknown == nil {
		r.Unknown = r.unasked()
	}
	if r.Unknown != nil {
		r.Outcome, r.Hint = NotComparable, remedy(r.Unknown)
	}
	return r
}

// unasked returns why no browser sends this preflight.
func (r *Row) unasked() *gateway.Unknown {
	at := r.Operation.Pointer
	if err := proof.CheckOrigin(r.Request.Origin); err != nil {
		return &gateway.Unknown{Reason: ReasonNoRequest, Message: "no page calls from an origin that the policy allows: " + err.Error(), Pointer: at}
	}
	if refused := r.Verdict.Refused; refused != nil {
		return &gateway.Unknown{Reason: ReasonNoRequest, Message: "no browser makes this call: " + refused.Reason, Pointer: at}
	}
	return nil
}

// key tells requests apart.
func (r *Row) key() string {
	key := []string{r.Request.URL}
	for _, f := range r.Preflight.Header {
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
