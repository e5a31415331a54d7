package policy

import (
	"slices"
	"strings"
)

// ConsoleHeaders returns the request headers that the console of API Gateway
// allows when it enables CORS, in its order. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html.
func ConsoleHeaders() []string {
	return []string{"Content-Type", "X-Amz-Date", "Authorization", "X-Api-Key", "X-Amz-Security-Token"}
}

// IsToken reports whether s is a token (RFC 9110, section 5.6.2), which is what
// the name of a header and of a method must be. One member that is not a token
// voids the whole Access-Control-Allow-Headers or -Methods that lists it (Fetch
// standard, extracting header list values).
//
// The apostrophe is a token character: a name left in quotes is a legal name,
// only not the one that was meant.
func IsToken(s string) bool {
	for i := range len(s) {
		if !isTokenByte(s[i]) {
			return false
		}
	}
	return s != ""
}

func isTokenByte(b byte) bool {
	return isAlphanumeric(b) || strings.IndexByte("!#$%&'*+-.^_`|~", b) >= 0
}

func isAlphanumeric(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || isDigit(b)
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// ForbiddenRequestHeader reports whether no script can set the request header
// name, whatever its value (Fetch standard, forbidden request-header). Such a
// header is dropped before CORS looks, so it needs no listing. The three
// X-Method-Override headers are forbidden for some values only and do not count.
func ForbiddenRequestHeader(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, "proxy-") ||
		strings.HasPrefix(name, "sec-") ||
		slices.Contains(forbiddenRequestHeaders, name)
}

var forbiddenRequestHeaders = []string{
	"accept-charset",
	"accept-encoding",
	"access-control-request-headers",
	"access-control-request-method",
	"connection",
	"content-length",
	"cookie",
	"cookie2",
	"date",
	"dnt",
	"expect",
	"host",
	"keep-alive",
	"origin",
	"referer",
	"set-cookie",
	"te",
	"trailer",
	"transfer-encoding",
	"upgrade",
	"via",
}

// SafelistedRequestHeader reports whether a script may send the request header name with
// any value that it is likely to have, without its being allowed (Fetch standard,
// CORS-safelisted request-header). Content-Type and Range are safelisted for some values
// only and do not count.
func SafelistedRequestHeader(name string) bool {
	return slices.Contains([]string{"accept", "accept-language", "content-language"}, strings.ToLower(name))
}

// SafelistedResponseHeader reports whether a script may read the response
// header name without its being exposed (Fetch standard, CORS-safelisted
// response-header name).
func SafelistedResponseHeader(name string) bool {
	return slices.Contains(safelistedResponseHeaders, strings.ToLower(name))
}

var safelistedResponseHeaders = []string{
	"cache-control",
	"content-language",
	"content-length",
	"content-type",
	"expires",
	"last-modified",
	"pragma",
}

// isCORSResponseHeader reports whether name belongs to the answers of CORS and
// has no meaning in a request. The two request headers of the family are
// forbidden ones.
func isCORSResponseHeader(name string) bool {
	return strings.HasPrefix(strings.ToLower(name), "access-control-")
}

// ForbiddenResponseHeader reports whether no script may read the response
// header name, exposed or not (Fetch standard, forbidden response-header name).
func ForbiddenResponseHeader(name string) bool {
	name = strings.ToLower(name)
	return name == "set-cookie" || name == "set-cookie2"
}

// isQuoted reports whether a name holds an apostrophe. HTTP allows it in names,
// but the mappings of API Gateway put values between apostrophes and have no
// escape for one.
func isQuoted(name string) bool { return strings.ContainsRune(name, '\'') }

// IsSendable reports whether a name is that of a request header that scripts can set.
func IsSendable(name string) bool { return checkRequestHeader(name) == nil }

// checkRequestHeader judges one entry of [Policy.AllowHeaders] or of
// [Policy.AddHeaders].
func checkRequestHeader(value string) *Error {
	return checkHeader(value, func(name string, c *correction) {
		switch {
		case ForbiddenRequestHeader(name):
			c.refuse(ReasonForbiddenHeader, "remove it: what the browser sends by itself needs no permission")
		case isCORSResponseHeader(name):
			c.refuse(ReasonResponseHeader, "remove it: a request has no use for it")
		}
	})
}

// checkExposedHeader judges one entry of [Policy.ExposeHeaders].
func checkExposedHeader(value string) *Error {
	return checkHeader(value, func(name string, c *correction) {
		if ForbiddenResponseHeader(name) {
			c.refuse(ReasonExposeForbidden, "remove it")
		}
	})
}

// checkHeader judges what all header names have in common, and leaves a name that
// can stand in a mapping to judge.
func checkHeader(value string, judge func(name string, c *correction)) *Error {
	c := &correction{written: value}
	name, ok := c.name(value)
	switch {
	case !ok:
	case isQuoted(name):
		c.refuse(ReasonUnmappable, "rename the header")
	default:
		judge(name, c)
	}
	return c.err(name)
}

// IsWorthExposing reports whether a script would have to be told of a declared
// response header, and could be.
func IsWorthExposing(name string) bool {
	return checkExposedHeader(name) == nil && name != "*" &&
		!SafelistedResponseHeader(name) && !isCORSResponseHeader(name) && !strings.EqualFold(name, "Vary")
}

// Remapped returns the name under which a response header of a backend leaves a REST API:
// some get a prefix. Content-Length does too, and API Gateway sends one of its own.
// Transfer-Encoding, which is dropped, is left as it is; nobody declares it. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
// and LocalStack's TestApiGatewayHeaderRemapping, which recorded more.
func Remapped(name string) string {
	switch strings.ToLower(name) {
	case "authorization", "connection", "content-md5", "date", "expect", "host", "max-forwards",
		"proxy-authenticate", "server", "trailer", "upgrade", "user-agent", "www-authenticate":
		return "x-amzn-Remapped-" + name
	}
	return name
}
