package proof

import (
	"iter"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/proof/fetch"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// Planned is a request that is to be tried, here or of a deployed API.
type Planned struct {
	Operation  gateway.Operation
	Request    fetch.Request
	Disallowed bool             // the page is of an origin that the policy does not allow
	Unknown    *gateway.Unknown // why it is not known who may request it; Request has no origin then
}

// Requests returns the requests that [All] tries, but of one disallowed origin where it takes
// several: each of them goes to somebody's server. Operations without a policy are left out.
// Operations whose response is not known are among them, since something else responds to their
// preflight requests.
func Requests(api *gateway.API, origins []string) []Planned {
	likeliestOf := func(disallowed []string) []string {
		if len(disallowed) == 0 {
			return nil
		}
		return []string{likeliest(disallowed)}
	}
	var requests []Planned
	for p := range planned(api, origins, likeliestOf) {
		if p.Unknown == nil || p.Unknown.Reason != gateway.ReasonNoPolicy {
			requests = append(requests, p)
		}
	}
	return requests
}

// planned returns the requests that policies allow, with the headers that operations ask for and
// those that they take and the policies list; and requests of some disallowed origins. Origins that
// are given take the place of those of the policies.
func planned(api *gateway.API, origins []string, choose func(disallowed []string) []string) iter.Seq[Planned] {
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

// plannedOf returns the requests of one operation.
func plannedOf(api *gateway.API, o gateway.Operation, origins []string, choose func(disallowed []string) []string) []Planned {
	policy, u := api.Policy(o.Resource)
	if u == nil && !listsMethod(policy, o.Method) {
		return nil
	}
	o.Header = append(o.Header, listed(policy, o.May)...)
	credentials := policy.AllowCredentials != nil && *policy.AllowCredentials
	var pages, disallowed []string
	if u == nil {
		pages, disallowed, u = pagesOf(policy, o.Resource, api)
	}
	if len(origins) > 0 {
		pages, disallowed, u = origins, without(disallowed, origins), nil
	}
	if u != nil {
		return []Planned{{Operation: o, Request: RequestOf(o, "", credentials), Unknown: u}}
	}
	var requests []Planned
	for _, origin := range pages {
		requests = append(requests, Planned{Operation: o, Request: RequestOf(o, origin, credentials)})
	}
	for _, origin := range choose(disallowed) {
		requests = append(requests, Planned{Operation: o, Request: RequestOf(o, origin, credentials), Disallowed: true})
	}
	return requests
}

func without(list, others []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(one string) bool { return slices.Contains(others, one) })
}

// likeliest returns the disallowed origin that a stage is likeliest to allow: one that looks like
// an allowed origin is taken by whoever takes any, and by whoever compares only the beginning.
func likeliest(disallowed []string) string {
	for _, origin := range disallowed {
		if origin != unrelatedOrigin && strings.Contains(origin, ".stranger.invalid") {
			return origin
		}
	}
	return unrelatedOrigin
}

// unrelatedOrigin is one that no policy allows but those that allow all.
const unrelatedOrigin = "https://stranger.invalid"

// Host is where requests go: which one it is makes no difference to CORS.
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
func pagesOf(policy extensions.CORS, resource string, api *gateway.API) (pages, disallowed []string, u *gateway.Unknown) {
	open := len(policy.AllowOrigins) == 0
	for _, s := range policy.AllowOrigins {
		entry, u := api.Resolve(resource, s)
		switch {
		case u != nil:
			return nil, nil, u
		case entry == "*":
			entry, open = unrelatedOrigin, true
		case entry == "http://*", entry == "https://*":
			entry, open = strings.Replace(entry, "*", "any.example", 1), true
		}
		pages = append(pages, strings.Replace(entry, "*", "any", 1))
	}
	if open {
		return pages, nil, nil
	}
	return pages, disallowedOrigins(pages, func(origin string) bool {
		return slices.ContainsFunc(policy.AllowOrigins, func(s extensions.String) bool {
			entry, u := api.Resolve(resource, s)
			return u == nil && gateway.Covers(entry, origin)
		})
	}), nil
}

// RequestOf is the request of an operation from a page, with all the headers that it asks for.
func RequestOf(o gateway.Operation, origin string, credentials bool) fetch.Request {
	request := fetch.Request{Origin: origin, URL: Host + gateway.Request{Path: o.Path, Query: o.Query}.Target(), Method: o.Method}
	if credentials {
		request.Credentials = "include"
	}
	for _, f := range o.Header {
		request.Header = append(request.Header, fetch.Field(f))
	}
	if o.Type != "" {
		body := "{}"
		request.Body = &body
		request.Header = append(request.Header, fetch.Field{Name: "Content-Type", Value: o.Type})
	}
	return request
}
