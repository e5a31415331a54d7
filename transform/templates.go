package transform

import (
	"fmt"
	"maps"
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// letsChoose reports whether the templates of an integration response let the origin
// of the policy through: one that is fixed if none of them sets another, several if
// one can choose among them. It returns a template to add.
func (p *plan) letsChoose(w *work, m *model.Method, entry *model.IntegrationResponse, headers answers.Headers) (added layout.Value, ok bool) {
	if w.existing == policy.ExistingError && p.refuseOverride(w, m, entry) {
		return nil, false
	}
	if origins := headers.Computed(); origins != nil {
		return p.chooseOrigin(m, entry, origins)
	}
	what := fmt.Sprintf("%s %s, %s", m.Name, m.Path, entry.Status)
	if p.overriddenBefore(what, m) {
		return nil, false
	}
	ok = len(entry.Templates) == 0
	for _, t := range entry.Templates {
		ok = !p.overrides(what, entry, t) || ok
	}
	return nil, ok
}

// refuseOverride refuses a template of the author's that sets the origin, and reports
// whether there is one.
func (p *plan) refuseOverride(w *work, m *model.Method, entry *model.IntegrationResponse) bool {
	templates := slices.Concat(m.Integration.Node.Get("requestTemplates").Members(), entry.Templates)
	i := slices.IndexFunc(templates, overridesOrigin)
	if i < 0 {
		return false
	}
	p.refuseExisting(templates[i].Key, fmt.Sprintf("%s %s has a template that sets %s", m.Name, m.Path, answers.AllowOrigin), w.leaveAlone())
	return true
}

// overridesOrigin reports whether a template of the author's sets the origin.
func overridesOrigin(t source.Member) bool {
	_, author := answers.Fenced(t.Value.Text())
	return answers.OverridesOrigin(author)
}

// chooseOrigin lets the templates of an integration response choose the caller's
// origin, and reports whether there is one that can. It returns a template to add
// where there is none.
func (p *plan) chooseOrigin(m *model.Method, entry *model.IntegrationResponse, origins []policy.Origin) (added layout.Value, ok bool) {
	what := fmt.Sprintf("%s %s, %s", m.Name, m.Path, entry.Status)
	switch {
	case entry.Closed != "":
		p.warn(ruleNotUnderstood, here(entry.Key, entry.Pointer.Child("responseTemplates")),
			fmt.Sprintf("%s: responseTemplates is %s, so nothing in it can choose among the origins", what, entry.Closed), "write an object there")
		return nil, false
	case p.overriddenBefore(what, m):
		return nil, false
	case len(entry.Templates) == 0 && p.options.Emit.AddResponseTemplates:
		return layout.String(answers.Snippet(origins, false) + passThrough(m)), true
	case len(entry.Templates) == 0:
		p.warn(ruleResponseTemplateMissing, here(entry.Key, entry.Pointer),
			what+": the policy has several origins, and the integration response has no template that could choose the caller's, so no page can read it",
			"use --set addResponseTemplates=true to add one that passes the body through")
		return nil, false
	}
	for _, t := range entry.Templates {
		if p.canSplice(what, entry, t) {
			p.snippets[templatePointer(entry, t)] = answers.Snippet(origins, stoodUnquoted(t.Value))
			ok = true
		}
	}
	return nil, ok
}

// overriddenBefore reports whether a request template of a method sets the origin, and
// notes it. An override of a request template holds for the response of a mock
// (recorded).
func (p *plan) overriddenBefore(what string, m *model.Method) bool {
	if !slices.ContainsFunc(m.Integration.Node.Get("requestTemplates").Members(), overridesOrigin) {
		return false
	}
	p.warn(ruleTemplateOverrides, here(m.Integration.Key, m.Integration.Pointer.Child("requestTemplates")),
		fmt.Sprintf("%s: a request template overrides %s itself, and a second override would answer 5XX, so the response templates are left alone", what, answers.AllowOrigin),
		"take that out to have it generated")
	return true
}

// overrides reports whether a response template sets the origin, and notes it.
func (p *plan) overrides(what string, entry *model.IntegrationResponse, t source.Member) bool {
	if !overridesOrigin(t) {
		return false
	}
	p.warn(ruleTemplateOverrides, here(t.Key, templatePointer(entry, t)),
		fmt.Sprintf("%s: the template for %s overrides %s itself, so it is left alone", what, t.Name(), answers.AllowOrigin), "take that out to have it generated")
	return true
}

// passThrough returns a template for the body as it is. A mock has none.
func passThrough(m *model.Method) string {
	if answers.AnswererOf(m) == answers.Mock {
		return ""
	}
	return "$input.body"
}

// canSplice reports whether a snippet can stand in front of a template, and notes
// why not.
func (p *plan) canSplice(what string, entry *model.IntegrationResponse, t source.Member) bool {
	place := here(t.Key, templatePointer(entry, t))
	if !t.Value.IsString() {
		p.warn(ruleNotUnderstood, place,
			fmt.Sprintf("%s: the template for %s is no text, so it is left alone and does not choose among the origins", what, t.Name()), "write it as a text")
		return false
	}
	return !p.overrides(what, entry, t)
}

// stoodUnquoted reports whether a template would be without quotes if no snippet
// stood in front of it.
func stoodUnquoted(n *source.Node) bool {
	snippet, _ := answers.Fenced(n.Text())
	return n.Style == source.Plain || answers.IsUnquoted(snippet)
}

func templatePointer(entry *model.IntegrationResponse, t source.Member) pointer {
	return entry.Pointer.Child("responseTemplates").Child(t.Name())
}

// spliceTemplates returns the wishes that give each template of a path item the
// snippet it should have, and take out one that it should not.
func (p *plan) spliceTemplates(item *model.PathItem) []layout.Wish {
	var wishes []layout.Wish
	eachTemplate(item, func(entry *model.IntegrationResponse, t source.Member) {
		at := templatePointer(entry, t)
		has, _ := answers.Fenced(t.Value.Text())
		if wants := p.snippets[at]; wants != has {
			wishes = append(wishes, layout.Splice{At: at, Old: has, New: wants, Unquote: answers.IsUnquoted(has)})
		}
	})
	return wishes
}

// eachTemplate visits the response templates of a path item.
func eachTemplate(item *model.PathItem, visit func(*model.IntegrationResponse, source.Member)) {
	for _, m := range item.All() {
		if m.Integration == nil {
			continue
		}
		for i := range m.Integration.Responses {
			for _, t := range m.Integration.Responses[i].Templates {
				visit(&m.Integration.Responses[i], t)
			}
		}
	}
}

// noModels returns what is no model for the style of what is written: generated
// members, and templates, which may be written otherwise with a snippet in front of
// them than without.
func (p *plan) noModels() map[*source.Node]bool {
	set := maps.Clone(p.author.Hidden)
	for _, r := range p.author.Resources {
		for _, item := range r.Items {
			eachTemplate(item, func(_ *model.IntegrationResponse, t source.Member) { set[t.Value] = true })
		}
	}
	return set
}
