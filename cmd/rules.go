package cmd

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/lint"
)

func newRules(s Streams) *cobra.Command {
	return &cobra.Command{
		Use:   "rules [ID]",
		Short: "List the rules of lint, or explain one",
		Long: `List the rules of lint, or explain one: why it matters, an example that it finds
and one that it does not, and where it comes from. The codes of kin-openapi, which
says whether a document is valid OpenAPI 3, are ids of rules too and are not listed.`,
		Example: `  apigw-cors rules
  apigw-cors rules star-with-credentials`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return toStandardOutput([]byte(ruleTable()), s)
			}
			rule, near, ok := lint.Find(args[0])
			if !ok {
				return usage(unknownRule(args[0], near))
			}
			return toStandardOutput([]byte(explained(rule)), s)
		},
	}
}

// ruleTable lists the rules of lint, and behind them those that enable has beside them.
func ruleTable() string {
	var b strings.Builder
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, r := range lint.Rules() {
		fmt.Fprintf(table, "%s\t%s\t%s\n", r.ID, r.Severity, r.Title)
	}
	fmt.Fprint(table, "\nOf enable and disable:\n\n")
	for _, r := range transform.Rules() {
		fmt.Fprintf(table, "%s\t%s\t%s\n", r.ID, r.Severity, r.Title)
	}
	_ = table.Flush() // a Builder takes everything
	return b.String()
}

// explained writes what there is to say of a rule.
func explained(r lint.Rule) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s): %s\n\n%s\n", r.ID, r.Severity, r.Title, wrapped(r.Doc, 80))
	for _, example := range []struct{ title, text string }{{"Found", r.Fails}, {"Not found", r.Passes}} {
		if example.text != "" {
			fmt.Fprintf(&b, "\n%s:\n\n%s", example.title, indented(example.text))
		}
	}
	fmt.Fprintf(&b, "\n%s\n", r.URL)
	return b.String()
}

func indented(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString("  " + line)
	}
	return b.String()
}

// wrapped breaks a text into lines of so many characters at most.
func wrapped(text string, width int) string {
	var b strings.Builder
	column := 0
	for _, word := range strings.Fields(text) {
		switch {
		case column == 0:
		case column+1+len(word) > width:
			b.WriteString("\n")
			column = 0
		default:
			b.WriteString(" ")
			column++
		}
		b.WriteString(word)
		column += len(word)
	}
	return b.String()
}
