package fetch

import "fmt"

// Field is a header field.
type Field struct{ Name, Value string }

// Request is a request as a script makes it: fetch(URL, {method, headers, credentials, body}).
type Request struct {
	Origin      string  // of the page, serialised: "https://app.example.com", or "null"
	URL         string  // that is requested
	Method      string  // as the script wrote it; empty: GET
	Header      []Field // as the script set them
	Credentials string  // "omit", "same-origin" or "include"; empty: "same-origin"
	Body        *string // nil: no body; a text sets the default Content-Type
}

// Response is what a server sends back.
type Response struct {
	Status int
	Header []Field
}

// Stage is where a request is refused.
type Stage string

const (
	StageNone      Stage = ""          // it is allowed
	StageRequest   Stage = "request"   // before anything is sent: the script gets a TypeError
	StagePreflight Stage = "preflight" // by the response to OPTIONS
	StageActual    Stage = "actual"    // by the response to the request, which was made
)

// Verdict is what becomes of a request.
type Verdict struct {
	Plan
	Allowed bool
	Stage   Stage  // that refuses it
	Rule    Rule   // by which; empty where it is allowed
	Reason  string // a sentence with both values

	Exposed map[string]string // headers of the response that the script may read, by lower-case name
	MaxAge  int               // seconds for which the preflight response may be kept, before the browser's own limit
}

// Check runs the algorithm: "fetching" (section 4), as far as it is about CORS. Of the two
// responses, preflight plays no part where no preflight is needed.
func Check(req Request, preflight, actual Response) Verdict {
	v := CheckPreflight(req, preflight)
	switch {
	case !v.Allowed:
		return v
	case v.SameOrigin:
		v.Exposed = readable(actual.Header, nil, true)
		return v
	}
	c := newCheck(req, v)
	if refused := c.actual(actual); refused != nil {
		return c.refuse(StageActual, refused)
	}
	return c.Verdict
}

// CheckPreflight returns whether a browser sends a request once it has the response to its
// preflight, which plays no part where no preflight is needed.
func CheckPreflight(req Request, preflight Response) Verdict {
	c := newCheck(req, Verdict{Plan: req.Plan()})
	if c.Refused != nil {
		return c.refuse(StageRequest, c.Refused)
	}
	if c.Preflight {
		if refused := c.preflight(preflight); refused != nil {
			return c.refuse(StagePreflight, refused)
		}
	}
	c.Allowed = true
	return c.Verdict
}

// check is a request on its way.
type check struct {
	Verdict
	credentials bool // its credentials mode is "include", the only one that tightens the rules
	origin      string
}

func newCheck(req Request, v Verdict) *check {
	return &check{v, req.Credentials == "include", req.Origin}
}

// A Refusal is why a step refuses a request.
type Refusal struct {
	Rule   Rule
	Reason string // a sentence with both values
}

func refused(rule Rule, format string, args ...any) *Refusal {
	return &Refusal{rule, fmt.Sprintf(format, args...)}
}

func (c *check) refuse(stage Stage, r *Refusal) Verdict {
	c.Allowed, c.Stage, c.Rule, c.Reason = false, stage, r.Rule, r.Reason
	return c.Verdict
}
