package report

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// terraformName returns the argument of cors_configuration for a member: its name in snake
// case. See
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/apigatewayv2_api#cors_configuration
func terraformName(member string) string {
	return strings.ToLower(capital.ReplaceAllString(member, "_$0"))
}

var capital = regexp.MustCompile(`[A-Z]`)

// corsConfigurationBlock returns the block of aws_apigatewayv2_api that says the same,
// as terraform fmt writes it. Without it, Terraform deletes what the import of a body
// has configured.
func corsConfigurationBlock(c configuration) (string, error) {
	width := 0
	for _, m := range c {
		width = max(width, len(terraformName(m.name)))
	}
	var lines []string
	for _, m := range c {
		texts, err := m.texts(isHCL)
		if err != nil {
			return "", err
		}
		value := hcl(texts, m.list != nil || isText(m.scalar))
		if m.list != nil {
			value = "[" + value + "]"
		}
		lines = append(lines, fmt.Sprintf("  %-*s = %s\n", width, terraformName(m.name), value))
	}
	slices.Sort(lines)
	return "cors_configuration {\n" + strings.Join(lines, "") + "}\n", nil
}

// isHCL reports whether a placeholder is an expression of HCL. The variables of
// templatefile mean nothing outside of the template.
func isHCL(text string) bool { return reference.MatchString(text) }

var reference = regexp.MustCompile(`^[^$%]*\$\{ *(?:var|local|module|data|each|path|aws_[a-z0-9_]+)\.[^}]*\}[^$%]*$`)

func isText(v any) bool {
	_, ok := v.(string)
	return ok
}

// hcl writes texts as the elements of a list, between double quotes unless they are
// numbers and booleans.
func hcl(texts []string, quoted bool) string {
	if !quoted {
		return strings.Join(texts, ", ")
	}
	list := make([]string, len(texts))
	for i, text := range texts {
		list[i] = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(text) + `"`
	}
	return strings.Join(list, ", ")
}
