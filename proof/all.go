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

// stranger is an origin that no policy allows but those that allow all.
const stranger = "https://stranger.invalid"

// Host is where calls go: which one it is makes no difference to CORS.
const Host = "https://api.invalid"

// All tries every operation that a policy allows, with all the headers that it asks for and
// those that it takes and the policy lists: from each origin, and from strangers. origins are those to try; none: those of the policy of each
// resource. Resources without a policy are not tried.
func All(ctx context.Context, api *gateway.API, origins []string, backend gateway.Backend) []Case {
	var cases []Case
	for _, o := range api.Operations() {
		policy, ok := api.Policy(o.Resource)
		if !ok && len(origins) == 0 || !listsMethod(policy, o.Method) {
			continue
		}
		o.Header = append(o.Header, listed(policy, o.May)...)
		pages, closed := pagesOf(policy, api)
		if len(origins) > 0 {
			pages = origins
		}
		for _, origin := range pages {
			cases = append(cases, Case{Operation: o, Dialogue: Ask(ctx, api, Call(o, origin, isTrue(policy.AllowCredentials)), backend)})
		}
		for _, origin := range strangersTo(pages) {
			if closed && len(origins) == 0 {
				d := ask(ctx, api, Call(o, origin, isTrue(policy.AllowCredentials)), backend, []Outcome{Allowed, Unproved, Refused})
				cases = append(cases, Case{Operation: o, Dialogue: d, Stranger: true})
			}
		}
	}
	return cases
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

func isTrue(b *bool) bool { return b != nil && *b }

// pagesOf returns an origin for each entry of a policy. closed tells that all others are
// strangers.
func pagesOf(policy extensions.CORS, api *gateway.API) (origins []string, closed bool) {
	closed = len(policy.AllowOrigins) > 0
	for _, s := range policy.AllowOrigins {
		entry, ok := api.Resolve(s)
		switch {
		case !ok:
			origins = append(origins, stranger) // what it is asked from makes no difference: it is unproved
			closed = false
		case entry == "*":
			origins = append(origins, stranger)
			closed = false
		case entry == "http://*", entry == "https://*":
			origins = append(origins, strings.Replace(entry, "*", "any.example", 1))
			closed = false
		default:
			origins = append(origins, strings.Replace(entry, "*", "any", 1))
		}
	}
	return origins, closed
}

// strangersTo are origins that look like those of a list, and one that does not.
func strangersTo(origins []string) []string {
	strangers := []string{stranger}
	for _, origin := range origins {
		strangers = append(strangers, origin+".stranger.invalid")
	}
	return slices.Compact(strangers)
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
