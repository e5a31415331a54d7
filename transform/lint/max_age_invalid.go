package lint

import (
	"regexp"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var maxAgeInvalid = &Rule{
	ID:    "max-age-invalid",
	Title: "Access-Control-Max-Age is no number of seconds",
	Doc: "A browser keeps a preflight for the number of seconds in the header. What is no number counts as " +
		"absent: five seconds.",
	URL:      "https://fetch.spec.whatwg.org/#http-access-control-max-age",
	Severity: finding.Warning,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Max-Age: "'10 minutes'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Max-Age: "'600'"`),
	run:    maxAgeInvalidRun,
	blocks: []policy.Reason{policy.ReasonMaxAgeRange},
}

// seconds is a number as browsers read it: without a plus sign.
var seconds = regexp.MustCompile(`^-?\d+$`)

func maxAgeInvalidRun(p *pass) {
	p.preflights(func(_ *model.Resource, o *model.Method, have answers.Preflight) {
		h, _ := have.Headers.Get(answers.MaxAge)
		value, static := h.Static()
		if static && !seconds.MatchString(value) && !isFilledIn(value) {
			p.report(ofHeader(have.Entry, h), "write a number of seconds, such as \"'600'\"", nil, "OPTIONS %s answers %s: %q, which is no number of seconds", o.Path, h.Name, value)
		}
	})
}
