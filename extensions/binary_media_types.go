package extensions

import "strings"

// BinaryMediaTypes is the value of x-amazon-apigateway-binary-media-types: the
// media types whose payloads are passed on as bytes. REST APIs only. Others may
// be added outside the document.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-binary-media-types.html
type BinaryMediaTypes []String

// MatchesAny reports whether "*/*" is in the list. Every payload is binary then,
// and an integration can apply a template only if its ContentHandling is
// [ConvertToText].
func (list BinaryMediaTypes) MatchesAny() bool {
	for _, entry := range list {
		if entry == Literal("*/*") {
			return true
		}
	}
	return false
}

// Validate reports every entry that is not a media type.
func (list BinaryMediaTypes) Validate() error {
	return validate(func(c checker) {
		for i, entry := range list {
			at := c.index(i)
			if text, ok := at.quoted(entry); ok {
				checkMediaType(at, text)
			}
		}
	})
}

func checkMediaType(c checker, text string) {
	kind, subtype, ok := strings.Cut(text, "/")
	switch {
	case strings.Contains(text, "~1"):
		// The spelling of CloudFormation's BinaryMediaTypes property.
		c.report(text, "has an escaped slash; write %q", strings.ReplaceAll(text, "~1", "/"))
	case !ok || !isToken(kind) || !isToken(subtype):
		c.report(text, "is not a media type; write type/subtype or */*")
	}
}
