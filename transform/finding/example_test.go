package finding_test

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
)

// A finding prints on one line, whatever the document holds.
func Example() {
	findings := []finding.Finding{
		{Rule: "null-origin", Severity: finding.Warning, File: "openapi.yaml", Position: finding.Position{Line: 42, Column: 7}, Message: "the origin \"null\" is allowed"},
		{Rule: "forbidden-header", Severity: finding.Error, File: "openapi.yaml", Position: finding.Position{Line: 9, Column: 3}, Message: "the header \"Host\n\" cannot be allowed"},
	}
	finding.Sort(findings)
	for _, f := range findings {
		fmt.Println(f)
	}
	// Output:
	// openapi.yaml:9:3: error: the header "Host\u000a" cannot be allowed (forbidden-header)
	// openapi.yaml:42:7: warning: the origin "null" is allowed (null-origin)
}

func ExampleNearest() {
	fmt.Println(finding.Nearest("/pet", []string{"/orders", "/pets", "/pets/{petId}"}))
	// Output: [/pets /pets/{petId}]
}
