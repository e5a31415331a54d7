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

var methodNotAllowed = &Rule{
	ID:    "method-not-allowed",
	Title: "a method of the resource is not allowed by its preflight",
	Doc: "A browser sends PUT, PATCH and DELETE only if the answer to the preflight names them in Access- " +
		"Control-Allow-Methods. GET, HEAD and POST pass without that. ANY is no name of a method.",
	URL:      "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
	Severity: finding.Error,
	Fails: example("delete",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'GET,OPTIONS'"`),
	Passes: example("delete",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'DELETE,OPTIONS'"`),
	run: methodNotAllowedRun,
}

func methodNotAllowedRun(p *pass) {
	if b, ok := p.configuration(); ok {
		have, credentials := b.preflight()
		p.lacksInConfiguration(b, policy.MemberAllowMethods, answers.MissingMethods(have, neededMethods(p.Whole()), credentials))
	}
	p.preflights(func(r *model.Resource, o *model.Method, have answers.Preflight) {
		if _, ok := have.Headers.Get(answers.AllowOrigin); !ok || have.Entry == nil {
			return
		}
		lacks := answers.MissingMethods(have.Headers, neededMethods(r), have.Credentials())
		if len(lacks) == 0 {
			return
		}
		where := ofEntry(have.Entry)
		if h, ok := have.Headers.Get(answers.AllowMethods); ok {
			where = ofHeader(have.Entry, h)
		}
		p.report(where, "add "+strings.Join(lacks, ",")+" to "+answers.AllowMethods, nil, "OPTIONS %s does not allow %s, which %s has", o.Path, strings.Join(lacks, ", "), r.Path)
	})
}

// neededMethods are those that are named in the document: of ANY nobody knows which of its
// methods are called.
func neededMethods(r *model.Resource) []string {
	return derive.Methods(slices.DeleteFunc(r.Methods(), func(m *model.Method) bool { return m.Name == model.Any }))
}
