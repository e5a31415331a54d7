// Package cmd is the command line: flags, files, streams and exit codes. It knows
// no rule by name.
package cmd

import (
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Run runs the command line and returns its exit code.
func Run(args []string, s Streams) int {
	root := newRoot(s)
	root.SetArgs(args)
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	err := root.Execute()
	var coded *exitError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &coded):
		if coded.err != nil {
			printError(s.Err, coded.err)
		}
		return coded.code
	}
	// What cobra itself finds wrong is wrong usage: an unknown command, too few
	// arguments.
	text, _, _ := strings.Cut(err.Error(), "\n")
	fmt.Fprintf(s.Err, "error: %s\n", text)
	printHint(s.Err, usageHint(root, args))
	return exitUsage
}

// usageHint suggests the command that was probably meant, or where to read on.
func usageHint(root *cobra.Command, args []string) string {
	c, rest, _ := root.Find(args) // the deepest command that there is
	if near := nearCommand(c, rest); near != "" {
		return fmt.Sprintf("did you mean %s %s?", c.CommandPath(), near)
	}
	return fmt.Sprintf("see %s --help", c.CommandPath())
}

// nearCommand returns the command that was probably meant, or nothing.
func nearCommand(parent *cobra.Command, args []string) string {
	var names []string
	for _, c := range parent.Commands() {
		names = append(names, c.Name())
	}
	for _, arg := range args {
		if !strings.HasPrefix(arg, "-") {
			return finding.NearestOne(arg, names)
		}
	}
	return ""
}

const rootHelp = `Enable CORS in OpenAPI documents for import into Amazon API Gateway, without
touching another byte of them.

  apigw-cors enable --allow-origin https://app.example.com openapi.yaml

Exit codes: 0 done, 1 findings at or above the threshold of --fail-on, or a call
that is refused, 2 wrong options or policy, 3 could not read, parse, edit or write.`

func newRoot(s Streams) *cobra.Command {
	root := &cobra.Command{
		Use:           "apigw-cors",
		Short:         "Enable CORS in OpenAPI documents for Amazon API Gateway",
		Long:          rootHelp,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,

		DisableSuggestions: true, // nearCommand has its own form
	}
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(newEnable(s), newDisable(s), newCheck(s), newLint(s), newRules(s), newReport(s), newExport(s), newPreflight(s), newProbe(s), newServe(s), newConfig(s))
	return root
}

// flagError adds to what is wrong with a flag the one that was probably meant.
func flagError(c *cobra.Command, err error) error {
	hint := fmt.Sprintf("see %s --help", c.CommandPath())
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		var names []string
		c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near := finding.Nearest(unknown.GetSpecifiedName(), names); len(near) > 0 {
			hint = fmt.Sprintf("did you mean --%s?", near[0])
		}
	}
	return usage(hinted{err, hint})
}

// version returns the version of the module that the command was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(unknown)"
	}
	return info.Main.Version
}
