package policy

import (
	"encoding/json"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// An Expression is the text of a raw value in a form that a document can hold.
type Expression struct {
	Form ExpressionForm
	Text string // as written; of an intrinsic, its long form as JSON
}

// ExpressionForm says who evaluates an expression.
type ExpressionForm int

const (
	// StageVariable is "stageVariables.NAME": a mapping expression, which API
	// Gateway evaluates for each call. See
	// https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html.
	StageVariable ExpressionForm = iota + 1
	// Placeholder is text with "${…}" in it, which a tool such as Terraform fills
	// in before the import.
	Placeholder
	// Intrinsic is a CloudFormation intrinsic function.
	Intrinsic
	// MixedList is a list with an expression among its entries, as JSON. Only the
	// CORS configuration of an HTTP API can hold it.
	MixedList
)

// ParseExpression tells what kind of expression the text of a raw value is.
func ParseExpression(text string) Expression {
	e := Expression{Form: Placeholder, Text: text}
	switch {
	case strings.HasPrefix(text, stageVariables):
		e.Form = StageVariable
	case strings.HasPrefix(text, "{"):
		e.Form = Intrinsic
	case strings.HasPrefix(text, "["):
		e.Form = MixedList
	}
	return e
}

// MixedListOf returns a list of texts and expressions as the text of a [MixedList].
func MixedListOf(entries []string) string {
	list := make([]json.RawMessage, len(entries))
	for i, text := range entries {
		if list[i] = json.RawMessage(text); !isIntrinsic(text) {
			list[i], _ = json.Marshal(text) // a string is always JSON
		}
	}
	text, _ := json.Marshal(list)
	return string(text)
}

const stageVariables = "stageVariables."

// isIntrinsic reports whether text is the long form of one intrinsic. What a Ref names
// is a text; the arguments of others are not judged.
func isIntrinsic(text string) bool {
	var object map[string]any
	if err := json.Unmarshal([]byte(text), &object); err != nil || len(object) != 1 {
		return false
	}
	for name, argument := range object {
		_, isText := argument.(string)
		return extensions.IsIntrinsicName(name) && (name != "Ref" || isText)
	}
	return false
}

// substituted returns the text of a Fn::Sub, which the value begins and ends with, and
// nothing of another intrinsic.
func substituted(text string) string {
	var sub struct {
		Argument any `json:"Fn::Sub"`
	}
	if err := json.Unmarshal([]byte(text), &sub); err != nil {
		return ""
	}
	if list, ok := sub.Argument.([]any); ok && len(list) > 0 {
		sub.Argument = list[0]
	}
	plain, _ := sub.Argument.(string)
	return plain
}

// isStageVariableName follows the names that API Gateway gives to stage variables.
// See https://docs.aws.amazon.com/apigateway/latest/developerguide/stage-variables.html.
func isStageVariableName(s string) bool {
	for i := range len(s) {
		if !isAlphanumeric(s[i]) && s[i] != '_' {
			return false
		}
	}
	return s != ""
}

// SplitList returns the entries of a list that somebody wrote as one text, without their
// quotes.
func SplitList(text string) []string {
	return strings.FieldsFunc(text, func(c rune) bool { return isSeparator(c) || isQuote(c) })
}

// IsExpression reports whether text is meant to be evaluated by somebody else: a
// stage variable, text with a placeholder, or the long form of an intrinsic as
// JSON. No origin and no name of a method or header looks like one.
func IsExpression(text string) bool {
	return strings.HasPrefix(text, stageVariables) || strings.HasPrefix(text, `{"`) ||
		strings.Contains(text, "${") || strings.Contains(text, "%{")
}
