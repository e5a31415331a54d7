// Package proof computes whether a browser's request to an API would succeed, from the OpenAPI
// document alone: the two sides are packages fetch, the browser, and gateway, API Gateway.
//
// [Ask] is about one request, [All] about all that a policy allows, and about requests of
// disallowed origins. A request is proved only if it succeeds with a response of its own method,
// whatever the document leaves open; what the document does not determine is unproved, with the
// reason. Outside of the proof is what looks the same to a script and is not CORS: mixed content,
// the Content Security Policy of the page, certificates, name servers, and Local Network Access,
// which private APIs meet.
package proof

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/proof/fetch"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// An Outcome is what becomes of a request.
type Outcome string

const (
	Allowed  Outcome = "allowed"
	Refused  Outcome = "refused"
	Unproved Outcome = "unproved" // the document does not determine it
)

// Exchange is a request and its response.
type Exchange struct {
	Request  gateway.Request
	Response gateway.Response
}

// Dialogue is a request of a page and what led to its outcome.
type Dialogue struct {
	Request   fetch.Request
	Preflight *Exchange // nil: the browser sends none
	Actual    *Exchange // nil: the request is not made
	Outcome   Outcome
	Verdict   fetch.Verdict
	Unknown   *gateway.Unknown // of a request that is unproved
	Condition string           // under which this is so; empty: always

	Pointer string // a JSON Pointer to the place in the document that decided; empty: none did
	Remedy  string // what to do about a request that is not allowed
}

// A condition is something that a document does not define and that templates can notice.
type condition struct {
	lowerCase      bool // headers are spelled in lower case
	missingIsEmpty bool // of parameters, as templates see them
}

// conditions differ in what a bit of their index says: the first one in lowerCase, the second one
// in missingIsEmpty.
var conditions = []condition{{}, {lowerCase: true}, {missingIsEmpty: true}, {lowerCase: true, missingIsEmpty: true}}

// underWhich says under which conditions an outcome is that of the condition i, of all of them.
func underWhich(i int, outcomes []Outcome) string {
	under := conditions[i]
	byProtocol, byMissing := outcomes[i^1] != outcomes[i], outcomes[i^2] != outcomes[i]
	var parts []string
	switch {
	case !byProtocol && byMissing:
	case under.lowerCase:
		parts = append(parts, "over HTTP/2, where the header is origin")
	default:
		parts = append(parts, "over HTTP/1.1, where the header is Origin")
	}
	switch {
	case byProtocol && !byMissing:
	case under.missingIsEmpty:
		parts = append(parts, "if $input.params() gives an empty text for what is missing")
	default:
		parts = append(parts, "if $input.params() gives null for what is missing")
	}
	return strings.Join(parts, ", ")
}

// Ask returns what becomes of a request, with the backend that is given or, where there is none,
// the API's stub. A request is allowed only if it is under all conditions that the document leaves
// open: HTTP/1.1 or HTTP/2, and what templates get for a missing parameter.
func Ask(ctx context.Context, api *gateway.API, request fetch.Request, backend gateway.Backend) Dialogue {
	return ask(ctx, api, request, backend, worstFirst)
}

// failing is what becomes of a request to which API Gateway itself responds with an error that
// the page can read. Its outcome is Allowed.
const failing Outcome = "failing"

var worstFirst = []Outcome{Refused, failing, Unproved, Allowed}

// became is the outcome of a dialogue, and failing apart from others that are allowed.
func (d Dialogue) became() Outcome {
	if d.Outcome == Allowed && d.failure() != nil {
		return failing
	}
	return d.Outcome
}

// failure is the error with which API Gateway itself responds to the request; nil: there is none.
func (d Dialogue) failure() *gateway.Error {
	if d.Actual == nil {
		return nil
	}
	return d.Actual.Response.Error
}

// ask returns the dialogue of the condition whose outcome comes first.
func ask(ctx context.Context, api *gateway.API, request fetch.Request, backend gateway.Backend, order []Outcome) Dialogue {
	first := once(ctx, api, request, backend, conditions[0])
	if !first.looksAtRequest() {
		return first
	}
	at, outcomes := 0, []Outcome{first.became()}
	for i, under := range conditions[1:] {
		d := once(ctx, api, request, backend, under)
		outcomes = append(outcomes, d.became())
		if slices.Index(order, d.became()) < slices.Index(order, first.became()) {
			first, at = d, i+1
		}
	}
	if len(slices.Compact(slices.Clone(outcomes))) > 1 {
		first.Condition = underWhich(at, outcomes)
	}
	if first.Condition != "" && first.Outcome == Refused {
		first.Remedy = "let the template read the header as Origin and as origin, and test it for null and for an empty text: what apigw-cors enable writes does"
		if first.last().applied(gateway.BehaviourGatewayResponse) { // which renders none
			first.Remedy = "let the gateway response send a fixed value: it finds the header in one spelling only"
		}
	}
	return first
}

// last is the exchange that decided; nil: nothing was asked.
func (d Dialogue) last() *Exchange { return cmp.Or(d.Actual, d.Preflight) }

// looksAtRequest reports whether a response depends on how a request is spelled.
func (d Dialogue) looksAtRequest() bool {
	for _, e := range []*Exchange{d.Preflight, d.Actual} {
		if e != nil && e.Response.Varies {
			return true
		}
	}
	return false
}

