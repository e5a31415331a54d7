package transform

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Explanation is the policy of one resource, or of an HTTP API, and where each value
// comes from.
type Explanation struct {
	Path     string      `json:"path,omitempty"` // empty for an HTTP API, which has one policy
	Outcome  Outcome     `json:"outcome"`        // Enabled, Off, Unselected or Skipped
	Reason   string      `json:"reason,omitempty"`
	Existing string      `json:"existing,omitempty"`
	Members  []Explained `json:"members,omitempty"` // none unless it is enabled
}

// Explained is one member of a policy.
type Explained struct {
	Name   string `json:"name"`
	Value  string `json:"value"` // as its header carries it; "none" where there is no such header
	Source string `json:"source"`
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
}

// Explain tells what policy [Enable] would use for each resource of a document, or for
// the whole of an HTTP API, and where it takes each value from. It changes nothing.
// For errors see [Enable].
func Explain(d *Document, p policy.Policy, o Options) ([]Explanation, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	plan := newPlan(d, o)
	chosen, err := plan.choose(p)
	if err != nil {
		return nil, err
	}
	if plan.target.API == HTTP {
		set, err := plan.settingOfAPI(p, chosen)
		if err != nil {
			return nil, err
		}
		return []Explanation{plan.explainAPI(set)}, nil
	}
	settings, err := plan.settings(p, chosen)
	if err != nil {
		return nil, err
	}
	var list []Explanation
	for _, r := range plan.author.Resources {
		list = append(list, plan.explain(r, settings[r]))
	}
	return list, nil
}

func (p *plan) explain(r *model.Resource, set *setting) Explanation {
	methods := p.options.Selection.methods(r)
	e := Explanation{Path: r.Path}
	switch {
	case set == nil:
		e.Outcome = Unselected
	case set.off != "":
		e.Outcome, e.Reason = Off, set.off
	case len(methods) == 0:
		e.Outcome, e.Reason = Skipped, "it has no method to enable"
	case !set.Policy.AllowOrigins.IsSet():
		e.Outcome, e.Reason = Skipped, "nothing says which origin may call it"
	default:
		e.Outcome, e.Existing = Enabled, string(p.existing(set))
		e.Members = p.explained(set, p.effective(r, methods, set))
	}
	return e
}

func (p *plan) explainAPI(set *apiSetting) Explanation {
	if set.off != "" {
		return Explanation{Outcome: Off, Reason: set.off}
	}
	return Explanation{
		Outcome: Enabled, Existing: string(set.existing),
		Members: p.explained(&set.setting, derive.ForAPI(set.Policy, p.author)),
	}
}

// explained lists the members of a policy as they stand in a block, each with its
// source.
func (p *plan) explained(set *setting, e derive.Effective) []Explained {
	record := p.recordOf(e)
	var list []Explained
	for m := range policy.Members() {
		from, value := set.From[m.Name], plainText(record.Get(m.Name))
		if m.Own {
			if from == nil {
				continue
			}
			added, _ := m.Written(&set.Policy)
			value = strings.Join(added.Texts, ",")
		}
		list = append(list, explainedBy(m, value, from))
	}
	return list
}

func explainedBy(m policy.Member, value string, from *policy.Source) Explained {
	e := Explained{Name: m.Name, Value: value, Source: m.Default}
	if from != nil {
		e.Source, e.File, e.Line = from.Name, from.File, from.Places[m.Name].Line
	}
	return e
}

// plainText returns a member of a block as a header would carry it.
func plainText(v layout.Value) string {
	switch v := v.(type) {
	case nil:
		return "none"
	case layout.String:
		return string(v)
	case layout.Word:
		return string(v)
	case layout.List:
		texts := make([]string, len(v))
		for i, item := range v {
			texts[i] = plainText(item)
		}
		return strings.Join(texts, ",")
	}
	return layout.JSON(v)
}
