package httpapi

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/existing"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/outcome"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/record"
	"github.com/apigw-cors/apigw-cors/transform/internal/resolve"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// configurationPlan is what becomes of the CORS configuration.
type configurationPlan struct {
	outcome.Notes
	holds bool // whether the policy holds: not where an existing one is to stay and lets other origins in
}

// planConfiguration asks for the CORS configuration of an HTTP API, merged with the
// existing one.
func planConfiguration(in Input, root *own.Draft, form record.Form) configurationPlan {
	d, set := in.Doc.HandWritten, in.Policy
	p := configurationPlan{holds: true, Notes: outcome.Notes{Found: set.Review(d, d.Whole().Methods())}}
	recorded := record.Of(derive.ForAPI(set.Policy, d), form)
	n := d.Hidden.Get(d.Root, extensions.NameCORS)
	switch {
	case n == nil:
		root.Put(recorded, extensions.NameCORS)
	case set.Existing.Replaces(), len(n.Members()) == 0: // {} lets nobody in, and null says nothing
		root.Replace(recorded, extensions.NameCORS)
	default:
		merged := merge(d, root.At(extensions.NameCORS), n, recorded, set, form)
		p.holds = merged.holds
		p.Add(merged.Notes)
	}
	p.Add(checkLeftOut(d, derive.ForAPI(set.Policy, d), p))
	return p
}

// checkLeftOut returns findings about what the lists of a policy leave out. Those that stay are
// left to the rules.
func checkLeftOut(d *model.Document, e derive.Effective, p configurationPlan) outcome.Notes {
	var found []rules.Finding
	whole := d.Whole()
	if !p.holds {
		return outcome.Notes{}
	}
	if !slices.Contains(p.Left, model.ConfigurationPointer.Child(policy.MemberAllowMethods)) {
		found = resolve.MethodsLeftOut(e, whole)
	}
	if !slices.Contains(p.Left, model.ConfigurationPointer.Child(policy.MemberAllowHeaders)) {
		found = append(found, resolve.HeadersLeftOut(d, e, whole, whole.Methods())...)
	}
	return outcome.Notes{Found: found}
}

// merge asks for what an existing configuration lacks, and for what a stronger
// source has otherwise.
func merge(d *model.Document, draft *own.Draft, n *source.Node, recorded layout.Map, set *resolve.APIPolicy, form record.Form) configurationPlan {
	p := configurationPlan{holds: true}
	if set.Existing == policy.ExistingComplete {
		if p = checkCompleted(d, n, set, form); !p.holds {
			return p
		}
	}
	for m := range policy.ConfigurationMembers() {
		name := m.Name
		own, want := d.Hidden.Get(n, name), recorded.Get(name)
		switch {
		case own == nil && want != nil:
			draft.Put(want, name)
		case own == nil, !set.Names(name), set.Existing == policy.ExistingComplete, says(m, own, want):
		case set.Existing == policy.ExistingError:
			p.Add(outcome.Notes{Refused: []error{existing.Refuse(own, fmt.Sprintf("%s of the document says %s, the policy %s", name, written(own), record.PlainText(want)), "")}})
		case want == nil:
			p.Add(overruled(name, own, want))
			draft.Remove(name)
		default:
			p.Add(overruled(name, own, want))
			draft.Replace(want, name)
		}
	}
	p.Add(checkLists(d, n, set))
	return p
}

// overruled returns the finding for an existing member that a stronger source replaces: it
// does not come back when the configuration is disabled.
func overruled(name string, own *source.Node, want layout.Value) outcome.Notes {
	if isUnset(own) {
		return outcome.Notes{} // it is what an export writes of a member that is not set
	}
	return outcome.Found(rules.Finding{
		Rule: rules.ConfigurationOverruled, At: rules.At(own, model.ConfigurationPointer.Child(name)),
		Message: fmt.Sprintf("%s %s gives way: the policy says %s", name, written(own), record.PlainText(want)),
		Hint:    "write that here, or use --existing complete to keep what is there",
	})
}

