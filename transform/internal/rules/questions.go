package rules

import (
	"fmt"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"iter"
	"regexp"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// requiredSchemes returns the security schemes that a method requires of its callers, API
// keys among them. x-amazon-apigateway-auth: {type: NONE} switches off what the security of
// the document says.
func requiredSchemes(d *View, m *model.Method) []string {
	s := d.SecurityOf(m)
	if s == nil || strings.EqualFold(m.Node.Get(extensions.NameAuth).Get("type").Text(), "NONE") {
		return nil
	}
	return s.Schemes
}

// greedyOver returns the greedy resource that answers preflights where a resource has no
// OPTIONS: the deepest one.
func greedyOver(d *View, r *model.Resource) (deepest *model.Resource, ok bool) {
	depth := func(path string) int { return strings.Count(path, "/") }
	for _, other := range d.greedyOptions() {
		if model.IsGreedyOver(other.Path, r.Path) && (!ok || depth(other.Path) > depth(deepest.Path)) {
			deepest, ok = other, true
		}
	}
	return deepest, ok
}

// readGreedyOptions returns the greedy resources that get preflights: there are few of them
// among many resources.
func readGreedyOptions(d *View) []*model.Resource {
	return slices.DeleteFunc(slices.Clone(d.Resources), func(r *model.Resource) bool {
		return !strings.HasSuffix(r.Path, "+}") || !hasAny(r) && r.Options() == nil
	})
}

// hasAny reports whether a resource has the method ANY, which gets OPTIONS too.
func hasAny(r *model.Resource) bool {
	return slices.ContainsFunc(r.Methods(), func(m *model.Method) bool { return m.Name == model.Any })
}

// hasOptionsForAll reports whether an OPTIONS stands on a greedy variable at the root. It
// stands for every path but "/" itself.
func hasOptionsForAll(d *View) bool {
	return slices.ContainsFunc(d.Resources, func(r *model.Resource) bool {
		return r.Options() != nil && model.IsGreedyOver(r.Path, "/any")
	})
}

// catchAlls returns the routes of an HTTP API with a CORS configuration that get preflight
// requests beside it.
func catchAlls(d *View) (routes []*model.Method) {
	if !isConfigured(d) {
		return nil
	}
	for _, r := range d.Resources {
		if r.Options() != nil || r.Path == model.DefaultRoute && hasOptionsForAll(d) {
			continue
		}
		for _, m := range r.Methods() {
			if m.Name == model.Any {
				routes = append(routes, m)
			}
		}
	}
	return routes
}

// preflightOf returns the response with which a mock answers the preflights of a resource,
// if it lets an origin in.
func preflightOf(r *model.Resource) (have answers.Preflight, ok bool) {
	o := r.Options()
	if o == nil || answers.AnswererOf(o) != answers.Mock {
		return answers.Preflight{}, false
	}
	have = answers.PreflightHave(o)
	return have, hasOrigin(have.Headers) || have.Overrides
}

// preflighted returns the first method of a resource that needs a preflight and for which
// a test holds, and why it needs one. ANY gets OPTIONS itself, so none behind it is asked.
func preflighted(d *View, r *model.Resource, test func(*model.Method) bool) (m *model.Method, why string) {
	for _, m := range r.Methods() {
		if m.Name == model.Any {
			break
		}
		if why := derive.PreflightReason(d.Document, r, m); why != "" && test(m) {
			return m, why
		}
	}
	return nil, ""
}

// namesOrigin reports whether a mapping of a method's responses names an origin.
func namesOrigin(m *model.Method) bool {
	return slices.ContainsFunc(responsesOf(m), func(r response) bool { return hasOrigin(r.headers) })
}

// preflightHandlers are the methods to which preflight requests for their own path go, with
// their path items: OPTIONS, or ANY where the resource has none.
func preflightHandlers(d *View) iter.Seq2[*model.PathItem, *model.Method] {
	return func(yield func(*model.PathItem, *model.Method) bool) {
		for r, item := range items(d) {
			for _, m := range item.All() {
				gets := m.Name == "OPTIONS" || m.Name == model.Any && r.Options() == nil
				if gets && !yield(item, m) {
					return
				}
			}
		}
	}
}

// validates reports whether the request validator of a method looks at something:
// validateRequestBody or validateRequestParameters.
func validates(d *View, m *model.Method, what string) bool {
	name := m.Node.Get(extensions.NameRequestValidator)
	if name == nil {
		name = d.Root.Get(extensions.NameRequestValidator)
	}
	validator := d.Root.Get(extensions.NameRequestValidators).Get(name.Text())
	return strings.EqualFold(validator.Get(what).Text(), "true")
}

// mockFails tells why the mock of a method responds with 500, whatever the request, and
// nothing where it does not or nobody can tell.
func mockFails(m *model.Method) string {
	template := m.Integration.Node.Get("requestTemplates").Get("application/json")
	switch {
	case len(m.Integration.Responses) == 0:
		return "its mock has no integration response"
	case template == nil || !template.IsString():
		return ""
	case !strings.Contains(answers.WithoutComments(template.Text()), "statusCode"):
		return fmt.Sprintf("the template %q of its mock sets no statusCode", template.Excerpt())
	case answers.PreflightHave(m).Entry == nil && fixedStatus.MatchString(template.Text()):
		return fmt.Sprintf("no response of its mock is for the status in %q", template.Excerpt())
	}
	return ""
}

// fixedStatus is a template that gives one status, whatever the request.
var fixedStatus = regexp.MustCompile(`^\s*\{\s*["']?statusCode["']?\s*:\s*\d{3}\s*\}\s*$`)
