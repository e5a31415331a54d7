package lint

import (
	"errors"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var originSpelling = &Rule{
	ID:    "origin-spelling",
	Title: "an allowed origin is written as no browser sends it",
	Doc: "A browser compares Access-Control-Allow-Origin byte for byte with the origin of the page: " +
		"scheme, host and port, in lower case, without a default port, a path or a slash at the end. A " +
		"pattern is none of these: a fixed header takes none.",
	URL:      "https://fetch.spec.whatwg.org/#concept-cors-check",
	Severity: finding.Error,
	API:      REST,
	Fails:    example("get", `Access-Control-Allow-Origin: "'https://App.example.com/'"`),
	Passes:   example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	run:      originSpellingRun,
}

func originSpellingRun(p *pass) {
	p.corsHeaders(func(m *model.Method, e *model.IntegrationResponse, h answers.Header) {
		value, static := h.Static()
		if !static || !strings.EqualFold(h.Name, answers.AllowOrigin) || isFoundElsewhere(value) {
			return
		}
		o, err := policy.ParseOrigin(value)
		var wrong *policy.Error
		switch {
		case errors.As(err, &wrong):
			var fix []layout.Wish
			if wrong.Suggestion != "" {
				fix = setMapping(e, h, "'"+wrong.Suggestion+"'")
			}
			p.report(ofHeader(e, h), wrong.Remedy, fix, "%s answers %s: %s", what(m), h.Name, strings.TrimSuffix(wrong.Error(), "; "+wrong.Remedy))
		case !o.IsFixed():
			p.report(ofHeader(e, h), "let a template choose: apigw-cors enable --allow-origin '"+value+"'", nil,
				"%s answers %s: %q, a pattern, which equals no origin", what(m), h.Name, value)
		}
	})
}

// isFoundElsewhere reports whether a value is one that another rule speaks of, or that
// is filled in before the import.
func isFoundElsewhere(value string) bool {
	return value == "" || value == "null" || len(strings.FieldsFunc(value, isSeparator)) > 1 || isQuoted(value) ||
		strings.ContainsAny(value, "${}<>%")
}
