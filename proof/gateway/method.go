package gateway

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// method is one method of a resource.
type method struct {
	name     string // "GET", or anyMethod
	pointer  string
	resource *resource
	unknown  *Unknown // why its response is not known; all else is empty then

	integration extensions.Integration
	declared    map[string][]string // header names by status
	ranges      bool                // there is a response for other than one status
	parameters  []parameter
	types       []string // of the body, sorted
	models      *bodyModels
	validation  extensions.RequestValidation
	access      access
	refusals    []*Unknown // why the import refuses it
}

// parameter is a header or query parameter.
type parameter struct {
	source
	required bool
}

// method reads an operation of a path item.
func (r *reader) method(name string, tree any, item map[string]any, path, at string) *method {
	m := &method{name: name, pointer: at}
	operation, ok := tree.(map[string]any)
	if !ok || intrinsic(operation) {
		m.unknown = unknown(reasonOf(tree), at, "the operation, or a part of it, cannot be read")
		return m
	}
	if m.unknown = twice(operation, at); m.unknown != nil {
		return m
	}
	read, u := r.projected(operation, item, at)
	if u != nil {
		m.unknown = u
		return m
	}
	m.parameters, m.types = parametersOf(read)
	m.models = r.modelsOf(operation, item, at)
	m.declared, m.ranges = declaredBy(read)
	var ofIntegration, ofAccess, ofValidation *Unknown
	m.integration, ofIntegration = r.integration(read, at)
	m.access, ofAccess = r.access(read, at)
	m.validation, ofValidation = r.validation(read, at)
	m.unknown = cmp.Or(ofIntegration, opaqueSecurity(operation, at), ofAccess, ofValidation)
	switch {
	case r.api.options.APIType == HTTP:
		m.refusals = requirements(read, at)
	case m.integration.Type.IsProxy() || m.integration.Type.IsMapped():
		m.judge(sourcesOf(read), path, opaqueResponses(operation, at))
	case read.Extensions[extensions.NameIntegration] != nil:
		m.refusals = m.parameterNames(sourcesOf(read)) // of an integration of another type nothing is imported
	}
	if ofValidation != nil && ofValidation.Reason == ReasonImport {
		m.refusals = append(m.refusals, ofValidation)
	}
	if len(m.refusals) > 0 {
		m.unknown = m.refusals[0]
	}
	return m
}

func parametersOf(o *openapi3.Operation) (parameters []parameter, types []string) {
	for _, p := range o.Parameters {
		if p.Value != nil && (p.Value.In == "header" || p.Value.In == "query") {
			parameters = append(parameters, parameter{source{p.Value.In, p.Value.Name}, p.Value.Required})
		}
	}
	if o.RequestBody != nil && o.RequestBody.Value != nil {
		types = slices.Sorted(maps.Keys(o.RequestBody.Value.Content))
	}
	return parameters, types
}

// declaredBy are the headers that the method responses declare, by status. ranges tells that there
// are others, such as default and 2XX, of which AWS does not say what the import makes of them.
func declaredBy(o *openapi3.Operation) (declared map[string][]string, ranges bool) {
	declared = map[string][]string{}
	for status, response := range o.Responses.Map() {
		switch {
		case isRange(status):
			ranges = true
		case response.Value != nil && isStatus(status):
			declared[status] = slices.Sorted(maps.Keys(response.Value.Headers))
		}
	}
	return declared, ranges
}

var statusPattern = regexp.MustCompile(`^[1-5]\d\d$`)

func isStatus(text string) bool { return statusPattern.MatchString(text) }

// isRange reports whether a key of responses stands for several statuses: 2XX, or default.
func isRange(text string) bool {
	return text == "default" || strings.HasSuffix(strings.ToUpper(text), "XX")
}

// integration reads what stands behind an operation.
func (r *reader) integration(o *openapi3.Operation, at string) (extensions.Integration, *Unknown) {
	place := at + pointer(extensions.NameIntegration)
	declared, odd := withoutOddResponses(o.Extensions, place)
	i, ok, u := decoded[extensions.Integration](r.budget, declared, extensions.NameIntegration, place)
	if u != nil {
		return i, u
	}
	ref, isRef := i.Ref.Text()
	if isRef && r.api.options.APIType == REST {
		return extensions.Integration{}, unknown(ReasonNoIntegration, place, "it refers to %q, as only the integrations of an HTTP API can", ref)
	}
	if isRef {
		shared, found := resolve(r.root, ref)
		if !found {
			return i, unknown(ReasonElsewhere, place, "%q leads out of the document, or nowhere", ref)
		}
		i, ok, u = decoded[extensions.Integration](r.budget, map[string]any{extensions.NameIntegration: shared}, extensions.NameIntegration, place)
		if u != nil {
			return i, u
		}
	}
	u = misread(i.Unknown, place, "type", "requestTemplates", "passthroughBehavior", "contentHandling", "responses")
	if u = cmp.Or(u, odd, transformed(i.RequestTemplates, place+pointer("requestTemplates"))); u != nil {
		return i, u
	}
	kind := i.Type
	switch {
	case !ok || kind == "":
		return i, unknown(ReasonNoIntegration, at, "the method has no integration: it can be imported, and not deployed")
	case kind.IsProxy() || r.api.options.APIType == REST && kind.IsMapped():
		return i, nil
	}
	return i, unknown(ReasonNoIntegration, place, "%q is no integration type of such an API", string(kind))
}