// checkCompleted returns findings about existing members that differ from the
// policy. They are kept; where it is the origins that differ, nothing is added beside
// them, and the policy does not hold.
func checkCompleted(d *model.Document, n *source.Node, set *resolve.APIPolicy, form record.Form) configurationPlan {
	p := configurationPlan{holds: true}
	named := record.Of(derive.ForAPI(set.Named.Policy, d), form)
	for m := range policy.ConfigurationMembers() {
		name := m.Name
		own, want := d.Hidden.Get(n, name), named.Get(name)
		if own == nil || !set.Names(name) || says(m, own, want) {
			continue
		}
		at := rules.At(own, model.ConfigurationPointer.Child(name))
		if name == policy.MemberAllowOrigins {
			p.holds = false
			p.Add(outcome.Found(rules.Finding{
				Rule: rules.OriginConflict, At: at,
				Message: fmt.Sprintf("the configuration says %s %s, the policy says %s; it is kept, and nothing is added beside it", name, written(own), record.PlainText(want)),
				Hint:    "make the two agree, or use --existing keep or replace",
			}))
			return p
		}
		p.Add(outcome.Found(rules.Finding{
			Rule: rules.ConfigurationKept, At: at,
			Message: fmt.Sprintf("%s %s is kept, the policy says %s", name, written(own), record.PlainText(want)), Hint: "make the two agree, or use --existing keep",
		}))
	}
	return p
}

// checkLists leaves existing lists to the rules, and returns the finding for headers that the
// policy adds to one that stays.
func checkLists(d *model.Document, n *source.Node, set *resolve.APIPolicy) outcome.Notes {
	var all outcome.Notes
	for _, name := range []string{policy.MemberAllowMethods, policy.MemberAllowHeaders} {
		if d.Hidden.Get(n, name) != nil && (!set.Names(name) || set.Existing == policy.ExistingComplete) {
			all.Left = append(all.Left, model.ConfigurationPointer.Child(name))
		}
	}
	own := d.Hidden.Get(n, policy.MemberAllowHeaders)
	has, ok := plainList(own)
	kept := responses.Headers{responses.Fixed(responses.AllowHeaders, strings.Join(has, ","))}
	credentials, _ := set.Policy.AllowCredentials.Literal()
	lacks := responses.Missing(kept, responses.AllowHeaders, set.Unadded, credentials)
	if ok && len(lacks) > 0 {
		all.Add(outcome.Found(rules.Finding{
			Rule: rules.PolicyLacksHeader, At: rules.At(own, model.ConfigurationPointer.Child(policy.MemberAllowHeaders)),
			Message: fmt.Sprintf("allowHeaders of the configuration is kept and lacks %s, which the policy adds", strings.Join(lacks, ", ")),
			Hint:    fmt.Sprintf("add to it, or have it derived with --%s derived", policy.MemberNamed(policy.MemberAllowHeaders).Flag),
		}))
	}
	return all
}

// says reports whether a member of the author's says what is wanted: lists are sets,
// and what is off may be written down or not.
func says(m policy.Member, own *source.Node, want layout.Value) bool {
	switch {
	case want == nil:
		return isUnset(own)
	case layout.Equal(own, want):
		return true
	}
	has, ok := plainList(own)
	wanted, isList := want.(layout.List)
	return ok && isList && sameSet(has, wanted, m.FoldsCase)
}

// isUnset reports whether an existing member has no other effect than if it were not there.
func isUnset(own *source.Node) bool {
	list, isList := plainList(own)
	return own.IsNull() || own.IsBool() && strings.EqualFold(own.Text(), "false") || own.Text() == "0" && !own.IsString() || isList && len(list) == 0
}

// written returns a member of the author's for a message.
func written(own *source.Node) string {
	if list, ok := plainList(own); ok {
		return cmp.Or(strings.Join(list, ","), "[]")
	}
	return own.Excerpt()
}

// sameSet compares a list with one that is wanted.
func sameSet(has []string, wanted layout.List, foldsCase bool) bool {
	plain := func(s string) string {
		if foldsCase {
			return strings.ToLower(s)
		}
		return s
	}
	set := map[string]bool{}
	for _, s := range has {
		set[plain(s)] = true
	}
	for _, v := range wanted {
		s, ok := v.(layout.String)
		if !ok || !set[plain(string(s))] {
			return false
		}
	}
	return len(set) == len(wanted)
}

// plainList returns the texts of a list, and false for anything else.
func plainList(n *source.Node) ([]string, bool) {
	if n == nil || n.Kind != source.Seq || model.Intrinsic(n) {
		return nil, false
	}
	texts := []string{}
	for _, item := range n.Items() {
		if !item.IsString() || policy.IsExpression(item.Text()) {
			return nil, false
		}
		texts = append(texts, item.Text())
	}
	return texts, true
}
