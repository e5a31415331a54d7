package transform

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/record"
	"github.com/apigw-cors/apigw-cors/transform/internal/resolve"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// ResourcePolicy is the policy of one resource, or of an HTTP API, and where each value
// comes from.
type ResourcePolicy struct {
	Path     string         `json:"path,omitempty"` // empty for an HTTP API, which has one policy
	Outcome  Outcome        `json:"outcome"`        // Enabled, Off, Unselected or Skipped
	Reason   string         `json:"reason,omitempty"`
	Existing string         `json:"existing,omitempty"`
	Members  []PolicyMember `json:"members,omitempty"` // none unless it is enabled
}

// PolicyMember is one member of a policy.
type PolicyMember struct {
	Name   string `json:"name"`
	Value  string `json:"value"` // as its header carries it; "none" where there is no such header
	Source string `json:"source"`
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
}

// Policies returns the policy that [Enable] would use for each resource of a document, or
// for the whole of an HTTP API, and where each value comes from. It changes nothing.
// For errors see [Enable].
func Policies(d *Document, p policy.Policy, o Options) ([]ResourcePolicy, error) {
	d.read.Lock()
	defer d.read.Unlock()
	a, err := d.ask(p, o)
	if err != nil {
		return nil, err
	}
	doc := a.reading.HandWritten
	if a.api.API == model.HTTP {
		set, _, err := resolve.API(doc, p, a.options.resolve, a.chosen)
		if err != nil {
			return nil, public(err)
		}
		return []ResourcePolicy{policyOfAPI(doc, set)}, nil
	}
	settings, _, err := resolve.Resources(doc, p, a.options.resolve, a.chosen)
	if err != nil {
		return nil, public(err)
	}
	var list []ResourcePolicy
	form := record.FormIn(doc.Root.File) // which the whole text tells
	for _, r := range doc.Resources {
		list = append(list, policyOf(doc, r, settings[r], a.options.resolve.Selection, form))
	}
	return list, nil
}

func policyOf(d *model.Document, r *model.Resource, set *resolve.EffectivePolicy, selected resolve.Selection, form record.Form) ResourcePolicy {
	out := ResourcePolicy{Path: r.Path}
	switch {
	case set == nil:
		out.Outcome = Unselected
	case set.Off != "":
		out.Outcome, out.Reason = Off, set.Off
	case len(selected.Of(r)) == 0:
		out.Outcome, out.Reason = Skipped, "it has no method to enable"
	case !set.Policy.AllowOrigins.IsSet():
		out.Outcome, out.Reason = Skipped, "nothing says which origin may call it"
	default:
		out.Outcome, out.Existing = Enabled, string(set.Existing)
		out.Members = policyMembers(set, set.Effective(d, r, selected), form)
	}
	return out
}

func policyOfAPI(d *model.Document, set *resolve.APIPolicy) ResourcePolicy {
	if set.Off != "" {
		return ResourcePolicy{Outcome: Off, Reason: set.Off}
	}
	return ResourcePolicy{
		Outcome: Enabled, Existing: string(set.Existing),
		Members: policyMembers(&set.EffectivePolicy, derive.ForAPI(set.Policy, d), record.FormIn(d.Root.File)),
	}
}

// policyMembers lists the members of a policy as a CORS object has them, each with its
// source.
func policyMembers(set *resolve.EffectivePolicy, e derive.Effective, form record.Form) []PolicyMember {
	recorded := record.Of(e, form)
	var list []PolicyMember
	for m := range policy.Members() {
		from, value := set.From[m.Name], record.PlainText(recorded.Get(m.Name))
		if m.Own {
			if from == nil {
				continue
			}
			added, _ := m.Written(&set.Policy)
			value = strings.Join(added.Texts, ",")
		}
		list = append(list, policyMember(m, value, from))
	}
	return list
}

func policyMember(m policy.Member, value string, from *policy.Source) PolicyMember {
	e := PolicyMember{Name: m.Name, Value: value, Source: m.Default}
	if from != nil {
		e.Source, e.File, e.Line = from.Name, from.File, from.Places[m.Name].Line
	}
	return e
}