// withoutOddResponses returns the extensions of an operation without the integration responses that
// cannot be read, so that these hide no other, and why that is. One that is null is none.
func withoutOddResponses(of map[string]any, at string) (map[string]any, *Unknown) {
	integration := asObject(of[extensions.NameIntegration])
	responses := asObject(integration["responses"])
	if responses == nil {
		return of, nil
	}
	objects, odd := objectsOf(responses)
	if len(objects) == len(responses) {
		return of, nil
	}
	integration = maps.Clone(integration)
	integration["responses"] = objects
	for _, pattern := range slices.Sorted(maps.Keys(odd)) {
		return map[string]any{extensions.NameIntegration: integration}, unknown(reasonOf(odd[pattern]), at+pointer("responses", pattern), "the integration response %q cannot be read", pattern)
	}
	return map[string]any{extensions.NameIntegration: integration}, nil
}

// validation returns what the request validator of an operation looks at.
func (r *reader) validation(o *openapi3.Operation, at string) (extensions.RequestValidation, *Unknown) {
	name, ok, u := decoded[extensions.RequestValidator](r.budget, o.Extensions, extensions.NameRequestValidator, at)
	if u != nil {
		return extensions.RequestValidation{}, u
	}
	if !ok {
		name = r.validator
	}
	if name == "" && r.opaqueValidators == nil {
		return extensions.RequestValidation{}, nil
	}
	if ok && r.api.options.APIType == REST {
		if u := r.undefined(name, at+pointer(extensions.NameRequestValidator)); u != nil {
			return extensions.RequestValidation{}, u
		}
	}
	return r.validators[name], r.opaqueValidators
}

// ambiguous tells which integration responses are one, since API Gateway keeps them by status,
// and do not say the same.
func (m *method) ambiguous(at string) *Unknown {
	first := map[string]string{} // pattern by status
	for _, pattern := range slices.Sorted(maps.Keys(m.integration.Responses)) {
		code := m.integration.Responses[pattern].StatusCode.String()
		other, ok := first[code]
		if !ok {
			first[code] = pattern
			continue
		}
		a, b := m.integration.Responses[other], m.integration.Responses[pattern]
		if !maps.Equal(a.ResponseParameters, b.ResponseParameters) || !maps.Equal(a.ResponseTemplates, b.ResponseTemplates) {
			return unknown(ReasonAmbiguous, at+pointer(pattern), "%q and %q both answer %s, of which API Gateway keeps one", other, pattern, code)
		}
	}
	return nil
}

// namePattern is that of names in mappings. Sources are what mappings of integration responses,
// and of gateway responses, can take a value from. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
var (
	namePattern        = regexp.MustCompile(`^[a-zA-Z0-9._$-]+$`)
	integrationSources = regexp.MustCompile(`^(integration\.response\.(header|multivalueheader)\.[a-zA-Z0-9._$-]+|integration\.response\.body(\..+)?|stageVariables\..+|context\..+)$`)
	gatewaySources     = regexp.MustCompile(`^(method\.request\.(header|querystring|path)\.[a-zA-Z0-9._$-]+|stageVariables\..+|context\..+)$`)
)

// expressible tells why a mapping value is invalid, which by one of its behaviours the import
// refuses.
func expressible(by Behaviour, value extensions.String, at string, sources *regexp.Regexp) *Unknown {
	text, ok := value.Text()
	switch _, static := value.StaticText(); {
	case !ok:
		return unknown(reasonOfString(value), at, "%s is known only when the document is deployed", value)
	case hasPlaceholder(text):
		return unknown(ReasonPlaceholder, at, "%q is filled in before the import", text)
	case static, sources.MatchString(text):
		return nil
	}
	return refusal(by, at, "the import fails: %q is neither in single quotes nor a mapping expression", text)
}

// isText reports whether a value is a text or an intrinsic that may give one, and no number or
// boolean.
func isText(value extensions.String) bool {
	raw, err := value.MarshalJSON()
	return err == nil && (raw[0] == '"' || raw[0] == '{')
}

// reasonOfString tells why a text is none that can be read.
func reasonOfString(s extensions.String) Reason {
	text, isText := s.Text()
	switch {
	case s.IsIntrinsic():
		return ReasonIntrinsic
	case isText && hasPlaceholder(text):
		return ReasonPlaceholder
	}
	return ReasonUnreadable
}
