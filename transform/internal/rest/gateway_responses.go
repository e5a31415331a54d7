package rest

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/existing"
	"github.com/apigw-cors/apigw-cors/transform/internal/outcome"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/record"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// gatewayPlan is what becomes of the gateway responses.
type gatewayPlan struct {
	outcome.Notes
	draft   own.Draft // of the root
	headers responses.Headers
}

// planGateway asks for the headers on the responses that API Gateway sends
// by itself: 401, 403, 429, 5xx. Without them a browser shows a network error in
// their place. A type that is declared takes nothing from DEFAULT_4XX and
// DEFAULT_5XX (recorded), so each one needs the headers itself. No status code is
// written: on a default it would re-code every type that inherits it.
// See https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-gateway-responses.html
func planGateway(in Input, form record.Form, grants []grant) gatewayPlan {
	var p gatewayPlan
	if !in.Emit.GatewayResponses || len(grants) == 0 {
		return p
	}
	root := in.Doc.Root
	headers, why := gatewayHeaders(root, in.Emit.GatewayOrigin, grants)
	p.Add(why)
	if headers == nil {
		return p
	}
	declared, closed := responses.Gateway(in.Doc.HandWritten)
	if closed != "" {
		p.Add(outcome.Found(rules.Finding{
			Rule: rules.NotUnderstood, At: rules.At(root.Get(extensions.NameGatewayResponses), responses.GatewayPointer),
			Message: fmt.Sprintf("the gateway responses are left alone: the member is %s", closed), Hint: "map on DEFAULT_4XX and DEFAULT_5XX: " + existing.Spell(headers),
		}))
		return p
	}
	p.headers = headers
	for _, name := range []string{string(extensions.Default4XX), string(extensions.Default5XX)} {
		if !slices.ContainsFunc(declared, func(g responses.GatewayResponse) bool { return g.Type == name }) {
			p.Add(mapGateway(in, form, &p.draft, responses.GatewayResponse{Type: name}, headers))
		}
	}
	for _, g := range declared {
		p.Add(mapGateway(in, form, &p.draft, g, headers))
	}
	return p
}

// mapGateway asks for the headers on one gateway response.
func mapGateway(in Input, form record.Form, root *own.Draft, g responses.GatewayResponse, headers responses.Headers) outcome.Notes {
	if g.Opaque != "" {
		return outcome.Found(rules.Finding{
			Rule: rules.NotUnderstood, At: rules.At(g.Key, g.Pointer),
			Message: fmt.Sprintf("the gateway response %s is left alone: %s", g.Type, g.Opaque), Hint: "map on it: " + existing.Spell(headers),
		})
	}
	r := response{in.Existing, "--set gatewayResponses=none", g.Headers, g.Pointer, "the gateway response " + g.Type + " answers"}
	conflict, n := r.conflicts(headers)
	if conflict {
		return n
	}
	params := root.At(extensions.NameGatewayResponses, g.Type, "responseParameters")
	n.Add(mapOn(form, r, params, headers, func(name string) string { return responses.GatewayTarget + name }))
	return n
}

// gatewayHeaders returns the headers for the gateway responses, which an API has
// once for all its resources: the union of what the enabled ones need. They are
// no templates, so one origin is all they can carry; an echo of the request's
// own is never written, since it would let every page in, and the lookup depends
// on the case in which a client spells the header.
func gatewayHeaders(root *source.Node, choice GatewayOrigin, grants []grant) (responses.Headers, outcome.Notes) {
	var all grant
	for _, g := range grants {
		for _, h := range g.origins {
			if !slices.ContainsFunc(all.origins, func(has responses.Header) bool { return has.Say() == h.Say() }) {
				all.origins = append(all.origins, h)
			}
		}
		if len(all.credentials) == 0 {
			all.credentials = g.credentials
		}
	}
	origin, ok, n := gatewayOrigin(root, choice, all)
	if !ok {
		return nil, n
	}
	headers := append(responses.Headers{origin}, credentialsOf(grants, origin)...)
	expose, why := gatewayExpose(root, grants)
	n.Add(why)
	return append(headers, expose...), n
}

