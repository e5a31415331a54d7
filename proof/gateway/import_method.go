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

// judge notes why the import as a REST API refuses a method that declares parameters. Of one
// without an integration, which can be imported and not deployed, nothing is noted.
func (m *method) judge(declared []source, path string, opaque *Unknown) {
	at := m.pointer + pointer(extensions.NameIntegration)
	m.refusals = append(m.parameterNames(declared), m.backend(at)...)
	m.refusals = append(m.refusals, m.requestMappings(append(declared, variablesOf(path)...), at)...)
	if m.integration.Type.IsProxy() { // whose integration responses are imported, and do nothing
		m.refusals = append(m.refusals, m.unmappable(at)...)
		return
	}
	refused, u := m.responseRefusals(opaque)
	m.refusals, m.unknown = append(m.refusals, refused...), cmp.Or(m.unknown, u)
}

// unmappable tells which mappings of integration responses are none, whatever is declared.
func (m *method) unmappable(at string) (refused []*Unknown) {
	for _, pattern := range slices.Sorted(maps.Keys(m.integration.Responses)) {
		more, _ := mappable(m.integration.Responses[pattern], at+pointer("responses", pattern))
		refused = append(refused, more...)
	}
	return refused
}

// requirements tells why the import as an HTTP API refuses an operation.
func requirements(o *openapi3.Operation, at string) []*Unknown {
	if o.Security == nil {
		return nil
	}
	most := len(*o.Security)
	for _, requirement := range *o.Security {
		most = max(most, len(requirement))
	}
	if most < 2 {
		return nil
	}
	return []*Unknown{refusal(behaviourImportSeveralRequirements, at, "the import as an HTTP API fails: there are several security requirements")}
}

// sourcesOf are the parameters that an operation declares.
func sourcesOf(o *openapi3.Operation) []source {
	var list []source
	for _, p := range o.Parameters {
		if p.Value != nil && slices.Contains([]string{"header", "query", "path"}, p.Value.In) {
			list = append(list, source{p.Value.In, p.Value.Name})
		}
	}
	return list
}

// variablesOf are the variables of a path that API Gateway declares by itself: all but greedy ones,
// as LocalStack recorded.
func variablesOf(path string) []source {
	var list []source
	for _, segment := range segments(path) {
		if isVariable(segment) && !strings.HasSuffix(segment, "+}") {
			list = append(list, source{"path", segment[1 : len(segment)-1]})
		}
	}
	return list
}

// parameterNames tells which names of parameters are refused (see behaviourImportParameterName), and
// which two parameters have (see behaviourImportParameterTwice).
func (m *method) parameterNames(declared []source) []*Unknown {
	var refused []*Unknown
	in := map[string]string{}
	for _, s := range declared {
		if s.in != "path" && s.name != "" && !namePattern.MatchString(s.name) && !hasPlaceholder(s.name) {
			refused = append(refused, refusal(behaviourImportParameterName, m.pointer, "the import fails: the name of the %s parameter %q has other characters than letters, digits and . _ $ -", s.in, s.name))
		}
		if other, twice := in[s.name]; twice && other != s.in {
			refused = append(refused, refusal(behaviourImportParameterTwice, m.pointer, "the import fails: the parameter %q is both in %s and in %s", s.name, other, s.in))
		}
		in[s.name] = s.in
	}
	return refused
}

// backend tells what is missing or wrong in what an integration says of its backend.
func (m *method) backend(at string) []*Unknown {
	i := m.integration
	if i.Type.IsMock() {
		return nil
	}
	var refused []*Unknown
	if text := i.HTTPMethod.String(); text == "" || text == "null" {
		refused = append(refused, refusal(behaviourImportHTTPMethod, at, "the import fails: the integration of type %s has no httpMethod", i.Type))
	}
	uri, isText := i.URI.Text()
	if !isText || uri == "" || hasPlaceholder(uri) {
		return refused
	}
	if wrong := wrongURI(i.Type, uri); wrong != "" {
		refused = append(refused, refusal(behaviourImportURI, at+pointer("uri"), "the import fails: %q %s", uri, wrong))
	}
	return refused
}

// lambdaAndFirehose are the services that an aws_proxy integration can call.
var lambdaAndFirehose = []string{"lambda", "firehose"}

