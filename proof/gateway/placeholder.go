package gateway

import (
	"slices"
	"strings"
)

// placeholderMarks begin what is filled in before the import: by Fn::Sub of CloudFormation, by the
// templates of Terraform, and by engines such as Jinja.
var placeholderMarks = []string{"${", "%{", "{{", "<<"}

// hasPlaceholder reports whether a part of a text is filled in before the import.
func hasPlaceholder(text string) bool {
	return slices.ContainsFunc(placeholderMarks, func(mark string) bool { return strings.Contains(text, mark) })
}
