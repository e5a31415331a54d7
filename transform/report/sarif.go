package report

import (
	"io"
	"net/url"
	"path/filepath"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/apigw-cors/apigw-cors/transform/finding"
)

const informationURI = "https://github.com/apigw-cors/apigw-cors"

// sarif writes SARIF 2.1.0, with every rule that was tried, so that a result that is gone
// is seen to be gone. Columns count characters.
func (f Findings) sarif(w io.Writer) error {
	run := sarif.NewRunWithInformationURI("apigw-cors", informationURI).WithColumnKind("unicodeCodePoints")
	for _, r := range f.Rules {
		run.AddRule(r.ID).
			WithShortDescription(sarif.NewMultiformatMessageString().WithText(r.Title)).
			WithFullDescription(sarif.NewMultiformatMessageString().WithText(r.Doc)).
			WithHelpURI(r.URL).
			WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(sarifLevel(r.Severity)))
	}
	for _, file := range f.Files {
		run.AddDistinctArtifact(fileURI(file))
	}
	for _, one := range f.List {
		text := one.Message
		if one.Hint != "" {
			text += "; " + one.Hint
		}
		region := sarif.NewRegion().WithStartLine(max(one.Position.Line, 1)).WithStartColumn(max(one.Position.Column, 1))
		place := sarif.NewPhysicalLocation().
			WithArtifactLocation(sarif.NewSimpleArtifactLocation(fileURI(one.File))).
			WithRegion(region)
		result := run.CreateResultForRule(one.Rule).
			WithLevel(sarifLevel(one.Severity)).
			WithMessage(sarif.NewTextMessage(text)).
			AddLocation(sarif.NewLocationWithPhysicalLocation(place))
		if edits := f.Edits[one]; len(edits) > 0 {
			result.AddFixe(sarifFix(one.File, edits))
		}
	}
	out := sarif.NewReport()
	out.AddRun(run)
	return out.PrettyWrite(w)
}

// sarifFix lists which changes fix a finding.
func sarifFix(file string, edits []finding.Edit) *sarif.Fix {
	change := sarif.NewArtifactChange().WithArtifactLocation(sarif.NewSimpleArtifactLocation(fileURI(file)))
	for _, e := range edits {
		region := sarif.NewRegion().
			WithStartLine(e.Start.Line).WithStartColumn(e.Start.Column).
			WithEndLine(e.End.Line).WithEndColumn(e.End.Column)
		change.AddReplacement(sarif.NewReplacement().WithDeletedRegion(region).WithInsertedContent(sarif.NewArtifactContent().WithText(e.Text)))
	}
	return sarif.NewFix().AddArtifactChange(change)
}

func sarifLevel(s finding.Severity) string {
	if s == finding.Info {
		return "note"
	}
	return s.String()
}

// fileURI returns a file name as a relative reference (RFC 3986).
func fileURI(name string) string {
	return (&url.URL{Path: filepath.ToSlash(name)}).String()
}
