package probe

import (
	"github.com/apigw-cors/apigw-cors/proof"
)

// A Record is a result as JSON has it. Lists are never null.
type Record struct {
	URL         string            `json:"url"`         // of the stage
	Interrupted bool              `json:"interrupted"` // not all was sent
	Counts      map[Outcome]int   `json:"counts"`      // of preflights, by each outcome
	Hint        string            `json:"hint,omitempty"`
	Preflights  []PreflightRecord `json:"preflights"` // in the order of paths and methods
}

// PreflightRecord is a preflight and what came of it.
type PreflightRecord struct {
	Method      string                `json:"method"`                // of the request that it is for
	Resource    string                `json:"resource"`              // its path in the document
	URL         string                `json:"url"`                   // that it is sent to
	Origin      string                `json:"origin"`                // of the page; empty: it is not known who may request it
	Credentials string                `json:"credentials,omitempty"` // "include", or the default of browsers
	Disallowed  bool                  `json:"stranger"`              // the policy does not allow the origin
	Sent        []proof.RecordedField `json:"sent"`                  // headers that make it a preflight
	Outcome     Outcome               `json:"outcome"`

	Status      int                   `json:"status,omitempty"` // absent: there is no response
	Received    []proof.RecordedField `json:"received"`         // CORS headers
	Preflight   string                `json:"preflight"`        // what a browser makes of it: "passes", "refused", "not needed"; "-": there is no response
	Rule        string                `json:"rule,omitempty"`   // of package fetch, that refuses it
	Reason      string                `json:"reason,omitempty"` // why it is refused, not comparable or unreachable
	Differences []DifferenceRecord    `json:"differences"`
	Assumed     []string              `json:"assumed"` // ids of the assumptions on which rests what differs

	Unknown string `json:"unknown,omitempty"` // the kind of reason why it is not comparable
	Pointer string `json:"pointer,omitempty"` // to what is not comparable, else to the operation
	Place   string `json:"place,omitempty"`   // where that is
	Hint    string `json:"hint,omitempty"`
}

// DifferenceRecord is a part of a response that is not as the document promises.
type DifferenceRecord struct {
	Name    string   `json:"name"` // of a header, or "status"
	Want    []string `json:"want"` // none: there should be no such header
	Got     []string `json:"got"`
	Pointer string   `json:"pointer"`
	Place   string   `json:"place,omitempty"`
}

// Record returns a result as JSON has it.
func (res *Result) Record(locate proof.Locate) Record {
	rec := Record{URL: res.Base.String(), Interrupted: res.Interrupted, Hint: res.Hint, Counts: map[Outcome]int{}, Preflights: []PreflightRecord{}}
	for _, o := range Outcomes() {
		rec.Counts[o] = res.Count(o)
	}
	for _, r := range res.Rows {
		rec.Preflights = append(rec.Preflights, r.record(locate))
	}
	return rec
}

func (r *Row) record(locate proof.Locate) PreflightRecord {
	rec := PreflightRecord{
		Method: r.Operation.Method, Resource: r.Operation.Resource, URL: r.Request.URL, Origin: r.Request.Origin, Credentials: r.Request.Credentials,
		Disallowed: r.Disallowed, Sent: proof.RecordFields(r.Preflight.Header), Outcome: r.Outcome, Status: r.Status, Received: proof.RecordFields(r.Header),
		Preflight: r.preflight(), Reason: r.Failure, Differences: []DifferenceRecord{}, Assumed: []string{}, Pointer: r.Operation.Pointer, Hint: r.Hint,
	}
	if rec.Preflight == "refused" {
		rec.Rule, rec.Reason = string(r.Verdict.Rule), r.Verdict.Reason
	}
	if r.Unknown != nil {
		rec.Unknown, rec.Pointer = string(r.Unknown.Reason), r.Unknown.Pointer
		if rec.Reason == "" {
			rec.Reason = r.Unknown.Message
		}
	}
	rec.Place = locate(rec.Pointer)
	for _, d := range r.Differences {
		rec.Differences = append(rec.Differences, DifferenceRecord{d.Name, d.Want, d.Got, d.Pointer, locate(d.Pointer)})
	}
	for _, rule := range r.Assumed {
		rec.Assumed = append(rec.Assumed, rule.ID)
	}
	return rec
}
