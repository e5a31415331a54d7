package lint

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var mappingUnquoted = &Rule{
	ID:    "mapping-unquoted",
	Title: "a fixed CORS header stands without its single quotes",
	Doc: "A value that is sent as it is stands in single quotes within the string. Without them the import " +
		"takes it for an expression, and fails.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html",
	Severity: finding.Error,
	API:      REST,
	Fails:    example("get", `Access-Control-Allow-Origin: "*"`),
	Passes:   example("get", `Access-Control-Allow-Origin: "'*'"`),
	run:      mappingUnquotedRun,
}

func mappingUnquotedRun(p *pass) {
	p.corsHeaders(func(m *model.Method, e *model.IntegrationResponse, h answers.Header) {
		if _, static := h.Static(); static || !h.Node.IsString() || isMappingExpression(h.Mapping) {
			return
		}
		fixed := "'" + strings.Trim(h.Mapping, "'") + "'"
		p.report(ofHeader(e, h), fmt.Sprintf("write %q", fixed), setMapping(e, h, fixed),
			"%s maps %s to %q, a fixed value without its single quotes, so the import fails", what(m), h.Name, h.Mapping)
	})
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
