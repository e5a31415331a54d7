package httpapi

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/operation"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// planOptionsRoutes asks for OPTIONS routes where an HTTP API's preflight requests would not
// reach its CORS configuration: a route for any method gets them, and with an
// authorizer refuses them. HTTP APIs have no mock, so a new route goes to the backend
// of the one that it is beside. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
func planOptionsRoutes(in Input, removed map[*model.Method]bool, drafts *own.Drafts) notes {
	var all notes
	table := routeTable{in.Doc, removed}
	for _, r := range in.Doc.HandWritten.Resources {
		m := table.catchAll(r)
		if m == nil {
			continue
		}
		integration, why := besideCatchAll(in, m)
		if integration == nil {
			all.add(found(why...))
			continue
		}
		all.add(planOptionsRoute(table, m, integration, drafts))
	}
	return all
}

// besideCatchAll returns the integration that an OPTIONS route beside a catch-all route has,
// and nil with what there is to say where none is added.
func besideCatchAll(in Input, m *model.Method) (layout.Value, []rules.Finding) {
	d := in.Doc.HandWritten
	authorization := d.AuthorizationOf(m, model.HTTP)
	swallowed := func(hint string) []rules.Finding {
		return []rules.Finding{rules.RefusesPreflights(m, authorization.RefusedBy, hint)}
	}
	integration, why := reused(d, m)
	switch {
	case len(authorization.RefusedBy) == 0 && authorization.Unknown != "":
		return nil, []rules.Finding{{
			Rule: rules.NotUnderstood, At: rules.At(m.Key, m.Pointer),
			Message: fmt.Sprintf("whether %s requires authorization is not known, so no OPTIONS route is added beside it: %s", routeName(m), authorization.Unknown),
			Hint:    "if it does, write an OPTIONS route without authorization beside it",
		}}
	case len(authorization.RefusedBy) == 0:
		return nil, rules.PassesPreflights(d, m)
	case in.Routes == WarnOfRoutes:
		return nil, swallowed("add an OPTIONS route without it: --set optionsRoutes=add")
	case integration == nil:
		return nil, swallowed(fmt.Sprintf("add an OPTIONS route without authorization, whose backend answers with a 2xx; none is added, because %s", why))
	}
	return integration, nil
}

func planOptionsRoute(table routeTable, m *model.Method, integration layout.Value, drafts *own.Drafts) notes {
	var added, taken []string
	for _, path := range table.optionsPaths(m) {
		if why := putRoute(table, path, integration, drafts); why != "" {
			taken = append(taken, path+" ("+why+")")
		} else {
			added = append(added, "OPTIONS "+path)
		}
	}
	var all notes
	name, at := routeName(m), rules.At(m.Key, m.Pointer)
	if len(added) > 0 {
		all.add(found(rules.Finding{
			Rule: rules.OptionsRouteAdded, At: at,
			Message: fmt.Sprintf("%s asks for authorization, which preflights never carry; added without it, with the same backend, which must answer with a 2xx: %s", name, strings.Join(added, ", ")),
			Hint:    "use --set optionsRoutes=warn to add none",
		}))
	}
	if len(taken) > 0 {
		schemes := table.doc.HandWritten.AuthorizationOf(m, model.HTTP).RefusedBy
		all.add(found(rules.RefusesPreflights(m, schemes, "add an OPTIONS route without authorization; none can be added on "+strings.Join(taken, ", "))))
	}
	return all
}

// putRoute asks for an OPTIONS route on a path, or tells why there can be none.
func putRoute(table routeTable, path string, integration layout.Value, drafts *own.Drafts) (why string) {
	item := table.item(path)
	d := table.doc.HandWritten
	switch {
	case item != nil && item.Opaque != "":
		return item.Opaque
	case item == nil || table.doc.RootOwnsOptions(item):
		item = cmp.Or(item, &model.PathItem{Key: path})
		drafts.Root.PutAll(optionsRoute(d, item, integration), "paths", item.Key, "options")
	case ownOptions(table.doc, item) == nil:
		drafts.Of(item).PutAll(optionsRoute(d, item, integration), "options")
	case table.removed[item.Options]:
		drafts.Of(item).Replace(optionsRoute(d, item, integration), "options")
	default:
		return "a mock stands there, which HTTP APIs do not have: --existing replace takes it out"
	}
	return ""
}

