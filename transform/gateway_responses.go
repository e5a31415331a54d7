package transform

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// grant is what one enabled resource needs of the gateway responses.
type grant struct {
	path   string
	policy policy.Effective
}

// mapGatewayResponses asks for the headers on the answers that API Gateway gives
// by itself: 401, 403, 429, 5xx. Without them a browser shows a network error in
// their place. A type that is declared takes nothing from DEFAULT_4XX and
// DEFAULT_5XX (recorded), so each one needs the headers itself. No status code is
// written: on a default it would re-code every type that inherits it.
// See https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-gateway-responses.html
func (p *plan) mapGatewayResponses(w *wanted) {
	if p.options.Emit.GatewayResponses == GatewayResponsesNone || len(p.grants) == 0 {
		return
	}
	headers := p.gatewayHeaders()
	if headers == nil {
		return
	}
	declared, ok := answers.Gateway(p.author)
	if !ok {
		p.note(finding.Warning, ruleNotUnderstood, p.author.Root.Get(extensions.NameGatewayResponses), answers.GatewayPointer,
			"the gateway responses are a CloudFormation intrinsic, so they are left alone", "add to DEFAULT_4XX and DEFAULT_5XX: "+spell(headers))
		return
	}
	types := []string{string(extensions.Default4XX), string(extensions.Default5XX)}
	for _, g := range declared {
		if !slices.Contains(types, g.Type) {
			types = append(types, g.Type)
		}
	}
	for _, name := range types {
		i := slices.IndexFunc(declared, func(g answers.GatewayResponse) bool { return g.Type == name })
		if i < 0 {
			p.mapGatewayResponse(w, name, nil, headers)
			continue
		}
		g := declared[i]
		switch {
		case g.Opaque:
			p.note(finding.Warning, ruleNotUnderstood, g.Key, g.Pointer,
				fmt.Sprintf("the gateway response %s holds a CloudFormation intrinsic, so it is left alone", name), "map on it: "+spell(headers))
		case !p.conflicts(g.Headers, headers, g.Pointer, "the gateway response "+name+" answers"):
			p.mapGatewayResponse(w, name, g.Headers, headers)
		}
	}
}

func (p *plan) mapGatewayResponse(w *wanted, name string, have, headers answers.Headers) {
	for _, h := range headers {
		if _, ok := have.Get(h.Name); !ok {
			w.put(layout.String(h.Mapping), extensions.NameGatewayResponses, name, "responseParameters", answers.GatewayTarget+h.Name)
		}
	}
}

// gatewayHeaders returns the headers for the gateway responses, which an API has
// once for all its resources: the union of what the enabled ones need. They are
// no templates, so one origin is all they can carry; an echo of the request's
// own is never written, since it would let every page in, and the lookup depends
// on the case in which a client spells the header.
func (p *plan) gatewayHeaders() answers.Headers {
	var all policy.Effective
	var origins []string
	for _, g := range p.grants {
		if !slices.Contains(origins, g.policy.Origin) {
			origins = append(origins, g.policy.Origin)
		}
		all.Credentials = all.Credentials || g.policy.Credentials
		for _, name := range g.policy.Expose {
			if !slices.ContainsFunc(all.Expose, func(has string) bool { return strings.EqualFold(has, name) }) {
				all.Expose = append(all.Expose, name)
			}
		}
	}
	all.Origin = p.gatewayOrigin(origins, all.Credentials)
	if all.Origin == "" {
		return nil
	}
	all.Credentials = all.Credentials && all.Origin != "*"
	return answers.ActualOf(all)
}

// gatewayOrigin chooses among the origins of the enabled resources.
func (p *plan) gatewayOrigin(origins []string, credentials bool) string {
	if len(origins) == 1 {
		return origins[0]
	}
	chosen := ""
	switch {
	case p.options.Emit.GatewayOrigin == GatewayOriginAny && !credentials:
		chosen = "*"
	case p.options.Emit.GatewayOrigin != GatewayOriginNone:
		chosen = origins[slices.IndexFunc(origins, func(o string) bool { return o != "*" })]
	}
	others := slices.DeleteFunc(origins, func(o string) bool { return o == chosen })
	says := fmt.Sprintf("carry %q", chosen)
	if chosen == "" {
		says = "carry no origin"
	}
	if chosen != "*" {
		p.note(finding.Warning, ruleGatewayOriginShared, p.author.Root, answers.GatewayPointer,
			fmt.Sprintf("an API has one set of gateway responses: they %s, so pages from %q see a network error in place of a 4xx or 5xx of API Gateway's own", says, strings.Join(others, ", ")),
			"--set gatewayOrigin=any to let every page read them")
	}
	return chosen
}
