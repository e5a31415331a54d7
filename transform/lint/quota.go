package lint

import (
	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Quotas of API Gateway, see
// https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
const (
	mostResources   = 300     // of a REST API, routes of an HTTP API
	longestPolicy   = 8192    // characters
	largestTemplate = 300_000 // bytes
)

var quota = &Rule{
	ID:    "quota",
	Title: "something exceeds a quota of API Gateway",
	Doc: "A REST API has 300 resources at most and an HTTP API 300 routes, unless AWS has raised that for the " +
		"account. A resource policy has 8192 characters, a mapping template 300 KB.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html",
	Severity: finding.Warning,
	run:      quotaRun,
}

func quotaRun(p *pass) {
	count, things := len(p.Resources), "resources"
	if p.api == HTTP {
		count, things = 0, "routes"
		p.methods(func(*model.Resource, *model.Method) { count++ })
	}
	if n := p.Root.Get("paths"); count > mostResources && p.hasIntegrations() {
		p.report(at(n, model.Base), "ask AWS to raise the quota, or divide the API", nil, "the document has %d %s, and API Gateway takes %d", count, things, mostResources)
	}
	if n := p.Root.Get(extensions.NamePolicy); n != nil && n.Kind == source.Scalar && len([]rune(n.Text())) > longestPolicy {
		p.report(at(n, source.Pointer("").Child(extensions.NamePolicy)), "shorten it", nil, "the resource policy has more than %d characters", longestPolicy)
	}
	p.templates(func(m *model.Method, where place, template string) {
		if len(template) > largestTemplate {
			p.report(where, "shorten it", nil, "%s has a template of more than %d bytes", what(m), largestTemplate)
		}
	})
}
