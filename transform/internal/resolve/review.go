package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Review returns what in a policy is possible and unwise. Resources share their policies,
// so the same finding may come from several.
func (s *EffectivePolicy) Review(d *model.Document, methods []*model.Method) []rules.Finding {
	var found []rules.Finding
	for _, c := range s.Policy.Review(slices.ContainsFunc(methods, d.NeedsAuthorization)) {
		from := s.From[c.Member]
		if from == nil || from.IsProfile && c.Reason == policy.ReasonDevOrigin {
			continue // a default, or where such an origin belongs
		}
		at := rules.At(d.Root, "")
		if from.File != "" {
			at = rules.InFile(from.File, from.Places[c.Member])
		}
		found = append(found, rules.Finding{Rule: rules.ForConcern(c), At: at, Message: c.Message, Hint: c.Hint})
	}
	return found
}

// checkEntries returns findings about rules of the policy file that are about no resource of the
// document, and those that hide what a rule above them says.
func checkEntries(f *policy.File, all []*model.Resource) []rules.Finding {
	if f == nil {
		return nil
	}
	var found []rules.Finding
	for _, rule := range f.Resources {
		if !include(all, map[*model.Resource]bool{}, true, func(r *model.Resource) bool {
			return isAt(r.Path, rule.Path) || rule.Recursive && isBelow(r.Path, rule.Path)
		}) {
			hint := "take the rule out, or mend its path"
			if near := finding.Nearest(canonical(rule.Path), withAbove(all)); near != nil {
				hint = "near names: " + strings.Join(near, ", ")
			}
			found = append(found, rules.Finding{
				Rule: rules.EntryMatchesNothing, At: rules.InFile(f.Name, rule.Position),
				Message: fmt.Sprintf("the rule %q matches no resource of the document", rule.Path), Hint: hint,
			})
		}
		found = append(found, checkHidden(f, rule)...)
	}
	return found
}

// checkElsewhere returns findings about CORS objects that cannot be read, because their
// members are not in the document.
func checkElsewhere(d *model.Document, chosen map[*model.Resource]bool) []rules.Finding {
	var found []rules.Finding
	note := func(n *source.Node, at source.Pointer) {
		if n != nil && model.IsElsewhere(n) {
			found = append(found, rules.Finding{
				Rule: rules.NotUnderstood, At: rules.At(n, at),
				Message: "this block is a CloudFormation intrinsic, so it is not read", Hint: "write the block out, with intrinsics for single values",
			})
		}
	}
	note(d.Hidden.Get(d.Root, extensions.NameCORS), model.ConfigurationPointer)
	for _, r := range d.Resources {
		for _, item := range r.Items {
			if chosen[r] {
				note(item.CORSObject, item.CORSObjectPointer())
			}
		}
	}
	return found
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
func checkHidden(f *policy.File, rule policy.ResourceEntry) []rules.Finding {
	above := f.EntryAbove(rule.Path)
	if above == nil {
		return nil
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
	if len(hidden) == 0 {
		return nil
	}
	return []rules.Finding{{
		Rule: rules.EntryHidden, At: rules.InFile(f.Name, rule.Position),
		Message: fmt.Sprintf("the rule %q takes the place of the rule %q, whose %s does not hold here", rule.Path, above.Path, strings.Join(hidden, ", ")),
		Hint:    "say it here as well: only the deepest rule of a resource counts",
	}}
}