// wrongURI tells why the uri of an integration is refused (see behaviourImportURI); empty: it is not, or
// that is not recorded.
func wrongURI(kind extensions.IntegrationType, uri string) string {
	if kind.Is(extensions.TypeHTTP) || kind.Is(extensions.TypeHTTPProxy) {
		scheme, rest, _ := strings.Cut(uri, "://")
		if !slices.Contains([]string{"http", "https"}, strings.ToLower(scheme)) || rest == "" {
			return "is no URL of HTTP"
		}
		return ""
	}
	const service, path = 4, 5 // of arn:aws:apigateway:REGION:SERVICE:path/…
	parts := strings.Split(uri, ":")
	switch {
	case parts[0] != "arn" || len(parts) <= service:
		return ""
	case parts[2] != "apigateway":
		return "is an ARN without path or action"
	case kind.Is(extensions.TypeAWSProxy) && len(parts) > path && !slices.Contains(lambdaAndFirehose, parts[service]):
		return "is of another service than Lambda and Firehose, which aws_proxy does not call"
	}
	return ""
}

// Targets and sources of request parameter mappings. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
var (
	requestTarget  = regexp.MustCompile(`^integration\.request\.(header|path|querystring)\.[a-zA-Z0-9._$-]+$`)
	requestSource  = regexp.MustCompile(`^method\.request\.(header|multivalueheader|path|querystring|multivaluequerystring)\.([a-zA-Z0-9._$-]+)$`)
	requestSources = regexp.MustCompile(`^(` + requestSource.String()[1:len(requestSource.String())-1] + `|method\.request\.body(\..+)?|stageVariables\.[a-zA-Z0-9._$-]+|context\..+)$`)
)

// requestMappings tells which request parameter mappings are none, and which take what is not
// declared.
func (m *method) requestMappings(declared []source, at string) []*Unknown {
	var refused []*Unknown
	parameters := m.integration.RequestParameters
	for _, target := range slices.Sorted(maps.Keys(parameters)) {
		place := at + pointer("requestParameters", target)
		if extensions.IsIntrinsicName(target) || hasPlaceholder(target) || m.isOfHTTPAPI(target) {
			continue
		}
		if !requestTarget.MatchString(target) {
			refused = append(refused, refusal(behaviourImportRequestMapping, place, "the import fails: %q is no target of a request parameter mapping", target))
		}
		value := parameters[target]
		if !isText(value) {
			continue // it is dropped (behaviourMappingType)
		}
		u := expressible(behaviourImportRequestMapping, value, place, requestSources)
		if text, _ := value.Text(); u == nil && !isDeclared(text, declared) {
			u = refusal(behaviourImportRequestMappingUndeclared, place, "the import fails: the method does not declare %s", text)
		}
		if u != nil && u.Reason == ReasonImport {
			refused = append(refused, u)
		}
	}
	return refused
}

// isOfHTTPAPI reports whether a request parameter mapping is of the other dialect, of which it is not
// recorded what the import as a REST API makes: "append:header.NAME", or a parameter of an action.
func (m *method) isOfHTTPAPI(target string) bool {
	isOther := !m.integration.PayloadFormatVersion.IsZero() || !m.integration.IntegrationSubtype.IsZero() || strings.Contains(target, ":")
	return isOther && !strings.HasPrefix(target, "integration.request.")
}

// isDeclared reports whether a mapping takes its value from a parameter that is declared, or from
// something else than a parameter.
func isDeclared(expression string, declared []source) bool {
	found := requestSource.FindStringSubmatch(expression)
	if found == nil {
		return true
	}
	in := map[string]string{"header": "header", "multivalueheader": "header", "path": "path", "querystring": "query", "multivaluequerystring": "query"}[found[1]]
	return slices.ContainsFunc(declared, func(s source) bool {
		return hasPlaceholder(s.name) || s.in == in && strings.EqualFold(s.name, found[2])
	})
}

