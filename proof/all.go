package proof

import (
	"context"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/proof/fetch"
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

// strangerOrigin is one that no policy allows but those that allow all.
const strangerOrigin = "https://stranger.invalid"

// Host is where calls go: which one it is makes no difference to CORS.
const Host = "https://api.invalid"

// All tries every operation that a policy allows, with all the headers that it asks for and
// those that it takes and the policy lists: from each origin, and from strangers. origins are
// those to try; none: those of the policy of each resource. Resources without a policy are not
// tried.
func All(ctx context.Context, api *gateway.API, origins []string, backend gateway.Backend) []Case {
	var cases []Case
	for _, o := range api.Operations() {
		policy, ok := api.Policy(o.Resource)
		if !ok && len(origins) == 0 || !listsMethod(policy, o.Method) {
			continue
		}
		o.Header = append(o.Header, listed(policy, o.May)...)
		pages, strangers, u := pagesOf(policy, o.Resource, api)
		if len(origins) > 0 {
			pages, strangers, u = origins, nil, nil
		}
		if o.Unknown != nil {
			u = o.Unknown
		}
		t := trial{ctx, api, backend, o, policy.AllowCredentials != nil && *policy.AllowCredentials}
		if u != nil {
			cases = append(cases, t.unproved(u))
			continue
		}
		for _, origin := range pages {
			cases = append(cases, t.page(origin))
		}
		for _, origin := range strangers {
			cases = append(cases, t.stranger(origin))
		}
	}
	return cases
}

// trial is an operation that is being tried.
type trial struct {
	ctx         context.Context
	api         *gateway.API
	backend     gateway.Backend
	operation   gateway.Operation
	credentials bool
}

// unproved is the case of an operation about which the document does not tell.
func (t trial) unproved(u *gateway.Unknown) Case {
	return Case{Operation: t.operation, Dialogue: Dialogue{
		Call: Call(t.operation, strangerOrigin, t.credentials), Outcome: Unproved, Unknown: u, Pointer: u.Pointer, Remedy: unknownRemedies[u.Reason],
	}}
}

// page tries an origin that should be let in. A method that answers nobody proves nothing.
func (t trial) page(origin string) Case {
	d := ask(t.ctx, t.api, Call(t.operation, origin, t.credentials), t.backend, []Outcome{Refused, Unproved, Allowed})
	if d.Outcome == Refused && d.Actual != nil {
		if remedy := d.Actual.failsByItself(); remedy != "" {
			return t.unproved(&gateway.Unknown{Reason: gateway.ReasonBroken, Message: "the method answers nothing but errors", Pointer: t.operation.Pointer})
		}
	}
	return Case{Operation: t.operation, Dialogue: d}
}

// stranger tries an origin that should be refused.
func (t trial) stranger(origin string) Case {
	d := ask(t.ctx, t.api, Call(t.operation, origin, t.credentials), t.backend, []Outcome{Allowed, Unproved, Refused})
	return Case{Operation: t.operation, Dialogue: d, Stranger: true}
}

// listsMethod reports whether a policy is about a method of its resource at all.
func listsMethod(policy extensions.CORS, method string) bool {
	if policy.AllowMethods == nil {
		return true
	}
	return slices.ContainsFunc(policy.AllowMethods, func(s extensions.String) bool {
		text, isText := s.Text()
		return !isText || text == "*" || text == method
	})
}

// listed are the headers that a policy lists.
func listed(policy extensions.CORS, headers []gateway.Field) []gateway.Field {
	return slices.DeleteFunc(slices.Clone(headers), func(f gateway.Field) bool {
		return !slices.ContainsFunc(policy.AllowHeaders, func(s extensions.String) bool { return strings.EqualFold(s.String(), f.Name) })
	})
}

// pagesOf returns an origin for each entry of a policy, and origins that it does not allow; none
// where it allows all of a scheme. Where an entry is not known, nothing of this is.
func pagesOf(policy extensions.CORS, resource string, api *gateway.API) (pages, strangers []string, u *gateway.Unknown) {
	open := len(policy.AllowOrigins) == 0
	for _, s := range policy.AllowOrigins {
		entry, u := api.Resolve(resource, s)
		switch {
		case u != nil:
			return nil, nil, u
		case entry == "*":
			entry, open = strangerOrigin, true
		case entry == "http://*", entry == "https://*":
			entry, open = strings.Replace(entry, "*", "any.example", 1), true
		}
		pages = append(pages, strings.Replace(entry, "*", "any", 1))
	}
	if open {
		return pages, nil, nil
	}
	strangers = []string{strangerOrigin}
	for _, origin := range pages {
		strangers = append(strangers, origin+".stranger.invalid") // which looks like it
	}
	return pages, strangers, nil
}

// Call is the call of an operation from a page, with all the headers that it asks for.
func Call(o gateway.Operation, origin string, credentials bool) fetch.Request {
	call := fetch.Request{Origin: origin, URL: Host + o.Path + queryOf(o.Query), Method: o.Method}
	if credentials {
		call.Credentials = "include"
	}
	for _, f := range o.Header {
		call.Header = append(call.Header, fetch.Field(f))
	}
	if o.Type != "" {
		body := "{}"
		call.Body = &body
		call.Header = append(call.Header, fetch.Field{Name: "Content-Type", Value: o.Type})
	}
	return call
}
