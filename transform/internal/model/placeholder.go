package model

import (
	"slices"
	"strings"
)

// mark surrounds what a tool fills in before the import. Until then it is not known what the value is.
type mark struct{ opens, closes string }

// placeholderMarks are those of CloudFormation's Fn::Sub, of the templates of Terraform, and of
// engines such as Jinja.
var placeholderMarks = []mark{{"${", "}"}, {"%{", "}"}, {"{{", "}}"}, {"<<", ">>"}}

// HasPlaceholder reports whether a part of a text is filled in before the import: "${Stage}-pets".
func HasPlaceholder(text string) bool {
	return slices.ContainsFunc(placeholderMarks, func(m mark) bool { return strings.Contains(text, m.opens) })
}

// IsPlaceholder reports whether a text as a whole is filled in before the import: "${Pets}".
func IsPlaceholder(text string) bool {
	text = strings.TrimSpace(text)
	isAll := func(m mark) bool { return strings.HasPrefix(text, m.opens) && strings.HasSuffix(text, m.closes) }
	return slices.ContainsFunc(placeholderMarks, isAll)
}

// BeginsWithPlaceholder reports whether the beginning of a text is filled in before the import, so
// that it is not known what it begins with: "${Base}/pets".
func BeginsWithPlaceholder(text string) bool {
	return slices.ContainsFunc(placeholderMarks, func(m mark) bool { return strings.HasPrefix(text, m.opens) })
}

// MayHavePlaceholder reports whether a part of a value looks as if it was filled in before the
// import. It is for values in which these characters mean nothing else, such as origins, statuses
// and the names of types: scripts of their own have marks of their own, such as %STAGE%, <stage>,
// {stage}, $STAGE, @@stage@@ and __stage__.
func MayHavePlaceholder(value string) bool {
	return strings.ContainsAny(value, "${}<>%") || slices.ContainsFunc([]string{"__", "@@"}, func(mark string) bool { return strings.Contains(value, mark) })
}
