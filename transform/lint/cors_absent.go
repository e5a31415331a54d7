package lint

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var corsAbsent = &Rule{
	ID:    "cors-absent",
	Title: "the document has no CORS",
	Doc: "No OPTIONS, no header and no configuration lets a page of another origin call. That is right for an " +
		"API that no browser calls.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html",
	Severity: finding.Info,
	Fails:    proxied,
	Passes:   example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	run:      corsAbsentRun,
}

func corsAbsentRun(p *pass) {
	n := p.Root.Get("paths")
	hasSign := p.Root.Get(extensions.NameCORS) != nil || slices.ContainsFunc(p.Resources, func(r *model.Resource) bool {
		isAny := slices.ContainsFunc(r.Methods(), func(m *model.Method) bool { return m.Name == model.Any })
		return r.Options() != nil || isAny || slices.ContainsFunc(r.Methods(), p.answersPages)
	})
	if !hasSign && p.hasIntegrations() {
		p.report(at(n, model.Base), "if pages call it: apigw-cors enable --allow-origin https://app.example.com", nil, "no resource answers pages of other origins")
	}
}
