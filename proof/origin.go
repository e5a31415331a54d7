package proof

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// CheckOrigin returns why no browser sends a text as Origin: it is not a serialised origin (HTML
// standard, ASCII serialization of an origin).
func CheckOrigin(origin string) error {
	if origin == "null" {
		return nil
	}
	u, err := url.Parse(origin)
	switch {
	case origin == Host:
		return fmt.Errorf("%q is what the API itself is called here", origin)
	case strings.ContainsFunc(origin, func(r rune) bool { return r > unicode.MaxASCII }):
		return fmt.Errorf("%q is no origin of a page, which has its host in Punycode", origin)
	case err != nil || u.Scheme == "" || u.Host == "":
		return fmt.Errorf("%q is no origin: a scheme and a host are needed", origin)
	case u.Scheme+"://"+u.Host != origin:
		return fmt.Errorf("%q is no origin, which ends behind host and port", origin)
	case strings.ToLower(origin) != origin || strings.ContainsAny(origin, "* "):
		return fmt.Errorf("%q is no origin of a page, which is in lower case and without wildcards", origin)
	case isNoPort(u.Port()):
		return fmt.Errorf("%q is no origin: there is no port %s", origin, u.Port())
	case u.Scheme == "https" && u.Port() == "443", u.Scheme == "http" && u.Port() == "80":
		return fmt.Errorf("%q names the default port, which browsers leave out", origin)
	}
	return nil
}

func isNoPort(text string) bool {
	_, err := strconv.ParseUint(text, 10, 16)
	return text != "" && err != nil
}

// CheckPath returns why a text is not a path, with or without a query, as browsers send it.
func CheckPath(path string) error {
	before, _, _ := strings.Cut(path, "?")
	isDots := func(segment string) bool { return segment == "." || segment == ".." } // which browsers resolve
	if !strings.HasPrefix(path, "/") || strings.ContainsAny(path, "#\\ ") || strings.ContainsFunc(path, unicode.IsControl) || slices.ContainsFunc(strings.Split(before, "/"), isDots) {
		return fmt.Errorf("%q is no path of a URL", path)
	}
	return nil
}
