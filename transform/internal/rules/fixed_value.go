package rules

import (
	"errors"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// fixedValue returns a static value of a CORS header with everything fixed that a rule can fix in
// it, so that one change is enough where several rules would find something one after the other.
func fixedValue(header, value string) string {
	if isQuoted(value) {
		value = strings.Trim(value, "'\"")
	}
	fixed := ""
	switch {
	case strings.EqualFold(header, responses.AllowCredentials):
		fixed = fixedCredentials(value)
	case strings.EqualFold(header, responses.AllowMethods):
		fixed = fixedMethods(value)
	case strings.EqualFold(header, responses.AllowOrigin):
		fixed = fixedOrigin(value)
	}
	if fixed == "" {
		return value
	}
	return fixed
}

// fixedCredentials returns "true" for another spelling of it, empty for any other value.
func fixedCredentials(value string) string {
	if strings.EqualFold(strings.Trim(value, " \t"), "true") {
		return "true"
	}
	return ""
}

// fixedMethods returns a list of methods in upper case, empty where something in it is no method.
func fixedMethods(value string) string {
	isOther := func(name string) bool { return !policy.IsMethod(strings.ToUpper(name)) }
	if slices.ContainsFunc(responses.List(value), isOther) {
		return ""
	}
	return strings.ToUpper(value)
}

// fixedOrigin returns an origin as browsers send it, empty where nothing is to be suggested.
func fixedOrigin(value string) string {
	value = strings.Trim(value, " \t")
	if isFoundElsewhere(value) {
		return ""
	}
	var wrong *policy.Error
	if _, err := policy.ParseOrigin(value); errors.As(err, &wrong) {
		return wrong.Suggestion
	}
	return ""
}
