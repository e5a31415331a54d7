package lint

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var quoteResidue = &Rule{
	ID:    "quote-residue",
	Title: "a CORS header is sent with quotes in it",
	Doc: "API Gateway takes the pair of single quotes around a mapping away. Another pair is sent, and a " +
		"quote is part of no origin and no name.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html",
	Severity: finding.Error,
	Fails:    example("get", `Access-Control-Allow-Origin: "''https://app.example.com''"`),
	Passes:   example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	run:      quoteResidueRun,
	blocks:   []policy.Reason{policy.ReasonQuoteResidue},
}

func quoteResidueRun(p *pass) {
	p.corsHeaders(func(m *model.Method, e *model.IntegrationResponse, h answers.Header) {
		value, static := h.Static()
		if !static || !isQuoted(value) {
			return
		}
		bare := "'" + strings.Trim(value, "'\"") + "'"
		p.report(ofHeader(e, h), fmt.Sprintf("write %q", bare), setMapping(e, h, bare), "%s answers %s: %q, with quotes", what(m), h.Name, value)
	})
}

func isQuoted(value string) bool {
	return len(value) > 1 && strings.ContainsAny(value[:1], "'\"") && strings.ContainsAny(value[len(value)-1:], "'\"")
}
