package policy

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// host reads the host in the form a browser serialises it (URL standard, host
// parsing and host serializer).
func (p *originParser) host(s string) {
	p.out.Form, p.out.Host = OriginExact, s
	_, isHTTP := defaultPorts[p.out.Scheme]
	switch {
	case s == "":
		p.refuse(ReasonOriginHost, "name the host")
	case strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }):
		p.international(s, isHTTP)
	case strings.HasPrefix(s, "["):
		p.ipv6(s)
	case isHTTP:
		p.domain(s)
	case strings.Contains(s, "*"):
		p.refuse(ReasonOriginWildcardForm, "list each origin of that scheme")
	case !isOpaqueHost(s):
		p.refuse(ReasonOriginHost, "write the host as the browser sends it")
	}
}

// browserHosts turns host names into the form in which browsers send them (URL
// standard, domain to ASCII).
var browserHosts = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false), idna.BidiRule())

// international reads a host in other letters than ASCII, which has one spelling in
// ASCII if it is a domain at all.
func (p *originParser) international(s string, isHTTP bool) {
	label, isPattern := strings.CutPrefix(s, "*.")
	ascii, err := browserHosts.ToASCII(label)
	if err != nil || !utf8.ValidString(s) || !isHTTP || ascii == "" || strings.HasPrefix(s, "[") {
		p.refuse(ReasonOriginIDN, `write the host in Punycode ("xn--..."), as the browser sends it`)
		return
	}
	p.mend(ReasonOriginIDN)
	if isPattern {
		ascii = "*." + ascii
	}
	p.domain(ascii)
}

// isOpaqueHost reports whether s may be the host of a scheme other than http
// and https. Its case stays, since only hosts of special schemes are
// lower-cased (URL standard, opaque-host parser). The set is that of extension
// ids and of names, smaller than the standard's.
func isOpaqueHost(s string) bool {
	for i := range len(s) {
		if !isAlphanumeric(s[i]) && strings.IndexByte("-._~", s[i]) < 0 {
			return false
		}
	}
	return true
}

// domain reads a host of http or https: a domain, a pattern or an IPv4 address.
func (p *originParser) domain(s string) {
	lower := strings.ToLower(s)
	if lower != s {
		p.mend(ReasonOriginCase)
	}
	p.out.Host = lower
	switch {
	case strings.Contains(lower, "*"):
		p.wildcard(lower)
	case endsInNumber(lower):
		p.ipv4(lower)
	case !isDomain(lower):
		p.refuse(ReasonOriginHost, "write a host name: labels of letters, digits and hyphens, joined by dots")
	case !isPunycode(lower):
		p.refuse(ReasonOriginPunycode, `write a label behind "xn--" that stands for a name in other letters`)
	}
}

// wildcard reads a host with an asterisk in it.
func (p *originParser) wildcard(s string) {
	below, isSubdomains := strings.CutPrefix(s, "*.")
	switch {
	case s == "*" && p.out.Port == "":
		p.out.Form, p.out.Host = OriginAnyHost, ""
	case isSubdomains && isDomain(below) && !endsInNumber(below):
		p.out.Form, p.out.Host = OriginSubdomains, below
	default:
		p.refuse(ReasonOriginWildcardForm, "write a form such as "+p.likelyPattern(s))
	}
}

// likelyPattern returns the pattern that *example.com probably means. It is an
// example and no suggestion, because it no longer covers example.com itself. A
// pattern such as app-*.example.com has no such neighbour: anything wider would
// let in more than its author wanted.
func (p *originParser) likelyPattern(s string) string {
	o := Origin{Form: OriginSubdomains, Scheme: p.out.Scheme, Host: "example.com"}
	if below := strings.TrimLeft(s, "*"); isDomain(below) && !endsInNumber(below) {
		o.Host, o.Port = below, p.out.Port
	}
	return strconv.Quote(o.String())
}

// isPunycode reports whether every label of a domain that claims to stand for a name
// in other letters does so. Browsers open no other.
func isPunycode(s string) bool {
	if !strings.Contains(s, "xn--") {
		return true
	}
	_, err := browserHosts.ToASCII(s)
	return err == nil
}

// isDomain reports whether s is a name that the domain name system can hold, in
// lower case: RFC 1035, section 2.3.4 for the lengths, and the underscore
// beyond it, which is in use and which browsers accept. A final dot is part of
// the origin. Hyphens may stand anywhere, as browsers let them.
func isDomain(s string) bool {
	s = strings.TrimSuffix(s, ".")
	if len(s) > 253 {
		return false
	}
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 || strings.Trim(label, domainBytes) != "" {
			return false
		}
	}
	return true
}

const domainBytes = "abcdefghijklmnopqrstuvwxyz0123456789-_"

// defaultPorts are those a browser leaves out of an origin (URL standard,
// special scheme). They also name the schemes whose hosts are domains or IP
// addresses; any other host is opaque and stays as it is.
var defaultPorts = map[string]string{"http": "80", "https": "443"}
