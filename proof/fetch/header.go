package fetch

import (
	"slices"
	"strconv"
	"strings"
)

// httpWhitespace are the HTTP whitespace bytes (section 2).
const httpWhitespace = "\t\n\r "

// ForbiddenRequestHeader reports whether no script can set a header with a value (section
// 2.2.2, forbidden request-header).
func ForbiddenRequestHeader(name, value string) bool {
	name = lowerASCII(name)
	switch {
	case slices.Contains(forbiddenNames, name), strings.HasPrefix(name, "proxy-"), strings.HasPrefix(name, "sec-"):
		return true
	case name == "x-http-method" || name == "x-http-method-override" || name == "x-method-override":
		return slices.ContainsFunc(decodeAndSplit(value), ForbiddenMethod)
	}
	return false
}

var forbiddenNames = []string{
	"accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method", "connection", "content-length",
	"cookie", "cookie2", "date", "dnt", "expect", "host", "keep-alive", "origin", "referer", "set-cookie", "te", "trailer",
	"transfer-encoding", "upgrade", "via",
}

// decodeAndSplit takes a value apart at its commas, but for those in quoted strings
// (section 2.2.2, get, decode, and split).
func decodeAndSplit(value string) []string {
	var parts []string
	quoted, start := false, 0
	for i := 0; i < len(value); i++ {
		switch {
		case quoted && value[i] == '\\':
			i++
		case value[i] == '"':
			quoted = !quoted
		case value[i] == ',' && !quoted:
			parts, start = append(parts, value[start:i]), i+1
		}
	}
	parts = append(parts, value[min(start, len(value)):])
	for i := range parts {
		parts[i] = strings.Trim(parts[i], "\t ")
	}
	return parts
}

// unsafeNames follows section 2.2.2, CORS-unsafe request-header names: lower-case, sorted,
// each once. tooMuch tells that the safelisted ones are among them because of their size
// together.
func unsafeNames(header []Field) (unsafe []string, tooMuch bool) {
	const most = 1024 // bytes of safelisted values together
	var potentially []string
	size := 0
	for _, f := range header {
		if !isSafelistedHeader(f.Name, f.Value) {
			unsafe = append(unsafe, lowerASCII(f.Name))
			continue
		}
		potentially = append(potentially, lowerASCII(f.Name))
		size += len(f.Value)
	}
	if tooMuch = size > most; tooMuch {
		unsafe = append(unsafe, potentially...)
	}
	slices.Sort(unsafe)
	return slices.Compact(unsafe), tooMuch
}

// joined returns a header with the values of a name in one field.
func joined(header []Field) []Field {
	var list []Field
	for _, f := range header {
		same := func(o Field) bool { return strings.EqualFold(o.Name, f.Name) }
		if i := slices.IndexFunc(list, same); i >= 0 {
			list[i].Value += ", " + f.Value
		} else {
			list = append(list, f)
		}
	}
	return list
}

// isSafelistedHeader follows section 2.2.2, CORS-safelisted request-header.
func isSafelistedHeader(name, value string) bool {
	const longest = 128
	if len(value) > longest {
		return false
	}
	switch lowerASCII(name) {
	case "accept":
		return !hasUnsafeByte(value)
	case "accept-language", "content-language":
		return onlyOf(value, func(c byte) bool { return isAlphanumeric(c) || strings.IndexByte(" *,-.;=", c) >= 0 })
	case "content-type":
		return !hasUnsafeByte(value) && isSafelistedType(value)
	case "range":
		return isSafelistedRange(value)
	}
	return false
}

func hasUnsafeByte(value string) bool {
	return !onlyOf(value, func(c byte) bool { return !isUnsafeByte(c) })
}

// isUnsafeByte follows section 2.2.2, CORS-unsafe request-header byte.
func isUnsafeByte(c byte) bool {
	return c < 0x20 && c != '\t' || strings.IndexByte("\"():<>?@[\\]{}\x7f", c) >= 0
}

// isSafelistedType parses a MIME type as far as its essence (MIME Sniffing standard,
// section 4.4, parse a MIME type). Parameters make no difference.
func isSafelistedType(value string) bool {
	kind, rest, ok := strings.Cut(strings.Trim(value, httpWhitespace), "/")
	subtype, _, _ := strings.Cut(rest, ";")
	subtype = strings.TrimRight(subtype, httpWhitespace)
	if !ok || !isToken(kind) || !isToken(subtype) {
		return false
	}
	return slices.Contains([]string{"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"}, lowerASCII(kind+"/"+subtype))
}

// isSafelistedRange follows section 2.2.2, parse a single range header value, without white
// space and with a start.
func isSafelistedRange(value string) bool {
	rest, ok := strings.CutPrefix(value, "bytes=")
	first, last, isRange := strings.Cut(rest, "-")
	if !ok || !isRange || !isDigits(first) || last != "" && !isDigits(last) {
		return false
	}
	start, errStart := strconv.ParseUint(first, 10, 64)
	end, errEnd := strconv.ParseUint(last, 10, 64)
	return last == "" || errStart == nil && errEnd == nil && start <= end
}

func isDigits(s string) bool {
	return s != "" && onlyOf(s, func(c byte) bool { return '0' <= c && c <= '9' })
}

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}

// isToken follows RFC 9110, section 5.6.2. The apostrophe is a token character.
func isToken(s string) bool {
	return s != "" && onlyOf(s, func(c byte) bool { return isAlphanumeric(c) || strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0 })
}

func onlyOf(s string, allowed func(byte) bool) bool {
	for i := range len(s) {
		if !allowed(s[i]) {
			return false
		}
	}
	return true
}
