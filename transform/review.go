package transform

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// review notes what in the policy is possible and unwise. Resources
// share their policies, so each concern is noted once for each source.
func (p *plan) review(methods []*model.Method, set *setting) {
	for _, c := range set.Policy.Review(p.needsAuthorization(methods)) {
		from := set.From[c.Member]
		if from == nil || from.IsProfile && c.Reason == policy.ReasonDevOrigin {
			continue // a default, or where such an origin belongs
		}
		f := Finding{Rule: string(c.Reason), Severity: c.Severity, Message: c.Message, Hint: c.Hint}
		if from.File == "" {
			f.File, f.Position = p.file.Name, p.file.Position(p.root.Start)
		} else {
			f.File, f.Position = from.File, from.Places[c.Member]
		}
		if !p.has(f) {
			p.all = append(p.all, f)
		}
	}
}

// needsAuthorization reports whether a method reads credentials of its caller.
func (p *plan) needsAuthorization(methods []*model.Method) bool {
	return slices.ContainsFunc(methods, p.author.NeedsAuthorization)
}

// checkRules notes rules of the policy file that are about no resource of the
// document, and those that hide what a rule above them says.
func (p *plan) checkRules(f *policy.File) {
	if f == nil {
		return
	}
	all := p.author.Resources
	for _, rule := range f.Resources {
		if !include(all, map[*model.Resource]bool{}, true, func(r *model.Resource) bool {
			return isAt(r.Path, rule.Path) || rule.Recursive && isBelow(r.Path, rule.Path)
		}) {
			hint := "take the rule out, or mend its path"
			if near := finding.Nearest(canonical(rule.Path), withAbove(all)); near != nil {
				hint = "near names: " + strings.Join(near, ", ")
			}
			p.warnInFile(f.Name, rule.Position, ruleRuleMatchesNothing,
				fmt.Sprintf("the rule %q matches no resource of the document", rule.Path), hint)
		}
		p.checkHidden(f, rule)
	}
}

// checkElsewhere notes blocks that cannot be read, because what they say does not
// stand in the document.
func (p *plan) checkElsewhere(chosen map[*model.Resource]bool) {
	note := func(n *source.Node, at pointer) {
		if n != nil && isElsewhere(n) {
			p.warn(ruleNotUnderstood, here(n, at), "this block is a CloudFormation intrinsic, so it is not read", "write the block out, with intrinsics for single values")
		}
	}
	note(p.author.Hidden.Get(p.root, extensions.NameCORS), pointer("").Child(extensions.NameCORS))
	for _, r := range p.author.Resources {
		for _, item := range r.Items {
			if chosen[r] {
				note(item.Block, item.Pointer.Child(extensions.NameCORS))
			}
		}
	}
}

// withAbove returns the paths of resources, and those above them, which a rule may
// name as well.
func withAbove(all []*model.Resource) []string {
	var paths []string
	seen := map[string]bool{}
	for _, r := range all {
		for path := r.Path; path != "" && !seen[path]; path = path[:strings.LastIndexByte(path, '/')] {
			seen[path] = true
			paths = append(paths, path)
		}
	}
	return paths
}

// checkHidden notes a rule that takes the place of one above it without saying what
// that one says: only the deepest rule counts.
func (p *plan) checkHidden(f *policy.File, rule policy.ResourceEntry) {
	above := f.EntryAbove(rule.Path)
	if above == nil {
		return
	}
	var hidden []string
	if on, said := above.Enabled.Literal(); said && !on && !rule.Enabled.IsSet() {
		hidden = append(hidden, "enabled: false")
	}
	for m := range policy.Members() {
		_, said := above.Places[m.Name]
		if _, own := rule.Places[m.Name]; said && !own {
			hidden = append(hidden, m.Name)
		}
	}
	if len(hidden) > 0 {
		p.warnInFile(f.Name, rule.Position, ruleRuleHidden,
			fmt.Sprintf("the rule %q takes the place of the rule %q, whose %s does not hold here", rule.Path, above.Path, strings.Join(hidden, ", ")),
			"say it here as well: only the deepest rule of a resource counts")
	}
}

func (p *plan) warnInFile(file string, at finding.Position, rule, message, hint string) {
	p.all = append(p.all, Finding{Rule: rule, Severity: finding.Warning, File: file, Position: at, Message: message, Hint: hint})
}

// checkCatchAlls notes resources that the policy file switches off while an enabled
// greedy resource above still answers their preflights: API Gateway finds resource
// and method together, and falls back (recorded).
func (p *plan) checkCatchAlls(settings map[*model.Resource]*setting) {
	var catchAlls []string
	for _, done := range p.done {
		if done.Outcome == Enabled && strings.HasSuffix(done.Path, "+}") {
			catchAlls = append(catchAlls, done.Path)
		}
	}
	for _, r := range p.author.Resources {
		if set := settings[r]; set == nil || set.off == "" || len(r.Methods()) == 0 {
			continue
		}
		for _, greedy := range catchAlls {
			if model.IsGreedyOver(greedy, r.Path) {
				item := r.Home()
				p.warn(ruleProxyAnswersForOff, here(item.Node, item.Pointer),
					fmt.Sprintf("%s is switched off, but preflights for it are answered by the OPTIONS of %s, which is enabled", r.Path, greedy),
					"switch that off as well, or leave this one without CORS headers in its backend")
			}
		}
	}
}
