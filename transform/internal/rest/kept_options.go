package rest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/existing"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/outcome"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// keepOptions tells what becomes of a resource whose existing OPTIONS stays, what is wrong
// with that, and whether the policy can hold beside it: not where it responds with
// another origin.
func keepOptions(t task, draft *own.Draft, o *model.Method) optionsPlan {
	want := answers.PreflightOf(t.effective)
	p := optionsPlan{kind: outcome.Kept, holds: true}
	if t.existing == policy.ExistingError {
		p.reason = "its own OPTIONS stands in the way" // so that all of it is refused
		p.add(refused(existing.Refuse(o.Key, fmt.Sprintf("%s has an OPTIONS of its own", o.Path), leaveAlone(t))))
		return p
	}
	p.found = existing.AsksForCredentials(t.doc.HandWritten, o)
	switch answers.AnswererOf(o) {
	case answers.Backend, answers.BackendMapped:
		p.reason = "its own OPTIONS goes to a backend, which must answer preflights with " + existing.Spell(want)
		p.add(found(existing.Kept(o, p.reason)))
		if t.existing.Replaces() {
			p.reason += "; only --existing replace-any takes it out"
		}
		return p
	case answers.Nobody:
		p.reason = "its own OPTIONS has no integration"
		p.add(found(rules.Finding{
			Rule: rules.NoIntegration, At: rules.At(o.Key, o.Pointer),
			Message: fmt.Sprintf("OPTIONS %s is kept, but has no integration, so it answers nothing", o.Path),
			Hint:    "give it a mock integration, or use --existing replace",
		}))
		return p
	case answers.Unknown:
		p.reason = "its own OPTIONS cannot be understood"
		p.add(found(existing.Kept(o, whyUnknown(o))))
		return p
	}
	p.add(found(existing.Kept(o, "it is the author's")))
	return keepMock(t, draft, o, want, p)
}

// keepMock does so for an OPTIONS to which API Gateway itself responds.
func keepMock(t task, draft *own.Draft, o *model.Method, want answers.Headers, p optionsPlan) optionsPlan {
	have := answers.PreflightHave(o)
	p.add(checkMock(t.doc.HandWritten, o, have))
	p.add(checkDeclared(o, have))
	r := response{t.existing, leaveAlone(t), have.Headers, o.Pointer, "OPTIONS " + o.Path + " answers"}
	conflict, why := r.conflicts(want)
	p.add(why)
	if conflict {
		p.reason, p.holds = "its own OPTIONS does not agree with the policy", false
		return p
	}
	p.reason = "it has an OPTIONS of its own"
	if t.existing == policy.ExistingComplete && have.Entry != nil {
		mapped := mapEntry(t, draft, o, have.Entry, want)
		p.add(mapped.notes)
		if mapped.ok {
			have.Headers = completed(have.Headers, want)
			p.kind, p.reason = outcome.Enabled, "its own OPTIONS is completed"
			p.add(checkPreflight(t, o, have, want))
			return p
		}
	}
	if have.Overrides {
		p.add(found(rules.Finding{
			Rule: rules.TemplateOverrides, At: rules.At(o.Integration.Key, o.Integration.Pointer),
			Message: fmt.Sprintf("OPTIONS %s sets %s in a template, so which origins it lets in is not known", o.Path, answers.AllowOrigin),
			Hint:    "see that it lets in " + originsOf(want) + ", or use --existing replace",
		}))
	}
	p.add(checkPreflight(t, o, have, want))
	return p
}

func leaveAlone(t task) string { return "--exclude " + t.resource.Path }

// originsOf returns the origin that headers let in, for people.
func originsOf(headers answers.Headers) string {
	h, _ := headers.Get(answers.AllowOrigin)
	return h.Say()
}

// completed returns the headers of a response with those that it lacked.
func completed(have, want answers.Headers) answers.Headers {
	all := slices.Clone(have)
	for _, h := range want {
		if _, ok := have.Get(h.Name); !ok {
			all = append(all, h)
		}
	}
	return all
}

