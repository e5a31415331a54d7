package policy

import (
	"slices"
	"strconv"
	"strings"
)

// pagelessSchemes are those whose pages send "null", as file does, and those
// that are no page's at all.
var pagelessSchemes = []string{
	"about", "blob", "data", "file", "filesystem", "javascript", "view-source",
	"ftp", "ws", "wss",
}

// parts takes s apart: scheme, host and port.
func (p *originParser) parts(s string) {
	rest, ok := p.scheme(s)
	if !ok {
		return
	}
	authority, ok := p.authority(rest)
	if !ok {
		return
	}
	host, port, ok := p.splitPort(authority)
	if !ok {
		return
	}
	p.port(port)
	p.host(host)
}

// scheme reads the scheme and what separates it from the host, and returns what
// follows.
func (p *originParser) scheme(s string) (rest string, ok bool) {
	scheme, rest, found := strings.Cut(s, ":")
	lower := strings.ToLower(scheme)
	switch {
	case !found || scheme == "":
		p.refuse(ReasonOriginNoScheme, completions(s))
	case slices.Contains(pagelessSchemes, lower):
		p.refuse(ReasonOriginScheme, "serve the page over http or https and allow that origin")
	case !strings.HasPrefix(rest, "//") && !p.misplacedSlashes(lower, rest):
		p.refuse(ReasonOriginNoScheme, completions(s))
	case strings.Contains(scheme, "*"):
		p.refuse(ReasonOriginWildcardForm, `list the spelling with "http://" and the one with "https://"`)
	case !isScheme(scheme) || isMistypedHTTP(lower):
		p.refuse(ReasonOriginScheme, `write "https://" or "http://" in front of the host`)
	default:
		if lower != scheme {
			p.mend(ReasonOriginCase)
		}
		p.out.Scheme = lower
		return p.slashes(rest), true
	}
	return "", false
}

// isScheme follows RFC 3986, section 3.1.
func isScheme(s string) bool {
	for i := range len(s) {
		if !isAlphanumeric(s[i]) && (i == 0 || strings.IndexByte("+-.", s[i]) < 0) {
			return false
		}
	}
	return s != "" && !isDigit(s[0])
}

// isMistypedHTTP reports whether a scheme is one of http and https with a
// letter doubled, dropped or moved. Nobody gave such a name to anything else,
// and to accept it as one would hide the likeliest mistake of all.
func isMistypedHTTP(scheme string) bool {
	_, isHTTP := defaultPorts[scheme]
	return !isHTTP && strings.Trim(scheme, "htps") == ""
}

// misplacedSlashes reports whether rest, behind "scheme:", starts with one that
// browsers would read as "//" (URL standard, special authority slashes state).
func (p *originParser) misplacedSlashes(scheme, rest string) bool {
	_, isHTTP := defaultPorts[scheme]
	return isHTTP && strings.TrimLeft(rest, `/\`) != rest
}

// slashes returns rest without the slashes it starts with.
func (p *originParser) slashes(rest string) string {
	rest, found := strings.CutPrefix(rest, "//")
	if _, isHTTP := defaultPorts[p.out.Scheme]; !isHTTP {
		return rest
	}
	trimmed := strings.TrimLeft(rest, `/\`)
	if !found || trimmed != rest {
		p.mend(ReasonOriginSlashes)
	}
	return trimmed
}

// authority returns the host and port in rest, which follows "://".
func (p *originParser) authority(rest string) (string, bool) {
	authority, tail := cutAuthority(rest)
	switch {
	case strings.HasSuffix(authority, ":") && strings.HasPrefix(tail, "//"):
		p.refuse(ReasonOriginSlashes, "write one scheme")
		return "", false
	case strings.Trim(tail, `/\`) != "":
		p.mend(ReasonOriginPath)
	case tail != "":
		p.mend(ReasonOriginTrailingSlash)
	}
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		p.mend(ReasonOriginUserinfo)
		authority = authority[i+1:]
	}
	return authority, true
}

// cutAuthority splits s where the authority ends: at a slash of either kind, a
// query or a fragment (URL standard, authority state).
func cutAuthority(s string) (authority, tail string) {
	if i := strings.IndexAny(s, `/\?#`); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// splitPort splits a port and its colon off. Only the colons of an IPv6
// address, which stands in brackets, belong to the host.
func (p *originParser) splitPort(authority string) (host, port string, ok bool) {
	host, port = authority, ""
	if i := strings.LastIndexByte(authority, ':'); i > strings.LastIndexByte(authority, ']') {
		host, port = authority[:i], authority[i:]
	}
	if strings.Contains(host, ":") && !strings.HasPrefix(host, "[") {
		p.refuse(ReasonOriginIPForm, `write an IPv6 address in brackets, as in "http://[::1]:3000", and at most one port`)
		return "", "", false
	}
	return host, port, true
}

// port reads a port with its colon, as digits without leading zeros (URL
// standard, port state and URL serializer).
func (p *originParser) port(s string) {
	if s == "" {
		return
	}
	digits := s[1:]
	plain := strings.TrimLeft(digits, "0")
	switch {
	case digits == "":
		p.mend(ReasonOriginPort)
		return
	case digits == "*":
		p.refuse(ReasonOriginWildcardForm, "list the spelling with each port")
		return
	case strings.Trim(digits, "0123456789") != "":
		p.refuse(ReasonOriginPort, "write the port in decimal digits")
		return
	case !isPort(plain):
		p.refuse(ReasonOriginPortRange, "write the port the page is served on")
		return
	case plain != digits:
		p.mend(ReasonOriginPort)
	}
	if plain == defaultPorts[p.out.Scheme] {
		p.mend(ReasonOriginDefaultPort)
		return
	}
	p.out.Port = plain
}

// isPort reports whether digits are in range. Zero is a port in the URL
// standard, but fetch blocks it (Fetch standard, port blocking).
func isPort(digits string) bool {
	n, err := strconv.ParseUint(digits, 10, 16)
	return err == nil && n > 0
}

// completions says how to spell s with a scheme in front, which only its author
// can choose.
func completions(s string) string {
	s = strings.TrimLeft(s, `:/\`)
	var spelled []string
	for _, scheme := range []string{"https", "http"} {
		o, err := parseOrigin(scheme + "://" + s)
		if err == nil || err.Suggestion != "" {
			spelled = append(spelled, strconv.Quote(o.String()))
		}
	}
	if len(spelled) == 0 {
		return `write a scheme, "://" and a host, as in "https://app.example.com"`
	}
	return "write " + strings.Join(spelled, " or ")
}
