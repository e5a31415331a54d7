package lint

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

const greedy = `  /{proxy+}:
    x-amazon-apigateway-any-method:
      parameters: [{name: proxy, in: path, required: true, schema: {type: string}}]
      responses: {}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, passthroughBehavior: never}
`

const besideGreedy = `  /pets:
    put:
      responses: {"200": {description: pets, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}
      x-amazon-apigateway-integration:
        type: http
        httpMethod: PUT
        uri: https://backend.example.com
        responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"}}}
`

var preflightByGreedy = &Rule{
	ID:    "preflight-by-greedy",
	Title: "a greedy resource answers the preflights of another",
	Doc: "API Gateway looks for a resource that has the method: OPTIONS /pets goes to /{proxy+} if /pets has no " +
		"OPTIONS and no ANY of its own. What answers there knows nothing of /pets. So it was observed, whatever " +
		"the pages of AWS let one expect.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-set-up-simple-proxy.html",
	Severity: finding.Warning,
	API:      REST,
	Fails:    "paths:\n" + greedy + besideGreedy,
	Passes:   strings.Replace(example("put", `Access-Control-Allow-Origin: "'https://app.example.com'"`, `Access-Control-Allow-Methods: "'PUT'"`), "paths:\n", "paths:\n"+greedy, 1),
	run:      preflightByGreedyRun,
}

func preflightByGreedyRun(p *pass) {
	for _, r := range p.Resources {
		other, ok := p.greedyAnswerer(r)
		if r.Options() != nil || !ok {
			continue
		}
		for _, m := range r.Methods() {
			if m.Name == model.Any {
				break // it gets OPTIONS itself
			}
			why := derive.PreflightReason(p.Document, r, m)
			if why == "" || !p.answersPages(m) && !answersAsMock(other) || p.allows(other, r, m) {
				continue
			}
			p.report(ofMethod(m), "give "+r.Path+" an OPTIONS of its own: apigw-cors enable --resource "+r.Path, nil,
				"%s is preflighted because of %s, and %s answers that for it", what(m), why, other.Path)
			break
		}
	}
}

// greedyAnswerer returns the greedy resource that answers preflights where a resource has
// no OPTIONS: the deepest one.
func (p *pass) greedyAnswerer(r *model.Resource) (deepest *model.Resource, ok bool) {
	depth := func(path string) int { return strings.Count(path, "/") }
	for _, other := range p.greedyAnswerers() {
		if model.IsGreedyOver(other.Path, r.Path) && (!ok || depth(other.Path) > depth(deepest.Path)) {
			deepest, ok = other, true
		}
	}
	return deepest, ok
}

// readGreedyAnswerers returns the greedy resources that get preflights: there are few of
// them among many resources.
func (p *pass) readGreedyAnswerers() []*model.Resource {
	return slices.DeleteFunc(slices.Clone(p.Resources), func(r *model.Resource) bool {
		isAny := slices.ContainsFunc(r.Methods(), func(m *model.Method) bool { return m.Name == model.Any })
		return !strings.HasSuffix(r.Path, "+}") || !isAny && r.Options() == nil
	})
}

// answersAsMock reports whether a resource answers preflights as CORS does.
func answersAsMock(r *model.Resource) bool {
	o := r.Options()
	if o == nil || answers.AnswererOf(o) != answers.Mock {
		return false
	}
	have := answers.PreflightHave(o)
	return carriesOrigin(have.Headers) || have.Overrides
}

// allows reports whether the preflight of a greedy resource allows a method that is
// another's, with the headers that it needs.
func (p *pass) allows(greedy, r *model.Resource, m *model.Method) bool {
	if !answersAsMock(greedy) {
		return false
	}
	have := answers.PreflightHave(greedy.Options())
	headers := derive.NeededHeaders(p.Document, r, []*model.Method{m})
	return len(answers.MissingMethods(have.Headers, []string{m.Name}, have.Credentials())) == 0 &&
		len(answers.Missing(have.Headers, answers.AllowHeaders, headers, have.Credentials())) == 0
}
