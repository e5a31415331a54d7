package fetch

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Names of the headers of the protocol (section 3.3.3).
const (
	allowOrigin      = "Access-Control-Allow-Origin"
	allowMethods     = "Access-Control-Allow-Methods"
	allowHeaders     = "Access-Control-Allow-Headers"
	allowCredentials = "Access-Control-Allow-Credentials"
	exposeHeaders    = "Access-Control-Expose-Headers"
	maxAge           = "Access-Control-Max-Age"
)

// get returns the combined value of a header (section 2.2.2, get), its values trimmed as
// they are when a response is read.
func get(header []Field, name string) (string, bool) {
	var values []string
	for _, f := range header {
		if strings.EqualFold(f.Name, name) {
			values = append(values, strings.Trim(f.Value, httpWhitespace))
		}
	}
	return strings.Join(values, ", "), values != nil
}

// corsCheck follows section 4.10, CORS check: on the response to the preflight request, and again
// on that to the request itself.
func (c *check) corsCheck(r Response) *Refusal {
	if i := slices.IndexFunc(r.Header, func(f Field) bool { return strings.ContainsAny(f.Value, "\x00\r\n") }); i >= 0 {
		return refused(RuleResponseInvalid, "the answer has %q in %s, which no header can hold", r.Header[i].Value, r.Header[i].Name)
	}
	origin, ok := get(r.Header, allowOrigin)
	switch {
	case !ok: // step 2
		return refused(RuleACAOMissing, "the answer has no %s, and the page's origin is %q", allowOrigin, c.origin)
	case !c.credentials && origin == "*": // step 3
		return nil
	case c.credentials && origin == "*":
		return refused(RuleStarWithCredentials, "%s is %q, which lets no call with credentials in; the page's origin is %q", allowOrigin, origin, c.origin)
	case origin != c.origin && strings.Contains(origin, ","):
		return refused(RuleACAOMultiple, "%s is %q, which is not one origin; the page's is %q", allowOrigin, origin, c.origin)
	case origin != c.origin: // step 4
		return refused(RuleACAOMismatch, "%s is %q, and the page's origin is %q", allowOrigin, origin, c.origin)
	case !c.credentials: // step 5
		return nil
	}
	// Steps 6 to 8: the value is true, in lower case.
	switch credentials, ok := get(r.Header, allowCredentials); {
	case !ok:
		return refused(RuleACACMissing, "the answer has no %s, and the call carries credentials", allowCredentials)
	case credentials != "true":
		return refused(RuleACACValue, "%s is %q, and the call carries credentials, for which it must be \"true\"", allowCredentials, credentials)
	}
	return nil
}

// preflight follows section 4.8, CORS-preflight fetch, from step 7 on.
func (c *check) preflight(r Response) *Refusal {
	if refusal := c.corsCheck(r); refusal != nil {
		return refusal
	}
	if r.Status < 200 || r.Status > 299 {
		return refused(RulePreflightStatus, "OPTIONS is answered with %d, and a preflight passes with 200 to 299", r.Status)
	}
	methods, refusal := list(r.Header, allowMethods)
	if refusal != nil {
		return refusal
	}
	names, refusal := list(r.Header, allowHeaders)
	if refusal != nil {
		return refusal
	}
	if refusal := c.method(methods); refusal != nil {
		return refusal
	}
	if refusal := c.names(names); refusal != nil {
		return refusal
	}
	c.MaxAge = age(r.Header)
	for _, limit := range []struct {
		browser string
		seconds int
	}{{"Safari", 600}, {"Chromium", 7200}, {"Firefox", 86400}} {
		if c.MaxAge > limit.seconds {
			c.Notes = append(c.Notes, fmt.Sprintf("%s keeps a preflight for %d seconds at most", limit.browser, limit.seconds))
		}
	}
	return nil
}

