package transform

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// planOptionsRoutes asks for OPTIONS routes where an HTTP API's preflights would not
// reach its CORS configuration: a route for any method gets them, and with an
// authorizer refuses them. HTTP APIs have no mock, so a new route goes to the backend
// of the one it stands beside. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
func (p *plan) planOptionsRoutes(root *draft, drafts drafts) {
	if p.options.Emit.OptionsRoutes == OptionsRoutesOff {
		return
	}
	for _, r := range p.author.Resources {
		if m := p.swallowing(r); m != nil {
			p.planOptionsRoute(m, root, drafts)
		}
	}
}

// swallowing returns the route of a resource that gets its preflights, or nil. One
// for OPTIONS that stays is somebody's on purpose, and gets them first.
func (p *plan) swallowing(r *model.Resource) *model.Method {
	if slices.ContainsFunc(r.Items, p.hasOptionsRoute) {
		return nil
	}
	for _, m := range r.Methods() {
		if m.Name == model.Any {
			return m
		}
	}
	return nil
}

func (p *plan) planOptionsRoute(m *model.Method, root *draft, drafts drafts) {
	name, place := routeName(m), here(m.Key, m.Pointer)
	integration, why := p.reused(m)
	switch {
	case !p.hasAuthorizer(m):
		p.warn(rulePreflightSwallowed, place,
			name+" gets preflights itself: its backend must answer them with a 2xx", "write the methods that it serves in the place of any, and API Gateway answers them")
		return
	case p.options.Emit.OptionsRoutes == OptionsRoutesWarn:
		p.warn(rulePreflightSwallowed, place,
			name+" gets preflights and asks for authorization, which they never carry", "add an OPTIONS route without it: --set optionsRoutes=add")
		return
	case integration == nil:
		p.warn(rulePreflightSwallowed, place,
			fmt.Sprintf("%s gets preflights and asks for authorization, which they never carry; no OPTIONS route is added, because %s", name, why),
			"add one without authorization, whose backend answers with a 2xx")
		return
	}
	var added, taken []string
	for _, path := range p.optionsPaths(m) {
		item := p.itemAt(path)
		switch {
		case item != nil && item.Opaque != "":
			taken = append(taken, path+" ("+item.Opaque+")")
			continue
		case item == nil || p.isOfRoot(item):
			item = cmp.Or(item, &model.PathItem{Key: path})
			root.putAll(p.optionsRoute(item, integration), "paths", item.Key, "options")
		case p.ownOptions(item) == nil:
			drafts.of(item).putAll(p.optionsRoute(item, integration), "options")
		case p.leaves[item.Options]:
			drafts.of(item).replace(p.optionsRoute(item, integration), "options")
		default:
			taken = append(taken, path+" (a mock stands there, which HTTP APIs do not have: --existing replace takes it out)")
			continue
		}
		added = append(added, "OPTIONS "+path)
	}
	if len(added) > 0 {
		p.warn(ruleOptionsRouteAdded, place,
			fmt.Sprintf("%s asks for authorization, which preflights never carry; added without it, with the same backend, which must answer with a 2xx: %s",
				name, strings.Join(added, ", ")),
			"use --set optionsRoutes=warn to add none")
	}
	if len(taken) > 0 {
		p.warn(rulePreflightSwallowed, place,
			fmt.Sprintf("%s gets preflights and asks for authorization, which they never carry; no OPTIONS can be added on %s",
				name, strings.Join(taken, ", ")),
			"add one there without authorization")
	}
}

// routeName names a route as API Gateway does: its method and path, or $default.
func routeName(m *model.Method) string {
	if m.Path == model.DefaultRoute {
		return model.DefaultRoute[1:]
	}
	return m.Name + " " + m.Path
}

// optionsPaths returns the paths on which an OPTIONS route has to stand beside another
// route: its own, and for the default route all that have no route of their own.
func (p *plan) optionsPaths(m *model.Method) []string {
	if m.Path != model.DefaultRoute {
		return []string{m.Path}
	}
	greedy := "/{proxy+}"
	for _, other := range p.author.Resources {
		if isGreedyAtRoot(other.Path) {
			greedy = other.Path
		}
	}
	return slices.DeleteFunc([]string{greedy, "/"}, func(path string) bool {
		item := p.itemAt(path)
		return item != nil && p.answersOptions(item)
	})
}

