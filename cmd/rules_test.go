package cmd

import (
	"fmt"
	"strings"
	"testing"

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
