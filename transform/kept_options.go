package transform

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// keepOptions notes that the author's OPTIONS stays, and what is wrong with it. It
// tells what becomes of the resource and why, and whether the policy can hold beside
// it: not where it answers with another origin.
func (p *plan) keepOptions(w *work, o *model.Method) (outcome Outcome, reason string, holds bool) {
	want, outcome := answers.PreflightOf(w.effective), Kept
	if w.existing == policy.ExistingError {
		p.refuseExisting(o.Key, fmt.Sprintf("%s has an OPTIONS of its own", o.Path), w.leaveAlone())
		return outcome, "its own OPTIONS stands in the way", true // so that all of it is refused
	}
	p.checkAuth(o)
	switch answers.AnswererOf(o) {
	case answers.Backend, answers.BackendMapped:
		reason = "its own OPTIONS goes to a backend, which must answer preflights with " + spell(want)
		p.keep(o, reason)
		if w.existing.Replaces() {
			reason += "; only --existing replace-any takes it out"
		}
		return outcome, reason, true
	case answers.Nobody:
		p.warn(ruleNoIntegration, here(o.Key, o.Pointer),
			fmt.Sprintf("OPTIONS %s is kept, but has no integration, so it answers nothing", o.Path),
			"give it a mock integration, or use --existing replace")
		return outcome, "its own OPTIONS has no integration", true
	case answers.Unknown:
		p.keep(o, whyUnknown(o))
		return outcome, "its own OPTIONS cannot be understood", true
	}
	p.keep(o, "it is the author's")
	have := answers.PreflightHave(o)
	p.checkMock(o, have)
	p.checkDeclared(o, have)
	if p.conflicts(w, have.Headers, want, o.Pointer, "OPTIONS "+o.Path+" answers") {
		return outcome, "its own OPTIONS does not agree with the policy", false
	}
	reason = "it has an OPTIONS of its own"
	if w.existing == policy.ExistingComplete && have.Entry != nil && p.mapEntry(w, w.drafts[p.home(w.resource)], o, have.Entry, want) {
		have.Headers = completed(have.Headers, want)
		outcome, reason = Enabled, "its own OPTIONS is completed"
	} else if have.Overrides {
		p.warn(ruleTemplateOverrides, integrationOf(o),
			fmt.Sprintf("OPTIONS %s sets %s in a template, so which origins it lets in is not known", o.Path, answers.AllowOrigin),
			"see that it lets in "+originsOf(want)+", or use --existing replace")
	}
	p.checkPreflight(o, have, want, w)
	return outcome, reason, true
}

func integrationOf(m *model.Method) place { return here(m.Integration.Key, m.Integration.Pointer) }

// originsOf returns the origin that headers let in, for people.
func originsOf(headers answers.Headers) string {
	h, _ := headers.Get(answers.AllowOrigin)
	return h.Say()
}

// completed returns the headers of an answer with those that it lacked.
func completed(have, want answers.Headers) answers.Headers {
	all := slices.Clone(have)
	for _, h := range want {
		if _, ok := have.Get(h.Name); !ok {
			all = append(all, h)
		}
	}
	return all
}

func (p *plan) keep(o *model.Method, why string) {
	p.info(ruleOptionsKept, here(o.Key, o.Pointer), fmt.Sprintf("OPTIONS %s is kept: %s", o.Path, why), "")
}

// checkAuth notes credentials that the OPTIONS asks for: preflights never carry
// any (Fetch standard, CORS-preflight fetch).
func (p *plan) checkAuth(o *model.Method) {
	s := p.author.SecurityOf(o)
	if s == nil || strings.EqualFold(o.Node.Get(extensions.NameAuth).Get("type").Text(), "NONE") {
		return
	}
	p.fail(rulePreflightAuth, here(o.Key, o.Pointer),
		fmt.Sprintf("OPTIONS %s asks for %q, and preflights carry no credentials", o.Path, strings.Join(s.Schemes, ", ")),
		"write security: [] on it")
}

