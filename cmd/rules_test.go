package cmd

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/lint"
)

// TestReadmeRules holds that README.md lists the rules, as they are.
func TestReadmeRules(t *testing.T) {
	var b strings.Builder
	b.WriteString("| rule | severity | what it finds |\n|---|---|---|\n")
	for _, r := range lint.Rules() {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", r.ID, r.Severity, r.Title)
	}
	if !strings.Contains(readFile(t, readmeFile), b.String()) {
		t.Errorf("README.md lacks this table:\n%s", b.String())
	}
}

// TestEveryConcernIsExplained holds that there is something to say of every concern about a
// policy, and of every rule that nothing but enabling reports by.
func TestEveryConcernIsExplained(t *testing.T) {
	// The rules of concerns about a policy are called like their reasons.
	concerns := regexp.MustCompile(`\b(?:add|note)\((?:\w+, \S+, )?(Reason\w+)`).FindAllStringSubmatch(readFile(t, "../transform/policy/review.go"), -1)
	named := regexp.MustCompile(`(?m)^\s*(Reason\w+) +Reason = "([a-z0-9-]+)"`).FindAllStringSubmatch(readFile(t, "../transform/policy/reason.go"), -1)
	value := map[string]string{}
	for _, m := range named {
		value[m[1]] = m[2]
	}
	for _, m := range concerns {
		if _, _, ok := lint.Find(value[m[1]]); !ok {
			t.Errorf("%s is not explained", m[1])
		}
	}
	if len(concerns) < 10 {
		t.Errorf("only %d concerns were tried", len(concerns))
	}
	for _, r := range transform.Rules() {
		if r.Title == "" || r.Doc == "" || r.URL == "" || r.Severity == 0 {
			t.Errorf("%s lacks something", r.ID)
		}
	}
}
