package probe

import (
	"github.com/apigw-cors/apigw-cors/proof/fetch"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// An Outcome is what came of a preflight.
type Outcome string

const (
	Same          Outcome = "same"           // the response is as the document promises, and a browser does what the policy asks for
	Differs       Outcome = "differs"        // the response is another one, and a browser does what the policy asks for
	Refused       Outcome = "refused"        // a browser refuses a request that the policy allows
	NotRefused    Outcome = "let in"         // a browser makes a request that the policy does not allow
	NotComparable Outcome = "not comparable" // the document does not determine the response
	Unreachable   Outcome = "unreachable"    // there is no response, or none of the API's
	NotSent       Outcome = "not sent"       // the run ended before
)

// Outcomes returns all of them, in the order in which they are counted.
func Outcomes() []Outcome {
	return []Outcome{Same, Differs, Refused, NotRefused, NotComparable, Unreachable, NotSent}
}

// Fails reports whether a stage with this outcome is not as it should be.
func (o Outcome) Fails() bool {
	return o == Differs || o == Refused || o == NotRefused || o == Unreachable
}

// Reasons why a response cannot be compared, besides those of package gateway.
const (
	ReasonBackend   gateway.Reason = "backend"    // which answers the preflight, and is not in the document
	ReasonNoRequest gateway.Reason = "no-request" // browsers do not make such a request
)

// Row is a preflight and what came of it.
type Row struct {
	Operation  gateway.Operation
	Request    fetch.Request   // that a script would make; its URL is that of the stage
	Asks       bool            // the browser sends a preflight before it; else no request depends on the response
	Disallowed bool            // the page is of an origin that the policy does not allow
	Path       string          // and query of what is requested, without the stage
	Preflight  gateway.Request // the preflight, without the stage

	Outcome     Outcome
	Status      int             // of the response; 0: there is none
	Header      []gateway.Field // CORS headers of the response
	Verdict     fetch.Verdict   // of a browser that gets this response; what it plans where there is no response
	Differences []Difference
	Assumed     []gateway.Behaviour // assumptions on which rests what differs
	Unknown     *gateway.Unknown    // why the response cannot be compared
	Failure     string              // why there is no response
	Hint        string              // what to do about it; may be empty

	sent     bool
	response *response
}

// Difference is a part of a response that is not as the document promises.
type Difference struct {
	Name    string   // of a header, or "status"
	Want    []string // values of its fields; none: there should be no such header
	Got     []string
	Pointer string // a JSON Pointer to what promises it
}

// Passes reports whether a browser would go on to make the request.
func (r *Row) Passes() bool { return r.Verdict.Allowed }

// judge sets what came of a preflight to which there is a response.
func (r *Row) judge(api *gateway.API, a *response) {
	r.response, r.Status, r.Header = a, a.status, a.cors()
	r.Verdict = fetch.CheckPreflight(r.Request, a.asFetch())
	r.compare(api)
	switch {
	case r.Asks && !r.Disallowed && !r.Passes():
		r.Outcome = Refused
	case r.Asks && r.Disallowed && r.Passes():
		r.Outcome = NotRefused
	case len(r.Differences) > 0:
		r.Outcome = Differs
	case r.Unknown != nil:
		r.Outcome = NotComparable
	default:
		r.Outcome = Same
	}
	r.Hint = r.hint()
}
