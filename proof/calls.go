package proof

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/proof/fetch"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// Planned is a call that is to be tried elsewhere than here: of a deployed API.
type Planned struct {
	Operation gateway.Operation
	Call      fetch.Request
	Stranger  bool             // the page is of an origin that the policy does not allow
	Unknown   *gateway.Unknown // why it is not known who may call; Call has no origin then
}

// Calls returns the calls that [All] tries, but of one stranger where it takes several: each
// of them is a request to somebody's server. Operations of which the document does not tell
// what they answer are among them, since their preflights are answered by something else.
func Calls(api *gateway.API, origins []string) []Planned {
	var planned []Planned
	for _, o := range api.Operations() {
		policy, ok := api.Policy(o.Resource)
		if !ok && len(origins) == 0 || !listsMethod(policy, o.Method) {
			continue
		}
		o.Header = append(o.Header, listed(policy, o.May)...)
		credentials := policy.AllowCredentials != nil && *policy.AllowCredentials
		pages, strangers, u := pagesOf(policy, o.Resource, api)
		if len(origins) > 0 {
			pages, strangers, u = origins, nil, nil
		}
		if u != nil {
			planned = append(planned, Planned{Operation: o, Call: Call(o, "", credentials), Unknown: u})
			continue
		}
		for _, origin := range pages {
			planned = append(planned, Planned{Operation: o, Call: Call(o, origin, credentials)})
		}
		if len(strangers) > 0 {
			planned = append(planned, Planned{Operation: o, Call: Call(o, likeliest(strangers), credentials), Stranger: true})
		}
	}
	return planned
}

// likeliest returns the stranger that is likeliest to be let in: one that looks like an origin
// that is allowed is taken by whoever takes any, and by whoever compares only the beginning.
func likeliest(strangers []string) string {
	for _, origin := range strangers {
		if origin != strangerOrigin && CheckOrigin(origin) == nil {
			return origin
		}
	}
	return strangerOrigin
}

// Preflight is the request with which a browser asks before it makes a call. Whether it does
// ask is said by the plan, [fetch.Verdict.Preflight]; where it does not, the request is the one
// with which it would.
func Preflight(call fetch.Request) (request gateway.Request, plan fetch.Verdict) {
	plan = fetch.Check(call, fetch.Response{}, fetch.Response{})
	path, query := split(call.URL)
	return asPreflight(gateway.Request{Path: path, Query: query}, call, plan), plan
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

// Remedy is what to do where the document does not tell.
func Remedy(u *gateway.Unknown) string { return unknownRemedies[u.Reason] }
