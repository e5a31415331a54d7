package policy

import (
	"slices"
	"strings"
)

// AnyMethods returns the methods that x-amazon-apigateway-any-method stands
// for, sorted. They are also all the methods API Gateway has: TRACE is not
// among them. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-any-method.html.
func AnyMethods() []string {
	return []string{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}
}

// IsMethod reports whether name is one of [AnyMethods], letter by letter.
// Methods are case-sensitive on the wire (RFC 9110, section 9.1), and a
// preflight compares them so (Fetch standard, CORS-preflight fetch).
func IsMethod(name string) bool {
	return slices.Contains(AnyMethods(), name)
}

// forbiddenMethods are those for which fetch throws before it sends anything,
// in whatever case (Fetch standard, forbidden method).
var forbiddenMethods = []string{"CONNECT", "TRACE", "TRACK"}

// ForbiddenMethod reports whether browsers refuse to send a method, in whatever case.
func ForbiddenMethod(name string) bool {
	return slices.Contains(forbiddenMethods, strings.ToUpper(name))
}

// checkMethod judges one entry of [Policy.AllowMethods].
func checkMethod(value string) *Error {
	c := &correction{written: value}
	s, ok := c.name(value)
	upper := strings.ToUpper(s)
	switch {
	case !ok || s == "*":
	case ForbiddenMethod(upper):
		c.refuse(ReasonForbiddenMethod, "remove it")
	case upper == "ANY":
		c.refuse(ReasonUnknownMethod, "list "+strings.Join(AnyMethods(), ", ")+", or leave allowMethods derived")
	case !IsMethod(upper):
		c.refuse(ReasonUnknownMethod, "write one of "+strings.Join(AnyMethods(), ", "))
	case upper != s:
		c.mend(ReasonMethodCase)
	}
	return c.err(upper)
}
