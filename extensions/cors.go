package extensions

import (
	"encoding/json"
	"strconv"
	"strings"
)

// A CORS is the value of x-amazon-apigateway-cors: the CORS configuration of an
// HTTP API. API Gateway acts on it at the root of an HTTP API's document only.
//
// Values stand bare: the single quotes of mappings have no place here. An absent
// list and an empty one are kept apart. A block without members is configured
// CORS that allows nobody, and not the same as no block.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-cors-configuration.html
type CORS struct {
	// AllowOrigins lists origins as browsers send them ("https://example.com",
	// without a path or a slash at the end), "*", "https://*" or "http://*".
	AllowOrigins []String

	// AllowMethods lists methods of 1 to 64 characters, or "*".
	AllowMethods []String

	// AllowHeaders and ExposeHeaders list header names, or "*".
	AllowHeaders  []String
	ExposeHeaders []String

	// MaxAge is how long a browser may keep the answer to a preflight, in
	// seconds: -1 to 86400.
	MaxAge *int

	// AllowCredentials lets calls carry cookies and the like. It excludes "*"
	// in every list: API Gateway refuses it as an origin, and browsers take it
	// for a name elsewhere.
	AllowCredentials *bool

	// Unknown holds the other members, see [Integration]. API Gateway ignores
	// them without a word, a misspelled allowOrigins too.
	Unknown map[string]json.RawMessage
}

func (b *CORS) fields() []field {
	return []field{
		{"allowOrigins", &b.AllowOrigins},
		{"allowMethods", &b.AllowMethods},
		{"allowHeaders", &b.AllowHeaders},
		{"exposeHeaders", &b.ExposeHeaders},
		{"maxAge", &b.MaxAge},
		{"allowCredentials", &b.AllowCredentials},
	}
}

// MarshalJSON writes the members that are set, in the order of the fields.
func (b CORS) MarshalJSON() ([]byte, error) {
	return encode(b.fields(), b.Unknown)
}

// UnmarshalJSON reads any object; it does not judge.
func (b *CORS) UnmarshalJSON(data []byte) (err error) {
	*b = CORS{}
	b.Unknown, err = decode(data, b.fields())
	return err
}

// Validate reports every mistake at once, as joined [*Error] values. The limits
// are those of HTTP APIs. Of origins it judges only what no browser ever sends;
// it does not parse them.
func (b CORS) Validate() error {
	return validate(b.check)
}

func (b CORS) check(c checker) {
	if !c.members(b.fields(), b.Unknown, true) {
		return
	}
	if b.isEmpty() {
		c.report("{}", "allows nobody; write allowOrigins, or remove the block")
	}
	eachBare(c.member("allowOrigins"), b.AllowOrigins, checkOrigin)
	eachBare(c.member("allowMethods"), b.AllowMethods, checkMethod)
	eachBare(c.member("allowHeaders"), b.AllowHeaders, checkHeaderName)
	eachBare(c.member("exposeHeaders"), b.ExposeHeaders, checkHeaderName)
	if b.MaxAge != nil && (*b.MaxAge < -1 || *b.MaxAge > 86400) {
		c.member("maxAge").report(strconv.Itoa(*b.MaxAge), "is out of bounds; write -1 to 86400")
	}
	b.checkStars(c)
}

func (b CORS) isEmpty() bool {
	for _, f := range b.fields() {
		if !f.isZero() {
			return false
		}
	}
	return len(b.Unknown) == 0
}

func (b CORS) checkStars(c checker) {
	if b.AllowCredentials == nil || !*b.AllowCredentials {
		return
	}
	const literal = "is a name, not a wildcard, to browsers when allowCredentials is true; list the %s"
	eachStar(c.member("allowOrigins"), b.AllowOrigins, "is refused when allowCredentials is true; list the origins")
	eachStar(c.member("allowMethods"), b.AllowMethods, literal, "methods")
	eachStar(c.member("allowHeaders"), b.AllowHeaders, literal, "headers")
	eachStar(c.member("exposeHeaders"), b.ExposeHeaders, literal, "headers")
}

func eachStar(c checker, entries []String, reason string, args ...any) {
	for i, entry := range entries {
		if entry == Literal("*") {
			c.index(i).report("*", reason, args...)
		}
	}
}

// eachBare checks the entries of a list: each one bare text, with check for what
// is particular to the list.
func eachBare(c checker, entries []String, check func(c checker, text string)) {
	for i, entry := range entries {
		at := c.index(i)
		text, ok := at.quoted(entry)
		if !ok {
			continue
		}
		bare := strings.Trim(text, `'" `)
		switch {
		case bare == "":
			at.report("", "is empty; remove it")
		case strings.Contains(bare, ","):
			at.report(text, "is a list in one string; write one entry for each")
		case bare != text:
			at.report(text, "stands in quotes or blanks; write %q", bare)
		default:
			check(at, text)
		}
	}
}

func checkOrigin(c checker, text string) {
	if bare := strings.TrimRight(text, "/"); bare != text && !strings.HasSuffix(bare, ":") {
		c.report(text, "ends in a slash, which no browser sends; write %q", bare)
	}
}

func checkMethod(c checker, text string) {
	switch {
	case len(text) > 64:
		c.report(text, "is longer than the 64 characters of a method")
	case !isToken(text):
		c.report(text, "is not a method")
	}
}

func checkHeaderName(c checker, text string) {
	if !isToken(text) {
		c.report(text, "is not a header name")
	}
}

// isToken reports whether text is a token of HTTP, as methods and header names
// are.
//
// https://www.rfc-editor.org/rfc/rfc9110#name-tokens
func isToken(text string) bool {
	for _, r := range text {
		if r <= ' ' || r >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r) {
			return false
		}
	}
	return text != ""
}