// routeName names a route as API Gateway does: its method and path, or $default.
func routeName(m *model.Method) string {
	if m.Path == model.DefaultRoute {
		return model.DefaultRoute[1:]
	}
	return m.Name + " " + m.Path
}

// routeTable are the routes of a document, of which some OPTIONS are removed.
type routeTable struct {
	doc     *own.Reading
	removed map[*model.Method]bool
}

// catchAll returns the route of a resource that gets its preflight requests, or nil. One
// for OPTIONS that stays is somebody's on purpose, and gets them first.
func (t routeTable) catchAll(r *model.Resource) *model.Method {
	if slices.ContainsFunc(r.Items, t.hasOptionsRoute) {
		return nil
	}
	for _, m := range r.Methods() {
		if m.Name == model.Any {
			return m
		}
	}
	return nil
}

// optionsPaths returns the paths on which an OPTIONS route has to be beside another
// route: its own, and for the default route all that have no route of their own.
func (t routeTable) optionsPaths(m *model.Method) []string {
	if m.Path != model.DefaultRoute {
		return []string{m.Path}
	}
	greedy := "/{proxy+}"
	for _, other := range t.doc.HandWritten.Resources {
		if model.IsGreedy(other.Path) && strings.Count(other.Path, "/") == 1 {
			greedy = other.Path
		}
	}
	return slices.DeleteFunc([]string{greedy, "/"}, func(path string) bool {
		item := t.item(path)
		return item != nil && t.answersOptions(item)
	})
}

// answersOptions reports whether preflight requests for a path item have an existing
// route.
func (t routeTable) answersOptions(item *model.PathItem) bool {
	return t.hasOptionsRoute(item) || slices.ContainsFunc(item.Methods, func(m *model.Method) bool { return m.Name == model.Any })
}

// hasOptionsRoute reports whether the OPTIONS of a path item is an existing route:
// not a mock, which the import drops.
func (t routeTable) hasOptionsRoute(item *model.PathItem) bool {
	o := ownOptions(t.doc, item)
	return o != nil && !t.removed[o] && !calledType(t.doc.HandWritten, o).IsMapped()
}

// item returns the existing path item of that path, or nil.
func (t routeTable) item(path string) *model.PathItem {
	for _, r := range t.doc.HandWritten.Resources {
		for _, item := range r.Items {
			if item.Key == path {
				return item
			}
		}
	}
	return nil
}

// ownOptions returns the OPTIONS of a path item that is hand-written, or nil.
func ownOptions(doc *own.Reading, item *model.PathItem) *model.Method {
	if doc.OwnsOptions(item) {
		return nil
	}
	return item.Options
}

// reused returns the integration of a route as an OPTIONS without authorization may have
// it, or why it may not: what it calls must do no more than answer.
func reused(d *model.Document, m *model.Method) (v layout.Value, why string) {
	i := m.Integration
	switch {
	case m.Opaque != "":
		return nil, m.Opaque
	case i == nil:
		return nil, "it has no integration that the new one could go to"
	case calledType(d, m).IsMapped():
		return nil, fmt.Sprintf("HTTP APIs have no integration of type %s", calledType(d, m))
	}
	called := d.Resolve(i.Node)
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
	v, ok := layout.Of(written, d.Hidden)
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
func optionsRoute(d *model.Document, item *model.PathItem, integration layout.Value) layout.Map {
	var op layout.Map
	if params := operation.Parameters(d, item); len(params) > 0 {
		op = append(op, layout.Member{Key: "parameters", Value: params})
	}
	return append(op,
		layout.Member{Key: "security", Value: layout.List{}},
		layout.Member{Key: "responses", Value: layout.Map{{Key: "default", Value: layout.Map{
			{Key: "description", Value: layout.String(own.DescriptionOfRoute + item.Key)},
		}}}},
		layout.Member{Key: extensions.NameIntegration, Value: integration},
	)
}
