package transform

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

const configurationPointer pointer = "/" + extensions.NameCORS

// configuration returns the CORS configuration that the author has written at the
// root, or nil.
func (p *plan) configuration() *source.Node {
	return p.author.Hidden.Get(p.root, extensions.NameCORS)
}

// planConfiguration asks for the CORS configuration of an HTTP API, merged with the
// author's. It reports whether the policy holds: not where the author's is to stay
// and lets other origins in.
func (p *plan) planConfiguration(w *draft, set *apiSetting) bool {
	whole := p.author.Whole()
	p.review(whole.Methods(), &set.setting)
	record := p.recordOf(derive.ForAPI(set.Policy, p.author))
	n := p.configuration()
	switch {
	case n == nil:
		w.put(record, extensions.NameCORS)
	case set.existing.Replaces(), len(n.Members()) == 0: // {} lets nobody in, and null says nothing
		w.replace(record, extensions.NameCORS)
	default:
		return p.merge(w.at(extensions.NameCORS), n, record, set)
	}
	return true
}

// merge asks for what the author's configuration lacks, and for what a stronger
// source says in another way.
func (p *plan) merge(w *draft, n *source.Node, record layout.Map, set *apiSetting) (holds bool) {
	if set.existing == policy.ExistingComplete && !p.checkCompleted(n, set) {
		return false
	}
	for m := range policy.ConfigurationMembers() {
		name := m.Name
		own, want := p.author.Hidden.Get(n, name), record.Get(name)
		switch {
		case own == nil && want != nil:
			w.put(want, name)
		case own == nil, !set.names(name), set.existing == policy.ExistingComplete, says(m, own, want):
		case set.existing == policy.ExistingError:
			p.refuseExisting(own, fmt.Sprintf("%s of the document says %s, the policy %s", name, written(own), plainText(want)), "")
		case want == nil:
			p.noteOverruled(name, own, want)
			w.remove(name)
		default:
			p.noteOverruled(name, own, want)
			w.replace(want, name)
		}
	}
	p.checkLists(n, set)
	return true
}

// noteOverruled notes a member of the author's that gives way to a stronger source: it
// does not come back when the configuration is disabled.
func (p *plan) noteOverruled(name string, own *source.Node, want layout.Value) {
	if isUnset(own) {
		return // it is what an export writes of a member that is not set
	}
	p.warn(ruleConfigurationOverruled, here(own, configurationPointer.Child(name)),
		fmt.Sprintf("%s %s gives way: the policy says %s", name, written(own), plainText(want)), "write that here, or use --existing complete to keep what is there")
}

// names reports whether a source other than the author's configuration speaks of a
// member.
func (s *apiSetting) names(member string) bool { return s.named.From[member] != nil }

// checkCompleted notes members of the author's that say something else than the
// policy. They are kept; where it is the origins that differ, nothing is added beside
// them, and it reports false.
func (p *plan) checkCompleted(n *source.Node, set *apiSetting) (holds bool) {
	named := p.recordOf(derive.ForAPI(set.named.Policy, p.author))
	for m := range policy.ConfigurationMembers() {
		name := m.Name
		own, want := p.author.Hidden.Get(n, name), named.Get(name)
		if own == nil || !set.names(name) || says(m, own, want) {
			continue
		}
		place := here(own, configurationPointer.Child(name))
		if name == policy.MemberAllowOrigins {
			p.warn(ruleOriginConflict, place,
				fmt.Sprintf("the configuration says %s %s, the policy says %s; it is kept, and nothing is added beside it", name, written(own), plainText(want)),
				"make the two agree, or use --existing keep or replace")
			return false
		}
		p.warn(ruleConfigurationKept, place,
			fmt.Sprintf("%s %s is kept, the policy says %s", name, written(own), plainText(want)), "make the two agree, or use --existing keep")
	}
	return true
}

// checkLists notes what routes of the document need and the author's lists lack.
// What is written in another way than as a list of names is not judged.
func (p *plan) checkLists(n *source.Node, set *apiSetting) {
	whole := p.author.Whole()
	explicit := slices.DeleteFunc(whole.Methods(), func(m *model.Method) bool { return m.Name == model.Any })
	methods := slices.DeleteFunc(derive.Methods(explicit), func(name string) bool { return name == "OPTIONS" })
	p.checkList(n, set, policy.MemberAllowMethods, methods, ruleMethodNotAllowed, "routes of the document have")
	p.checkList(n, set, policy.MemberAllowHeaders, set.unadded, ruleHeaderNotAllowed, "the policy adds")
	p.checkList(n, set, policy.MemberAllowHeaders, derive.NeededHeaders(p.author, whole, whole.Methods()), ruleHeaderNotAllowed, "routes of the document need")
}

func (p *plan) checkList(n *source.Node, set *apiSetting, name string, needed []string, rule, what string) {
	own := p.author.Hidden.Get(n, name)
	has, ok := plainList(own)
	if !ok || set.names(name) && set.existing != policy.ExistingComplete {
		return
	}
	star := slices.Contains(has, "*")
	lacks := slices.DeleteFunc(needed, func(need string) bool {
		listed := slices.ContainsFunc(has, func(h string) bool { return strings.EqualFold(h, need) })
		return listed || star && need != "Authorization"
	})
	if len(lacks) > 0 {
		p.fail(rule, here(own, configurationPointer.Child(name)),
			fmt.Sprintf("%s of the configuration lacks %s, which %s", name, strings.Join(lacks, ", "), what),
			fmt.Sprintf("add to it, or have it worked out with --%s derived", policy.MemberNamed(name).Flag))
	}
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

// isUnset reports whether a member of the author's says no more than if it were not there.
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
