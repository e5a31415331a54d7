package lint

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/document"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
)

// Finding is something that a rule has found.
type Finding struct {
	finding.Finding
	rule *rules.Rule
	fix  []layout.Operation
}

// ImportFails reports whether API Gateway refuses to import the document because of the
// finding.
func (f Finding) ImportFails() bool { return f.rule != nil && f.rule.ImportFails }

// IsOfValidity reports whether the finding is one of kin-openapi's.
func (f Finding) IsOfValidity() bool { return slices.Contains(validityRules, f.rule) }

// Fixable reports whether the finding carries a change that fixes it.
func (f Finding) Fixable() bool { return len(f.fix) > 0 }

// Edits returns the changes that fix a finding of the document, in their order, and none
// for a finding without a fix of its own or whose place is not certain.
func Edits(d *transform.Document, f Finding) []finding.Edit {
	read := document.Of(d)
	read.Lock()
	defer read.Unlock()
	edits, err := layout.Edits(read.Root, f.fix, nil)
	if err != nil {
		return nil
	}
	list := make([]finding.Edit, len(edits))
	for i, e := range edits {
		list[i] = finding.Edit{Start: read.File.Position(e.Start), End: read.File.Position(e.End), Text: e.New}
	}
	return list
}

// sorted returns findings in the order of their places, each once.
func sorted(found []Finding) []Finding {
	plain := make([]finding.Finding, len(found))
	whole := map[finding.Finding]Finding{}
	for i, f := range found {
		plain[i], whole[f.Finding] = f.Finding, f
	}
	finding.Sort(plain)
	list := make([]Finding, len(found))
	for i, f := range plain {
		list[i] = whole[f]
	}
	return slices.CompactFunc(list, func(a, b Finding) bool { return a.Finding == b.Finding })
}
