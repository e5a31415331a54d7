package transform

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// keepOptions notes that the author's OPTIONS stays, and what is wrong with it.
// It reports whether the OPTIONS answers with an origin that contradicts the
// policy.
func (p *plan) keepOptions(r *model.Resource, o *model.Method, e policy.Effective) (reason string, conflict bool) {
	p.checkAuth(o)
	switch answers.AnswererOf(o) {
	case answers.Backend, answers.BackendMapped:
		p.keep(o, "it goes to a backend, which must answer preflights with: "+spell(answers.PreflightOf(e)))
		return "its own OPTIONS goes to a backend", false
	case answers.Nobody:
		p.note(finding.Warning, ruleNoIntegration, o.Key, o.Pointer,
			fmt.Sprintf("OPTIONS %s is kept, but has no integration, so it answers nothing", o.Path),
			"give it a mock integration, or take it out to have one generated")
		return "its own OPTIONS has no integration", false
	case answers.Unknown:
		p.keep(o, "it cannot be understood")
		return "its own OPTIONS cannot be understood", false
	}
	p.keep(o, "it is the author's")
	have := answers.PreflightHave(o)
	p.checkMock(o, have)
	want := answers.PreflightOf(e)
	if len(have.Headers) > 0 && p.conflicts(have.Headers, want, o.Pointer, "OPTIONS "+o.Path+" answers") {
		return "its own OPTIONS answers another origin", true
	}
	p.checkPreflight(r, o, have, e)
	return "it has an OPTIONS of its own", false
}

func (p *plan) keep(o *model.Method, why string) {
	p.note(finding.Info, ruleOptionsKept, o.Key, o.Pointer, fmt.Sprintf("OPTIONS %s is kept: %s", o.Path, why), "")
}

// checkAuth notes credentials that the OPTIONS asks for: preflights never carry
// any (Fetch standard, CORS-preflight fetch).
func (p *plan) checkAuth(o *model.Method) {
	s := p.author.SecurityOf(o)
	if s == nil || strings.EqualFold(o.Node.Get(extensions.NameAuth).Get("type").Text(), "NONE") {
		return
	}
	p.note(finding.Error, rulePreflightAuth, o.Key, o.Pointer,
		fmt.Sprintf("OPTIONS %s asks for %q, and preflights carry no credentials", o.Path, strings.Join(s.Schemes, ", ")),
		"write security: [] on it")
}

// checkMock notes what makes a mock OPTIONS fail before its headers matter.
func (p *plan) checkMock(o *model.Method, have answers.Preflight) {
	if have.Status != "" && have.Status[0] != '2' {
		p.note(finding.Error, rulePreflightStatus, have.Entry.Key, have.Entry.Pointer,
			fmt.Sprintf("OPTIONS %s answers %q, and a preflight passes with 200 to 299 only", o.Path, have.Status), "answer 200 or 204")
	}
	handling := extensions.ContentHandling(o.Integration.Node.Get("contentHandling").Text())
	if p.author.BinaryAny() && !handling.Is(extensions.ConvertToText) {
		p.note(finding.Error, ruleBinaryAny, o.Integration.Key, o.Integration.Pointer,
			fmt.Sprintf("OPTIONS %s answers 500: */* is a binary media type, and the mock does not convert to text", o.Path),
			"write contentHandling: CONVERT_TO_TEXT on the integration and on its response")
	}
}

// checkPreflight notes what the answer of a mock OPTIONS lacks under the policy.
func (p *plan) checkPreflight(r *model.Resource, o *model.Method, have answers.Preflight, e policy.Effective) {
	at := o.Key
	if have.Entry != nil {
		at = have.Entry.Key
	}
	report := func(s finding.Severity, rule, message, hint string) {
		p.note(s, rule, at, o.Pointer, fmt.Sprintf("OPTIONS %s %s", o.Path, message), hint)
	}
	if _, ok := have.Headers.Get(answers.AllowOrigin); !ok {
		report(finding.Error, ruleAcaoMissing, "sends no "+answers.AllowOrigin, "map it, or take the OPTIONS out to have one generated")
		return
	}
	for _, h := range have.Headers {
		if _, ok := declaredAs(have.Method, h.Name); !ok {
			report(finding.Error, ruleHeaderUndeclared, fmt.Sprintf("maps %s, which its response %q does not declare, so the import fails", h.Name, have.Status),
				"declare it under headers")
		}
	}
	methods := missingFrom(have.Headers, answers.AllowMethods, policy.DeriveMethods(r.Methods()), e.Credentials)
	// GET, HEAD and POST pass without being listed (Fetch standard, CORS-safelisted
	// method); nobody preflights in order to send OPTIONS.
	methods = slices.DeleteFunc(methods, func(name string) bool { return slices.Contains([]string{"GET", "HEAD", "POST", "OPTIONS"}, name) })
	if len(methods) > 0 {
		report(finding.Error, ruleMethodNotAllowed, "does not allow "+strings.Join(methods, ", "), "add to "+answers.AllowMethods)
	}
	headers := missingFrom(have.Headers, answers.AllowHeaders, policy.DeriveHeaders(p.author, r, r.Methods()), e.Credentials)
	if len(headers) > 0 {
		report(finding.Error, ruleHeaderNotAllowed, "does not allow the header "+strings.Join(headers, ", "), "add to "+answers.AllowHeaders)
	}
	if _, ok := have.Headers.Get(answers.AllowCredentials); e.Credentials && !ok {
		report(finding.Error, ruleAcacHalf, "sends no "+answers.AllowCredentials+", which the policy asks for on every answer", "map it as \"'true'\"")
	}
}

// missingFrom returns the names that a list header of an answer lacks. A header
// that is worked out at run time lacks nothing that could be known here.
func missingFrom(have answers.Headers, header string, need []string, credentials bool) []string {
	h, ok := have.Get(header)
	value, static := h.Static()
	if ok && !static {
		return nil
	}
	var listed []string
	for _, name := range strings.Split(value, ",") {
		listed = append(listed, strings.ToLower(strings.Trim(name, " \t")))
	}
	star := slices.Contains(listed, "*") && !credentials
	return slices.DeleteFunc(slices.Clone(need), func(name string) bool {
		return slices.Contains(listed, strings.ToLower(name)) || star && !strings.EqualFold(name, "Authorization")
	})
}
