package transform

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// grant is what one enabled resource needs of the gateway responses.
type grant struct {
	origin      string
	credentials bool
	expose      []string
}

func grantOf(e policy.Effective) grant {
	return grant{origin: e.Origin, credentials: e.Credentials, expose: e.Expose}
}

// grantEarlier notes what an earlier run enabled on a resource that this one
// leaves alone, since the gateway responses serve it as well. It is read from what
// was generated there: no policy of this run speaks of the resource.
func (p *plan) grantEarlier(r *model.Resource) {
	for _, item := range r.Items {
		if whole := p.whole[item.Pointer]; whole != nil && len(p.owners[item.Pointer].owned) > 0 {
			if g := grantIn(whole); g.origin != "" {
				p.grants = append(p.grants, g)
			}
		}
	}
}

// grantIn reads a grant from the answers of a path item: its OPTIONS, else the
// first method that carries an origin.
func grantIn(item *model.PathItem) grant {
	g := grant{expose: exposedBy(item.Block)}
	for _, m := range append([]*model.Method{item.Options}, item.Methods...) {
		if m == nil || m.Integration == nil {
			continue
		}
		for _, entry := range m.Integration.Responses {
			have := answers.Mapped(entry.Parameters, answers.MethodTarget)
			if value := have.Value(answers.AllowOrigin); value != "" && g.origin == "" {
				g.origin = value
				g.credentials = have.Value(answers.AllowCredentials) == "true"
			}
			if value := have.Value(answers.ExposeHeaders); value != "" && len(g.expose) == 0 {
				g.expose = strings.Split(value, ",")
			}
		}
	}
	return g
}

// planGatewayResponses plans the root of the document.
func (p *plan) planGatewayResponses() {
	var w draft
	p.mapGatewayResponses(&w)
	p.wishes = append(p.wishes, p.owner("", p.root).reconcile(&w, p.author.Hidden)...)
}

// mapGatewayResponses asks for the headers on the answers that API Gateway gives
// by itself: 401, 403, 429, 5xx. Without them a browser shows a network error in
// their place. A type that is declared takes nothing from DEFAULT_4XX and
// DEFAULT_5XX (recorded), so each one needs the headers itself. No status code is
// written: on a default it would re-code every type that inherits it.
// See https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-gateway-responses.html
func (p *plan) mapGatewayResponses(w *draft) {
	if p.options.Emit.GatewayResponses == GatewayResponsesNone || len(p.grants) == 0 {
		return
	}
	headers := p.gatewayHeaders()
	if headers == nil {
		return
	}
	declared, why := answers.Gateway(p.author)
	if why != "" {
		p.warn(ruleNotUnderstood, here(p.root.Get(extensions.NameGatewayResponses), answers.GatewayPointer),
			fmt.Sprintf("the gateway responses are left alone: the member is %s", why), "map on DEFAULT_4XX and DEFAULT_5XX: "+spell(headers))
		return
	}
	for _, h := range headers {
		value, _ := h.Static()
		p.gateway = append(p.gateway, Header{h.Name, value})
	}
	for _, name := range []string{string(extensions.Default4XX), string(extensions.Default5XX)} {
		if !slices.ContainsFunc(declared, func(g answers.GatewayResponse) bool { return g.Type == name }) {
			p.mapGatewayResponse(w, answers.GatewayResponse{Type: name}, headers)
		}
	}
	for _, g := range declared {
		switch {
		case g.Opaque != "":
			p.warn(ruleNotUnderstood, here(g.Key, g.Pointer),
				fmt.Sprintf("the gateway response %s is left alone: %s", g.Type, g.Opaque), "map on it: "+spell(headers))
		case !p.conflicts(g.Headers, headers, g.Pointer, "the gateway response "+g.Type+" answers"):
			p.mapGatewayResponse(w, g, headers)
		}
	}
}

func (p *plan) mapGatewayResponse(w *draft, g answers.GatewayResponse, headers answers.Headers) {
	for _, h := range headers {
		if own, ok := g.Headers.Get(h.Name); ok {
			p.compare(own, h, g.Pointer)
			continue
		}
		w.put(layout.String(h.Mapping), extensions.NameGatewayResponses, g.Type, "responseParameters", answers.GatewayTarget+h.Name)
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
		if !slices.Contains(origins, g.origin) {
			origins = append(origins, g.origin)
		}
		all.Credentials = all.Credentials || g.credentials
		for _, name := range g.expose {
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
	chosen, says := "", "carry no origin"
	switch {
	case p.options.Emit.GatewayOrigin == GatewayOriginAny && !credentials:
		return "*"
	case p.options.Emit.GatewayOrigin != GatewayOriginNone:
		chosen = origins[slices.IndexFunc(origins, func(o string) bool { return o != "*" })]
		says = fmt.Sprintf("carry %q", chosen)
	}
	var others []string
	for _, origin := range origins {
		if origin != chosen {
			others = append(others, strconv.Quote(origin))
		}
	}
	hint := "use --set gatewayOrigin=any to let every page read them"
	if credentials {
		hint = "where credentials are allowed, only one origin can read them"
	}
	place := here(p.root, answers.GatewayPointer)
	if n := p.root.Get(extensions.NameGatewayResponses); n != nil {
		place.node = n
	}
	p.warn(ruleGatewayOriginShared, place,
		fmt.Sprintf("an API has one set of gateway responses: they %s, so pages from %s see a network error in place of a 4xx or 5xx of API Gateway's own", says, strings.Join(others, ", ")),
		hint)
	return chosen
}
