package cmd

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
)

const enableHelp = `Enable CORS for the resources of REST API documents.

Each selected resource gets a mock OPTIONS that answers preflights, a block
x-amazon-apigateway-cors that records its policy, and the CORS headers on the
answers of its methods. The API's gateway responses get them too. Methods with a
proxy integration are listed: API Gateway adds no header to their answers.

Every other byte of the document stays as it is. The document goes to standard
output, or with -w back into its file; findings and a summary go to standard
error. Enabling again changes nothing; enabling with another policy replaces what
was generated.`

const enableExample = `  apigw-cors enable --allow-origin https://app.example.com openapi.yaml > out.yaml
  apigw-cors enable --allow-origin '*' --resource /pets --recursive -w openapi.yaml
  apigw-cors enable --allow-origin https://app.example.com --allow-credentials --max-age 7200 -w openapi.yaml
  cat openapi.json | apigw-cors enable --allow-origin '*' - > out.json`

// enableFlags are the flags of enable as they were given.
type enableFlags struct {
	policy  policyFlags
	options optionFlags
	output  outputFlags
	failOn  threshold
	quiet   bool
	verbose bool
}

func newEnable(s Streams) *cobra.Command {
	f := &enableFlags{}
	c := &cobra.Command{
		Use:     "enable [flags] [FILE | -]...",
		Short:   "Enable CORS in REST API documents",
		Long:    enableHelp,
		Example: enableExample,
		RunE:    func(_ *cobra.Command, files []string) error { return runEnable(f, files, s) },
	}
	flags := c.Flags()
	flags.SortFlags = false
	f.policy.bind(flags)
	f.options.bind(flags)
	f.output.bind(flags)
	flags.Var(&f.failOn, "fail-on", "exit with 1 on findings of this `SEVERITY` or worse: error, warning, info or never")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "print errors only")
	flags.BoolVarP(&f.verbose, "verbose", "v", false, "print every finding, one by one")
	c.MarkFlagsMutuallyExclusive("quiet", "verbose")
	return c
}

func runEnable(f *enableFlags, files []string, s Streams) error {
	p, err := f.policy.policy()
	if err != nil {
		return usage(err)
	}
	o, err := f.options.options()
	if err != nil {
		return usage(err)
	}
	if err := p.Validate(); err != nil {
		return usage(err)
	}
	if !p.AllowOrigins.IsSet() {
		return usage(noOrigin)
	}
	if err := f.output.check(files); err != nil {
		return usage(err)
	}
	done := eachFile(files, newProgress(s.Err, len(files)), func(name string) outcome {
		return enableFile(name, s, func(d *transform.Document) (*transform.Result, error) { return transform.Enable(d, p, o) })
	})
	if err := joinErrors(done); err != nil {
		return err
	}
	worst := finding.Severity(0)
	for _, one := range done {
		if err := f.output.write(one.name, one.result, s); err != nil {
			return failed(err)
		}
		report{w: s.Err, name: one.shown, quiet: f.quiet, verbose: f.verbose}.print(one.result)
		for _, fd := range one.result.Findings {
			worst = max(worst, fd.Severity)
		}
	}
	if f.failOn.reached(worst) {
		return &exitError{code: exitFindings}
	}
	return nil
}

// joinErrors returns the errors of all files, with the highest of their codes. One
// is enough for nothing to be written: half a batch is hard to take back.
func joinErrors(done []outcome) error {
	all := &exitError{}
	var errs []error
	for _, one := range done {
		var coded *exitError
		if errors.As(one.err, &coded) {
			errs = append(errs, coded.err)
			all.code = max(all.code, coded.code)
		}
	}
	if len(errs) == 0 {
		return nil
	}
	all.err = errors.Join(errs...)
	return all
}

var noOrigin = hinted{transform.ErrNoOrigin, "name who may call with --allow-origin https://app.example.com, or let every page call with --allow-origin '*'"}

// outcome is what became of a file.
type outcome struct {
	name   string // as given
	shown  string // in messages
	result *transform.Result
	err    error
}

func enableFile(name string, s Streams, enable func(*transform.Document) (*transform.Result, error)) outcome {
	done := outcome{name: name, shown: name}
	if name == "-" {
		done.shown = "stdin"
	}
	src, err := read(name, s.In)
	if err != nil {
		done.err = failed(err)
		return done
	}
	d, err := transform.Parse(done.shown, src)
	if err != nil {
		done.err = failed(err)
		return done
	}
	done.result, err = enable(d)
	switch {
	case err == nil:
	case isUsage(err):
		done.err = usage(err)
	default:
		done.err = failed(err)
	}
	return done
}

// threshold is the severity from which findings make the command fail.
type threshold struct{ name string }

var severities = map[string]finding.Severity{
	"error":   finding.Error,
	"warning": finding.Warning,
	"info":    finding.Info,
	"never":   finding.Error + 1,
}

func (t *threshold) String() string {
	if t.name == "" {
		return "never"
	}
	return t.name
}

func (t *threshold) Type() string { return "severity" }

func (t *threshold) Set(name string) error {
	if _, ok := severities[name]; !ok {
		return fmt.Errorf("%q is none of %s", name, strings.Join([]string{"error", "warning", "info", "never"}, ", "))
	}
	t.name = name
	return nil
}

func (t *threshold) reached(worst finding.Severity) bool {
	return worst != 0 && worst >= severities[t.String()]
}
