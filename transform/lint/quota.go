package lint

import (
	"strings"
	"unicode/utf8"

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
	count, things := p.countResources(), "resources"
	if p.api == HTTP {
		count, things = 0, "routes"
		p.methods(func(*model.Resource, *model.Method) { count++ })
	}
	if n := p.Root.Get("paths"); count > mostResources && p.hasIntegrations() {
		p.report(at(n, model.Base), "ask AWS to raise the quota, or divide the API", nil, "the document has %d %s, and API Gateway takes %d", count, things, mostResources)
	}
	if n := p.Root.Get(extensions.NamePolicy); policyLength(n) > longestPolicy {
		p.report(at(n, source.Pointer("").Child(extensions.NamePolicy)), "shorten it", nil, "the resource policy has more than %d characters", longestPolicy)
	}
	p.templates(func(m *model.Method, where place, template string) {
		if len(template) > largestTemplate {
			p.report(where, "shorten it", nil, "%s has a template of more than %d bytes", what(m), largestTemplate)
		}
	})
}

// countResources counts those that API Gateway makes below the root: also what stands above
// a path.
func (p *pass) countResources() int {
	made := map[string]bool{}
	for _, r := range p.Resources {
		for path := r.Path; path != "" && path != "/" && !made[path]; path = path[:strings.LastIndexByte(path, '/')] {
			made[path] = true
		}
	}
	return len(made)
}

// policyLength is the number of characters of a resource policy, which may be written as
// an object.
func policyLength(n *source.Node) int {
	switch {
	case n == nil:
		return 0
	case n.Kind == source.Scalar:
		return utf8.RuneCountInString(n.Text())
	}
	text, _ := model.JSON(n)
	return utf8.RuneCountInString(text)
}
