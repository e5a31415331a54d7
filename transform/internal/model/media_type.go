package model

import "strings"

// MediaType returns a media type without its parameters, in lower case: "application/json" of
// "Application/JSON; charset=utf-8".
func MediaType(text string) string {
	essence, _, _ := strings.Cut(text, ";")
	return strings.ToLower(strings.TrimSpace(essence))
}
