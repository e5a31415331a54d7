package own

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// shape says what a run may have written at a place. What has no shape was written by
// hand, whatever a marker lists: an edit by hand could hand over somebody's operation
// otherwise.
type shape struct {
	// listed tells that a marker may list the place. What is above exists before anything
	// is generated in it.
	listed bool
	// member returns the shape of a member with a value, nil for one that no run writes;
	// the value is nil where it is gone. Without this function, the place is a value, and
	// all that is in it is generated.
	member func(key string, n *source.Node) *shape
	// wrote reports whether a run may have written the value. Without it, any.
	wrote func(*source.Node) bool
	// believed reports whether a marker that lists the value is believed. Without it, whatever the
	// value is.
	believed func(*source.Node) bool
	// added tells that somebody has written the member, unless a marker lists it by itself: a
	// second response of an OPTIONS.
	added bool
}

// object is the shape of an object with known members.
func object(members map[string]*shape) func(string, *source.Node) *shape {
	return func(key string, _ *source.Node) *shape { return members[key] }
}

func leaf(wrote func(*source.Node) bool) *shape { return &shape{listed: true, wrote: wrote} }

func generated(member func(string, *source.Node) *shape) *shape {
	return &shape{listed: true, member: member}
}

// above is the shape of an object in which something may be generated, and which is never
// generated itself.
func above(member func(string, *source.Node) *shape) *shape { return &shape{member: member} }

// text reports whether a value is one of some texts.
func text(texts ...string) func(*source.Node) bool {
	return func(n *source.Node) bool { return n.Kind == source.Scalar && slices.Contains(texts, n.Text()) }
}

// one reports whether a value is a list of one of some texts.
func one(texts ...string) func(*source.Node) bool {
	is := text(texts...)
	return func(n *source.Node) bool { return len(n.Items()) == 1 && is(n.Items()[0]) }
}

func isEmptyList(n *source.Node) bool { return n.Kind == source.Seq && len(n.Items()) == 0 }

// shapeOfRoot is what may be generated at the root: gateway responses, the CORS
// configuration of an HTTP API, and path items that an OPTIONS route needed.
func shapeOfRoot(root *source.Node) *shape {
	copied := integrationsOf(root, root.Get("paths").Get(extensions.DefaultRoutePath))
	return above(object(map[string]*shape{
		extensions.NameGatewayResponses: generated(each(generated(object(map[string]*shape{
			"responseParameters": generated(mappings(responses.GatewayTarget, responses.IsActual)),
		})))),
		extensions.NameCORS: shapeOfCORSObject(),
		"paths": above(func(key string, _ *source.Node) *shape {
			if !strings.HasPrefix(key, "/") {
				return nil
			}
			return generated(func(key string, n *source.Node) *shape {
				if key != "options" {
					return nil
				}
				return shapeOfOptions(n, true, copied)
			})
		}),
	}))
}

// shapeOfCORSObject is a CORS object as a run writes one, at the root or on a resource.
func shapeOfCORSObject() *shape {
	return generated(func(key string, _ *source.Node) *shape {
		if !isConfigurationMember(key) {
			return nil
		}
		return leaf(nil)
	})
}

// each is the shape of an object whose members, whatever their names, have one shape.
func each(s *shape) func(string, *source.Node) *shape {
	return func(string, *source.Node) *shape { return s }
}

// shapeOfItem is what may be generated on a path item.
func shapeOfItem(root, item *source.Node) *shape {
	varies := varies(item)
	copied := integrationsOf(root, item, root.Get("paths").Get(extensions.DefaultRoutePath))
	return above(func(key string, n *source.Node) *shape {
		method, isMethod := model.MethodName(key)
		switch {
		case key == extensions.NameCORS:
			return shapeOfCORSObject()
		case key == "options":
			return shapeOfOptions(n, varies, copied)
		case !isMethod || method == "OPTIONS":
			return nil
		}
		return above(object(map[string]*shape{
			"responses": generated(shapeOfResponse(responses.IsActual, varies)),
			extensions.NameIntegration: above(object(map[string]*shape{
				"responses": above(each(above(object(map[string]*shape{
					"responseParameters": generated(mappings(responses.MethodTarget, responses.IsActual)),
					"responseTemplates":  generated(object(map[string]*shape{"application/json": leaf(isAddedTemplate)})),
				})))),
			})),
		}))
	})
}

// isConfigurationMember reports whether a CORS object of API Gateway has a member of that
// name.
func isConfigurationMember(name string) bool {
	m := policy.MemberNamed(name)
	return m.Name != "" && !m.Own
}

// integrationsOf returns the integrations of the routes for any method on path items of an HTTP API, and
// what they refer to.
func integrationsOf(root *source.Node, items ...*source.Node) (list []*source.Node) {
	for _, item := range items {
		n := item.Get(extensions.NameAnyMethod).Get(extensions.NameIntegration)
		if n == nil {
			continue
		}
		list = append(list, n)
		if ref, ok := model.Ref(n); ok {
			if at, isLocal := model.LocalTarget(ref); isLocal && root.At(at) != nil {
				list = append(list, root.At(at))
			}
		}
	}
	return list
}

// shapeOfCopy is the integration of an OPTIONS route, which is that of another route. What none of
// those has from which it may have been taken was written by hand.
func shapeOfCopy(copied []*source.Node) *shape {
	if len(copied) == 0 {
		return leaf(nil)
	}
	return generated(func(key string, _ *source.Node) *shape {
		if !slices.ContainsFunc(copied, func(n *source.Node) bool { return n.Get(key) != nil }) {
			return nil
		}
		return leaf(nil)
	})
}

