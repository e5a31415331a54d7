package policy

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// Concern is something in a valid policy that is possible, and unwise.
type Concern struct {
	Member  string // "allowOrigins"
	Value   string // the entry that is spoken of
	Reason  Reason
	Message string // what can happen
	Hint    string // what to do
}

type reviewer struct {
	credentials   bool
	authorization bool
	concerns      []Concern
}

func (r *reviewer) note(member, value string, reason Reason, hint string) {
	r.concerns = append(r.concerns, Concern{
		Member: member, Value: value, Reason: reason,
		Message: fmt.Sprintf("%s: %q %s", member, value, phrases[reason]), Hint: hint,
	})
}

func (r *reviewer) origins(origins Value[[]string]) {
	list, _ := origins.Literal()
	for _, value := range list {
		if o, err := parseOrigin(value); err == nil {
			r.origin(value, o)
		}
	}
}

// origin notes what an origin lets in that its author may not have meant. The
// worst that holds is enough.
func (r *reviewer) origin(value string, o Origin) {
	const nameThem = "name the origins"
	add := func(reason Reason, hint string) { r.note(MemberAllowOrigins, value, reason, hint) }
	switch {
	case o.Form == OriginAny && r.authorization:
		add(ReasonStarWithAuthorization, nameThem)
	case o.Form == OriginAny:
	case o.Form == OriginAnyHost:
		add(ReasonAnyHost, nameThem+`, or write "*" if that is meant`)
	case o.isPublic():
		add(ReasonPublicSuffix, nameThem)
	case isLocalhost(o.Host) && o.Port == "" && o.Form == OriginExact && o.Scheme == "http":
		add(ReasonNoPort, fmt.Sprintf("write the port of yours, as in %q", value+":3000"))
	case o.isDevelopment():
		add(ReasonDevOrigin, "keep it in a profile of the policy file, such as profiles: {dev: …}, chosen with --profile dev")
	case o.Scheme == "http":
		add(ReasonInsecureOrigin, fmt.Sprintf("serve the page over https and write %q", "https"+strings.TrimPrefix(value, "http")))
	case o.Form == OriginSubdomains && r.credentials:
		add(ReasonSubdomainsWithCredentials, nameThem)
	case o.Form == OriginSubdomains:
		add(ReasonSubdomains, nameThem)
	case r.credentials && isAtProvider(o.Host):
		add(ReasonThirdPartyHost, "serve the page from a domain of your own")
	}
}

func (r *reviewer) pointless(member string, names []string, check func(string) *Error) {
	for _, name := range names {
		if e := check(name); e != nil && isPointless(e.Reason) {
			r.note(member, name, e.Reason, e.Remedy)
		}
	}
}

func (r *reviewer) headers(headers Value[[]string]) {
	names, _ := headers.Literal()
	r.pointless(MemberAllowHeaders, names, checkRequestHeader)
}

func (r *reviewer) added(names []string) { r.pointless(MemberAddHeaders, names, checkRequestHeader) }

func (r *reviewer) exposed(headers Value[[]string]) {
	names, _ := headers.Literal()
	r.pointless(MemberExposeHeaders, names, checkExposedHeader)
	if slices.Contains(names, "*") {
		r.note(MemberExposeHeaders, "*", ReasonExposeStar, "list those that they need")
	}
}

func (r *reviewer) seconds(member string, age Value[int]) {
	const capChromium = 7200 // seconds; the phrase has those of the others
	n, ok := age.Literal()
	switch value := strconv.Itoa(n); {
	case !ok:
	case n > capChromium:
		r.note(member, value, ReasonMaxAgeCapped, "")
	case n <= 0:
		r.note(member, value, ReasonMaxAgeZero, "write a number of seconds, such as 600, or leave it out")
	}
}

// isPublic reports whether a pattern stands directly over a public suffix. A bare
// name that the list does not know, such as localhost, is its own suffix there.
func (o Origin) isPublic() bool {
	if o.Form != OriginSubdomains {
		return false
	}
	host := strings.TrimSuffix(o.Host, ".")
	suffix, icann := publicsuffix.PublicSuffix(host)
	return suffix == host && (icann || strings.Contains(host, "."))
}

// isDevelopment reports whether an origin is the user's own machine, a private
// network, or a place where anybody tries things.
func (o Origin) isDevelopment() bool {
	if o.Scheme != "http" && o.Scheme != "https" {
		return false // it is that of an application, such as capacitor://localhost
	}
	if isLocalhost(o.Host) || slices.ContainsFunc(playgrounds, func(name string) bool { return o.Host == name || strings.HasSuffix(o.Host, "."+name) }) {
		return true
	}
	addr, err := netip.ParseAddr(strings.Trim(o.Host, "[]"))
	return err == nil && (addr.IsLoopback() || addr.IsPrivate() || addr.IsLinkLocalUnicast() || addr.IsUnspecified())
}

// isLocalhost follows the secure contexts standard: names that browsers resolve to
// the machine they run on.
func isLocalhost(host string) bool {
	host = strings.TrimSuffix(host, ".")
	if addr, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		return addr.IsLoopback()
	}
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// playgrounds are online editors and tunnels: anybody has a page there in a minute.
var playgrounds = []string{
	"codepen.io", "cdpn.io", "codesandbox.io", "csb.app", "glitch.me", "gitpod.io", "jsbin.com", "jsfiddle.net", "fiddle.jshell.net",
	"loca.lt", "localhost.run", "lhr.life", "localtunnel.me", "ngrok.io", "ngrok.app", "ngrok.dev", "ngrok-free.app", "ngrok-free.dev",
	"plnkr.co", "repl.co", "replit.app", "replit.dev", "serveo.net", "stackblitz.io", "trycloudflare.com", "webcontainer.io",
}

// isAtProvider reports whether a host is below a private public suffix: the name of
// a provider who gives such hosts to anybody.
func isAtProvider(host string) bool {
	suffix, icann := publicsuffix.PublicSuffix(host)
	return !icann && strings.Contains(suffix, ".") && suffix != host
}
