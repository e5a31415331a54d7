package proof

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/proof/fetch"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// A Case is one request that was tried, and whether its outcome is the one that the policy of its
// resource asks for.
type Case struct {
	Dialogue
	Operation  gateway.Operation
	Disallowed bool // the page is of an origin that the policy does not allow
}

// A Result is what a case shows of the policy of its resource.
type Result string

const (
	ResultProved         Result = "proved"            // a request of an allowed origin succeeds with a response of its method, or one of a disallowed origin is refused
	ResultFailsAtRunTime Result = "fails-at-run-time" // API Gateway itself responds with an error to a request of an allowed origin
	ResultRefused        Result = "refused"           // the browser refuses a request of an allowed origin
	ResultNotRefused     Result = "not-refused"       // a page of a disallowed origin can read the response
	ResultUnproved       Result = "unproved"          // the document does not determine it
)

// Result returns what the case shows. That a page can read an error of API Gateway itself, since a
// gateway response has CORS headers, does not make its request succeed.
func (c Case) Result() Result {
	switch {
	case c.Unknown != nil && c.Unknown.Reason == gateway.ReasonResourcePolicy: // other paths may not fail
		return ResultUnproved
	case !c.Disallowed && c.failure() != nil:
		return ResultFailsAtRunTime
	case c.Outcome == Unproved:
		return ResultUnproved
	case c.Disallowed && c.Outcome == Allowed:
		return ResultNotRefused
	case !c.Disallowed && c.Outcome == Refused:
		return ResultRefused
	}
	return ResultProved
}

// Fails reports whether the document does not keep the policy: a request that it allows fails or
// is refused, or one of a disallowed origin is not refused.
func (c Case) Fails() bool {
	return !slices.Contains([]Result{ResultProved, ResultUnproved}, c.Result())
}

// All tries every operation that a policy allows, with all the headers that it asks for and
// those that it takes and the policy lists: from each origin, and from disallowed ones. origins
// are those to try; none: those of the policy of each resource. Where no policy defines who may
// request it, or the document does not determine it, there is one case for the operation, which
// is unproved.
func All(ctx context.Context, api *gateway.API, origins []string, backend gateway.Backend) iter.Seq[Case] {
	return func(yield func(Case) bool) {
		told := "" // the operation about which something is not known: once is enough
		for p := range planned(api, origins, func(disallowed []string) []string { return disallowed }) {
			u := p.Unknown
			if u == nil || u.Reason != gateway.ReasonNoPolicy { // else nobody asks
				u = cmp.Or(api.Refused(), p.Operation.Unknown, u)
			}
			key := p.Operation.Method + " " + p.Operation.Resource
			var c Case
			switch {
			case u == nil:
				c = p.try(ctx, api, backend)
			case told == key:
				continue
			default:
				told, c = key, p.unproved(u)
			}
			if !yield(c) {
				return
			}
		}
	}
}

// try makes a request, and takes the worst of what may become of it: of an allowed origin, a
// refusal; of a disallowed one, to be allowed.
func (p Planned) try(ctx context.Context, api *gateway.API, backend gateway.Backend) Case {
	c := Case{Operation: p.Operation, Disallowed: p.Disallowed}
	order := worstFirst
	if p.Disallowed {
		order = []Outcome{Allowed, failing, Unproved, Refused}
	}
	if err := CheckOrigin(p.Request.Origin); err != nil {
		c.Dialogue = Dialogue{Request: p.Request, Outcome: Refused, Pointer: p.Operation.Pointer, Remedy: "write the origin as browsers send it: scheme, host, and a port that is not the default one",
			Verdict: fetch.Verdict{Stage: fetch.StageRequest, Rule: "origin-invalid", Reason: err.Error()}}
		return c
	}
	c.Dialogue = ask(ctx, api, p.Request, backend, order)
	if c.Outcome == Allowed && c.Fails() {
		c.explain(api, c.Actual)
	}
	if c.isDenied() && (c.Outcome == Refused || !c.Disallowed) && strings.Contains(p.Operation.Resource, "{") {
		c.unproved(&gateway.Unknown{Reason: gateway.ReasonResourcePolicy, Pointer: "/" + extensions.NamePolicy, Message: "the resource policy refuses " + p.Operation.Path + ", and may let other paths of " + p.Operation.Resource + " through"})
	}
	return c
}

// unproved is the case of an operation about which something is not known.
func (p Planned) unproved(u *gateway.Unknown) Case {
	c := Case{Operation: p.Operation, Dialogue: Dialogue{Request: p.Request}}
	c.Dialogue.unproved(u)
	return c
}

// HasNoPolicy reports whether no policy defines who may request the operation, so that it is not tried.
func (c Case) HasNoPolicy() bool {
	return c.Outcome == Unproved && c.Unknown.Reason == gateway.ReasonNoPolicy
}

// IsAbout reports whether a JSON Pointer leads to what can make the case come out as it does: a
// part of the method or, unless the method itself fails at run time, of the OPTIONS beside it or
// of the method that takes the preflight.
func (c Case) IsAbout(pointer string) bool {
	places := []string{c.Operation.Pointer}
	if c.Result() != ResultFailsAtRunTime {
		item := c.Operation.Pointer[:max(strings.LastIndexByte(c.Operation.Pointer, '/'), 0)]
		places = append(places, item+"/options")
		if c.Preflight != nil && c.Preflight.Response.Method != "" {
			places = append(places, c.Preflight.Response.Method)
		}
	}
	return slices.ContainsFunc(places, func(place string) bool { return pointer == place || strings.HasPrefix(pointer, place+"/") })
}

// isDenied reports whether the resource policy refuses the request, or its preflight.
func (c Case) isDenied() bool { return c.last().applied(gateway.BehaviourResourcePolicyDenies) }

// Assumes reports whether a request is allowed only if a backend sends the headers that it has to, in
// its response or in the one to the preflight.
func (c Case) Assumes() bool {
	isBackends := func(e *Exchange) bool {
		return e.applied(gateway.BehaviourProxy) && e.applied(gateway.BehaviourStub) && !e.applied(gateway.BehaviourHTTPCORS)
	}
	return c.Outcome == Allowed && (isBackends(c.Actual) || isBackends(c.Preflight))
}
