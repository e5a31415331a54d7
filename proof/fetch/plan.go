package fetch

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// A Plan is what a browser does with a request before it has any response: what it sends,
// and whether it sends a preflight request first.
type Plan struct {
	Refused *Refusal // why nothing is sent, so that the script gets a TypeError; nil: the request is sent

	Method     string  // as it is sent
	Header     []Field // that the request carries, of those that scripts decide on
	SameOrigin bool    // the page requests its own origin, which CORS is not about

	Preflight        bool     // the browser sends OPTIONS first
	PreflightHeaders []string // what Access-Control-Request-Headers carries, sorted; nil: the header is absent

	Notes []string // where browsers differ from the standard
}

// Plan returns what a browser does before any response comes. A request that is refused has
// no preflight.
func (r Request) Plan() Plan {
	var p Plan
	if p.Refused = p.construct(r); p.Refused != nil {
		return p
	}
	unsafe := p.unsafeNames()
	if p.SameOrigin = r.isSameOrigin(); p.SameOrigin {
		return p
	}
	// HTTP fetch, step 3: a CORS-preflight fetch comes first where the method or a header
	// asks for one.
	p.Preflight = !isSafelistedMethod(p.Method) || len(unsafe) > 0
	if len(unsafe) > 0 {
		p.PreflightHeaders = unsafe
	}
	return p
}

// construct does what the constructor of Request does (section 5.4), which throws before
// anything is sent.
func (p *Plan) construct(req Request) *Refusal {
	method := cmp.Or(req.Method, "GET")
	u, err := address(req.URL)
	switch {
	case err != nil:
		return refused(RuleURLInvalid, "%q is no URL", req.URL)
	case u.Scheme != "http" && u.Scheme != "https":
		return refused(RuleURLScheme, "%q is neither http nor https", req.URL)
	case u.User != nil: // step 4 of the constructor
		return refused(RuleURLUserinfo, "%q names a user, which fetch refuses", req.URL)
	case !isToken(method):
		return refused(RuleMethodInvalid, "%q is no method", method)
	case ForbiddenMethod(method):
		return refused(RuleForbiddenMethod, "%q is a method that no script can send", method)
	case req.Credentials != "" && req.Credentials != "omit" && req.Credentials != "same-origin" && req.Credentials != "include":
		return refused(RuleCredentialsUnknown, "%q is no credentials mode", req.Credentials)
	}
	p.Method = NormalizeMethod(method)
	if req.Body != nil && (p.Method == "GET" || p.Method == "HEAD") {
		return refused(RuleBodyWithGet, "a %s cannot have a body", p.Method)
	}
	return p.headers(req)
}

// unsafeNames are the names of the CORS-unsafe request-headers, with notes on browsers that
// count others among them.
func (p *Plan) unsafeNames() []string {
	unsafe, tooMuch := unsafeNames(p.Header)
	if tooMuch {
		p.Notes = append(p.Notes, "Firefox counts no more than the values of single headers, and may not ask first")
	}
	if together, _ := unsafeNames(joined(p.Header)); !slices.Equal(together, unsafe) {
		p.Notes = append(p.Notes, fmt.Sprintf("Chromium joins the values of headers that are set twice, and asks for %q", together))
	}
	if slices.Contains(unsafe, "user-agent") {
		p.Notes = append(p.Notes, "Chromium does not ask for User-Agent")
	}
	return unsafe
}

// address parses the part of a URL that the rules are about, up to its path: of what follows
// browsers take everything, "%zz" too.
func address(text string) (*url.URL, error) {
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok {
		return url.Parse(text)
	}
	if end := strings.IndexAny(rest, `/\?#`); end >= 0 {
		rest = rest[:end]
	}
	return url.Parse(scheme + "://" + rest)
}

// headers takes over those of the script: what has a forbidden name is dropped in silence
// (section 5.1, "request" guard), and a text has a Content-Type of its own (section 5.3,
// extract a body).
func (p *Plan) headers(req Request) *Refusal {
	hasType := false
	for _, f := range req.Header {
		value := strings.Trim(f.Value, httpWhitespace) // normalise
		switch {
		case !isToken(f.Name):
			return refused(RuleHeaderInvalid, "%q is no name of a header", f.Name)
		case strings.ContainsAny(value, "\x00\r\n"):
			return refused(RuleHeaderInvalid, "%q cannot be the value of %s", f.Value, f.Name)
		case ForbiddenRequestHeader(f.Name, value):
			continue
		}
		hasType = hasType || strings.EqualFold(f.Name, "Content-Type")
		p.Header = append(p.Header, Field{f.Name, value})
	}
	if req.Body != nil && !hasType {
		p.Header = append(p.Header, Field{"Content-Type", "text/plain;charset=UTF-8"})
	}
	return nil
}

// isSameOrigin reports whether a page requests its own origin: CORS is not asked then (main
// fetch, step 12). An opaque origin is the same as no other.
func (r Request) isSameOrigin() bool {
	u, err := address(r.URL)
	if err != nil || r.Origin == "null" {
		return false
	}
	host := strings.ToLower(u.Host)
	if port := u.Port(); port != "" && port == map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		host = strings.TrimSuffix(host, ":"+port)
	}
	return r.Origin == u.Scheme+"://"+host
}
