package transform

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// grant is what one enabled resource needs of the gateway responses.
type grant struct {
	origins     answers.Headers // Access-Control-Allow-Origin for each of its origins
	credentials answers.Headers // Access-Control-Allow-Credentials, if it has it
	expose      answers.Headers // Access-Control-Expose-Headers, if it has it
}

func grantOf(actual answers.Headers) grant {
	g := grant{origins: grantedOrigins(actual)}
	if h, ok := actual.Get(answers.AllowCredentials); ok {
		g.credentials = answers.Headers{h}
	}
	if h, ok := actual.Get(answers.ExposeHeaders); ok {
		g.expose = answers.Headers{h}
	}
	return g
}

// grantedOrigins returns the header for each origin that an answer lets in. Of
// those that a template chooses among, each is one; a pattern stays computed.
func grantedOrigins(hs answers.Headers) answers.Headers {
	h, ok := hs.Get(answers.AllowOrigin)
	if !ok {
		return nil
	}
	if !h.IsComputed() {
		h.Name = answers.AllowOrigin
		return answers.Headers{h}
	}
	var list answers.Headers
	for _, o := range h.Origins {
		if o.IsFixed() {
			list = append(list, answers.Fixed(answers.AllowOrigin, o.String()))
		} else {
			list = append(list, answers.Header{Name: answers.AllowOrigin, Origins: []policy.Origin{o}})
		}
	}
	return list
}

// grantEarlier notes what an earlier run enabled on a resource that this one
// leaves alone, since the gateway responses serve it as well. It is read from what
// was generated there: no policy of this run speaks of the resource.
func (p *plan) grantEarlier(r *model.Resource) {
	for _, item := range r.Items {
		whole, own := p.whole[item.Pointer], p.owners[item.Pointer]
		if whole == nil {
			continue
		}
		if g := grantOf(p.generatedAnswer(own, whole)); len(g.origins) > 0 {
			p.grants = append(p.grants, g)
		}
	}
}

// generatedAnswer returns the headers that were generated for the answers of a path
// item: what its generated block records, else those of the first answers that carry
// them.
func (p *plan) generatedAnswer(own owner, item *model.PathItem) answers.Headers {
	if own.owns("/"+extensions.NameCORS) && (!own.ownsOptions() || p.disagreement(item) == "") {
		if said, ok := recorded(item.Block); ok {
			return answers.ActualOf(said)
		}
	}
	var all answers.Headers
	for _, m := range item.All() {
		if m.Integration == nil {
			continue
		}
		for i := range m.Integration.Responses {
			for _, h := range generatedIn(own, item, m, &m.Integration.Responses[i]) {
				if _, has := all.Get(h.Name); !has && answers.IsActual(h.Name) {
					all = append(all, h)
				}
			}
		}
	}
	return all
}

// generatedIn returns the headers of an integration response that were generated.
func generatedIn(own owner, item *model.PathItem, m *model.Method, entry *model.IntegrationResponse) answers.Headers {
	have := answers.SnippetOrigin(entry)
	if m.Name == "OPTIONS" && own.ownsOptions() {
		have = answers.GeneratedPreflight(entry)
	} else {
		at, _ := entry.Pointer.Below(item.Pointer)
		for _, h := range answers.ReadMapped(entry.Parameters, answers.MethodTarget) {
			if own.covers(at.Child("responseParameters").Child(h.Key.Text())) {
				have = append(have, h)
			}
		}
	}
	for n, h := range have {
		if text, ok := model.LongForm(h.Node); ok {
			have[n].Intrinsic = text
		}
	}
	return have
}

// planGatewayResponses plans the root of the document.
func (p *plan) planGatewayResponses() {
	var w draft
	p.mapGatewayResponses(&w)
	p.wishRoot(&w)
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
		p.gateway = append(p.gateway, Header{h.Name, h.Say()})
	}
	api := &work{existing: p.existing(&setting{existing: p.fileExisting()})}
	for _, name := range []string{string(extensions.Default4XX), string(extensions.Default5XX)} {
		if !slices.ContainsFunc(declared, func(g answers.GatewayResponse) bool { return g.Type == name }) {
			p.mapGatewayResponse(api, w, answers.GatewayResponse{Type: name}, headers)
		}
	}
	for _, g := range declared {
		switch {
		case g.Opaque != "":
			p.warn(ruleNotUnderstood, here(g.Key, g.Pointer),
				fmt.Sprintf("the gateway response %s is left alone: %s", g.Type, g.Opaque), "map on it: "+spell(headers))
		case !p.conflicts(api, g.Headers, headers, g.Pointer, "the gateway response "+g.Type+" answers"):
			p.mapGatewayResponse(api, w, g, headers)
		}
	}
}

func (p *plan) mapGatewayResponse(api *work, w *draft, g answers.GatewayResponse, headers answers.Headers) {
	params := w.at(extensions.NameGatewayResponses, g.Type, "responseParameters")
	p.mapOn(api, params, g.Headers, headers, g.Pointer, func(name string) string { return answers.GatewayTarget + name })
}

