package lint

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
)

// Rule is one thing that a document is looked at for.
type Rule struct {
	finding.Rule
	API transform.APIType // the documents that it is about; empty: both types of API

	// Fails is an example that the rule finds, Passes one that it does not: members of a
	// document in YAML. openapi and info are left out unless they are what matters. Both
	// are empty where an example would be too large.
	Fails, Passes string
}

// Rules returns the rules that [Run] tries, in the order of their ids, but for those of
// kin-openapi.
func Rules() []Rule {
	var list []Rule
	for _, r := range rules.OfLint() {
		list = append(list, public(r))
	}
	return list
}

// Find returns the rule with an id, or the id that was probably meant. The ids of rules
// that only enabling CORS reports by are known too, and the codes of kin-openapi.
func Find(id string) (rule Rule, near string, ok bool) {
	if r := byID(id); r != nil {
		return public(r), "", true
	}
	var ids []string
	for _, r := range slices.Concat(rules.All(), validityRules) {
		ids = append(ids, r.ID)
	}
	return Rule{}, finding.NearestOne(id, ids), false
}

// byID returns the rule with an id, of this module or of kin-openapi, or nil.
func byID(id string) *rules.Rule {
	if r := rules.ByID(id); r != nil {
		return r
	}
	i := slices.IndexFunc(validityRules, func(r *rules.Rule) bool { return r.ID == id })
	if i < 0 {
		return nil
	}
	return validityRules[i]
}

func public(r *rules.Rule) Rule {
	return Rule{Rule: r.About(), API: transform.APIType(r.API), Fails: r.Fails, Passes: r.Passes}
}
