package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var MappingUnquoted = &Rule{
	ID:    "mapping-unquoted",
	Title: "a fixed CORS header stands without its single quotes",
	Doc: "A value that is sent as it is stands in single quotes within the string. Without them the import " +
		"takes it for an expression, and fails.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html",
	Severity: finding.Error,
	API:      model.REST,
	Fails:    example("get", `Access-Control-Allow-Origin: "*"`),
	Passes:   example("get", `Access-Control-Allow-Origin: "'*'"`),
	find:     findMappingUnquoted,
}

func findMappingUnquoted(d *View) (found []Finding) {
	for _, h := range d.headers() {
		if _, static := h.Static(); static || !h.Node.IsString() || isMappingExpression(h.Mapping) {
			continue
		}
		fixed := "'" + strings.Trim(h.Mapping, "'") + "'"
		found = append(found, Finding{
			At:      h.at(),
			Message: fmt.Sprintf("%s maps %s to %q, a fixed value without its single quotes, so the import fails", what(h.method), h.Name, h.Mapping),
			Hint:    fmt.Sprintf("write %q", fixed),
			Fix:     h.set(fixed),
		})
	}
	return found
}

// isMappingExpression reports whether a mapping is meant to be worked out: by API Gateway,
// or by what fills the document in.
func isMappingExpression(text string) bool {
	for _, prefix := range []string{"method.", "integration.", "gatewayresponse.", "stageVariables.", "context.", "$"} {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return strings.Contains(text, "${") || strings.Contains(text, "{{") || strings.Contains(text, "<<")
}