// checkMock notes what makes a mock OPTIONS fail before its headers matter.
func (p *plan) checkMock(o *model.Method, have answers.Preflight) {
	integration := integrationOf(o)
	if o.Integration.Node.Get("requestTemplates").Get("application/json") == nil {
		p.fail(ruleMockTemplateMissing, integration,
			fmt.Sprintf("OPTIONS %s answers 500: its mock has no request template for application/json, so it has no status", o.Path),
			`write requestTemplates: {application/json: '{"statusCode": 200}'}`)
	}
	if have.Status != "" && have.Status[0] != '2' {
		p.fail(rulePreflightStatus, here(have.Entry.Key, have.Entry.Pointer),
			fmt.Sprintf("OPTIONS %s answers %q, and a preflight passes with 200 to 299 only", o.Path, have.Status), "answer 200 or 204")
	}
	if p.author.BinaryAny() && !convertsToText(o.Integration, have) {
		p.fail(ruleBinaryAny, integration,
			fmt.Sprintf("OPTIONS %s answers 500: */* is a binary media type, and the mock does not convert to text", o.Path),
			"write contentHandling: CONVERT_TO_TEXT on the integration and on its response")
	}
}

// convertsToText reports whether a mock does so on both sides. Users report that
// the request's side alone is not enough (serverless/serverless#11010).
func convertsToText(i *model.Integration, have answers.Preflight) bool {
	request := extensions.ContentHandling(i.Node.Get("contentHandling").Text())
	if have.Entry == nil {
		return request.Is(extensions.ConvertToText)
	}
	response := extensions.ContentHandling(have.Entry.Node.Get("contentHandling").Text())
	return request.Is(extensions.ConvertToText) && response.Is(extensions.ConvertToText)
}

// checkDeclared notes headers that a mock OPTIONS maps without declaring them.
func (p *plan) checkDeclared(o *model.Method, have answers.Preflight) {
	for _, h := range have.Headers {
		if _, ok := have.Method.Header(h.Name); !ok {
			p.fail(ruleHeaderUndeclared, here(h.Key, mappingOf(have, h)),
				fmt.Sprintf("OPTIONS %s maps %s, which its response %q does not declare, so the import fails", o.Path, h.Name, have.Status),
				"declare it under headers")
		}
	}
}

// checkPreflight notes what the answer of a mock OPTIONS lacks under the policy.
func (p *plan) checkPreflight(o *model.Method, have answers.Preflight, want answers.Headers, w *work) {
	place := here(o.Key, o.Pointer)
	if have.Entry != nil {
		place = here(have.Entry.Key, have.Entry.Pointer)
	}
	lacks := func(rule, header, what, hint string) {
		at := place
		if h, ok := have.Headers.Get(header); ok {
			at = here(h.Node, mappingOf(have, h))
		}
		p.fail(rule, at, fmt.Sprintf("OPTIONS %s %s", o.Path, what), hint)
	}
	if _, ok := have.Headers.Get(answers.AllowOrigin); !ok && !have.Overrides {
		lacks(ruleAcaoMissing, answers.AllowOrigin, "sends no "+answers.AllowOrigin, "map it, or use --existing complete")
		return
	}
	_, credentials := want.Get(answers.AllowCredentials)
	needed, _ := w.effective.AllowMethods.Literal()
	methods := answers.MissingMethods(have.Headers, needed, credentials)
	if len(methods) > 0 {
		lacks(ruleMethodNotAllowed, answers.AllowMethods, "does not allow "+strings.Join(methods, ", "), "add "+strings.Join(methods, ",")+" to "+answers.AllowMethods)
	}
	if headers := answers.Missing(have.Headers, answers.AllowHeaders, w.needed, credentials); len(headers) > 0 {
		lacks(ruleHeaderNotAllowed, answers.AllowHeaders, "does not allow "+strings.Join(headers, ", "), "add "+strings.Join(headers, ",")+" to "+answers.AllowHeaders)
	}
	if _, ok := have.Headers.Get(answers.AllowCredentials); credentials && !ok {
		lacks(ruleAcacHalf, answers.AllowCredentials, "sends no "+answers.AllowCredentials+", which the policy asks for on every answer", "map it as \"'true'\"")
	}
}

// mappingOf returns the pointer to the mapping of a header that a preflight answers with.
func mappingOf(have answers.Preflight, h answers.Header) pointer {
	return have.Entry.Pointer.Child("responseParameters", h.Key.Text())
}
