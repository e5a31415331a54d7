package fetch

import "slices"

// NormalizeMethod returns a method as it is sent: six are upper-cased, every other one is
// kept byte for byte (section 2.2.1, normalize a method). So "patch" stays "patch", which is
// another method than "PATCH".
func NormalizeMethod(method string) string {
	upper := upperASCII(method)
	if slices.Contains([]string{"DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"}, upper) {
		return upper
	}
	return method
}

// ForbiddenMethod reports whether no script can send a method, in whatever case (section
// 2.2.1, forbidden method).
func ForbiddenMethod(method string) bool {
	return slices.Contains([]string{"CONNECT", "TRACE", "TRACK"}, upperASCII(method))
}

// isSafelistedMethod follows section 2.2.1, CORS-safelisted method.
func isSafelistedMethod(method string) bool {
	return method == "GET" || method == "HEAD" || method == "POST"
}

// upperASCII and lowerASCII leave other letters alone, as the standard does.

func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c - 'A' + 'a'
		}
	}
	return string(b)
}

func upperASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'a' <= c && c <= 'z' {
			b[i] = c - 'a' + 'A'
		}
	}
	return string(b)
}
