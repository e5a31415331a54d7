package probe

import (
	"github.com/apigw-cors/apigw-cors/proof/fetch"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// An Outcome is what came of a preflight.
type Outcome string

const (
	Same          Outcome = "same"           // it is answered as the document promises, and a browser does what the policy asks for
	Differs       Outcome = "differs"        // it is answered in another way, and a browser does what the policy asks for
	Refused       Outcome = "refused"        // a browser refuses a call that the policy allows
	LetIn         Outcome = "let in"         // a browser makes a call that the policy does not allow
	NotComparable Outcome = "not comparable" // the document does not tell what it is answered
	Unreachable   Outcome = "unreachable"    // there is no answer, or none of the API's
	NotSent       Outcome = "not sent"       // the run ended before
)

// Outcomes returns all of them, in the order in which they are counted.
func Outcomes() []Outcome {
	return []Outcome{Same, Differs, Refused, LetIn, NotComparable, Unreachable, NotSent}
}

// Fails reports whether a stage with this outcome is not as it should be.
func (o Outcome) Fails() bool {
	return o == Differs || o == Refused || o == LetIn || o == Unreachable
}

// Reasons why an answer cannot be compared, besides those of package gateway.
const (
	ReasonBackend   gateway.Reason = "backend"    // which answers the preflight, and is not in the document
	ReasonNoRequest gateway.Reason = "no-request" // browsers do not make such a call
)

// Row is a preflight and what came of it.
type Row struct {
	Operation gateway.Operation
	Call      fetch.Request   // that a script would make; its URL is that of the stage
	Asks      bool            // the browser sends a preflight before it; else no call depends on the answer
	Stranger  bool            // the page is of an origin that the policy does not allow
	Path      string          // and query of what is asked, without the stage
	Request   gateway.Request // the preflight, without the stage

	Outcome     Outcome
	Status      int             // of the answer; 0: there is none
	Header      []gateway.Field // CORS headers of the answer
	Verdict     fetch.Verdict   // of a browser that is answered like this; what it plans where there is no answer
	Differences []Difference
	Assumed     []gateway.Behaviour // assumptions on which rests what differs
	Unknown     *gateway.Unknown    // why the answer cannot be compared
	Failure     string              // why there is no answer
	Hint        string              // what to do about it; may be empty

	sent   bool
	answer *answer
}

// Difference is a part of an answer that is not as the document promises.
type Difference struct {
	Name    string   // of a header, or "status"
	Want    []string // values of its fields; none: there should be no such header
	Got     []string
	Pointer string // a JSON Pointer to what promises it
}

// Passes reports whether a browser would go on to make the call.
func (r *Row) Passes() bool { return r.Verdict.Allowed }

// judge says what came of a preflight that was answered.
func (r *Row) judge(api *gateway.API, a *answer) {
	r.answer, r.Status, r.Header = a, a.status, a.cors()
	r.Verdict = fetch.CheckPreflight(r.Call, a.response())
	r.compare(api)
	switch {
	case r.Asks && !r.Stranger && !r.Passes():
		r.Outcome = Refused
	case r.Asks && r.Stranger && r.Passes():
		r.Outcome = LetIn
	case len(r.Differences) > 0:
		r.Outcome = Differs
	case r.Unknown != nil:
		r.Outcome = NotComparable
	default:
		r.Outcome = Same
	}
	r.Hint = r.hint()
}
