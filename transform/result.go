package transform

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/edit"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/outcome"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

// Result is what enabling gives.
type Result struct {
	Output    []byte     // the whole document; the input itself when nothing changed
	Changes   []Change   // what was changed, in the terms of the document
	Edits     []Edit     // what was changed, in bytes; sorted, not overlapping
	Findings  []Finding  // sorted by position
	Resources []Resource // what became of each resource, in document order
	Gateway   []Header   // what the gateway responses carry; none when they are left alone
	API       Inference  // what the document was found to be for

	// ImportFails are findings of [lint] for which API Gateway refuses to import the document,
	// but for those among Findings, which are about CORS.
	//
	// [lint]: https://pkg.go.dev/github.com/apigw-cors/apigw-cors/transform/lint
	ImportFails []Finding

	name     string
	document *Document // the output, if it was read
}

// Document returns the output as a document, which is the one that was given when nothing
// changed. The error is a [*PlaceError].
func (r *Result) Document() (*Document, error) {
	if r.document == nil {
		return Parse(r.name, r.Output)
	}
	return r.document, nil
}

// Changed reports whether the output differs from the input.
func (r *Result) Changed() bool { return len(r.Edits) > 0 }

// Edit replaces the bytes of the input from Start up to End by New.
type Edit struct {
	Start, End int // offsets in bytes
	New        string
}

// Change is one change to a document, in the terms of the document.
type Change struct{ of layout.Operation }

// Verb returns "add", "set", "remove", "inline" or "splice": a text gets another
// beginning.
func (c Change) Verb() string {
	switch c.of.(type) {
	case layout.Add:
		return "add"
	case layout.Set:
		return "set"
	case layout.Inline:
		return "inline"
	case layout.Splice:
		return "splice"
	}
	return "remove"
}

// Pointer returns the JSON Pointer of the member that is changed.
func (c Change) Pointer() string { return string(c.of.Place()) }

// Value returns what the member says afterwards, as JSON, and nothing when it is
// removed.
func (c Change) Value() string {
	switch op := c.of.(type) {
	case layout.Add:
		return layout.JSON(op.Value)
	case layout.Set:
		return layout.JSON(op.Value)
	case layout.Inline:
		return layout.JSON(op.Value)
	case layout.Splice:
		return layout.JSON(layout.String(op.New))
	}
	return ""
}

// Replaced returns the beginning of a text that another takes the place of, as JSON,
// and nothing for a change that splices none.
func (c Change) Replaced() string {
	if s, ok := c.of.(layout.Splice); ok {
		return layout.JSON(layout.String(s.Old))
	}
	return ""
}

func edits(list []edit.Edit) []Edit {
	out := make([]Edit, len(list))
	for i, e := range list {
		out[i] = Edit(e)
	}
	return out
}

func changes(list []layout.Operation) []Change {
	out := make([]Change, len(list))
	for i, op := range list {
		out[i] = Change{op}
	}
	return out
}

// Outcome is what became of a resource.
type Outcome string

const (
	Enabled    Outcome = "enabled"    // it has a generated OPTIONS, or its own with what that lacked
	Kept       Outcome = "kept"       // its own OPTIONS stays
	Skipped    Outcome = "skipped"    // it was selected, and left alone
	Unselected Outcome = "unselected" // it was not selected
	Off        Outcome = "off"        // the policy file switches it off
	Disabled   Outcome = "disabled"   // what was generated in it is taken out
)

// Resource is what became of one resource.
type Resource struct {
	Path    string
	Outcome Outcome
	Reason  string   // why it was kept or skipped
	Backend []string // methods whose backend must send the headers
	Headers []Header // what such a backend must send
	Open    []string // methods without an integration, which are left alone
	// Unreadable are responses that no page can read, since the policy has several origins and
	// no template can choose the caller's.
	Unreadable []UnreadableResponse
}

// UnreadableResponse is a response of a method that no page can read, or all of its responses.
type UnreadableResponse struct {
	Method string // "GET"
	Status string // "502"; empty: all of them
}

// String returns the method, and the status if there is one: "GET 502".
func (u UnreadableResponse) String() string { return strings.TrimSpace(u.Method + " " + u.Status) }

// Header is a response header.
type Header struct{ Name, Value string }

func resources(list []outcome.Resource) []Resource {
	var out []Resource
	for _, r := range list {
		out = append(out, Resource{Path: r.Path, Outcome: Outcome(r.Kind), Reason: r.Reason, Backend: r.Backend, Headers: headers(r.Headers), Open: r.Open, Unreadable: unreadable(r.Unreadable)})
	}
	return out
}

func unreadable(list []outcome.Response) (out []UnreadableResponse) {
	for _, r := range list {
		out = append(out, UnreadableResponse(r))
	}
	return out
}

func headers(list responses.Headers) []Header {
	var out []Header
	for _, h := range list {
		out = append(out, Header{h.Name, h.Say()})
	}
	return out
}
