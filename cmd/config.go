package cmd

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"sigs.k8s.io/yaml"

	"github.com/apigw-cors/apigw-cors/transform"
)

func newConfig(s Streams) *cobra.Command {
	c := &cobra.Command{
		Use:   "config",
		Short: "Start, check and explain a policy file",
		Long: `Start, check and explain a policy file: who may call what, in a file beside the
document instead of flags.

  apigw-cors config init
  apigw-cors config check apigw-cors.yaml
  apigw-cors config show openapi.yaml`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newConfigInit(s), newConfigCheck(s), newConfigShow(s))
	return c
}

// starter is what config init writes.
//
//go:embed starter.yaml
var starter []byte

func newConfigInit(s Streams) *cobra.Command {
	return &cobra.Command{
		Use:   "init [FILE | -]",
		Short: "Write a commented policy file to start from",
		Long: `Write a commented policy file to start from: apigw-cors.yaml, or the named file.
A file that exists is never overwritten.`,
		Example: `  apigw-cors config init
  apigw-cors config init -`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, files []string) error {
			name := policyFileName
			if len(files) == 1 {
				name = files[0]
			}
			if name == "-" {
				_, err := s.Out.Write(starter)
				return err
			}
			return writeStarter(name, s.Err)
		},
	}
}

func writeStarter(name string, stderr io.Writer) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, os.ErrExist) {
		return failed(hinted{fmt.Errorf("%s exists, and is left as it is", name), "name another file, or print it with: apigw-cors config init -"})
	}
	if err != nil {
		return failed(err)
	}
	_, err = f.Write(starter)
	if err := errors.Join(err, f.Close()); err != nil {
		return failed(err)
	}
	fmt.Fprintf(stderr, "%s: written; name your origins in it, then run: apigw-cors enable openapi.yaml\n", name)
	return nil
}

func newConfigCheck(s Streams) *cobra.Command {
	return &cobra.Command{
		Use:   "check [FILE]...",
		Short: "Check policy files",
		Long: `Check policy files: apigw-cors.yaml, or the named files. Every mistake is listed,
with the right spelling where there is one.`,
		Example: `  apigw-cors config check
  apigw-cors config check policies/apigw-cors.yaml`,
		RunE: func(_ *cobra.Command, files []string) error {
			if len(files) == 0 {
				files = []string{policyFileName}
			}
			return checkPolicyFiles(files, s.Err)
		},
	}
}

func checkPolicyFiles(files []string, stderr io.Writer) error {
	var errs []error
	for _, name := range files {
		config, err := readPolicyFile(name)
		var unread *exitError
		if errors.As(err, &unread) {
			return err
		}
		if err != nil {
			errs = append(errs, err)
			continue
		}
		fmt.Fprintf(stderr, "%s: %s, %s\n", name, plural(len(config.File.Resources), "rule"), plural(len(config.File.ProfileNames()), "profile"))
	}
	if len(errs) == 0 {
		return nil
	}
	return usage(errors.Join(errs...))
}

// showFlags are the flags of config show as they were given.
type showFlags struct {
	policy  policyFlags
	options optionFlags
	format  string
}

func newConfigShow(s Streams) *cobra.Command {
	f := &showFlags{}
	c := &cobra.Command{
		Use:   "show [flags] FILE",
		Short: "Show the policy of each resource, and where each value comes from",
		Long: `Show the policy that enable would use for each resource of a document, and where
each value comes from: the command line, a rule, a block in the document, a
profile, the policy of the file, or a default.`,
		Example: `  apigw-cors config show openapi.yaml
  apigw-cors config show --profile dev --format json openapi.yaml`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, files []string) error { return runShow(f, files[0], s) },
	}
	flags := c.Flags()
	flags.SortFlags = false
	f.policy.bind(flags)
	f.options.bind(flags)
	flags.StringVar(&f.format, "format", "text", "`FORMAT` of the output: text, yaml or json")
	return c
}

func runShow(f *showFlags, name string, s Streams) error {
	render, ok := renderers[f.format]
	if !ok {
		return usage(fmt.Errorf("--format: %q is unknown (accepted: text, yaml, json)", f.format))
	}
	p, err := f.policy.policy()
	if err != nil {
		return usage(err)
	}
	o, err := f.options.options(name)
	if err != nil {
		return usage(err)
	}
	d, err := parse(name, s)
	if err != nil {
		return err
	}
	list, err := transform.Policies(d, p, o)
	if err != nil {
		return coded(err)
	}
	text, err := render(list)
	if err != nil {
		return failed(err)
	}
	_, err = s.Out.Write(text)
	return err
}

// renderers write an explanation in each format.
var renderers = map[string]func([]transform.ResourcePolicy) ([]byte, error){
	"text": explainText,
	"yaml": func(list []transform.ResourcePolicy) ([]byte, error) { return yaml.Marshal(list) },
	"json": func(list []transform.ResourcePolicy) ([]byte, error) {
		text, err := json.MarshalIndent(list, "", "  ")
		return append(text, '\n'), err
	},
}

func explainText(list []transform.ResourcePolicy) ([]byte, error) {
	var b strings.Builder
	for _, e := range list {
		fmt.Fprint(&b, cmp.Or(e.Path, "the HTTP API"))
		if e.Outcome != transform.Enabled {
			fmt.Fprintf(&b, "  %s", e.Outcome)
		}
		if e.Reason != "" {
			fmt.Fprintf(&b, ": %s", e.Reason)
		}
		b.WriteString("\n")
		table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
		for _, m := range e.Members {
			fmt.Fprintf(table, "  %s\t%s\t%s\n", m.Name, m.Value, sourceOf(m))
		}
		_ = table.Flush() // a Builder takes everything
	}
	return []byte(b.String()), nil
}

// sourceOf names a source and its place.
func sourceOf(m transform.PolicyMember) string {
	if m.File == "" {
		return m.Source
	}
	return fmt.Sprintf("%s (%s:%d)", m.Source, m.File, m.Line)
}