// fileExisting returns what the policy file says of what the author of the API as a
// whole already has.
func (p *plan) fileExisting() policy.Existing {
	if p.options.File == nil {
		return ""
	}
	return p.options.File.Existing
}

// gatewayHeaders returns the headers for the gateway responses, which an API has
// once for all its resources: the union of what the enabled ones need. They are
// no templates, so one origin is all they can carry; an echo of the request's
// own is never written, since it would let every page in, and the lookup depends
// on the case in which a client spells the header.
func (p *plan) gatewayHeaders() answers.Headers {
	var all grant
	for _, g := range p.grants {
		for _, h := range g.origins {
			if !slices.ContainsFunc(all.origins, func(has answers.Header) bool { return has.Say() == h.Say() }) {
				all.origins = append(all.origins, h)
			}
		}
		if len(all.credentials) == 0 {
			all.credentials = g.credentials
		}
	}
	origin, ok := p.gatewayOrigin(all)
	if !ok {
		return nil
	}
	headers := append(answers.Headers{origin}, p.credentialsOf(origin)...)
	return append(headers, p.gatewayExpose()...)
}

// gatewayExpose returns the header that lets scripts read the headers of all enabled
// resources: their names together, or the one expression that all have. What is worked
// out for each call, or elsewhere, cannot be put together.
func (p *plan) gatewayExpose() answers.Headers {
	var names []string
	var expressions answers.Headers
	for _, g := range p.grants {
		for _, h := range g.expose {
			fixed, ok := h.Static()
			if !ok || h.Intrinsic != "" {
				if !slices.ContainsFunc(expressions, func(has answers.Header) bool { return has.Say() == h.Say() }) {
					expressions = append(expressions, h)
				}
				continue
			}
			for _, name := range strings.Split(fixed, ",") {
				if !slices.ContainsFunc(names, func(has string) bool { return strings.EqualFold(has, name) }) {
					names = append(names, name)
				}
			}
		}
	}
	if len(expressions) == 1 && len(names) == 0 && isFixedForAll(expressions[0]) {
		return answers.Headers{{Name: answers.ExposeHeaders, Mapping: expressions[0].Mapping, Intrinsic: expressions[0].Intrinsic}}
	}
	if len(expressions) > 0 {
		p.warn(ruleGatewayExpose, here(p.root, answers.GatewayPointer),
			fmt.Sprintf("the gateway responses cannot carry %s %s, so scripts cannot read those headers of a 4xx or 5xx of API Gateway's own", answers.ExposeHeaders, spellOut(expressions)),
			"list the names")
	}
	if len(names) == 0 {
		return nil
	}
	return answers.Headers{answers.Fixed(answers.ExposeHeaders, strings.Join(names, ","))}
}

func spellOut(headers answers.Headers) string {
	texts := make([]string, len(headers))
	for i, h := range headers {
		texts[i] = strconv.Quote(h.Say())
	}
	return strings.Join(texts, ", ")
}

// credentialsOf returns what lets calls from an origin carry credentials, if a
// resource does so. What another origin is allowed is nothing to this one.
func (p *plan) credentialsOf(origin answers.Header) answers.Headers {
	for _, g := range p.grants {
		if len(g.credentials) > 0 && slices.ContainsFunc(g.origins, func(h answers.Header) bool { return h.Say() == origin.Say() }) {
			return g.credentials
		}
	}
	return nil
}

// isFixedForAll reports whether gateway responses can carry an origin: not one that
// is worked out for each call.
func isFixedForAll(h answers.Header) bool {
	return !h.IsComputed() && policy.ParseExpression(h.Mapping).Form != policy.StageVariable
}

// gatewayOrigin chooses among the origins of the enabled resources, and reports
// false where there is none to choose.
func (p *plan) gatewayOrigin(all grant) (chosen answers.Header, ok bool) {
	if len(all.origins) == 1 && isFixedForAll(all.origins[0]) {
		return all.origins[0], true
	}
	credentials := len(all.credentials) > 0
	says := "carry no origin"
	switch {
	case p.options.Emit.GatewayOrigin == GatewayOriginAny && !credentials:
		return answers.Fixed(answers.AllowOrigin, "*"), true
	case p.options.Emit.GatewayOrigin != GatewayOriginNone:
		if chosen, ok = firstFixed(all.origins, credentials); ok {
			says = fmt.Sprintf("carry %q", chosen.Say())
		}
	}
	var others []string
	for _, h := range all.origins {
		if !ok || h.Say() != chosen.Say() {
			others = append(others, strconv.Quote(spelled(h)))
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
	return chosen, ok
}

// firstFixed returns the first exact origin, or else "*" where credentials allow
// it.
func firstFixed(origins answers.Headers, credentials bool) (answers.Header, bool) {
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
	return answers.Header{}, false
}

// spelled returns an origin as a policy spells it.
func spelled(h answers.Header) string {
	if h.IsComputed() {
		return h.Origins[0].String()
	}
	return h.Say()
}
