package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var overBroadMethods = &Rule{
	ID:       "over-broad-methods",
	Title:    "a method is allowed that the resource does not have",
	Doc:      "The console lists all methods. Those that a resource has are enough, and say more to a reviewer.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors-console.html",
	Severity: finding.Info,
	API:      model.REST,
	CORS:     true,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'DELETE,GET,OPTIONS'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'GET,OPTIONS'"`),
	find: findOverBroadMethods,
}

func findOverBroadMethods(d *View) []Finding {
	return broadLists(d, responses.AllowMethods, func(r *model.Resource, name string) bool {
		return !policy.IsMethod(name) || slices.Contains(derive.Methods(r.Methods()), name)
	})
}

// broadLists reports the names in a list of a preflight that are not used.
func broadLists(d *View, header string, isUsed func(r *model.Resource, name string) bool) (found []Finding) {
	for _, p := range d.preflights() {
		h, _ := p.Headers.Get(header)
		value, static := h.Static()
		if !static || model.MayHavePlaceholder(value) || len(p.resource.Methods()) == 0 || p.options.Node.Shared || p.options.Node.Alias != "" || d.Generated(ofHeader(p.Entry, h).Pointer) {
			continue
		}
		if names := slices.DeleteFunc(responses.List(value), func(name string) bool { return isUsed(p.resource, name) }); len(names) > 0 {
			found = append(found, Finding{
				At:      ofHeader(p.Entry, h),
				Message: fmt.Sprintf("OPTIONS %s allows %s, which the methods of %s have no use for", p.options.Path, strings.Join(names, ", "), p.resource.Path),
				Hint:    "leave it so, or take them out",
			})
		}
	}
	return found
}