func (c *check) method(allowed []string) *Refusal {
	if slices.Contains(allowed, c.Method) || isSafelistedMethod(c.Method) || !c.credentials && slices.Contains(allowed, "*") {
		return nil
	}
	listed := strings.Join(allowed, ", ")
	switch {
	case slices.Contains(allowed, "*"):
		return refused(RuleWildcardCredentials, "%s is %q, which is no wildcard for a call with credentials; the method is %q", allowMethods, listed, c.Method)
	case slices.ContainsFunc(allowed, func(m string) bool { return strings.EqualFold(m, c.Method) }):
		return refused(RuleMethodCase, "%s is %q, and the method is %q: they are compared byte for byte", allowMethods, listed, c.Method)
	}
	return refused(RuleMethodNotAllowed, "%s is %q, and the method is %q", allowMethods, listed, c.Method)
}

func (c *check) names(allowed []string) *Refusal {
	isAllowed := func(name string) bool {
		return slices.ContainsFunc(allowed, func(a string) bool { return lowerASCII(a) == name })
	}
	star, listed := slices.Contains(allowed, "*"), strings.Join(allowed, ", ")
	for _, name := range c.PreflightHeaders {
		const nonWildcard = "authorization" // section 2.2.2, CORS non-wildcard request-header name
		switch {
		case isAllowed(name), star && !c.credentials && name != nonWildcard:
		case star && !c.credentials:
			c.Notes = append(c.Notes, "Chromium and Firefox let * cover Authorization today")
			return refused(RuleAuthorizationWildcard, "%s is %q, and * does not cover %q, which the call has", allowHeaders, listed, name)
		case star:
			return refused(RuleWildcardCredentials, "%s is %q, which is no wildcard for a call with credentials; the call has %q", allowHeaders, listed, name)
		default:
			return refused(RuleHeaderNotAllowed, "%s is %q, and the call has %q", allowHeaders, listed, name)
		}
	}
	return nil
}

// actual follows what HTTP fetch (section 4.4) does with the response to the request: the CORS
// check, whatever the status.
func (c *check) actual(r Response) *Refusal {
	if refusal := c.corsCheck(r); refusal != nil {
		return refusal
	}
	if _, ok := get(r.Header, "Location"); ok && slices.Contains([]int{301, 302, 303, 307, 308}, r.Status) {
		c.Notes = append(c.Notes, "the redirect is followed, and checked at its own address; from another origin than this one the page's becomes null")
	}
	names, refusal := list(r.Header, exposeHeaders)
	if refusal != nil {
		names = nil // it exposes nothing more, and the request succeeds
	}
	all := !c.credentials && slices.Contains(names, "*")
	c.Exposed = readable(r.Header, names, all)
	return nil
}

// readable returns the headers of a response that a script sees (section 2.2.6, CORS
// filtered response).
func readable(header []Field, exposed []string, all bool) map[string]string {
	seen := map[string]string{}
	for _, f := range header {
		name := lowerASCII(f.Name)
		isExposed := all || slices.Contains(safelistedResponse, name) || slices.ContainsFunc(exposed, func(e string) bool { return lowerASCII(e) == name })
		if isExposed && name != "set-cookie" && name != "set-cookie2" {
			seen[name], _ = get(header, name)
		}
	}
	return seen
}

// safelistedResponse are the CORS-safelisted response-header names (section 2.2.2).
var safelistedResponse = []string{"cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma"}

// list follows section 2.2.2, extract header list values: the names of all fields of a
// header, none where it is absent. One entry that is no token voids all.
func list(header []Field, name string) ([]string, *Refusal) {
	var names []string
	for _, f := range header {
		if !strings.EqualFold(f.Name, name) {
			continue
		}
		for _, part := range strings.Split(strings.Trim(f.Value, httpWhitespace), ",") {
			switch part = strings.Trim(part, "\t "); {
			case part == "":
			case !isToken(part):
				return nil, refused(RuleListSyntax, "%s is %q, in which %q is no name", name, f.Value, part)
			default:
				names = append(names, part)
			}
		}
	}
	return names, nil
}

// age returns the seconds for which a preflight may be kept: five where the header does not set
// them.
func age(header []Field) int {
	const unsaid = 5
	value, ok := get(header, maxAge)
	if !ok || !isDigits(value) {
		return unsaid
	}
	seconds, err := strconv.Atoi(value)
	if err != nil {
		return unsaid
	}
	return seconds
}
