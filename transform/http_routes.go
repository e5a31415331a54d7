package transform

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// checkRoutes notes what in the routes of an HTTP API works on REST APIs only, and
// which OPTIONS of the author's give way: the CORS configuration answers for them.
func (p *plan) checkRoutes(existing policy.Existing) {
	for _, r := range p.author.Resources {
		for _, item := range r.Items {
			if item.Opaque != "" {
				p.warn(ruleNotUnderstood, here(item.Node, item.Pointer),
					fmt.Sprintf("%s is left out of the lists: %s", item.Key, item.Opaque), "name what it needs with --allow-methods and --add-header")
			}
			for _, m := range item.Methods {
				p.checkIntegration(m)
			}
			if o := p.ownOptions(item); o != nil && p.givesInHTTP(existing, o) {
				p.leaves[o] = true
			} else if o != nil {
				p.checkOptionsRoute(o, existing)
			}
		}
	}
	for _, m := range answers.CORSMappings(p.author) {
		p.fail(ruleCORSMapping, here(m.Key, m.Pointer),
			fmt.Sprintf("%q: the parameter mappings of an HTTP API cannot touch %s; it answers with the headers of its CORS configuration alone", m.Key.Text(), m.Header),
			"take it out")
	}
}

// takeOutOptions asks that each OPTIONS of the author's that gives way leaves, unless
// another takes its place; and the whole path item where nothing else is in it.
func (p *plan) takeOutOptions(root *draft, drafts drafts) {
	for _, r := range p.author.Resources {
		for _, item := range r.Items {
			o := item.Options
			if o == nil || !p.leaves[o] {
				continue
			}
			p.info(ruleOptionsReplaced, here(o.Key, o.Pointer),
				fmt.Sprintf("OPTIONS %s of the author's is taken out: the CORS configuration answers preflights", o.Path), "")
			switch {
			case drafts.of(item).wants("options"):
			case len(p.author.Hidden.Members(item.Node)) == 1:
				root.remove("paths", item.Key)
			default:
				drafts.of(item).remove(o.Key.Text())
			}
		}
	}
}

// checkOptionsRoute notes what keeps an OPTIONS of the author's from answering
// preflights.
func (p *plan) checkOptionsRoute(o *model.Method, existing policy.Existing) {
	if existing == policy.ExistingError {
		p.refuseExisting(o.Key, fmt.Sprintf("%s has an OPTIONS of its own", o.Path), "")
		return
	}
	if p.calledType(o).IsMock() {
		p.fail(ruleIntegrationOfREST, here(o.Integration.Node, o.Integration.Pointer),
			fmt.Sprintf("OPTIONS %s is a mock, which HTTP APIs do not have: the import warns, and it answers no preflight", o.Path),
			"the CORS configuration answers them, so take it out, or have that done: --existing replace")
		return
	}
	p.keep(o, "its backend must answer preflights with a 2xx")
	p.checkAuth(o)
	p.checkIntegration(o)
}

// checkIntegration notes an integration that an HTTP API does not have.
func (p *plan) checkIntegration(m *model.Method) {
	i := m.Integration
	if i == nil {
		return
	}
	if kind := p.calledType(m); kind.IsMapped() {
		p.fail(ruleIntegrationOfREST, here(i.Node, i.Pointer),
			fmt.Sprintf("%s has an integration of type %s, which HTTP APIs do not have: the import warns, and the route does not work", routeName(m), kind),
			"use aws_proxy or http_proxy, or import the document as a REST API")
	}
}

// calledType returns the type of a method's integration, also of one that it refers to:
// HTTP APIs may share integrations.
func (p *plan) calledType(m *model.Method) extensions.IntegrationType {
	if m.Integration == nil {
		return ""
	}
	return extensions.IntegrationType(p.author.Resolve(m.Integration.Node).Get("type").Text())
}

// givesInHTTP reports whether an OPTIONS of the author's gives way to the CORS
// configuration: a mock as on a REST API, a route to a backend only if that is said.
func (p *plan) givesInHTTP(existing policy.Existing, o *model.Method) bool {
	kind := p.calledType(o)
	return existing.Replaces() && kind.IsMock() || existing == policy.ExistingReplaceAny && kind != "" || gives(existing, o)
}
