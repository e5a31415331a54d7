package lint

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
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
	Fails:    withToken + withoutSecurity(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`, `Access-Control-Allow-Headers: "'Content-Type'"`)),
	Passes:   withToken + withoutSecurity(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`, `Access-Control-Allow-Headers: "'Authorization'"`)),
	run:      headerNotAllowedRun,
}

func headerNotAllowedRun(p *pass) {
	if b, ok := p.configuration(); ok {
		have, credentials := b.preflight()
		p.lacksInConfiguration(b, policy.MemberAllowHeaders, answers.Missing(have, answers.AllowHeaders, derive.NeededHeaders(p.Document, p.Whole(), p.Whole().Methods()), credentials))
	}
	p.preflights(func(r *model.Resource, o *model.Method, have answers.Preflight) {
		if _, ok := have.Headers.Get(answers.AllowOrigin); !ok || have.Entry == nil {
			return
		}
		needed := derive.NeededHeaders(p.Document, r, r.Methods())
		lacks := answers.Missing(have.Headers, answers.AllowHeaders, needed, have.Credentials())
		if len(lacks) == 0 || lacksAuthorization(have, needed) {
			return // the latter is a rule of its own
		}
		where := ofEntry(have.Entry)
		if h, ok := have.Headers.Get(answers.AllowHeaders); ok {
			where = ofHeader(have.Entry, h)
		}
		p.report(where, "add "+strings.Join(lacks, ",")+" to "+answers.AllowHeaders, nil, "OPTIONS %s does not allow %s, which methods of %s send", o.Path, strings.Join(lacks, ", "), r.Path)
	})
}
