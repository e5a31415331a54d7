package proof

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// Locate returns where a JSON Pointer leads, "openapi.yaml:12:5"; empty: nowhere that is worth
// showing.
type Locate func(pointer string) string

// WriteText prints a dialogue for people: the requests, the responses and the behaviours that led to them,
// and the outcome.
func (d Dialogue) WriteText(w io.Writer, locate Locate) {
	if d.Preflight != nil {
		fmt.Fprintln(w, "the browser asks first:")
		d.Preflight.writeText(w, locate)
	} else if d.Actual != nil {
		fmt.Fprintln(w, "the browser does not ask first: neither the method nor a header needs it")
	}
	if d.Actual != nil {
		fmt.Fprintln(w, "the call:")
		d.Actual.writeText(w, locate)
	}
	d.WriteSummary(w, locate)
}

func (e *Exchange) writeText(w io.Writer, locate Locate) {
	r, a := e.Request, e.Response
	fmt.Fprintf(w, "  > %s %s\n", r.Method, target(r))
	for _, f := range r.Header {
		fmt.Fprintf(w, "  > %s\n", field(f))
	}
	for _, s := range a.Steps {
		fmt.Fprintf(w, "    %s\n", step(s, locate))
	}
	if a.Unknown != nil {
		return
	}
	fmt.Fprintf(w, "  < %d\n", a.Status)
	for _, f := range a.Header {
		fmt.Fprintf(w, "  < %s\n", field(f))
	}
}

// WriteSummary prints the outcome of a dialogue alone.
func (d Dialogue) WriteSummary(w io.Writer, locate Locate) {
	request := d.requestText()
	switch d.Outcome {
	case Allowed:
		fmt.Fprintf(w, "allowed: %s\n", request)
		if d.failure() != nil {
			fmt.Fprintf(w, "  %s\n", d.Failure())
		}
		if names := d.Readable(); len(names) > 0 {
			fmt.Fprintf(w, "  the script can read %s\n", strings.Join(names, ", "))
		}
	case Refused:
		fmt.Fprintf(w, "refused: %s\n  %s: %s (%s)\n", request, stages[string(d.Verdict.Stage)], printable(d.Verdict.Reason), d.Verdict.Rule)
	case Unproved:
		fmt.Fprintf(w, "unproved: %s\n  %s (%s)\n", request, printable(d.Unknown.Message), d.Unknown.Reason)
	}
	d.writeWhy(w, locate)
}

// WriteSummary prints what a case shows, see [Dialogue.WriteSummary].
func (c Case) WriteSummary(w io.Writer, locate Locate) {
	if c.Result() != ResultFailsAtRunTime {
		c.Dialogue.WriteSummary(w, locate)
		return
	}
	fmt.Fprintf(w, "fails at run time: %s\n  %s\n", c.requestText(), c.Failure())
	c.writeWhy(w, locate)
}

// requestText is what is requested, from where and how.
func (d Dialogue) requestText() string {
	text := fmt.Sprintf("%s %s from %s", cmp.Or(d.Verdict.Method, d.Request.Method), printable(strings.TrimPrefix(d.Request.URL, Host)), printable(d.Request.Origin))
	if d.Request.Credentials == "include" {
		text += " with credentials"
	}
	return text
}

// Failure says with which error API Gateway itself responds, and by which behaviour; empty: with
// none.
func (d Dialogue) Failure() string {
	e := d.failure()
	if e == nil {
		return ""
	}
	text := fmt.Sprintf("API Gateway itself responds with %s", e.Type)
	if status := d.Actual.Response.Status; status != 0 {
		text = fmt.Sprintf("API Gateway itself responds with %d (%s)", status, e.Type)
	}
	if e.Cause.Behaviour.ID != "" {
		text += ": " + printable(e.Cause.Behaviour.Does) + " (" + e.Cause.Behaviour.ID + ")"
	}
	return text
}

// writeWhy prints when a dialogue comes out so, what decided, and what to do about it.
func (d Dialogue) writeWhy(w io.Writer, locate Locate) {
	if d.Condition != "" {
		fmt.Fprintf(w, "  this is so %s\n", d.Condition)
	}
	if place := locate(d.Pointer); place != "" && (d.Outcome != Allowed || d.Pointer != "") {
		fmt.Fprintf(w, "  decided at %s\n", place)
	}
	for _, note := range d.Verdict.Notes {
		fmt.Fprintf(w, "  note: %s\n", note)
	}
	if d.Remedy != "" {
		fmt.Fprintf(w, "  hint: %s\n", d.Remedy)
	}
}

// stages are what package fetch calls the stages of a request, in a sentence.
var stages = map[string]string{
	"request":   "nothing is sent",
	"preflight": "the preflight is refused",
	"actual":    "the call is made, and its answer kept from the script",
}

// Readable are the names of the headers of an allowed response that its script can read, sorted.
func (d Dialogue) Readable() []string {
	var names []string
	for name := range d.Verdict.Exposed {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// target is the path and query of a request.
func target(r gateway.Request) string { return printable(r.Target()) }

func field(f gateway.Field) string { return printable(f.Name + ": " + f.Value) }

func step(s gateway.Step, locate Locate) string {
	text := s.Behaviour.ID + ": " + printable(s.Text)
	if s.Behaviour.Assumed {
		text += " [assumed]"
	}
	if place := locate(s.Pointer); place != "" && s.Pointer != "" {
		text += " (" + place + ")"
	}
	return text
}

// printable is a text without characters that a terminal acts on.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return '\ufffd'
		}
		return r
	}, text)
}
