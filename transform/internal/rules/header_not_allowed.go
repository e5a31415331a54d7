package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var headerNotAllowed = &Rule{
	ID:    "header-not-allowed",
	Title: "a header that a method needs is not allowed by the preflight",
	Doc: "A browser sends a header that is not safelisted only if the answer to the preflight names it in " +
		"Access-Control-Allow-Headers. What a method needs is told by its parameters, its security and " +
		"its body.",
	URL:      "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
	Severity: finding.Error,
	CORS:     true,
	Fails:    withToken + withoutSecurity(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`, `Access-Control-Allow-Headers: "'Content-Type'"`)),
	Passes:   withToken + withoutSecurity(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`, `Access-Control-Allow-Headers: "'Authorization'"`)),
	find:     findHeaderNotAllowed,
}

func findHeaderNotAllowed(d *View) (found []Finding) {
	if b, ok := configuration(d); ok {
		have, credentials := b.preflight()
		found = lacksInConfiguration(b, policy.MemberAllowHeaders, responses.Missing(have, responses.AllowHeaders, derive.NeededHeaders(d.Document, d.Whole(), d.Whole().Methods()), credentials))
	}
	for _, p := range d.preflights() {
		if _, ok := p.Headers.Get(responses.AllowOrigin); !ok || p.Entry == nil {
			continue
		}
		needed := derive.NeededHeaders(d.Document, p.resource, p.resource.Methods())
		lacks := responses.Missing(p.Headers, responses.AllowHeaders, needed, p.Credentials())
		if len(lacks) == 0 || lacksAuthorization(p.Preflight, needed) {
			continue // the latter is a rule of its own
		}
		where := ofEntry(p.Entry)
		if h, ok := p.Headers.Get(responses.AllowHeaders); ok {
			where = ofHeader(p.Entry, h)
		}
		found = append(found, Finding{
			At:      where,
			Message: fmt.Sprintf("OPTIONS %s does not allow %s, which methods of %s send", p.options.Path, strings.Join(lacks, ", "), p.resource.Path),
			Hint:    "add " + strings.Join(lacks, ",") + " to " + responses.AllowHeaders,
		})
	}
	return found
}
