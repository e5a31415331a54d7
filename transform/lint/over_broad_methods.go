package lint

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var overBroadMethods = &Rule{
	ID:       "over-broad-methods",
	Title:    "a method is allowed that the resource does not have",
	Doc:      "The console lists all methods. Those that a resource has are enough, and say more to a reviewer.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors-console.html",
	Severity: finding.Info,
	API:      REST,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'DELETE,GET,OPTIONS'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'GET,OPTIONS'"`),
	run: overBroadMethodsRun,
}

func overBroadMethodsRun(p *pass) {
	p.broadLists(answers.AllowMethods, func(r *model.Resource, name string) bool {
		return !policy.IsMethod(name) || slices.Contains(derive.Methods(r.Methods()), name)
	})
}

// broadLists reports the names in a list of a preflight that are not used.
func (p *pass) broadLists(header string, isUsed func(r *model.Resource, name string) bool) {
	p.preflights(func(r *model.Resource, o *model.Method, have answers.Preflight) {
		h, _ := have.Headers.Get(header)
		value, static := h.Static()
		if !static || isFilledIn(value) || len(r.Methods()) == 0 || o.Node.Shared || o.Node.Alias != "" || p.isGenerated(ofHeader(have.Entry, h).pointer) {
			return
		}
		if names := slices.DeleteFunc(answers.List(value), func(name string) bool { return isUsed(r, name) }); len(names) > 0 {
			p.report(ofHeader(have.Entry, h), "leave it so, or take them out", nil, "OPTIONS %s allows %s, which the methods of %s have no use for", o.Path, strings.Join(names, ", "), r.Path)
		}
	})
}
