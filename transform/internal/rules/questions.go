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
// a test holds, and why it needs one.
func preflighted(d *View, r *model.Resource, test func(*model.Method) bool) (m *model.Method, why string) {
	for _, m := range r.Methods() {
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

// preflightHandlers are the methods that handle the preflight requests for their own path, with
// their path items: OPTIONS, or ANY where the resource has none.
func preflightHandlers(d *View) iter.Seq2[*model.PathItem, *model.Method] {
	return func(yield func(*model.PathItem, *model.Method) bool) {
		for _, r := range d.Resources {
			h := d.handler(r)
			if h.How == answers.ByOwnMethod && !yield(h.Resource.ItemOf(h.Method), h.Method) {
				return
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
