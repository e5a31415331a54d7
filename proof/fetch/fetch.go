package fetch

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Field is a header field.
type Field struct{ Name, Value string }

// Request is a call as a script makes it: fetch(URL, {method, headers, credentials, body}).
type Request struct {
	Origin      string  // of the page, serialised: "https://app.example.com", or "null"
	URL         string  // that is called
	Method      string  // as the script wrote it; empty: GET
	Header      []Field // as the script set them
	Credentials string  // "omit", "same-origin" or "include"; empty: "same-origin"
	Body        *string // nil: no body; a text sets the default Content-Type
}

// Response is what a server answers.
type Response struct {
	Status int
	Header []Field
}

// Stage is where a call is refused.
type Stage string

const (
	StageNone      Stage = ""          // it is allowed
	StageRequest   Stage = "request"   // before anything is sent: the script gets a TypeError
	StagePreflight Stage = "preflight" // by the answer to OPTIONS
	StageActual    Stage = "actual"    // by the answer to the call, which was made
)

// Verdict tells what becomes of a call.
type Verdict struct {
	Allowed   bool
	Preflight bool   // the browser asks with OPTIONS first
	Stage     Stage  // that refuses it
	Rule      string // by which, a stable id; empty where it is allowed
	Reason    string // a sentence with both values

	Method           string            // as it is sent
	Header           []Field           // that the call carries, of those that scripts decide on
	PreflightHeaders []string          // what Access-Control-Request-Headers carries, sorted; nil: the header is absent
	Exposed          map[string]string // headers of the answer that the script may read, by lower-case name
	MaxAge           int               // seconds for which the preflight says that it may be kept, before the browser's own limit
	Notes            []string          // where browsers differ from the standard
}

// Check runs the algorithm: "fetching" (section 4), as far as it is about CORS. Of the two
// responses, preflight plays no part where no preflight is needed.
func Check(req Request, preflight, actual Response) Verdict {
	c := &check{credentials: req.Credentials == "include", origin: req.Origin}
	if refused := c.request(req); refused != nil {
		return c.refuse(StageRequest, refused)
	}
	if c.sameOrigin(req) {
		c.Allowed, c.Exposed = true, readable(actual.Header, nil, true)
		return c.Verdict
	}
	// HTTP fetch, step 3: a CORS-preflight fetch comes first where the method or a header
	// asks for one.
	c.Preflight = !isSafelistedMethod(c.Method) || len(c.unsafe) > 0
	if c.Preflight {
		if len(c.unsafe) > 0 {
			c.PreflightHeaders = c.unsafe
		}
		if refused := c.preflight(preflight); refused != nil {
			return c.refuse(StagePreflight, refused)
		}
	}
	if refused := c.actual(actual); refused != nil {
		return c.refuse(StageActual, refused)
	}
	c.Allowed = true
	return c.Verdict
}

// check is a call on its way.
type check struct {
	Verdict
	credentials bool // its credentials mode is "include", the only one that tightens the rules
	origin      string
	unsafe      []string // names of CORS-unsafe request-headers
}

// refusal is why a step refuses a call.
type refusal struct{ rule, reason string }

func refused(rule, format string, args ...any) *refusal {
	return &refusal{rule, fmt.Sprintf(format, args...)}
}

func (c *check) refuse(stage Stage, r *refusal) Verdict {
	c.Stage, c.Rule, c.Reason = stage, r.rule, r.reason
	return c.Verdict
}

// request does what the constructor of Request does (section 5.4), which throws before
// anything is sent.
func (c *check) request(req Request) *refusal {
	method := cmp.Or(req.Method, "GET")
	u, err := address(req.URL)
	switch {
	case err != nil:
		return refused("url-invalid", "%q is no URL", req.URL)
	case u.Scheme != "http" && u.Scheme != "https":
		return refused("url-scheme", "%q is neither http nor https", req.URL)
	case u.User != nil: // step 4 of the constructor
		return refused("url-userinfo", "%q names a user, which fetch refuses", req.URL)
	case !isToken(method):
		return refused("method-invalid", "%q is no method", method)
	case ForbiddenMethod(method):
		return refused("forbidden-method", "%q is a method that no script can send", method)
	case req.Credentials != "" && req.Credentials != "omit" && req.Credentials != "same-origin" && req.Credentials != "include":
		return refused("credentials-unknown", "%q is no credentials mode", req.Credentials)
	}
	c.Method = NormalizeMethod(method)
	if req.Body != nil && (c.Method == "GET" || c.Method == "HEAD") {
		return refused("body-with-get", "a %s cannot have a body", c.Method)
	}
	if r := c.headers(req); r != nil {
		return r
	}
	tooMuch := false
	if c.unsafe, tooMuch = unsafeNames(c.Header); tooMuch {
		c.Notes = append(c.Notes, "Firefox counts no more than the values of single headers, and may not ask first")
	}
	if together, _ := unsafeNames(joined(c.Header)); !slices.Equal(together, c.unsafe) {
		c.Notes = append(c.Notes, fmt.Sprintf("Chromium joins the values of headers that are set twice, and asks for %q", together))
	}
	if slices.Contains(c.unsafe, "user-agent") {
		c.Notes = append(c.Notes, "Chromium does not ask for User-Agent")
	}
	return nil
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
func (c *check) headers(req Request) *refusal {
	hasType := false
	for _, f := range req.Header {
		value := strings.Trim(f.Value, httpWhitespace) // normalise
		switch {
		case !isToken(f.Name):
			return refused("header-invalid", "%q is no name of a header", f.Name)
		case strings.ContainsAny(value, "\x00\r\n"):
			return refused("header-invalid", "%q cannot be the value of %s", f.Value, f.Name)
		case ForbiddenRequestHeader(f.Name, value):
			continue
		}
		hasType = hasType || strings.EqualFold(f.Name, "Content-Type")
		c.Header = append(c.Header, Field{f.Name, value})
	}
	if req.Body != nil && !hasType {
		c.Header = append(c.Header, Field{"Content-Type", "text/plain;charset=UTF-8"})
	}
	return nil
}

// sameOrigin reports whether a page calls its own origin: CORS is not asked then (main
// fetch, step 12). An opaque origin is the same as no other.
func (c *check) sameOrigin(req Request) bool {
	u, err := address(req.URL)
	if err != nil || req.Origin == "null" {
		return false
	}
	host := strings.ToLower(u.Host)
	if port := u.Port(); port != "" && port == map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		host = strings.TrimSuffix(host, ":"+port)
	}
	return req.Origin == u.Scheme+"://"+host
}
