package httpapi

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/operation"
	"github.com/apigw-cors/apigw-cors/transform/internal/outcome"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// planOptionsRoutes asks for OPTIONS routes where an HTTP API's preflight requests would not
// reach its CORS configuration: a route for any method gets them, and with an
// authorizer refuses them. HTTP APIs have no mock, so a new route goes to the backend
// of the one that it is beside. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
func planOptionsRoutes(in Input, removed map[*model.Method]bool, drafts *own.Drafts) routesPlan {
	all := routesPlan{relieved: map[source.Pointer]bool{}}
	table := newRouteTable(in.Doc, removed)
	for _, r := range in.Doc.HandWritten.Resources {
		m := table.routes.CatchAll(r)
		if m == nil {
			continue
		}
		integration, why := besideCatchAll(in, m)
		switch {
		case integration != nil:
			all.Add(planOptionsRoute(table, r, m, integration, drafts))
			all.relieved[m.Pointer] = true
		case table.routes.HandledByCatchAll(r) != nil:
			all.Add(outcome.Found(why...))
		}
	}
	return all
}

// routesPlan is what becomes of catch-all routes.
type routesPlan struct {
	outcome.Notes
	relieved map[source.Pointer]bool // those that get no preflight requests any more
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
			Message: fmt.Sprintf("whether %s requires authorization is not known, so no OPTIONS route is added beside it: %s", m.Route(), authorization.Unknown),
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

func planOptionsRoute(table routeTable, r *model.Resource, m *model.Method, integration layout.Value, drafts *own.Drafts) outcome.Notes {
	var added, taken []string
	for _, item := range table.beside(r, m) {
		if why := putRoute(table, item, integration, drafts); why != "" {
			taken = append(taken, item.Key+" ("+why+")")
		} else {
			added = append(added, "OPTIONS "+item.Key)
		}
	}
	var all outcome.Notes
	name, at := m.Route(), rules.At(m.Key, m.Pointer)
	if len(added) > 0 {
		all.Add(outcome.Found(rules.Finding{
			Rule: rules.OptionsRouteAdded, At: at,
			Message: fmt.Sprintf("%s asks for authorization, which preflights never carry; added without it, with the same backend, which must answer with a 2xx: %s", name, strings.Join(added, ", ")),
			Hint:    "use --set optionsRoutes=warn to add none",
		}))
	}
	if len(taken) > 0 {
		schemes := table.doc.HandWritten.AuthorizationOf(m, model.HTTP).RefusedBy
		all.Add(outcome.Found(rules.RefusesPreflights(m, schemes, "add an OPTIONS route without authorization; none can be added on "+strings.Join(taken, ", "))))
	}
	return all
}

// putRoute asks for an OPTIONS route on a path item, or tells why there can be none.
func putRoute(table routeTable, item *model.PathItem, integration layout.Value, drafts *own.Drafts) (why string) {
	route := optionsRoute(table.doc.HandWritten, item, integration)
	switch {
	case item.Opaque != "":
		return item.Opaque
	case item.Node == nil || table.doc.RootOwnsOptions(item):
		drafts.Root.PutAll(route, "paths", item.Key, "options")
	case item.Options != nil && table.removed[item.Options]:
		drafts.Of(item).Replace(route, "options")
	case item.Options != nil && item.Options.Node.IsNull():
		return "it has an OPTIONS that is null"
	default:
		drafts.Of(item).PutAll(route, "options")
	}
	return ""
}

// routeTable are the routes of a document, of which some OPTIONS are removed.
type routeTable struct {
	doc     *own.Reading
	removed map[*model.Method]bool
	routes  *responses.PreflightRoutes
	byPath  map[string]*model.Resource
}

func newRouteTable(doc *own.Reading, removed map[*model.Method]bool) routeTable {
	t := routeTable{doc: doc, removed: removed, byPath: map[string]*model.Resource{}}
	generated := map[*model.Method]bool{}
	for _, r := range doc.HandWritten.Resources {
		t.byPath[r.Path] = r
		for _, item := range r.Items {
			if item.Options != nil && doc.OwnsOptions(item) {
				generated[item.Options] = true
			}
		}
	}
	t.routes = responses.RoutePreflightsWith(doc.HandWritten, model.HTTP, responses.PlannedOptions{
		Removed: func(m *model.Method) bool { return removed[m] || generated[m] },
	})
	return t
}

// beside returns the path items on which an OPTIONS route has to be beside another route: its own,
// and for the default route those that stand for all paths without a route of their own.
func (t routeTable) beside(r *model.Resource, m *model.Method) (items []*model.PathItem) {
	if r.Path != model.DefaultRoute {
		return []*model.PathItem{r.ItemOf(m)}
	}
	for _, path := range []string{t.greedyPath(), "/"} {
		switch of := t.byPath[path]; {
		case of == nil:
			items = append(items, &model.PathItem{Key: path})
		case t.routes.Handler(of).How != responses.ByOwnMethod:
			items = append(items, of.Home())
		}
	}
	return items
}

// greedyPath returns the path that stands for all others but "/", which may be a new one.
func (t routeTable) greedyPath() string {
	for _, r := range t.doc.HandWritten.Resources {
		if model.IsGreedy(r.Path) && strings.Count(r.Path, "/") == 1 {
			return r.Path
		}
	}
	return "/{proxy+}"
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
	case model.CalledType(d, m).IsMapped():
		return nil, fmt.Sprintf("HTTP APIs have no integration of type %s", model.CalledType(d, m))
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
