package proof

import "github.com/apigw-cors/apigw-cors/proof/gateway"

// A Record is a dialogue as JSON has it.
type Record struct {
	Origin      string `json:"origin"`
	URL         string `json:"url"`
	Method      string `json:"method"`
	Credentials string `json:"credentials,omitempty"`

	Outcome   Outcome       `json:"outcome"`
	Stage     string        `json:"stage,omitempty"` // that refuses: request, preflight or actual
	Rule      string        `json:"rule,omitempty"`  // by which, or why it is unproved
	Reason    string        `json:"reason,omitempty"`
	Condition string        `json:"condition,omitempty"`
	Pointer   string        `json:"pointer,omitempty"`
	Place     string        `json:"place,omitempty"`
	Remedy    string        `json:"remedy,omitempty"`
	Notes     []string      `json:"notes,omitempty"`
	Readable  []string      `json:"readable,omitempty"`
	MaxAge    int           `json:"maxAge,omitempty"` // seconds
	Preflight *RecordedHTTP `json:"preflight,omitempty"`
	Actual    *RecordedHTTP `json:"actual,omitempty"`
	Expected  Outcome       `json:"expected,omitempty"` // of a request that was tried because of a policy
	Result    Result        `json:"result,omitempty"`   // which a case shows of a policy
}

// RecordedHTTP is a request and its response.
type RecordedHTTP struct {
	Method     string              `json:"method"`
	Path       string              `json:"path"`
	Sent       []RecordedField     `json:"sent"`
	Status     int                 `json:"status,omitempty"`
	Error      string              `json:"error,omitempty"` // the type of the error with which API Gateway itself responds
	Received   []RecordedField     `json:"received,omitempty"`
	Behaviours []RecordedBehaviour `json:"rules"`
}

// RecordedField is a header.
type RecordedField struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// RecordFields returns headers as JSON has them: never null.
func RecordFields(fields []gateway.Field) []RecordedField {
	list := []RecordedField{}
	for _, f := range fields {
		list = append(list, RecordedField(f))
	}
	return list
}

// RecordedBehaviour is a behaviour of API Gateway that led to a response.
type RecordedBehaviour struct {
	ID      string `json:"id"`
	Text    string `json:"text"`
	Source  string `json:"source"`
	Assumed bool   `json:"assumed,omitempty"`
	Place   string `json:"place,omitempty"`
}

// Record returns a dialogue as JSON has it.
func (d Dialogue) Record(locate Locate) Record {
	r := Record{
		Origin: d.Request.Origin, URL: d.Request.URL, Method: d.Request.Method, Credentials: d.Request.Credentials,
		Outcome: d.Outcome, Stage: string(d.Verdict.Stage), Rule: string(d.Verdict.Rule), Reason: d.Verdict.Reason,
		Condition: d.Condition, Pointer: d.Pointer, Place: locate(d.Pointer), Remedy: d.Remedy, Notes: d.Verdict.Notes,
		Preflight: d.Preflight.record(locate), Actual: d.Actual.record(locate),
	}
	if d.Verdict.Method != "" {
		r.Method = d.Verdict.Method
	}
	switch d.Outcome {
	case Unproved:
		r.Stage, r.Rule, r.Reason = "", string(d.Unknown.Reason), d.Unknown.Message
	case Allowed:
		r.Readable, r.MaxAge = d.Readable(), d.Verdict.MaxAge
	}
	return r
}

// Record returns a case as JSON has it.
func (c Case) Record(locate Locate) Record {
	r := c.Dialogue.Record(locate)
	r.Result = c.Result()
	switch {
	case c.Outcome == Unproved:
	case c.Disallowed:
		r.Expected = Refused
	default:
		r.Expected = Allowed
	}
	return r
}

func (e *Exchange) record(locate Locate) *RecordedHTTP {
	if e == nil {
		return nil
	}
	r := &RecordedHTTP{Method: e.Request.Method, Path: e.Request.Target(), Status: e.Response.Status, Behaviours: []RecordedBehaviour{}}
	if e.Response.Error != nil {
		r.Error = string(e.Response.Error.Type)
	}
	r.Sent, r.Received = RecordFields(e.Request.Header), RecordFields(e.Response.Header)
	for _, s := range e.Response.Steps {
		rule := RecordedBehaviour{ID: s.Behaviour.ID, Text: s.Text, Source: s.Behaviour.Source, Assumed: s.Behaviour.Assumed}
		if s.Pointer != "" {
			rule.Place = locate(s.Pointer)
		}
		r.Behaviours = append(r.Behaviours, rule)
	}
	return r
}
