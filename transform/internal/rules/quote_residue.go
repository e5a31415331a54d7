package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var quoteResidue = &Rule{
	ID:    "quote-residue",
	Title: "a CORS header is sent with quotes in it",
	Doc: "API Gateway takes the pair of single quotes around a mapping away. Another pair is sent, and a " +
		"quote is part of no origin and no name.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html",
	Severity: finding.Error,
	CORS:     true,
	Fails:    example("get", `Access-Control-Allow-Origin: "''https://app.example.com''"`),
	Passes:   example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	find:     findQuoteResidue,
	blocks:   []policy.Reason{policy.ReasonQuoteResidue},
}

func findQuoteResidue(d *View) (found []Finding) {
	for _, h := range d.headers() {
		value, static := h.Static()
		if !static || !isQuoted(value) {
			continue
		}
		bare := "'" + fixedValue(h.Name, value) + "'"
		found = append(found, Finding{
			At:      h.at(),
			Message: fmt.Sprintf("%s answers %s: %q, with quotes", what(h.method), h.Name, value),
			Hint:    fmt.Sprintf("write %q", bare),
			Fix:     h.set(bare),
		})
	}
	return found
}

func isQuoted(value string) bool {
	return len(value) > 1 && strings.ContainsAny(value[:1], "'\"") && strings.ContainsAny(value[len(value)-1:], "'\"")
}
