package rest

import (
	"fmt"
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/internal/existing"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/outcome"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// choose tells whether the templates of an integration response let the origin
// of the policy through: one that is fixed if none of them sets another, several if
// one can choose among them.
func choose(t task, m *model.Method, entry *model.IntegrationResponse, headers responses.Headers) choice {
	if t.existing == policy.ExistingError {
		if err := refuseOverride(t, m, entry); err != nil {
			return choice{Notes: outcome.Refused(err)}
		}
	}
	if origins := headers.Computed(); origins != nil {
		return chooseOrigin(t, m, entry, origins)
	}
	what := fmt.Sprintf("%s %s, %s", m.Name, m.Path, entry.Status)
	if before := overriddenBefore(what, m); before != nil {
		return choice{Notes: outcome.Found(*before)}
	}
	c := choice{ok: len(entry.Templates) == 0}
	for _, template := range entry.Templates {
		if overrides := overridden(what, entry, template); overrides != nil {
			c.Add(outcome.Found(*overrides))
			continue
		}
		c.ok = true
	}
	return c
}

// refuseOverride returns the refusal of an existing template that sets the origin, nil
// where none does.
func refuseOverride(t task, m *model.Method, entry *model.IntegrationResponse) error {
	templates := responses.TemplatesOf(m, entry)
	i := slices.IndexFunc(templates, overridesOrigin)
	if i < 0 {
		return nil
	}
	return existing.Refuse(templates[i].Key, fmt.Sprintf("%s %s has a template that sets %s", m.Name, m.Path, responses.AllowOrigin), leaveAlone(t))
}

// overridesOrigin reports whether an existing template sets the origin.
func overridesOrigin(t source.Member) bool { return responses.AuthorOverridesOrigin(t.Value.Text()) }

// chooseOrigin lets the templates of an integration response choose the caller's
// origin. It returns a template to add where there is none.
func chooseOrigin(t task, m *model.Method, entry *model.IntegrationResponse, origins []policy.Origin) choice {
	what := fmt.Sprintf("%s %s, %s", m.Name, m.Path, entry.Status)
	if entry.Closed != "" {
		return choice{unreadable: !model.IsElsewhere(entry.Node.Get("responseTemplates")), Notes: outcome.Found(rules.Finding{
			Rule: rules.NotUnderstood, At: rules.At(entry.Key, entry.Pointer.Child("responseTemplates")),
			Message: fmt.Sprintf("%s: responseTemplates is %s, so nothing in it can choose among the origins", what, entry.Closed), Hint: "write an object there",
		})}
	}
	if before := overriddenBefore(what, m); before != nil {
		return choice{Notes: outcome.Found(*before)}
	}
	if len(entry.Templates) == 0 {
		return addTemplate(t, what, m, entry, origins)
	}
	c := choice{snippets: map[source.Pointer]string{}}
	for _, template := range entry.Templates {
		if why := cannotSplice(what, entry, template); why != nil {
			c.Add(outcome.Found(*why))
			continue
		}
		c.snippets[own.TemplatePointer(entry, template)] = responses.Snippet(origins, wasUnquoted(template.Value))
		c.ok = true
	}
	c.unreadable = !c.ok && !slices.ContainsFunc(entry.Templates, overridesOrigin)
	return c
}

// overriddenBefore returns the finding for a method of which a request template sets the
// origin, nil where none does. An override of a request template holds for the response of
// a mock (recorded).
func overriddenBefore(what string, m *model.Method) *rules.Finding {
	if !slices.ContainsFunc(m.Integration.Node.Get("requestTemplates").Members(), overridesOrigin) {
		return nil
	}
	return &rules.Finding{
		Rule: rules.TemplateOverrides, At: rules.At(m.Integration.Key, m.Integration.Pointer.Child("requestTemplates")),
		Message: fmt.Sprintf("%s: a request template overrides %s itself, and a second override would answer 5XX, so the response templates are left alone", what, responses.AllowOrigin),
		Hint:    "take that out to have it generated",
	}
}

// overridden returns the finding for a response template that sets the origin, nil for any
// other.
func overridden(what string, entry *model.IntegrationResponse, t source.Member) *rules.Finding {
	if !overridesOrigin(t) {
		return nil
	}
	return &rules.Finding{
		Rule: rules.TemplateOverrides, At: rules.At(t.Key, own.TemplatePointer(entry, t)),
		Message: fmt.Sprintf("%s: the template for %s overrides %s itself, so it is left alone", what, t.Name(), responses.AllowOrigin),
		Hint:    "take that out to have it generated",
	}
}

// cannotSplice returns the finding for a template in front of which no snippet can be put,
// nil for any other.
func cannotSplice(what string, entry *model.IntegrationResponse, t source.Member) *rules.Finding {
	if t.Value.IsString() {
		return overridden(what, entry, t)
	}
	return &rules.Finding{
		Rule: rules.NotUnderstood, At: rules.At(t.Key, own.TemplatePointer(entry, t)),
		Message: fmt.Sprintf("%s: the template for %s is no text, so it is left alone and does not choose among the origins", what, t.Name()),
		Hint:    "write it as a text",
	}
}

// wasUnquoted reports whether a template would be without quotes if no snippet
// were in front of it.
func wasUnquoted(n *source.Node) bool {
	snippet, _ := responses.Fenced(n.Text())
	return n.Style == source.Plain || responses.IsUnquoted(snippet)
}
