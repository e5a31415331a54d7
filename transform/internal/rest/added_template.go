package rest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/outcome"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

const (
	AutoTemplates   Templates = iota // where the response is JSON by its own declaration
	AlwaysTemplates                  // whatever the response declares
	NoTemplates
)

// addTemplate adds a template to an integration response that has none, or returns the finding
// for one that gets none.
func addTemplate(t task, what string, m *model.Method, entry *model.IntegrationResponse, origins []policy.Origin) choice {
	why, remedy := withoutTemplate(t, m, entry)
	if why == "" {
		c := choice{ok: true, added: layout.String(responses.Snippet(origins, false) + passThrough(m))}
		if passThrough(m) != "" {
			c.Add(outcome.Found(rules.Finding{
				Rule: rules.ResponseTemplateAdded, At: rules.At(entry.Key, entry.Pointer),
				Message: what + ": a response template is added that passes the body through and chooses the caller's origin; an empty body becomes {}",
				Hint:    "use --set addResponseTemplates=false to add none",
			}))
		}
		return c
	}
	return choice{unreadable: true, Notes: outcome.Found(rules.Finding{
		Rule: rules.ResponseTemplateMissing, At: rules.At(entry.Key, entry.Pointer),
		Message: fmt.Sprintf("%s: the policy has several origins, and the integration response has no template that could choose the caller's, so no page can read it; none is added, because %s", what, why),
		Hint:    remedy,
	})}
}

// withoutTemplate tells why no template can be added to an integration response, and what to
// do; nothing where one can.
func withoutTemplate(t task, m *model.Method, entry *model.IntegrationResponse) (why, remedy string) {
	const always = "use --set addResponseTemplates=true to add one all the same"
	why, isFinal := cannotRender(t.doc.HandWritten, m, entry)
	switch {
	case t.emit.Templates == NoTemplates:
		return "addResponseTemplates=false", "use --set addResponseTemplates=auto to add one that passes the body through"
	case why != "" && isFinal:
		return why, "write a response template, or allow one origin"
	case t.emit.Templates == AlwaysTemplates || responses.ResponderOf(m) == responses.Mock:
		return "", ""
	}
	return notJSON(t.doc.HandWritten, m, entry), always
}

// cannotRender tells why a template cannot be applied to a response at all.
// Where a binary media type or contentHandling meets a template, API Gateway responds with 500
// (recorded), and a response without a body has nothing that a template could render.
func cannotRender(d *model.Document, m *model.Method, entry *model.IntegrationResponse) (why string, isFinal bool) {
	binary := d.BinaryMediaTypes()
	switch {
	case slices.Contains([]string{"204", "205", "304"}, entry.Status), strings.HasPrefix(entry.Status, "1"):
		return "a response with the status " + entry.Status + " has no body", true
	case responses.ResponderOf(m) == responses.Mock && isText(entry.Node) && isText(m.Integration.Node):
		return "", false
	case entry.Node.Get("contentHandling") != nil, m.Integration.Node.Get("contentHandling") != nil:
		return "contentHandling may make the body binary", true
	case binary.Any, binary.JSON, binary.Unknown != "", binary.Other:
		return "the document has binary media types", true
	}
	return "", false
}

// isText reports whether an integration, or a response of it, converts to text.
func isText(n *source.Node) bool {
	return extensions.ContentHandling(n.Get("contentHandling").Text()).Is(extensions.ConvertToText)
}

// notJSON tells why a response may be something else than JSON, as it is declared.
func notJSON(d *model.Document, m *model.Method, entry *model.IntegrationResponse) string {
	for _, p := range entry.Parameters {
		if strings.EqualFold(p.Name(), responses.MethodTarget+"Content-Type") && !isJSON(strings.Trim(p.Value.Text(), "'")) {
			return "its Content-Type is mapped"
		}
	}
	declared := declaredTypes(d, m, entry)
	for _, name := range declared.names {
		if !isJSON(name) {
			return fmt.Sprintf("it declares %q", name)
		}
	}
	return declared.unknown
}

// mediaTypes are those that a response declares: no names where it declares none, and why nobody can
// tell which it declares, where that is so.
type mediaTypes struct {
	names   []string
	unknown string
}

func declaredTypes(d *model.Document, m *model.Method, entry *model.IntegrationResponse) mediaTypes {
	if d.Version == model.Swagger2 {
		produces := m.Node.Get("produces")
		if produces == nil {
			produces = d.Root.Get("produces")
		}
		return producedTypes(produces)
	}
	r := m.Response(entry.Status)
	switch {
	case r == nil:
		return mediaTypes{}
	case r.Content == nil, r.Open:
		return mediaTypes{unknown: "what it declares is not in the document"}
	}
	content := r.Content.Get("content")
	if why := model.Closed(content); why != "" {
		return mediaTypes{unknown: "its content is " + why}
	}
	var types mediaTypes
	for _, member := range content.Members() {
		types.names = append(types.names, member.Name())
	}
	return types
}

// producedTypes are those that a list of Swagger 2.0 has.
func producedTypes(produces *source.Node) (types mediaTypes) {
	if produces != nil && (produces.Kind != source.Seq || model.Intrinsic(produces)) {
		return mediaTypes{unknown: "what it produces is " + produces.Excerpt()}
	}
	for _, item := range produces.Items() {
		if !item.IsString() {
			return mediaTypes{unknown: "it produces " + item.Excerpt()}
		}
		types.names = append(types.names, item.Text())
	}
	return types
}

func isJSON(mediaType string) bool {
	name := model.MediaType(mediaType)
	return name == "application/json" || strings.HasSuffix(name, "+json")
}

// choice is what the templates of an integration response make of the origin.
type choice struct {
	outcome.Notes
	ok bool // they let the origins of the policy through
	// unreadable tells that no page can read the response, since there is no template.
	unreadable bool
	added      layout.Value              // a template to add, nil: none
	snippets   map[source.Pointer]string // to be put in front of templates
}

// passThrough returns a template for the body as it is. A mock has none.
func passThrough(m *model.Method) string {
	if responses.ResponderOf(m) == responses.Mock {
		return ""
	}
	return "$input.body"
}
