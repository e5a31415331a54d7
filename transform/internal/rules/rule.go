// Package rules holds every rule once: its id, its severity, what it says, and what it
// looks for. Linting asks all of them; enabling CORS asks those about CORS of what it
// keeps, and reports by them what became of a document.
package rules

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Rule is one thing that a document is looked at for. Findings of a rule have its id, its
// severity and its explanation, wherever they come from.
type Rule struct {
	ID       string // kebab-case, never changes
	Title    string // what is wrong, in one line
	Doc      string // why that matters, and what to do
	URL      string // the page of AWS or the section of the standard that it follows from
	Severity finding.Severity
	API      model.APIType // the documents that it is about; empty: both types
}

// Finding is what a rule has found.
type Finding struct {
	Rule    *Rule
	At      Place
	Message string // lower case, no full stop, the offending value quoted
	Hint    string // what to do, empty when there is nothing to do
	Fix     []layout.Wish
}

// Place is where a finding is: at a node of the document, or in another file.
type Place struct {
	Node    *source.Node   // nil where the place is the document as a whole, or another file
	Pointer source.Pointer // of the member that is spoken of

	File     string // the policy file; empty: the document
	Position finding.Position
}

// At is the place of a member of the document.
func At(n *source.Node, p source.Pointer) Place { return Place{Node: n, Pointer: p} }

// In returns the finding as it is reported for a file.
func (f Finding) In(file *source.File) finding.Finding {
	out := finding.Finding{
		Rule: f.Rule.ID, Severity: f.Rule.Severity, File: file.Name,
		Pointer: string(f.At.Pointer), Message: f.Message, Hint: f.Hint,
	}
	switch {
	case f.At.File != "":
		out.File, out.Position = f.At.File, f.At.Position
	case f.At.Node != nil:
		out.Position = file.Position(f.At.Node.Start)
	}
	return out
}

// InFile is a place in another file than the document.
func InFile(file string, at finding.Position) Place { return Place{File: file, Position: at} }
