package responses

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// MissingOfPreflights is what the request validator of a method asks for and preflight requests
// do not have, so that it responds with 400. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
type MissingOfPreflights struct {
	Headers []string // that are required
	Body    bool     // there is a model that the empty body does not satisfy
	Unknown string   // why there may be more; empty where there is not
}

// Refuses reports whether preflight requests lack something.
func (m MissingOfPreflights) Refuses() bool { return len(m.Headers) > 0 || m.Body }

// ValidatePreflights returns what the request validator of a method of a path item finds missing in
// every preflight request.
func ValidatePreflights(d *model.Document, item *model.PathItem, m *model.Method) MissingOfPreflights {
	name := m.Node.Get(extensions.NameRequestValidator)
	if name == nil || name.IsNull() {
		name = d.Root.Get(extensions.NameRequestValidator)
	}
	if name == nil || name.IsNull() {
		return MissingOfPreflights{}
	}
	validators := d.Root.Get(extensions.NameRequestValidators)
	validator := validators.Get(name.Text())
	for _, n := range []*source.Node{name, validators, validator} {
		if model.Intrinsic(n) {
			return MissingOfPreflights{Unknown: "its request validator is " + n.Excerpt()}
		}
	}
	var missing MissingOfPreflights
	if isOn(validator.Get("validateRequestParameters")) {
		missing.Headers = requiredHeaders(item, m)
	}
	missing.Body = isOn(validator.Get("validateRequestBody")) && hasModel(d, item, m)
	return missing
}

func isOn(n *source.Node) bool { return strings.EqualFold(n.Text(), "true") }

// requiredHeaders returns the headers that a method requires and that preflight requests do not
// have.
func requiredHeaders(item *model.PathItem, m *model.Method) []string {
	var names []string
	for _, p := range item.ParametersOf(m) {
		if p.Required && p.In == "header" && !model.CarriedByPreflights(p.Name) {
			names = append(names, p.Name)
		}
	}
	return names
}

// hasModel reports whether a body of JSON, which a request without a Content-Type is taken to
// have, is compared with a model: an empty body satisfies none, whatever "required" says (recorded
// by LocalStack's test_import_with_circular_models_and_request_validation).
func hasModel(d *model.Document, item *model.PathItem, m *model.Method) bool {
	body := d.Resolve(m.Node.Get("requestBody"))
	if d.Resolve(body.Get("content").Get(jsonType)).Get("schema") != nil {
		return true
	}
	return IsOfJSON(m) && slices.ContainsFunc(slices.Concat(m.Parameters, item.Parameters), func(p model.Parameter) bool { return p.In == "body" && p.Node.Get("schema") != nil })
}
