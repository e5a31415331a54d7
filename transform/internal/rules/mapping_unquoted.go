package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var mappingUnquoted = &Rule{
	ID:    "mapping-unquoted",
	Title: "a static header value lacks its single quotes",
	Doc: "A value that is sent as it is stands in single quotes within the string. Without them the import " +
		"takes it for an expression, and fails.",
	URL:         "https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html",
	Severity:    finding.Error,
	API:         model.REST,
	CORS:        true,
	ImportFails: true,
	Fails:       example("get", `Access-Control-Allow-Origin: "*"`),
	Passes:      example("get", `Access-Control-Allow-Origin: "'*'"`),
	find:        findMappingUnquoted,
}

func findMappingUnquoted(d *View) (found []Finding) {
	for _, h := range d.headers() {
		if _, static := h.Static(); static || !h.Node.IsString() || isMappingExpression(h.Mapping) {
			continue
		}
		found = append(found, unquoted(what(h.method), h.Name, h.at(), h.Mapping))
	}
	return append(found, unquotedInGateway(d)...)
}

// unquotedInGateway reports the headers of gateway responses, of CORS and others.
func unquotedInGateway(d *View) (found []Finding) {
	if d.API == model.HTTP {
		return nil // it has none
	}
	for _, g := range d.Root.Get(extensions.NameGatewayResponses).Members() {
		for _, mapping := range g.Value.Get("responseParameters").Members() {
			name, ok := strings.CutPrefix(mapping.Name(), responses.GatewayTarget)
			value, text := mapping.Value, mapping.Value.Text()
			if !ok || !value.IsString() || model.Intrinsic(value) || isStatic(text) || isMappingExpression(text) {
				continue
			}
			at := At(value, responses.GatewayPointer.Child(g.Name(), "responseParameters", mapping.Name()))
			found = append(found, unquoted("the gateway response "+g.Name(), name, at, text))
		}
	}
	return found
}

func unquoted(who, header string, at Place, mapping string) Finding {
	fixed := "'" + fixedValue(header, strings.Trim(mapping, "'")) + "'"
	return Finding{
		At:      at,
		Message: fmt.Sprintf("%s maps %s to %q, a fixed value without its single quotes, so the import fails", who, header, mapping),
		Hint:    fmt.Sprintf("write %q", fixed),
		Fix:     []layout.Operation{layout.Set{At: at.Pointer, Value: layout.String(fixed)}},
	}
}

// isMappingExpression reports whether a mapping is meant to be worked out: by API Gateway,
// or by what fills the document in.
func isMappingExpression(text string) bool {
	for _, prefix := range []string{"method.", "integration.", "gatewayresponse.", "stageVariables.", "context.", "$"} {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return model.HasPlaceholder(text)
}

// isStatic reports whether a mapping has its single quotes.
func isStatic(text string) bool {
	_, ok := responses.Header{Mapping: text}.Static()
	return ok
}
