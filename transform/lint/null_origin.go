package lint

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var nullOrigin = &Rule{
	ID:    "null-origin",
	Title: "the origin null is allowed",
	Doc: "Every sandboxed frame of every site sends null as its origin, so allowing it allows everybody, " +
		"with credentials as well.",
	URL:      "https://fetch.spec.whatwg.org/#origin-header",
	Severity: finding.Error,
	Fails:    example("get", `Access-Control-Allow-Origin: "'null'"`),
	Passes:   example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	run:      nullOriginRun,
	blocks:   []policy.Reason{policy.ReasonOriginNull},
}

func nullOriginRun(p *pass) {
	p.corsHeaders(func(m *model.Method, e *model.IntegrationResponse, h answers.Header) {
		if value, static := h.Static(); static && strings.EqualFold(h.Name, answers.AllowOrigin) && value == "null" {
			p.report(ofHeader(e, h), "name the origins", nil, "%s answers %s: %q, which every sandboxed frame sends", what(m), h.Name, value)
		}
	})
}