// checkMock returns findings about what makes a mock OPTIONS fail before its headers matter.
func checkMock(d *model.Document, o *model.Method, have answers.Preflight) notes {
	var n notes
	integration := rules.At(o.Integration.Key, o.Integration.Pointer)
	if o.Integration.Node.Get("requestTemplates").Get("application/json") == nil {
		n.add(found(rules.Finding{
			Rule: rules.MockTemplateMissing, At: integration,
			Message: fmt.Sprintf("OPTIONS %s answers 500: its mock has no request template for application/json, so it has no status", o.Path),
			Hint:    `write requestTemplates: {application/json: '{"statusCode": 200}'}`,
		}))
	}
	if have.Status != "" && have.Status[0] != '2' {
		n.add(found(rules.Finding{
			Rule: rules.PreflightStatus, At: rules.At(have.Entry.Key, have.Entry.Pointer),
			Message: fmt.Sprintf("OPTIONS %s answers %q, and a preflight passes with 200 to 299 only", o.Path, have.Status), Hint: "answer 200 or 204",
		}))
	}
	if d.BinaryAny() && !convertsToText(o.Integration, have) {
		n.add(found(rules.Finding{
			Rule: rules.BinaryAny, At: integration,
			Message: fmt.Sprintf("OPTIONS %s answers 500: */* is a binary media type, and the mock does not convert to text", o.Path),
			Hint:    "write contentHandling: CONVERT_TO_TEXT on the integration and on its response",
		}))
	}
	return n
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

// checkDeclared returns findings about headers that a mock OPTIONS maps without declaring
// them.
func checkDeclared(o *model.Method, have answers.Preflight) notes {
	var n notes
	for _, h := range have.Headers {
		if _, ok := have.Method.Header(h.Name); !ok {
			n.add(found(rules.Finding{
				Rule: rules.HeaderUndeclared, At: rules.At(h.Key, mappingOf(have, h)),
				Message: fmt.Sprintf("OPTIONS %s maps %s, which its response %q does not declare, so the import fails", o.Path, h.Name, have.Status),
				Hint:    "declare it under headers",
			}))
		}
	}
	return n
}

// checkPreflight returns findings about what the response of a mock OPTIONS lacks under the
// policy.
func checkPreflight(t task, o *model.Method, have answers.Preflight, want answers.Headers) notes {
	var n notes
	lacks := func(rule *rules.Rule, header, what, hint string) {
		at := rules.At(o.Key, o.Pointer)
		if have.Entry != nil {
			at = rules.At(have.Entry.Key, have.Entry.Pointer)
		}
		if h, ok := have.Headers.Get(header); ok {
			at = rules.At(h.Node, mappingOf(have, h))
		}
		n.add(found(rules.Finding{Rule: rule, At: at, Message: fmt.Sprintf("OPTIONS %s %s", o.Path, what), Hint: hint}))
	}
	if _, ok := have.Headers.Get(answers.AllowOrigin); !ok && !have.Overrides {
		lacks(rules.AcaoMissing, answers.AllowOrigin, "sends no "+answers.AllowOrigin, "map it, or use --existing complete")
		return n
	}
	_, credentials := want.Get(answers.AllowCredentials)
	needed, _ := t.effective.AllowMethods.Literal()
	if methods := answers.MissingMethods(have.Headers, needed, credentials); len(methods) > 0 {
		lacks(rules.MethodNotAllowed, answers.AllowMethods, "does not allow "+strings.Join(methods, ", "), "add "+strings.Join(methods, ",")+" to "+answers.AllowMethods)
	}
	if headers := answers.Missing(have.Headers, answers.AllowHeaders, t.needed, credentials); len(headers) > 0 {
		lacks(rules.HeaderNotAllowed, answers.AllowHeaders, "does not allow "+strings.Join(headers, ", "), "add "+strings.Join(headers, ",")+" to "+answers.AllowHeaders)
	}
	if _, ok := have.Headers.Get(answers.AllowCredentials); credentials && !ok {
		lacks(rules.AcacHalf, answers.AllowCredentials, "sends no "+answers.AllowCredentials+", which the policy asks for on every answer", "map it as \"'true'\"")
	}
	return n
}

// mappingOf returns the pointer to the mapping of a header of a preflight response.
func mappingOf(have answers.Preflight, h answers.Header) source.Pointer {
	return have.Entry.Pointer.Child("responseParameters", h.Key.Text())
}
