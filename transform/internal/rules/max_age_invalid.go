package rules

import (
	"fmt"
	"regexp"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var maxAgeInvalid = &Rule{
	ID:    "max-age-invalid",
	Title: "Access-Control-Max-Age is no number of seconds",
	Doc: "A browser keeps a preflight for the number of seconds in the header. What is no number counts as " +
		"absent: five seconds.",
	URL:      "https://fetch.spec.whatwg.org/#http-access-control-max-age",
	Severity: finding.Warning,
	CORS:     true,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Max-Age: "'10 minutes'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Max-Age: "'600'"`),
	find:   findMaxAgeInvalid,
	blocks: []policy.Reason{policy.ReasonMaxAgeRange},
}

// seconds is a number as browsers read it: without a plus sign.
var seconds = regexp.MustCompile(`^-?\d+$`)

func findMaxAgeInvalid(d *View) (found []Finding) {
	for _, p := range d.preflights() {
		h, _ := p.Headers.Get(responses.MaxAge)
		value, static := h.Static()
		if static && !seconds.MatchString(value) && !model.MayHavePlaceholder(value) {
			found = append(found, Finding{
				At:      ofHeader(p.Entry, h),
				Message: fmt.Sprintf("OPTIONS %s answers %s: %q, which is no number of seconds", p.options.Path, h.Name, value),
				Hint:    "write a number of seconds, such as \"'600'\"",
			})
		}
	}
	return found
}