// once holds a dialogue under one condition.
func once(ctx context.Context, api *gateway.API, request fetch.Request, backend gateway.Backend, under condition) Dialogue {
	plan := request.Plan()
	d := Dialogue{Request: request, Outcome: Refused, Verdict: fetch.Verdict{Plan: plan}}
	if r := plan.Refused; r != nil {
		d.Verdict.Stage, d.Verdict.Rule, d.Verdict.Reason, d.Remedy = fetch.StageRequest, r.Rule, r.Reason, remedies[r.Rule]
		return d
	}
	if u := api.Refused(); u != nil { // nothing of it is there to be requested
		d.unproved(u)
		return d
	}
	path, query := split(request.URL)
	base := gateway.Request{Path: path, Query: query, MissingIsEmpty: under.missingIsEmpty}
	var preflight fetch.Response
	if plan.Preflight {
		d.Preflight = exchange(ctx, api, asPreflight(base, request, plan), backend, under)
		if d.isUnknown(d.Preflight) {
			return d
		}
		preflight = d.Preflight.asFetch()
		if v := fetch.CheckPreflight(request, preflight); !v.Allowed {
			d.Verdict = v
			d.refuse(api, d.Preflight)
			return d
		}
	}
	d.Actual = exchange(ctx, api, asActual(base, request, plan), backend, under)
	if d.isUnknown(d.Actual) {
		return d
	}
	d.Verdict = fetch.Check(request, preflight, d.Actual.asFetch())
	if d.Verdict.Allowed {
		d.Outcome = Allowed
		return d
	}
	d.refuse(api, d.Actual)
	return d
}

// refuse ends a dialogue by a response that the browser does not accept, unless the backend could
// make another one of it.
func (d *Dialogue) refuse(api *gateway.API, e *Exchange) {
	for _, o := range e.Response.Open {
		if o.Header == "" || strings.EqualFold(o.Header, d.Verdict.Rule.Header()) {
			d.unproved(o.Why)
			return
		}
	}
	d.explain(api, e)
}

// isUnknown ends a dialogue in which a response is not known.
func (d *Dialogue) isUnknown(e *Exchange) bool {
	if u := e.Response.Unknown; u != nil {
		d.unproved(u)
	}
	return e.Response.Unknown != nil
}

func (d *Dialogue) unproved(u *gateway.Unknown) {
	d.Outcome, d.Unknown, d.Pointer, d.Remedy = Unproved, u, u.Pointer, Remedy(u)
}

func exchange(ctx context.Context, api *gateway.API, r gateway.Request, backend gateway.Backend, under condition) *Exchange {
	if under.lowerCase {
		r = InLowerCase(r)
	}
	return &Exchange{r, api.Respond(ctx, r, backend)}
}

func (e *Exchange) asFetch() fetch.Response {
	r := fetch.Response{Status: e.Response.Status}
	for _, f := range e.Response.Header {
		r.Header = append(r.Header, fetch.Field(f))
	}
	return r
}

// Preflight returns the preflight request that a browser sends before a request. Whether it sends
// one is in the plan, [fetch.Plan.Preflight]; where it does not, the preflight request is the one
// that it would send.
func Preflight(request fetch.Request) (preflight gateway.Request, plan fetch.Plan) {
	plan = request.Plan()
	path, query := split(request.URL)
	return asPreflight(gateway.Request{Path: path, Query: query}, request, plan), plan
}

// InLowerCase is a request as it is spelled over HTTP/2.
func InLowerCase(r gateway.Request) gateway.Request {
	header := make([]gateway.Field, len(r.Header))
	for i, f := range r.Header {
		header[i] = gateway.Field{Name: strings.ToLower(f.Name), Value: f.Value}
	}
	r.Header = header
	return r
}

// asPreflight is the preflight request (Fetch standard, CORS-preflight fetch).
func asPreflight(r gateway.Request, request fetch.Request, plan fetch.Plan) gateway.Request {
	r.Method = "OPTIONS"
	r.Header = []gateway.Field{{Name: "Accept", Value: "*/*"}, {Name: "Access-Control-Request-Method", Value: plan.Method}}
	if plan.PreflightHeaders != nil {
		r.Header = append(r.Header, gateway.Field{Name: "Access-Control-Request-Headers", Value: strings.Join(plan.PreflightHeaders, ",")})
	}
	r.Header = append(r.Header, gateway.Field{Name: "Origin", Value: request.Origin})
	return r
}

// asActual is the request itself.
func asActual(r gateway.Request, request fetch.Request, plan fetch.Plan) gateway.Request {
	r.Method = plan.Method
	accept := false
	for _, f := range plan.Header {
		accept = accept || strings.EqualFold(f.Name, "Accept")
		r.Header = append(r.Header, gateway.Field(f))
	}
	if !accept {
		r.Header = append(r.Header, gateway.Field{Name: "Accept", Value: "*/*"})
	}
	r.Header = append(r.Header, gateway.Field{Name: "Origin", Value: request.Origin})
	if request.Body != nil {
		r.Body, r.BodyHolds = *request.Body, true
	}
	return r
}

// split returns the path of a URL, as it is sent, and the parameters of its query.
func split(text string) (path string, query []gateway.Field) {
	_, rest, _ := strings.Cut(text, "://")
	rest, _, _ = strings.Cut(rest, "#")
	rest, raw, _ := strings.Cut(rest, "?")
	values, _ := url.ParseQuery(raw) // what cannot be read is no parameter
	_, path, _ = strings.Cut(rest, "/")
	path = "/" + path
	if u, err := url.ParseRequestURI(path); err == nil {
		path = u.EscapedPath()
	}
	return path, gateway.QueryFields(values)
}