// gatewayExpose returns the header that lets scripts read the headers of all enabled
// resources: their names together, or the one expression that all have. What is worked
// out for each call, or elsewhere, cannot be put together.
func gatewayExpose(root *source.Node, grants []grant) (responses.Headers, outcome.Notes) {
	var names []string
	var expressions responses.Headers
	for _, g := range grants {
		for _, h := range g.expose {
			fixed, ok := h.Static()
			if !ok || h.Intrinsic != "" {
				if !slices.ContainsFunc(expressions, func(has responses.Header) bool { return has.Say() == h.Say() }) {
					expressions = append(expressions, h)
				}
				continue
			}
			for _, name := range responses.List(fixed) {
				if !slices.ContainsFunc(names, func(has string) bool { return strings.EqualFold(has, name) }) {
					names = append(names, name)
				}
			}
		}
	}
	if len(expressions) == 1 && len(names) == 0 && isFixedForAll(expressions[0]) {
		return responses.Headers{{Name: responses.ExposeHeaders, Mapping: expressions[0].Mapping, Intrinsic: expressions[0].Intrinsic}}, outcome.Notes{}
	}
	var n outcome.Notes
	if len(expressions) > 0 {
		n = outcome.Found(rules.Finding{
			Rule: rules.GatewayExpose, At: rules.At(root, responses.GatewayPointer),
			Message: fmt.Sprintf("the gateway responses cannot carry %s %s, so scripts cannot read those headers of a 4xx or 5xx of API Gateway's own", responses.ExposeHeaders, spellOut(expressions)),
			Hint:    "list the names",
		})
	}
	if len(names) == 0 {
		return nil, n
	}
	return responses.Headers{responses.Fixed(responses.ExposeHeaders, strings.Join(names, ","))}, n
}

func spellOut(headers responses.Headers) string {
	texts := make([]string, len(headers))
	for i, h := range headers {
		texts[i] = strconv.Quote(h.Say())
	}
	return strings.Join(texts, ", ")
}

// credentialsOf returns what lets calls from an origin carry credentials, if a
// resource does so. What another origin is allowed is nothing to this one.
func credentialsOf(grants []grant, origin responses.Header) responses.Headers {
	for _, g := range grants {
		if len(g.credentials) > 0 && slices.ContainsFunc(g.origins, func(h responses.Header) bool { return h.Say() == origin.Say() }) {
			return g.credentials
		}
	}
	return nil
}

// isFixedForAll reports whether gateway responses can carry an origin: not one that
// is worked out for each call.
func isFixedForAll(h responses.Header) bool {
	return !h.IsComputed() && policy.ParseExpression(h.Mapping).Form != policy.StageVariable
}

// gatewayOrigin chooses among the origins of the enabled resources, and reports
// false where there is none to choose.
func gatewayOrigin(root *source.Node, choice GatewayOrigin, all grant) (chosen responses.Header, ok bool, why outcome.Notes) {
	if len(all.origins) == 1 && isFixedForAll(all.origins[0]) {
		return all.origins[0], true, outcome.Notes{}
	}
	credentials := len(all.credentials) > 0
	says := "carry no origin"
	switch {
	case choice == AnyOrigin && !credentials:
		return responses.Fixed(responses.AllowOrigin, "*"), true, outcome.Notes{}
	case choice != NoOrigin:
		if chosen, ok = firstFixed(all.origins, credentials); ok {
			says = fmt.Sprintf("carry %q", chosen.Say())
		}
	}
	return chosen, ok, outcome.Found(sharedOrigin(root, says, othersThan(chosen, ok, all.origins), credentials))
}

// othersThan returns the origins that gateway responses do not have, quoted.
func othersThan(chosen responses.Header, ok bool, origins responses.Headers) []string {
	var others []string
	for _, h := range origins {
		if !ok || h.Say() != chosen.Say() {
			others = append(others, strconv.Quote(spelled(h)))
		}
	}
	return others
}

func sharedOrigin(root *source.Node, says string, others []string, credentials bool) rules.Finding {
	hint := "use --set gatewayOrigin=any to let every page read them"
	if credentials {
		hint = "where credentials are allowed, only one origin can read them"
	}
	return rules.Finding{
		Rule: rules.GatewayOriginShared, At: rules.At(cmp.Or(root.Get(extensions.NameGatewayResponses), root), responses.GatewayPointer),
		Message: fmt.Sprintf("an API has one set of gateway responses: they %s, so pages from %s see a network error in place of a 4xx or 5xx of API Gateway's own", says, strings.Join(others, ", ")),
		Hint:    hint,
	}
}

// firstFixed returns the first exact origin, or else "*" where credentials allow
// it.
func firstFixed(origins responses.Headers, credentials bool) (responses.Header, bool) {
	for _, h := range origins {
		if isFixedForAll(h) && h.Say() != "*" {
			return h, true
		}
	}
	for _, h := range origins {
		if h.Say() == "*" && !credentials {
			return h, true
		}
	}
	return responses.Header{}, false
}

// spelled returns an origin as a policy spells it.
func spelled(h responses.Header) string {
	if h.IsComputed() {
		return h.Origins[0].String()
	}
	return h.Say()
}