// shapeOfOptions is what may be generated of an OPTIONS: the whole, or members that
// completed one. n is the OPTIONS, copied are the integrations that it may have.
func shapeOfOptions(n *source.Node, varies bool, copied []*source.Node) *shape {
	integration := shapeOfMock()
	kind := extensions.IntegrationType(n.Get(extensions.NameIntegration).Get("type").Text())
	if n.Get("responses").Get("default") != nil && !kind.IsMock() { // a route of an HTTP API
		integration = shapeOfCopy(copied)
	}
	return generated(object(map[string]*shape{
		"consumes":                 leaf(one("application/json", "multipart/form-data")),
		"produces":                 leaf(one("application/json")),
		"parameters":               leaf(nil),
		"security":                 leaf(isEmptyList),
		"responses":                generated(shapeOfResponse(responses.IsCORS, varies)),
		extensions.NameAuth:        generated(object(map[string]*shape{"type": leaf(text("NONE"))})),
		extensions.NameIntegration: integration,
	}))
}

// The descriptions that a run writes.
const (
	// DescriptionOfOptions is that of the response of a mock OPTIONS.
	DescriptionOfOptions = "Default response for CORS method"
	// DescriptionOfRoute begins that of the response of an OPTIONS route.
	DescriptionOfRoute = "Default response for OPTIONS "
)

// DescriptionOfStatus is the description of a method response that is generated because
// an integration response has its status.
func DescriptionOfStatus(status string) string { return status + " response" }

// shapeOfResponse gives the shape of a method response by its status.
func shapeOfResponse(carries func(header string) bool, varies bool) func(string, *source.Node) *shape {
	return func(status string, n *source.Node) *shape {
		if status != "default" && !model.IsStatus(status) {
			return nil
		}
		isDescribed := func(n *source.Node) bool {
			return text(DescriptionOfOptions, DescriptionOfStatus(status))(n) || strings.HasPrefix(n.Text(), DescriptionOfRoute)
		}
		s := generated(object(map[string]*shape{
			"description": leaf(isDescribed),
			"headers": generated(func(name string, _ *source.Node) *shape {
				isVary := strings.EqualFold(name, responses.Vary)
				if !carries(name) || isVary && !varies {
					return nil
				}
				return generated(object(map[string]*shape{"type": leaf(text("string")), "schema": generated(object(map[string]*shape{"type": leaf(text("string"))}))}))
			}),
		}))
		hasDescription := func(n *source.Node) bool { d := n.Get("description"); return d != nil && isDescribed(d) }
		s.believed = func(n *source.Node) bool {
			return hasDescription(n) || slices.ContainsFunc(n.Get("headers").Members(), func(m source.Member) bool { return carries(m.Name()) })
		}
		isOfOptions := slices.Contains([]string{"200", "204", "default"}, status)
		s.added = !isOfOptions && !hasDescription(n)
		return s
	}
}

// shapeOfMock is the integration of an OPTIONS.
func shapeOfMock() *shape {
	toText := leaf(func(n *source.Node) bool { return extensions.ContentHandling(n.Text()).Is(extensions.ConvertToText) })
	return generated(object(map[string]*shape{
		"type":                leaf(func(n *source.Node) bool { return extensions.IntegrationType(n.Text()).IsMock() }),
		"requestTemplates":    generated(object(map[string]*shape{"application/json": leaf(text(`{"statusCode": 200}`, `{"statusCode": 204}`))})),
		"passthroughBehavior": leaf(text(string(extensions.PassthroughNever))),
		"contentHandling":     toText,
		"responses": generated(func(pattern string, _ *source.Node) *shape {
			response := generated(object(map[string]*shape{
				"statusCode":         leaf(text("200", "204")),
				"contentHandling":    toText,
				"responseParameters": generated(mappings(responses.MethodTarget, responses.IsCORS)),
				"responseTemplates":  generated(object(map[string]*shape{"application/json": leaf(isChoosingTemplate)})),
			}))
			response.added = pattern != "default"
			return response
		}),
	}))
}

// mappings gives the shape of a mapping by its target. A Vary of ours is there only where
// a template chooses the origin, and has nothing else in it then.
func mappings(target string, carries func(header string) bool) func(string, *source.Node) *shape {
	return func(key string, n *source.Node) *shape {
		name, ok := strings.CutPrefix(key, target)
		isVary := strings.EqualFold(name, responses.Vary)
		if !ok || !carries(name) || isVary && n != nil && n.Text() != varyOrigin {
			return nil
		}
		return leaf(nil)
	}
}

const varyOrigin = "'Origin'"

// varies reports whether a response of a path item is mapped to vary with the origin.
func varies(item *source.Node) bool {
	for _, m := range item.Members() {
		if _, ok := model.MethodName(m.Name()); !ok {
			continue
		}
		for _, entry := range m.Value.Get(extensions.NameIntegration).Get("responses").Members() {
			if entry.Value.Get("responseParameters").Get(responses.MethodTarget+responses.Vary).Text() == varyOrigin {
				return true
			}
		}
	}
	return false
}

// isChoosingTemplate reports whether a value is the response template of an OPTIONS.
func isChoosingTemplate(n *source.Node) bool {
	return responses.IsPreflightTemplate(n.Text()) || isAddedTemplate(n)
}

// isAddedTemplate reports whether a value is a template that was added to a response.
func isAddedTemplate(n *source.Node) bool {
	snippet, rest := responses.Fenced(n.Text() + "\n")
	want := responses.Snippet(responses.TemplateOrigins(snippet), responses.IsUnquoted(snippet))
	return snippet != "" && snippet == want && slices.Contains([]string{"", "$input.body"}, strings.TrimSpace(rest))
}
