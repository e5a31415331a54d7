package transform

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
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
			if o := p.ownOptions(item); o != nil && gives(existing, o) {
				p.leaves[o] = true
			} else if o != nil {
				p.checkOptionsRoute(o, existing)
			}
		}
	}
	shared := p.root.Get("components").Get(extensions.NameIntegrations)
	for _, m := range shared.Members() {
		p.checkMappings(m.Value, pointer("/components/"+extensions.NameIntegrations).Child(m.Name()))
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
	if answers.AnswererOf(o) == answers.Mock {
		p.fail(ruleIntegrationOfREST, here(o.Integration.Node, o.Integration.Pointer),
			fmt.Sprintf("OPTIONS %s is a mock, which HTTP APIs do not have: the import warns, and it answers no preflight", o.Path),
			"the CORS configuration answers them, so take it out, or have that done: --existing replace")
		return
	}
	p.keep(o, "its backend must answer preflights with a 2xx")
	p.checkAuth(o)
	p.checkIntegration(o)
}

// checkIntegration notes an integration that an HTTP API does not have, and mappings
// that it does not take.
func (p *plan) checkIntegration(m *model.Method) {
	i := m.Integration
	if i == nil {
		return
	}
	if i.Type.IsMapped() {
		p.fail(ruleIntegrationOfREST, here(i.Node, i.Pointer),
			fmt.Sprintf("%s has an integration of type %s, which HTTP APIs do not have: the import warns, and the route does not work", routeName(m), i.Type),
			"use aws_proxy or http_proxy, or import the document as a REST API")
	}
	p.checkMappings(i.Node, i.Pointer)
}

// checkMappings notes parameter mappings of CORS headers. Those of HTTP APIs cannot
// touch them, and those of REST APIs say nothing there. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
func (p *plan) checkMappings(integration *source.Node, at pointer) {
	check := func(mappings *source.Node, at pointer) {
		for _, m := range mappings.Members() {
			if header, ok := mappedHeader(m.Name()); ok && strings.HasPrefix(strings.ToLower(header), "access-control-") {
				p.fail(ruleCORSMapping, here(m.Key, at.Child(m.Name())),
					fmt.Sprintf("%q: the parameter mappings of an HTTP API cannot touch %s; it answers with the headers of its CORS configuration alone", m.Name(), header),
					"take it out")
			}
		}
	}
	check(integration.Get("requestParameters"), at.Child("requestParameters"))
	for _, status := range integration.Get("responseParameters").Members() {
		check(status.Value, at.Child("responseParameters").Child(status.Name()))
	}
	for _, entry := range integration.Get("responses").Members() {
		check(p.author.Hidden.Get(entry.Value, "responseParameters"), at.Child("responses").Child(entry.Name()).Child("responseParameters"))
	}
}

// mappedHeader returns the header that the target of a mapping is, in the words of
// HTTP or of REST APIs.
func mappedHeader(target string) (name string, ok bool) {
	for _, prefix := range []string{"append:header.", "overwrite:header.", "remove:header.", answers.MethodTarget, "integration.request.header."} {
		if name, ok = strings.CutPrefix(target, prefix); ok {
			return name, true
		}
	}
	return "", false
}
