package rest

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/existing"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/operation"
	"github.com/apigw-cors/apigw-cors/transform/internal/outcome"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/record"
	"github.com/apigw-cors/apigw-cors/transform/internal/resolve"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
)

// planOptions asks for an OPTIONS and for the CORS object that records its policy, or
// keeps what exists.
func planOptions(t task, drafts *own.Drafts) optionsPlan {
	item := home(t.doc, t.resource)
	headers := responses.PreflightOf(t.effective)
	o := t.resource.Options()
	if t.doc.OwnsOptions(item) {
		o = nil
	}
	if o != nil && !existing.IsReplaced(t.existing, o) {
		return keepOptions(t, drafts.Of(item), o)
	}
	p := optionsPlan{kind: outcome.Enabled, holds: true}
	if catchAll := proxiedAny(t.resource); o == nil && catchAll != nil {
		if t.emit.KeepAny {
			return keepAny(catchAll, headers)
		}
		p.Add(outcome.Found(rules.Finding{
			Rule: rules.AnyOptionsAdded, At: rules.At(catchAll.Key, catchAll.Pointer),
			Message: fmt.Sprintf("ANY %s has received preflights itself until now; the new OPTIONS takes them over", catchAll.Path),
			Hint:    "use --set anyOptions=keep if the backend answers preflights",
		}))
	}
	p.Add(putOptions(t, drafts.Of(item), item, o, headers))
	p.Add(outcome.Notes{Found: resolve.MethodsLeftOut(t.effective, t.resource)})
	planBlock(t, drafts)
	return p
}

// keepAny leaves preflight requests to the backend of a proxied ANY.
func keepAny(catchAll *model.Method, headers responses.Headers) optionsPlan {
	spelled := existing.Spell(headers)
	return optionsPlan{
		kind: outcome.Kept, reason: "the backend of its ANY must answer preflights with " + spelled, holds: true,
		Notes: outcome.Found(rules.Finding{
			Rule: rules.AnyOptionsKept, At: rules.At(catchAll.Key, catchAll.Pointer),
			Message: fmt.Sprintf("ANY %s goes on receiving preflights, which its backend must answer with: %s", catchAll.Path, spelled),
		}),
	}
}

// putOptions asks for a generated OPTIONS: in the place of an existing one, or else
// member by member, so that somebody may add to it.
func putOptions(t task, draft *own.Draft, item *model.PathItem, has *model.Method, headers responses.Headers) outcome.Notes {
	op := optionsOperation(t, item, headers)
	if has == nil {
		draft.PutAll(op, "options")
		return outcome.Notes{}
	}
	if key := has.Key.Text(); key == "options" {
		draft.Replace(op, key)
	} else { // OPTIONS in capitals, which the specification does not know
		draft.Remove(key)
		draft.PutAll(op, "options")
	}
	return outcome.Found(rules.Finding{
		Rule: rules.OptionsReplaced, At: rules.At(has.Key, has.Pointer),
		Message: fmt.Sprintf("OPTIONS %s of the author's is replaced", has.Path),
	})
}

// proxiedAny returns the ANY of a resource that passes everything on to a
// backend, preflight requests included, or nil.
func proxiedAny(r *model.Resource) *model.Method {
	for _, m := range r.Methods() {
		if m.Name == model.Any && responses.ResponderOf(m) == responses.Backend {
			return m
		}
	}
	return nil
}

// optionsOperation builds the mock OPTIONS that answers preflight requests with the given
// headers, as API Gateway's guide recommends it: see
// https://docs.aws.amazon.com/apigateway/latest/developerguide/enable-cors-for-resource-using-swagger-importer-tool.html
func optionsOperation(t task, item *model.PathItem, headers responses.Headers) layout.Map {
	var op layout.Map
	d := t.doc.HandWritten
	add := func(key string, v layout.Value) { op = append(op, layout.Member{Key: key, Value: v}) }
	if d.Version == model.Swagger2 {
		add("consumes", layout.Strings([]string{operation.Consumed(item)}))
		add("produces", layout.Strings([]string{"application/json"}))
	}
	if params := operation.Parameters(d, item); len(params) > 0 {
		add("parameters", params)
	}
	// Preflight requests carry no credentials (Fetch standard, CORS-preflight fetch), so
	// whatever the root asks for must not hold here.
	add("security", layout.List{})
	add("responses", layout.Map{{Key: t.emit.Status, Value: layout.Map{
		{Key: "description", Value: layout.String(own.DescriptionOfOptions)},
		{Key: "headers", Value: operation.Declarations(d.Version, headers)},
	}}})
	if d.AsksForCredentials() {
		add(extensions.NameAuth, layout.Map{{Key: "type", Value: layout.String("NONE")}})
	}
	add(extensions.NameIntegration, mockIntegration(t, headers))
	return op
}

// mockIntegration builds the integration of an OPTIONS. contentHandling is on
// both sides because binary media types may be set outside the document, and with
// "*/*" a mock without it responds with 500.
func mockIntegration(t task, headers responses.Headers) layout.Map {
	toText := layout.Member{Key: "contentHandling", Value: layout.String(extensions.ConvertToText)}
	return layout.Map{
		{Key: "type", Value: layout.String(extensions.TypeMock)},
		{Key: "requestTemplates", Value: layout.Map{
			{Key: "application/json", Value: layout.String(`{"statusCode": ` + t.emit.Status + `}`)},
		}},
		{Key: "passthroughBehavior", Value: layout.String(extensions.PassthroughNever)},
		toText,
		{Key: "responses", Value: layout.Map{{Key: "default", Value: mockResponse(t, toText, headers)}}},
	}
}

func mockResponse(t task, toText layout.Member, headers responses.Headers) layout.Map {
	response := layout.Map{
		{Key: "statusCode", Value: layout.String(t.emit.Status)},
		toText,
		{Key: "responseParameters", Value: mappings(headers, t.form)},
	}
	if origins := headers.Computed(); origins != nil {
		response = append(response, layout.Member{Key: "responseTemplates", Value: layout.Map{
			{Key: "application/json", Value: layout.String(responses.PreflightTemplate(origins))},
		}})
	}
	return response
}

func mappings(headers responses.Headers, form record.Form) layout.Map {
	var m layout.Map
	for _, h := range headers.Mapped() {
		m = append(m, layout.Member{Key: responses.MethodTarget + h.Name, Value: record.Mapping(h, form)})
	}
	return m
}
