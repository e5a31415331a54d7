package transform

import (
	"github.com/apigw-cors/apigw-cors/transform/internal/edit"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
)

// Result is what enabling gives.
type Result struct {
	Output    []byte     // the whole document; the input itself when nothing changed
	Wishes    []Wish     // what was changed, in the terms of the document
	Edits     []Edit     // what was changed, in bytes; sorted, not overlapping
	Findings  []Finding  // sorted by position
	Resources []Resource // what became of each resource, in document order
	Gateway   []Header   // what the gateway responses carry; none when they are left alone
	Target    Target     // what the document was taken to be for
}

// Changed reports whether the output differs from the input.
func (r *Result) Changed() bool { return len(r.Edits) > 0 }

// Edit replaces the bytes of the input from Start up to End by New.
type Edit = edit.Edit

// Wish is one change to a document, in the terms of the document.
type Wish struct{ of layout.Wish }

// Verb returns "add", "set", "remove", "inline" or "splice": a text gets another
// beginning.
func (w Wish) Verb() string {
	switch w.of.(type) {
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
func (w Wish) Pointer() string { return string(w.of.Place()) }

// Value returns what the member says afterwards, as JSON, and nothing when it is
// removed.
func (w Wish) Value() string {
	switch w := w.of.(type) {
	case layout.Add:
		return layout.JSON(w.Value)
	case layout.Set:
		return layout.JSON(w.Value)
	case layout.Inline:
		return layout.JSON(w.Value)
	case layout.Splice:
		return layout.JSON(layout.String(w.New))
	}
	return ""
}

// Replaced returns the beginning of a text that another takes the place of, as JSON,
// and nothing for a wish that splices none.
func (w Wish) Replaced() string {
	if s, ok := w.of.(layout.Splice); ok {
		return layout.JSON(layout.String(s.Old))
	}
	return ""
}

func wishes(list []layout.Wish) []Wish {
	out := make([]Wish, len(list))
	for i, w := range list {
		out[i] = Wish{w}
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
}

// Header is a response header.
type Header struct{ Name, Value string }
