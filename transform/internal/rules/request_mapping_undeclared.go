package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

var requestMappingUndeclared = &Rule{
	ID:    "request-mapping-undeclared",
	Title: "a request mapping takes a parameter that the method does not declare",
	Doc: "A request parameter mapping can take its value from a header, a query parameter or a path variable that " +
		"the method declares. The import fails with any other: Invalid mapping expression parameter specified.",
	URL:         "https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html",
	Severity:    finding.Error,
	API:         model.REST,
	ImportFails: true,
	Fails:       strings.Replace(strings.Replace(withRequestMapping, "NAME", "X", 1), "header.X}", "header.Y}", 1),
	Passes:      strings.Replace(withRequestMapping, "NAME", "X", 1),
	find:        findRequestMappingUndeclared,
}

func findRequestMappingUndeclared(d *View) (found []Finding) {
	for _, item := range items(d) {
		for _, m := range item.All() {
			if m.Integration == nil || m.Integration.OpaqueCall() || !hasKnownType(m.Integration) || item.OpenParameters || m.OpenParameters {
				continue
			}
			declared := slices.Concat(item.Parameters, m.Parameters, pathVariables(m.Path))
			for _, mapping := range m.Integration.Node.Get("requestParameters").Members() {
				found = append(found, undeclaredSource(m, mapping, declared)...)
			}
		}
	}
	return found
}

// parameterSource is what a mapping that takes a parameter of the request is written like.
var parameterSource = regexp.MustCompile(`^method\.request\.(?:multivalue)?(header|path|querystring)\.([a-zA-Z0-9._$-]+)$`)

// undeclaredSource reports a mapping from a parameter that is not declared. Names are compared
// without their case.
func undeclaredSource(m *model.Method, mapping source.Member, declared []model.Parameter) []Finding {
	value := mapping.Value
	from := parameterSource.FindStringSubmatch(value.Text())
	if from == nil || !value.IsString() || model.HasPlaceholder(mapping.Name()) || isOfHTTPAPI(m.Integration, mapping.Name()) {
		return nil
	}
	in, name := strings.Replace(from[1], "querystring", "query", 1), from[2]
	if slices.ContainsFunc(declared, func(p model.Parameter) bool {
		return model.HasPlaceholder(p.Name) || p.In == in && strings.EqualFold(p.Name, name)
	}) {
		return nil
	}
	return []Finding{{
		At:      At(mapping.Key, m.Integration.Pointer.Child("requestParameters", mapping.Name())),
		Message: fmt.Sprintf("%s maps %s, a parameter that it does not declare, so the import fails", what(m), value.Text()),
		Hint:    fmt.Sprintf("declare the parameter %s in %s", name, in),
	}}
}

// isOfHTTPAPI reports whether a request mapping is written as for an HTTP API. What the import
// as a REST API makes of it is not recorded.
func isOfHTTPAPI(i *model.Integration, target string) bool {
	isHTTP := i.Node.Get("payloadFormatVersion") != nil || i.Node.Get("integrationSubtype") != nil
	return !extensions.IsRESTMapping(target, isHTTP)
}

// pathVariables are the variables of a path that API Gateway declares by itself: all but greedy
// ones.
func pathVariables(path string) (list []model.Parameter) {
	for segment := range strings.SplitSeq(path, "/") {
		if model.IsVariable(segment) && !model.IsGreedy(segment) {
			list = append(list, model.Parameter{Name: strings.Trim(segment, "{}"), In: "path"})
		}
	}
	return list
}
