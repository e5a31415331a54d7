package cmd

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/report"
)

const reportHelp = `Show what each resource of a document answers to pages of other origins.

For each method it tells how a browser calls it, what the answer to the preflight
says, which CORS headers the real answers carry, and what a backend must send.

Where flags or a policy file say who may call, it is about the document as enable
would write it; else about the document as it is. With --since OLD it tells in
words what changed for callers since another document, and what lets more in.`

const reportExample = `  apigw-cors report openapi.yaml
  apigw-cors report --format markdown --allow-origin https://app.example.com openapi.yaml
  apigw-cors report --since openapi.json openapi.yaml
  apigw-cors report --format html openapi.yaml > cors.html`

// reportFlags are the flags of report as they were given.
type reportFlags struct {
	policy  policyFlags
	options optionFlags
	format  string
	since   string
}

func newReport(s Streams) *cobra.Command {
	f := &reportFlags{}
	c := &cobra.Command{
		Use:     "report [flags] FILE",
		Short:   "Show what each resource answers to pages of other origins",
		Long:    reportHelp,
		Example: reportExample,
		Args:    cobra.ExactArgs(1),
		RunE:    func(_ *cobra.Command, files []string) error { return runReport(f, files[0], s) },
	}
	flags := c.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.format, "format", string(report.APIText), "`FORMAT` of the output: "+strings.Join(apiFormats(), ", "))
	flags.StringVar(&f.since, "since", "", "tell what changed for callers since this `OLD` document")
	f.policy.bind(flags)
	f.options.bind(flags)
	return c
}

func apiFormats() []string {
	var names []string
	for _, format := range report.APIFormats() {
		names = append(names, string(format))
	}
	return names
}

func runReport(f *reportFlags, name string, s Streams) error {
	if !slices.Contains(apiFormats(), f.format) {
		return usage(fmt.Errorf("--format: %q is unknown (accepted: %s)", f.format, strings.Join(apiFormats(), ", ")))
	}
	d, err := parse(name, s)
	if err != nil {
		return err
	}
	e, err := asEnabled(&f.policy, &f.options, name, d, s)
	if err != nil {
		return coded(err)
	}
	if f.since != "" {
		return f.changes(e.doc, e.api, s)
	}
	api, err := report.Read(e.doc, e.api)
	if err != nil {
		return coded(err)
	}
	if err := api.Write(s.Out, report.APIFormat(f.format)); err != nil {
		return failed(fmt.Errorf("could not write to standard output: %w", err))
	}
	return nil
}

// changes prints what changed for callers since the old document, as it is.
func (f *reportFlags) changes(d *transform.Document, kind transform.APIType, s Streams) error {
	if f.since == "-" && d.Name() == shown("-") {
		return usage(errors.New("standard input cannot be both documents"))
	}
	older, err := parse(f.since, s)
	if err != nil {
		return err
	}
	changes, err := report.Since(older, d, kind)
	if err != nil {
		return coded(err)
	}
	return coded(report.WriteChanges(s.Out, changes, report.APIFormat(f.format)))
}
