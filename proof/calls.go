package proof

import (
	"iter"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/proof/fetch"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// Planned is a call that is to be tried, here or of a deployed API.
type Planned struct {
	Operation gateway.Operation
	Call      fetch.Request
	Stranger  bool             // the page is of an origin that the policy does not allow
	Unknown   *gateway.Unknown // why it is not known who may call; Call has no origin then
}

// Calls returns the calls that [All] tries, but of one stranger where it takes several: each
// of them is a request to somebody's server. Operations without a policy are left out. Operations of which the document does not tell
// what they answer are among them, since their preflights are answered by something else.
func Calls(api *gateway.API, origins []string) []Planned {
	likeliestOf := func(strangers []string) []string {
		if len(strangers) == 0 {
			return nil
		}
		return []string{likeliest(strangers)}
	}
	var calls []Planned
	for p := range planned(api, origins, likeliestOf) {
		if p.Unknown == nil || p.Unknown.Reason != gateway.ReasonNoPolicy {
			calls = append(calls, p)
		}
	}
	return calls
}

// planned returns the calls that policies allow, with the headers that operations ask for and
// those that they take and the policies list; and calls of some strangers. Origins that are given
// take the place of those of the policies.
func planned(api *gateway.API, origins []string, choose func(strangers []string) []string) iter.Seq[Planned] {
	return func(yield func(Planned) bool) {
		for _, o := range api.Operations() {
			for _, p := range plannedOf(api, o, origins, choose) {
				if !yield(p) {
					return
				}
			}
		}
	}
}

// plannedOf returns the calls of one operation.
func plannedOf(api *gateway.API, o gateway.Operation, origins []string, choose func(strangers []string) []string) []Planned {
	policy, u := api.Policy(o.Resource)
	if u == nil && !listsMethod(policy, o.Method) {
		return nil
	}
	o.Header = append(o.Header, listed(policy, o.May)...)
	credentials := policy.AllowCredentials != nil && *policy.AllowCredentials
	var pages, strangers []string
	if u == nil {
		pages, strangers, u = pagesOf(policy, o.Resource, api)
	}
	if len(origins) > 0 {
		pages, strangers, u = origins, without(strangers, origins), nil
	}
	if u != nil {
		return []Planned{{Operation: o, Call: Call(o, "", credentials), Unknown: u}}
	}
	var calls []Planned
	for _, origin := range pages {
		calls = append(calls, Planned{Operation: o, Call: Call(o, origin, credentials)})
	}
	for _, origin := range choose(strangers) {
		calls = append(calls, Planned{Operation: o, Call: Call(o, origin, credentials), Stranger: true})
	}
	return calls
}

func without(list, others []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(one string) bool { return slices.Contains(others, one) })
}

// likeliest returns the stranger that is likeliest to be let in: one that looks like an origin
// that is allowed is taken by whoever takes any, and by whoever compares only the beginning.
func likeliest(strangers []string) string {
	for _, origin := range strangers {
		if origin != strangerOrigin && strings.Contains(origin, ".stranger.invalid") {
			return origin
		}
	}
	return strangerOrigin
}

// strangerOrigin is one that no policy allows but those that allow all.
const strangerOrigin = "https://stranger.invalid"

// Host is where calls go: which one it is makes no difference to CORS.
const Host = "https://api.invalid"

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
	return pages, strangersTo(pages, func(origin string) bool {
		return slices.ContainsFunc(policy.AllowOrigins, func(s extensions.String) bool {
			entry, u := api.Resolve(resource, s)
			return u == nil && gateway.Covers(entry, origin)
		})
	}), nil
}

// Call is the call of an operation from a page, with all the headers that it asks for.
func Call(o gateway.Operation, origin string, credentials bool) fetch.Request {
	call := fetch.Request{Origin: origin, URL: Host + gateway.Request{Path: o.Path, Query: o.Query}.Target(), Method: o.Method}
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
