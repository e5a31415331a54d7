package cmd

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/lint"
	"github.com/apigw-cors/apigw-cors/transform/policy"
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

// TestEveryFindingIsExplained holds that there is something to say of the rule of every
// finding that enabling makes.
func TestEveryFindingIsExplained(t *testing.T) {
	src := readFile(t, "../transform/rule.go")
	ids := regexp.MustCompile(`= "([a-z0-9.-]+)"`).FindAllStringSubmatch(src, -1)
	for _, m := range ids {
		if rule, _, ok := ruleOf(m[1]); !ok || rule.Title == "" || rule.Doc == "" {
			t.Errorf("%s is not explained", m[1])
		}
	}
	for _, reason := range policy.Reasons() {
		if concern := string(reason); strings.Contains("star-with-authorization any-host public-suffix-wildcard origin-no-port dev-origin insecure-origin subdomain-wildcard third-party-host forbidden-header response-header expose-forbidden expose-star max-age-capped max-age-zero", concern) {
			if _, _, ok := ruleOf(concern); !ok {
				t.Errorf("%s is not explained", concern)
			}
		}
	}
	var last string
	for _, r := range transform.Rules() {
		if other, _ := lint.Find(r.ID); other != nil {
			t.Errorf("%s has two rules", r.ID)
		}
		if r.Title == "" || r.Doc == "" || r.URL == "" || r.Severity == 0 {
			t.Errorf("%s lacks something", r.ID)
		}
		last = r.ID
	}
	if len(ids) < 40 || last == "" {
		t.Errorf("only %d were tried", len(ids))
	}
}
