package policy

import (
	"slices"
	"testing"
)

func TestIsToken(t *testing.T) {
	for s, want := range map[string]bool{
		"Content-Type":    true,
		"GET":             true,
		"x_1.2~":          true,
		"!#$%&'*+-.^_`|~": true,
		"'GET":            true,
		"":                false,
		"a b":             false,
		"a:":              false,
		"a,b":             false,
		"a\x00":           false,
		"a\x7f":           false,
		"(a)":             false,
		"é":               false,
	} {
		if got := IsToken(s); got != want {
			t.Errorf("IsToken(%q) = %t", s, got)
		}
	}
}

func TestForbiddenRequestHeader(t *testing.T) {
	for name, want := range map[string]bool{
		"Origin":                        true,
		"COOKIE":                        true,
		"dnt":                           true,
		"Access-Control-Request-Method": true,
		"Sec-Fetch-Mode":                true,
		"sec-":                          true,
		"Proxy-Authorization":           true,
		"Authorization":                 false,
		"User-Agent":                    false,
		"Accept":                        false,
		"X-HTTP-Method-Override":        false,
		"Secret":                        false,
		"Proxy":                         false,
		"":                              false,
	} {
		if got := ForbiddenRequestHeader(name); got != want {
			t.Errorf("ForbiddenRequestHeader(%q) = %t", name, got)
		}
	}
}

func TestSafelistedResponseHeader(t *testing.T) {
	for name, want := range map[string]bool{
		"Cache-Control":    true,
		"content-language": true,
		"CONTENT-LENGTH":   true,
		"Content-Type":     true,
		"Expires":          true,
		"Last-Modified":    true,
		"Pragma":           true,
		"ETag":             false,
		"Content-Encoding": false,
		"Set-Cookie":       false,
	} {
		if got := SafelistedResponseHeader(name); got != want {
			t.Errorf("SafelistedResponseHeader(%q) = %t", name, got)
		}
	}
}

// What a caller does to such a list must not reach the next one.
func TestListsAreFresh(t *testing.T) {
	for name, fresh := range map[string]func() []string{
		"ConsoleHeaders": ConsoleHeaders,
		"AnyMethods":     AnyMethods,
	} {
		before := slices.Clone(fresh())
		fresh()[0] = "changed"
		if !slices.Equal(fresh(), before) {
			t.Errorf("%s hands out the same list twice", name)
		}
	}
}

func TestMethods(t *testing.T) {
	if !slices.IsSorted(AnyMethods()) || len(AnyMethods()) != 7 {
		t.Errorf("AnyMethods() = %v", AnyMethods())
	}
	for name, want := range map[string]bool{"GET": true, "OPTIONS": true, "get": false, "TRACE": false, "ANY": false, "": false} {
		if got := IsMethod(name); got != want {
			t.Errorf("IsMethod(%q) = %t", name, got)
		}
	}
}
