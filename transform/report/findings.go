package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
)

// Findings are what was found in documents.
type Findings struct {
	Files []string // that were looked at, also those in which nothing was found
	List  []finding.Finding
	Rules []finding.Rule // all that were tried

	// Edits are the changes that fix those of the list that have some.
	Edits map[finding.Finding][]finding.Edit
}

// Format is a way to write findings.
type Format string

const (
	Text     Format = "text"     // as compilers do, with what to do below each
	JSON     Format = "json"     // an object with a version, see schemas/findings.schema.json
	SARIF    Format = "sarif"    // SARIF 2.1.0, for code scanning
	GitHub   Format = "github"   // commands for the log of GitHub Actions
	Markdown Format = "markdown" // a table, for a comment
	JUnit    Format = "junit"    // XML, for test reports
)

// Formats returns the formats that there are.
func Formats() []Format { return []Format{Text, JSON, SARIF, GitHub, Markdown, JUnit} }

// Write writes findings in a format.
func (f Findings) Write(w io.Writer, format Format) error {
	write := map[Format]func(io.Writer) error{
		Text: f.text, JSON: f.json, SARIF: f.sarif, GitHub: f.github, Markdown: f.markdown, JUnit: f.junit,
	}[format]
	if write == nil {
		return fmt.Errorf("%q is no format", format)
	}
	return write(w)
}

func (f Findings) text(w io.Writer) error {
	var b strings.Builder
	for _, one := range f.List {
		fmt.Fprintln(&b, one)
		if one.Hint != "" {
			fmt.Fprintf(&b, "  hint: %s\n", finding.Plain(one.Hint))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// findingsVersion is that of the schema of JSON. It changes when a program that reads it
// has to.
const findingsVersion = 1

type findingsJSON struct {
	Version  int           `json:"version"`
	Files    []string      `json:"files"`
	Findings []findingJSON `json:"findings"`
}

// findingJSON has the place as editors count: line and column from 1, 0 for a finding
// that concerns the whole file.
type findingJSON struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Pointer  string `json:"pointer"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`

	Edits []editJSON `json:"edits,omitempty"`
}

// editJSON says that a text takes the place of what stands between two places, the second
// one not included.
type editJSON struct {
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
	Text      string `json:"text"`
}

func (f Findings) json(w io.Writer) error {
	out := findingsJSON{Version: findingsVersion, Files: append([]string{}, f.Files...), Findings: []findingJSON{}}
	for _, one := range f.List {
		var edits []editJSON
		for _, e := range f.Edits[one] {
			edits = append(edits, editJSON{e.Start.Line, e.Start.Column, e.End.Line, e.End.Column, e.Text})
		}
		out.Findings = append(out.Findings, findingJSON{
			one.Rule, one.Severity.String(), one.File, one.Position.Line, one.Position.Column, one.Pointer, one.Message, one.Hint, edits,
		})
	}
	return writeJSON(w, out)
}

// github writes workflow commands, see
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
func (f Findings) github(w io.Writer) error {
	levels := map[finding.Severity]string{finding.Info: "notice", finding.Warning: "warning", finding.Error: "error"}
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	var b strings.Builder
	for _, one := range f.List {
		text := one.Message
		if one.Hint != "" {
			text += "\n" + one.Hint
		}
		fmt.Fprintf(&b, "::%s file=%s,line=%d,col=%d,title=%s::%s\n", levels[one.Severity],
			property.Replace(one.File), one.Position.Line, one.Position.Column, property.Replace(one.Rule), data.Replace(text))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (f Findings) markdown(w io.Writer) error {
	var b strings.Builder
	if len(f.List) == 0 {
		b.WriteString("No findings.\n")
	} else {
		b.WriteString("| place | severity | finding | what to do | rule |\n|---|---|---|---|---|\n")
	}
	for _, one := range f.List {
		fmt.Fprintf(&b, "| %s:%d | %s | %s | %s | `%s` |\n", cell(one.File), one.Position.Line, one.Severity, cell(one.Message), cell(one.Hint), one.Rule)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// cell writes a text so that it stays in its cell and means nothing to Markdown or HTML.
func cell(text string) string {
	return markdownEscapes.Replace(finding.Plain(strings.NewReplacer("\n", " ", "\r", " ").Replace(text)))
}

var markdownEscapes = strings.NewReplacer(
	"\\", `\\`, "|", `\|`, "\n", " ", "\r", " ", "<", "&lt;", ">", "&gt;", "&", "&amp;", "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "~", `\~`, "#", `\#`,
)
