// Package rules holds every rule once: its id, its severity, what it says, and what it
// looks for. Linting asks all of them; enabling CORS asks those about CORS of what it
// keeps, and reports by them what became of a document.
//
// A rule is a value. It gets what it may see, a [View], and returns what it finds; it
// keeps nothing in between. Whatever found it, a [Finding] has the id, the severity and
// the explanation of its rule.
package rules

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
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

	CORS         bool // it is about CORS: enabling reports it of what it keeps
	ImportFails  bool // API Gateway refuses to import a document in which it finds something
	RequestsFail bool // what it finds, and is no error, keeps pages from reading a response, or lets in others than the policy does

	// WholeText tells that the rule looks at parts of a document that CORS does not depend on, its
	// schemas among them. Large documents are mostly of these, and they are read when looked at.
	WholeText bool

	// Fails is an example that the rule finds, Passes one that it does not: members of a
	// document in YAML. openapi and info are left out unless they are what matters.
	Fails, Passes string

	// GivesWay tells that a finding is left out where another rule has one about the same
	// member: it says the more.
	GivesWay bool

	mayBeIn func(text []byte) bool // whether it may find something in a document of that text; nil: in any
	find    func(*View) []Finding  // without their rule; nil where who reports it looks for it
	blocks  []policy.Reason        // for which it reports what is wrong in CORS blocks
}

// About returns what a report says of the rule.
func (r *Rule) About() finding.Rule {
	return finding.Rule{ID: r.ID, Title: r.Title, Doc: r.Doc, URL: r.URL, Severity: r.Severity, ImportFails: r.ImportFails}
}

// IsAbout reports whether a rule is about documents for a type of API. One that is about
// a single type is not tried where the type is unknown.
func (r *Rule) IsAbout(api model.APIType) bool { return r.API == "" || r.API == api }

// Find returns what the rule finds in a document.
func (r *Rule) Find(d *View) []Finding {
	var found []Finding
	if r.find != nil {
		found = r.find(d)
	}
	found = append(found, blockMistakes(d, r.blocks)...)
	for i := range found {
		found[i].Rule = r
	}
	return found
}

// Finding is what a rule has found.
type Finding struct {
	Rule    *Rule
	At      Place
	Message string // lower case, no full stop, the offending value quoted
	Hint    string // what to do, empty when there is nothing to do
	Fix     []layout.Operation
}

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
