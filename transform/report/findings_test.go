package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/url"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/report"
)

var oddest = finding.Finding{
	Rule: "acac-value", Severity: finding.Error, File: "a b/ö:1,2.yaml", Position: finding.Position{Line: 3, Column: 7}, Pointer: "/paths/~1a|b",
	Message: "it's 100% | <b>wrong</b> & \"so\", ::error::\n#*_`[x](y)`_*", Hint: "write 'a'",
}

// odd are findings whose texts mean something else in every format.
var odd = report.Findings{
	Files: []string{"a b/ö:1,2.yaml", "clean.yaml"},
	List: []finding.Finding{
		oddest,
		{Rule: "openapi-3.1", Severity: finding.Info, File: "a b/ö:1,2.yaml", Message: "ü"},
	},
	Edits: map[finding.Finding][]finding.Edit{oddest: {{Start: finding.Position{Line: 3, Column: 7}, End: finding.Position{Line: 3, Column: 9}, Text: "ä\n\"x\""}}},
	Rules: []finding.Rule{
		{ID: "acac-value", Title: "t", Doc: "d", URL: "https://example.com/#a", Severity: finding.Error},
		{ID: "openapi-3.1", Title: "t", Doc: "d", URL: "https://example.com/", Severity: finding.Info},
	},
}

func written(t *testing.T, f report.Findings, format report.Format) string {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b, format); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestFindingsAsJSON holds that a program reads back what was found.
func TestFindingsAsJSON(t *testing.T) {
	var got struct {
		Version  int
		Files    []string
		Findings []struct {
			Rule, Severity, File, Pointer, Message, Hint string
			Edits                                        []struct {
				Line, Column, EndLine, EndColumn int
				Text                             string
			}
		}
	}
	if err := json.Unmarshal([]byte(written(t, odd, report.JSON)), &got); err != nil {
		t.Fatal(err)
	}
	first := odd.List[0]
	if got.Version != 1 || len(got.Files) != 2 || len(got.Findings) != 2 || got.Findings[0].Message != first.Message || got.Findings[0].Pointer != first.Pointer {
		t.Errorf("got %+v", got)
	}
	if edits := got.Findings[0].Edits; len(edits) != 1 || edits[0].Line != 3 || edits[0].EndColumn != 9 || edits[0].Text != "ä\n\"x\"" || got.Findings[1].Edits != nil {
		t.Errorf("its edits are %+v", edits)
	}
	if text := written(t, report.Findings{}, report.JSON); !strings.Contains(text, `"findings": []`) || !strings.Contains(text, `"files": []`) {
		t.Errorf("nothing is no list: %s", text)
	}
}

// TestFindingsAsSARIF holds that the report is valid by the schema, names every rule, and
// says what was found.
func TestFindingsAsSARIF(t *testing.T) {
	for _, f := range []report.Findings{odd, {}} {
		log, err := sarif.FromString(written(t, f, report.SARIF))
		if err != nil {
			t.Fatal(err)
		}
		if err := log.Validate(); err != nil {
			t.Errorf("it is not valid: %v", err)
		}
		run := log.Runs[0]
		if len(run.Tool.Driver.Rules) != len(f.Rules) || len(run.Results) != len(f.List) {
			t.Errorf("%d rules and %d results", len(run.Tool.Driver.Rules), len(run.Results))
		}
		for i, r := range run.Results {
			place := r.Locations[0].PhysicalLocation
			name, err := url.PathUnescape(*place.ArtifactLocation.URI)
			if err != nil || strings.TrimPrefix(name, "./") != f.List[i].File || !strings.HasPrefix(*r.Message.Text, f.List[i].Message) || *place.Region.StartLine < 1 {
				t.Errorf("result %d: %s, %s", i, name, *r.Message.Text)
			}
			if mends := f.Edits[f.List[i]] != nil; mends != (len(r.Fixes) == 1) {
				t.Errorf("result %d has %d fixes", i, len(r.Fixes))
			} else if mends {
				change := r.Fixes[0].ArtifactChanges[0]
				if region := change.Replacements[0].DeletedRegion; *change.ArtifactLocation.URI != *place.ArtifactLocation.URI || *region.EndColumn != 9 || *change.Replacements[0].InsertedContent.Text != "ä\n\"x\"" {
					t.Errorf("result %d: its fix is %+v", i, change)
				}
			}
		}
	}
}

// TestFindingsForGitHub holds that each finding is one command of its own, whatever its
// text.
func TestFindingsForGitHub(t *testing.T) {
	lines := strings.Split(strings.TrimSuffix(written(t, odd, report.GitHub), "\n"), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], "::error file=a b/ö%3A1%2C2.yaml,line=3,col=7,title=acac-value::it's 100%25 |") ||
		!strings.HasSuffix(lines[0], "%0Awrite 'a'") || !strings.HasPrefix(lines[1], "::notice ") {
		t.Errorf("got %q", lines)
	}
}

// TestFindingsAsMarkdown holds that each finding is one row of five cells, in which its
// text means nothing.
func TestFindingsAsMarkdown(t *testing.T) {
	rows := strings.Split(strings.TrimSuffix(written(t, odd, report.Markdown), "\n"), "\n")
	if len(rows) != 4 {
		t.Fatalf("%d rows", len(rows))
	}
	for _, row := range rows {
		if bars := strings.Count(strings.ReplaceAll(row, `\|`, ""), "|"); bars != 6 {
			t.Errorf("%d bars in %s", bars, row)
		}
	}
	if strings.Contains(rows[2], "<b>") || !strings.Contains(rows[2], `\[x\]`) {
		t.Errorf("its text means something: %s", rows[2])
	}
	if got := written(t, report.Findings{Files: []string{"a.yaml"}}, report.Markdown); got != "No findings.\n" {
		t.Errorf("got %q", got)
	}
}

// TestFindingsAsJUnit holds that it is XML with a failure for each finding, and a case
// that passes for a file without one.
func TestFindingsAsJUnit(t *testing.T) {
	var got struct {
		Suites []struct {
			Name     string `xml:"name,attr"`
			Tests    int    `xml:"tests,attr"`
			Failures int    `xml:"failures,attr"`
			Cases    []struct {
				Failure *struct {
					Message string `xml:"message,attr"`
				} `xml:"failure"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(written(t, odd, report.JUnit)), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Suites) != 2 || got.Suites[0].Failures != 2 || got.Suites[1].Failures != 0 || got.Suites[1].Tests != 1 || got.Suites[0].Cases[0].Failure.Message != odd.List[0].Message {
		t.Errorf("got %+v", got)
	}
}
