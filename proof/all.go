package proof

import (
	"context"

	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// A Case is one call that was tried, and whether its outcome is the one that the policy of its
// resource asks for.
type Case struct {
	Dialogue
	Operation gateway.Operation
	Stranger  bool // the page is of an origin that the policy does not allow
}

// Fails reports whether the document does not keep the policy: a call that it allows is
// refused, or a stranger's is allowed.
func (c Case) Fails() bool {
	if c.Stranger {
		return c.Outcome == Allowed
	}
	return c.Outcome == Refused
}

// All tries every operation that a policy allows, with all the headers that it asks for and
// those that it takes and the policy lists: from each origin, and from strangers. origins are
// those to try; none: those of the policy of each resource. Resources without a policy are not
// tried.
func All(ctx context.Context, api *gateway.API, origins []string, backend gateway.Backend) []Case {
	var cases []Case
	told := map[string]bool{} // operations about which the document does not tell: once is enough
	for _, p := range planned(api, origins, func(strangers []string) []string { return strangers }) {
		u := p.Unknown
		if p.Operation.Unknown != nil {
			u = p.Operation.Unknown
		}
		key := p.Operation.Method + " " + p.Operation.Resource
		switch {
		case u == nil:
			cases = append(cases, p.try(ctx, api, backend))
		case !told[key]:
			told[key] = true
			cases = append(cases, p.unproved(u))
		}
	}
	return cases
}

// try makes a call, and takes the worst of what may become of it: of a page, a refusal; of a
// stranger, to be let in. A method that answers nobody proves nothing.
func (p Planned) try(ctx context.Context, api *gateway.API, backend gateway.Backend) Case {
	order := []Outcome{Refused, Unproved, Allowed}
	if p.Stranger {
		order = []Outcome{Allowed, Unproved, Refused}
	}
	d := ask(ctx, api, p.Call, backend, order)
	if !p.Stranger && d.Outcome == Refused && d.Actual != nil && d.Actual.failsByItself() != "" {
		return p.unproved(&gateway.Unknown{Reason: gateway.ReasonBroken, Message: "the method answers nothing but errors", Pointer: p.Operation.Pointer})
	}
	return Case{Operation: p.Operation, Dialogue: d, Stranger: p.Stranger}
}

// unproved is the case of an operation about which the document does not tell.
func (p Planned) unproved(u *gateway.Unknown) Case {
	return Case{Operation: p.Operation, Dialogue: Dialogue{Call: p.Call, Outcome: Unproved, Unknown: u, Pointer: u.Pointer, Remedy: Remedy(u)}}
}