// responseRefusals tells why the import refuses the integration responses of a method, and else
// why it cannot be told what they give.
func (m *method) responseRefusals(opaque *Unknown) (refused []*Unknown, u *Unknown) {
	at := m.pointer + pointer(extensions.NameIntegration, "responses")
	if u := transformed(m.integration.Responses, at); u != nil {
		return nil, u
	}
	_, isDefault := m.integration.Responses[defaultResponse]
	if _, isNameless := m.integration.Responses[""]; isDefault && isNameless {
		refused = append(refused, refusal(behaviourImportTwoDefaults, at, "the import fails: two integration responses are the default"))
	}
	for _, pattern := range slices.Sorted(maps.Keys(m.integration.Responses)) {
		more, why := m.responseRefusal(m.integration.Responses[pattern], opaque, at+pointer(pattern))
		refused, u = append(refused, more...), cmp.Or(u, why)
	}
	return refused, cmp.Or(u, m.ambiguous(at))
}

// responseRefusal does so for one of them. Where it is opaque what the method declares, a header
// that is not declared may be, and where it declares default or ranges alone, nobody knows what
// the import makes of them.
func (m *method) responseRefusal(response extensions.IntegrationResponse, opaque *Unknown, at string) ([]*Unknown, *Unknown) {
	refused, u := mappable(response, at)
	code, isText := response.StatusCode.Text()
	headers, isDeclared := m.declared[code]
	undeclared := undeclaredHeaders(response, headers, at)
	switch {
	case !isText || hasPlaceholder(code):
		return refused, unknown(reasonOfString(response.StatusCode), at, "the statusCode of the integration response is not known")
	case opaque != nil && (!isDeclared || len(undeclared) > 0):
		return refused, opaque
	case !isDeclared && m.ranges && len(m.declared) == 0:
		return refused, unknown(ReasonAmbiguous, at, "whether a response for default, or for several statuses, is one for %s is not known", code)
	}
	return append(refused, undeclared...), u
}

// undeclaredHeaders tells which headers are mapped and not declared.
func undeclaredHeaders(response extensions.IntegrationResponse, declared []string, at string) []*Unknown {
	var refused []*Unknown
	for _, target := range slices.Sorted(maps.Keys(response.ResponseParameters)) {
		name, isHeader := strings.CutPrefix(target, extensions.ResponseHeaderPrefix)
		if isHeader && !slices.ContainsFunc(declared, func(d string) bool { return strings.EqualFold(d, name) }) {
			refused = append(refused, refusal(behaviourImportMappingUndeclared, at+pointer("responseParameters", target), "the import fails: the method response does not declare %s", name))
		}
	}
	return refused
}

// mappable tells why the import refuses the mappings of an integration response, whatever is
// declared, and which of them cannot be told.
func mappable(response extensions.IntegrationResponse, at string) (refused []*Unknown, u *Unknown) {
	u = misread(response.Unknown, at, "responseParameters", "responseTemplates", "contentHandling")
	u = cmp.Or(u, transformed(response.ResponseParameters, at+pointer("responseParameters")), transformed(response.ResponseTemplates, at+pointer("responseTemplates")))
	seen := map[string]string{}
	for _, target := range slices.Sorted(maps.Keys(response.ResponseParameters)) {
		place := at + pointer("responseParameters", target)
		if other, twice := seen[strings.ToLower(target)]; twice && u == nil {
			u = unknown(ReasonAmbiguous, place, "%s and %s are one header, and whether both are sent is not known", other, target)
		}
		seen[strings.ToLower(target)] = target
		why := mappingProblem(target, response.ResponseParameters[target], place)
		switch {
		case why != nil && why.Reason == ReasonImport:
			refused = append(refused, why)
		case u == nil:
			u = why
		}
	}
	return refused, u
}

// mappingProblem tells why the import refuses one mapping, or why that cannot be told.
func mappingProblem(target string, value extensions.String, at string) *Unknown {
	name, ok := strings.CutPrefix(target, extensions.ResponseHeaderPrefix)
	switch {
	case extensions.IsIntrinsicName(target):
		return nil // which is said of all mappings
	case !ok || !namePattern.MatchString(name):
		return refusal(behaviourImportMappingTarget, at, "the import fails: %q is no target of a mapping", target)
	case !isText(value):
		return nil // it is dropped (behaviourMappingType)
	}
	return expressible(behaviourImportMappingValue, value, at, integrationSources)
}