// answersOptions reports whether preflights for a path item have a route of the
// author's.
func (p *plan) answersOptions(item *model.PathItem) bool {
	return p.hasOptionsRoute(item) || slices.ContainsFunc(item.Methods, func(m *model.Method) bool { return m.Name == model.Any })
}

// hasOptionsRoute reports whether the OPTIONS of a path item is a route of the author's:
// not a mock, which the import drops.
func (p *plan) hasOptionsRoute(item *model.PathItem) bool {
	o := p.ownOptions(item)
	return o != nil && !p.leaves[o] && !p.calledType(o).IsMapped()
}

// ownOptions returns the OPTIONS of a path item that is its author's, or nil.
func (p *plan) ownOptions(item *model.PathItem) *model.Method {
	if p.isOfRoot(item) || p.owner(item.Pointer, item.Node).ownsOptions() {
		return nil
	}
	return item.Options
}

// isOfRoot reports whether the OPTIONS of a path item is listed by the mark at the
// root, since the path item had to be made for it.
func (p *plan) isOfRoot(item *model.PathItem) bool {
	return p.owner("", p.root).ownsOptionsOf(item.Pointer)
}

func isGreedyAtRoot(path string) bool {
	return strings.HasPrefix(path, "/{") && strings.HasSuffix(path, "+}") && strings.Count(path, "/") == 1
}

// itemAt returns the author's path item of that path, or nil.
func (p *plan) itemAt(path string) *model.PathItem {
	for _, r := range p.author.Resources {
		for _, item := range r.Items {
			if item.Key == path {
				return item
			}
		}
	}
	return nil
}

// hasAuthorizer reports whether a route asks its callers for something.
func (p *plan) hasAuthorizer(m *model.Method) bool {
	kind := m.Node.Get(extensions.NameAuth).Get("type").Text()
	if strings.EqualFold(kind, "NONE") {
		return false
	}
	return kind != "" || p.author.SecurityOf(m) != nil
}

// reused returns the integration of a route as an OPTIONS without authorization may have
// it, or why it may not: what it calls must do no more than answer.
func (p *plan) reused(m *model.Method) (v layout.Value, why string) {
	i := m.Integration
	switch {
	case m.Opaque != "":
		return nil, m.Opaque
	case i == nil:
		return nil, "it has no integration that the new one could go to"
	case p.calledType(m).IsMapped():
		return nil, fmt.Sprintf("HTTP APIs have no integration of type %s", p.calledType(m))
	}
	called := p.author.Resolve(i.Node)
	if called == nil {
		return nil, "its integration refers to something that is not in the document"
	}
	if called.Get("integrationSubtype") != nil {
		return nil, "its integration makes an AWS service act, which a call without authorization must not"
	}
	written := i.Node
	if sendsAnotherMethod(called) {
		written = called // so that its method can be that of the call
	}
	v, ok := layout.Of(written, p.author.Hidden)
	object, isMap := v.(layout.Map)
	if !ok || !isMap {
		return nil, "its integration is written with anchors, merge keys or tags, and cannot be repeated"
	}
	if sendsAnotherMethod(called) {
		return object.With("httpMethod", layout.String("OPTIONS")), ""
	}
	return object, ""
}

// sendsAnotherMethod reports whether an integration makes a call with another method of
// every call, so that its backend would take a preflight for more than it is.
func sendsAnotherMethod(integration *source.Node) bool {
	method := strings.ToUpper(integration.Get("httpMethod").Text())
	return extensions.IntegrationType(integration.Get("type").Text()).Is(extensions.TypeHTTPProxy) &&
		method != "" && method != model.Any && method != "OPTIONS"
}

// optionsRoute builds an OPTIONS that asks for no authorization.
func (p *plan) optionsRoute(item *model.PathItem, integration layout.Value) layout.Map {
	var op layout.Map
	if params := optionsParameters(p.author, item); len(params) > 0 {
		op = append(op, layout.Member{Key: "parameters", Value: params})
	}
	return append(op,
		layout.Member{Key: "security", Value: layout.List{}},
		layout.Member{Key: "responses", Value: layout.Map{{Key: "default", Value: layout.Map{
			{Key: "description", Value: layout.String("Default response for OPTIONS " + item.Key)},
		}}}},
		layout.Member{Key: extensions.NameIntegration, Value: integration},
	)
}
