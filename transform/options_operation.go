package transform

import (
	"fmt"
	"slices"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// planOptions asks for an OPTIONS and for the block that records its policy, or
// keeps what the author has. It reports whether the policy holds for the
// resource.
func (p *plan) planOptions(w *work, done *Resource) bool {
	item := p.home(w.resource)
	headers := answers.PreflightOf(w.effective)
	o := w.resource.Options()
	if p.owner(item.Pointer, item.Node).ownsOptions() {
		o = nil
	}
	if o != nil && !gives(w.existing, o) {
		var holds bool
		done.Outcome, done.Reason, holds = p.keepOptions(w, o)
		return holds
	}
	catchAll := proxiedAny(w.resource)
	if o == nil && catchAll != nil && p.options.Emit.AnyOptions == AnyOptionsKeep {
		p.info(ruleAnyOptionsKept, here(catchAll.Key, catchAll.Pointer),
			fmt.Sprintf("ANY %s goes on receiving preflights, which its backend must answer with: %s", catchAll.Path, spell(headers)), "")
		done.Outcome, done.Reason = Kept, "the backend of its ANY must answer preflights with "+spell(headers)
		return true
	}
	if o == nil && catchAll != nil {
		p.warn(ruleAnyOptionsAdded, here(catchAll.Key, catchAll.Pointer),
			fmt.Sprintf("ANY %s has received preflights itself until now; the new OPTIONS takes them over", catchAll.Path),
			"use --set anyOptions=keep if the backend answers preflights")
	}
	p.putOptions(w.drafts[item], item, o, headers)
	p.planBlock(w)
	return true
}

// home returns the path item on which the OPTIONS of a resource stands or is to
// stand: the one where it was generated, if it was.
func (p *plan) home(r *model.Resource) *model.PathItem {
	for _, item := range r.Items {
		if p.owner(item.Pointer, item.Node).ownsOptions() {
			return item
		}
	}
	return r.Home()
}

// putOptions asks for a generated OPTIONS: in the place of the author's, or else
// member by member, so that an author may add to it.
func (p *plan) putOptions(w *draft, item *model.PathItem, authors *model.Method, headers answers.Headers) {
	op := p.optionsOperation(item, headers)
	if authors != nil {
		p.info(ruleOptionsReplaced, here(authors.Key, authors.Pointer), fmt.Sprintf("OPTIONS %s of the author's is replaced", authors.Path), "")
		if key := authors.Key.Text(); key != "options" {
			w.remove(key) // OPTIONS in capitals, which the specification does not know
		} else {
			w.replace(op, key)
			return
		}
	}
	w.putAll(op, "options")
}

// proxiedAny returns the ANY of a resource that passes everything on to a
// backend, preflights included, or nil.
func proxiedAny(r *model.Resource) *model.Method {
	for _, m := range r.Methods() {
		if m.Name == model.Any && answers.AnswererOf(m) == answers.Backend {
			return m
		}
	}
	return nil
}

// generatedInOptions are the members that optionsOperation may write.
var generatedInOptions = map[string]bool{
	"consumes": true, "produces": true, "parameters": true, "security": true, "responses": true,
	extensions.NameAuth: true, extensions.NameIntegration: true,
}

// optionsOperation builds the mock OPTIONS that answers preflights with the given
// headers, as API Gateway's guide recommends it: see
// https://docs.aws.amazon.com/apigateway/latest/developerguide/enable-cors-for-resource-using-swagger-importer-tool.html
func (p *plan) optionsOperation(item *model.PathItem, headers answers.Headers) layout.Map {
	var op layout.Map
	d, status := p.author, p.options.Emit.status()
	add := func(key string, v layout.Value) { op = append(op, layout.Member{Key: key, Value: v}) }
	if d.Version == model.Swagger2 {
		add("consumes", layout.Strings([]string{consumed(item)}))
		add("produces", layout.Strings([]string{"application/json"}))
	}
	if params := optionsParameters(d, item); len(params) > 0 {
		add("parameters", params)
	}
	// Preflights carry no credentials (Fetch standard, CORS-preflight fetch), so
	// whatever the root asks for must not hold here.
	add("security", layout.List{})
	add("responses", layout.Map{{Key: status, Value: layout.Map{
		{Key: "description", Value: layout.String("Default response for CORS method")},
		{Key: "headers", Value: declarations(d.Version, headers)},
	}}})
	if d.AsksForCredentials() {
		add(extensions.NameAuth, layout.Map{{Key: "type", Value: layout.String("NONE")}})
	}
	add(extensions.NameIntegration, p.mockIntegration(status, headers))
	return op
}

// mockIntegration builds the integration of an OPTIONS. contentHandling stands on
// both sides because binary media types may be set outside the document, and with
// "*/*" a mock without it answers 500.
func (p *plan) mockIntegration(status string, headers answers.Headers) layout.Map {
	toText := layout.Member{Key: "contentHandling", Value: layout.String(extensions.ConvertToText)}
	return layout.Map{
		{Key: "type", Value: layout.String(extensions.TypeMock)},
		{Key: "requestTemplates", Value: layout.Map{
			{Key: "application/json", Value: layout.String(`{"statusCode": ` + status + `}`)},
		}},
		{Key: "passthroughBehavior", Value: layout.String(extensions.PassthroughNever)},
		toText,
		{Key: "responses", Value: layout.Map{{Key: "default", Value: p.mockResponse(status, toText, headers)}}},
	}
}

func (p *plan) mockResponse(status string, toText layout.Member, headers answers.Headers) layout.Map {
	response := layout.Map{
		{Key: "statusCode", Value: layout.String(status)},
		toText,
		{Key: "responseParameters", Value: p.mappings(headers)},
	}
	if origins := headers.Computed(); origins != nil {
		response = append(response, layout.Member{Key: "responseTemplates", Value: layout.Map{
			{Key: "application/json", Value: layout.String(answers.PreflightTemplate(origins))},
		}})
	}
	return response
}

// declarations builds the headers of a method response. A header that is mapped
// and not declared makes the import fail.
func declarations(v model.Version, headers answers.Headers) layout.Map {
	m := make(layout.Map, len(headers))
	for i, h := range headers {
		m[i] = layout.Member{Key: h.Name, Value: declaration(v)}
	}
	return m
}

// declaration says that a header or a parameter is a string, in the shape of the
// document's version.
func declaration(v model.Version) layout.Map {
	str := layout.Map{{Key: "type", Value: layout.String("string")}}
	if v == model.Swagger2 {
		return str
	}
	return layout.Map{{Key: "schema", Value: str}}
}

func (p *plan) mappings(headers answers.Headers) layout.Map {
	var m layout.Map
	for _, h := range headers.Mapped() {
		m = append(m, layout.Member{Key: answers.MethodTarget + h.Name, Value: p.mapping(h)})
	}
	return m
}

// consumed returns the media type that an OPTIONS takes. Form fields that the path
// item declares are its fields too, and only a form has fields.
func consumed(item *model.PathItem) string {
	if slices.ContainsFunc(item.Parameters, func(p model.Parameter) bool { return p.In == "formdata" }) {
		return "multipart/form-data"
	}
	return "application/json"
}

// optionsParameters builds the parameters of an OPTIONS: the variables of its
// path that the path item does not declare, and, as optional, those parameters
// that the path item requires of every method. A preflight carries neither the
// headers nor the body of the call it asks for, and a request validator would
// refuse it with 400.
func optionsParameters(d *model.Document, item *model.PathItem) layout.List {
	var list layout.List
	for _, name := range model.PathVariables(item.Key) {
		declared := slices.ContainsFunc(item.Parameters, func(p model.Parameter) bool {
			return p.In == "path" && model.VariableName(p.Name) == name
		})
		if !declared {
			list = append(list, pathParameter(d.Version, name))
		}
	}
	for _, p := range item.Parameters {
		if p.Required && p.In != "path" {
			list = append(list, optional(d.Version, p))
		}
	}
	return list
}

func pathParameter(v model.Version, name string) layout.Map {
	p := layout.Map{
		{Key: "name", Value: layout.String(name)},
		{Key: "in", Value: layout.String("path")},
		{Key: "required", Value: layout.Word("true")},
	}
	return append(p, declaration(v)...)
}

// optional returns a parameter with all that it says but that it is required.
func optional(v model.Version, p model.Parameter) layout.Map {
	if all, ok := layout.Of(p.Node, nil); ok {
		return all.(layout.Map).With("required", layout.Word("false"))
	}
	plain := layout.Map{
		{Key: "name", Value: layout.String(p.Name)},
		{Key: "in", Value: layout.String(p.Node.Get("in").Text())},
		{Key: "required", Value: layout.Word("false")},
	}
	return append(plain, declaration(v)...)
}
