package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var methodNotAllowed = &Rule{
	ID:    "method-not-allowed",
	Title: "a method of the resource is not allowed by its preflight",
	Doc: "A browser sends PUT, PATCH and DELETE only if the answer to the preflight names them in Access- " +
		"Control-Allow-Methods. GET, HEAD and POST pass without that. ANY is no name of a method.",
	URL:      "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
	Severity: finding.Error,
	CORS:     true,
	Fails: example("delete",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'GET,OPTIONS'"`),
	Passes: example("delete",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Methods: "'DELETE,OPTIONS'"`),
	find: findMethodNotAllowed,
}

func findMethodNotAllowed(d *View) (found []Finding) {
	if b, ok := configuration(d); ok {
		have, credentials := b.preflight()
		found = lacksInConfiguration(b, policy.MemberAllowMethods, responses.MissingMethods(have, derive.NeededMethods(d.Whole()), credentials))
	}
	for _, p := range d.preflights() {
		if _, ok := p.Headers.Get(responses.AllowOrigin); !ok || p.Entry == nil {
			continue
		}
		lacks := responses.MissingMethods(p.Headers, derive.NeededMethods(p.resource), p.Credentials())
		if len(lacks) == 0 {
			continue
		}
		where := ofEntry(p.Entry)
		if h, ok := p.Headers.Get(responses.AllowMethods); ok {
			where = ofHeader(p.Entry, h)
		}
		found = append(found, Finding{
			At:      where,
			Message: fmt.Sprintf("OPTIONS %s does not allow %s, which %s has", p.options.Path, strings.Join(lacks, ", "), p.resource.Path),
			Hint:    "add " + strings.Join(lacks, ",") + " to " + responses.AllowMethods,
		})
	}
	return found
}
