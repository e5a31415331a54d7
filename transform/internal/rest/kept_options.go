package rest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/existing"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/outcome"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// keepOptions tells what becomes of a resource whose existing OPTIONS stays, what is wrong
// with that, and whether the policy can hold beside it: not where it responds with
// another origin.
func keepOptions(t task, draft *own.Draft, o *model.Method) optionsPlan {
	want := responses.PreflightOf(t.effective)
	p := optionsPlan{kind: outcome.Kept, holds: true}
	if t.existing == policy.ExistingError {
		p.reason = "its own OPTIONS stands in the way" // so that all of it is refused
		p.Add(outcome.Refused(existing.Refuse(o.Key, fmt.Sprintf("%s has an OPTIONS of its own", o.Path), leaveAlone(t))))
		return p
	}
	p.Left = []source.Pointer{o.Pointer}
	switch responses.ResponderOf(o) {
	case responses.Backend, responses.BackendMapped:
		p.reason = "its own OPTIONS goes to a backend, which must answer preflights with " + existing.Spell(want)
		p.Add(outcome.Found(existing.Kept(o, p.reason)))
		if t.existing.Replaces() {
			p.reason += "; only --existing replace-any takes it out"
		}
		return p
	case responses.Nobody:
		p.reason = "its own OPTIONS has no integration"
		p.Add(outcome.Found(existing.Kept(o, "it has no integration, so it answers nothing; --existing replace replaces it")))
		return p
	case responses.Unknown:
		p.reason = "its own OPTIONS cannot be understood"
		p.Add(outcome.Found(existing.Kept(o, whyUnknown(o))))
		return p
	}
	p.Add(outcome.Found(existing.Kept(o, "it is the author's")))
	return keepMock(t, draft, o, want, p)
}

// keepMock does so for an OPTIONS to which API Gateway itself responds.
func keepMock(t task, draft *own.Draft, o *model.Method, want responses.Headers, p optionsPlan) optionsPlan {
	have := responses.PreflightHave(o)
	r := response{t.existing, leaveAlone(t), have.Headers, o.Pointer, "OPTIONS " + o.Path + " answers"}
	conflict, why := r.conflicts(want)
	p.Add(why)
	if conflict {
		p.reason, p.holds = "its own OPTIONS does not agree with the policy", false
		return p
	}
	p.reason = "it has an OPTIONS of its own"
	if t.existing == policy.ExistingComplete && have.Entry != nil {
		mapped := mapEntry(t, draft, o, have.Entry, want)
		p.Add(mapped.Notes)
		if mapped.ok {
			have.Headers = completed(have.Headers, want)
			p.kind, p.reason, p.Left = outcome.Enabled, "its own OPTIONS is completed", nil
			p.Add(checkPreflight(t, o, have, want, needs{}))
			return p
		}
	}
	if have.Overrides {
		p.Add(outcome.Found(rules.Finding{
			Rule: rules.TemplateOverrides, At: rules.At(o.Integration.Key, o.Integration.Pointer),
			Message: fmt.Sprintf("OPTIONS %s sets %s in a template, so which origins it lets in is not known", o.Path, responses.AllowOrigin),
			Hint:    "see that it lets in " + originsOf(want) + ", or use --existing replace",
		}))
	}
	p.Add(checkPreflight(t, o, have, want, needsOf(t)))
	return p
}

// needs are the methods and request headers that the document itself needs. A rule reports
// those that an existing OPTIONS lacks.
type needs struct{ methods, headers []string }

func needsOf(t task) needs {
	return needs{derive.NeededMethods(t.resource), derive.NeededHeaders(t.doc.HandWritten, t.resource, t.resource.Methods())}
}

// originsOf returns the origin that headers let in, for people.
func originsOf(headers responses.Headers) string {
	h, _ := headers.Get(responses.AllowOrigin)
	return h.Say()
}

// completed returns the headers of a response with those that it lacked.
func completed(have, want responses.Headers) responses.Headers {
	all := slices.Clone(have)
	for _, h := range want {
		if _, ok := have.Get(h.Name); !ok {
			all = append(all, h)
		}
	}
	return all
}

// checkPreflight returns a finding where the response of a mock OPTIONS lacks something that
// the policy allows, apart from what a rule reports.
func checkPreflight(t task, o *model.Method, have responses.Preflight, want responses.Headers, reported needs) outcome.Notes {
	_, hasOrigin := have.Headers.Get(responses.AllowOrigin)
	if !hasOrigin && !have.Overrides {
		return outcome.Notes{} // pages can do nothing with it, which a rule says
	}
	_, credentials := want.Get(responses.AllowCredentials)
	methods, _ := t.effective.AllowMethods.Literal()
	n := lacking(o, have, responses.AllowMethods, without(responses.MissingMethods(have.Headers, methods, credentials), reported.methods))
	n.Add(lacking(o, have, responses.AllowHeaders, without(responses.Missing(have.Headers, responses.AllowHeaders, t.needed, credentials), reported.headers)))
	if _, ok := have.Headers.Get(responses.AllowCredentials); credentials && !ok {
		n.Add(incomplete(o, have, responses.AllowCredentials, "the policy allows credentials, and OPTIONS "+o.Path+" sends no "+responses.AllowCredentials, "map it as \"'true'\""))
	}
	return n
}

// without returns names that are not among others, whatever their case.
func without(names, others []string) []string {
	return slices.DeleteFunc(names, func(name string) bool {
		return slices.ContainsFunc(others, func(other string) bool { return strings.EqualFold(name, other) })
	})
}

// lacking returns the finding for a list header that lacks names.
func lacking(o *model.Method, have responses.Preflight, header string, names []string) outcome.Notes {
	if len(names) == 0 {
		return outcome.Notes{}
	}
	list := strings.Join(names, ", ")
	return incomplete(o, have, header, fmt.Sprintf("the policy allows %s, and %s of OPTIONS %s does not", list, header, o.Path), "add "+strings.Join(names, ",")+" to "+header)
}

func incomplete(o *model.Method, have responses.Preflight, header, message, hint string) outcome.Notes {
	at := rules.At(o.Key, o.Pointer)
	if have.Entry != nil {
		at = rules.At(have.Entry.Key, have.Entry.Pointer)
	}
	if h, ok := have.Headers.Get(header); ok {
		at = rules.At(h.Node, mappingOf(have, h))
	}
	return outcome.Found(rules.Finding{Rule: rules.ExistingOptionsIncomplete, At: at, Message: message, Hint: hint + ", or use --existing complete"})
}

// mappingOf returns the pointer to the mapping of a header of a preflight response.
func mappingOf(have responses.Preflight, h responses.Header) source.Pointer {
	return have.Entry.Pointer.Child("responseParameters", h.Key.Text())
}
