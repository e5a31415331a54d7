package cmd

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/apigw-cors/apigw-cors/proof"
	"github.com/apigw-cors/apigw-cors/proof/fetch"
	"github.com/apigw-cors/apigw-cors/transform/finding"
)

const preflightHelp = `Tell whether a browser's call of an API would succeed, before the import.

It holds the dialogue of the browser and API Gateway: the preflight if one is
needed, the answer that the document makes API Gateway give, the call, its answer,
and what the browser makes of both. A call that is refused is explained: by which
step, by which place in the document, and what to do about it.

With --all, every call is tried that the policy of its resource allows, with the
headers that the operation asks for, and calls of strangers, who must be refused.

Where flags or a policy file say who may call, it is about the document as enable
would write it; else about the document as it is. What stands behind an integration
is assumed to succeed, and behind a proxy integration to send the headers that the
policy of its resource asks of it; without a policy the document does not tell.

It exits with 0 when the call is allowed, and with 1 when it is refused or when the
document does not tell. With --all it exits with 1 when a call that the policy
allows is refused or fails at run time, since API Gateway itself responds with an
error, when a stranger's is allowed, and when no call can be proved.`

const preflightExample = `  apigw-cors preflight --origin https://app.example.com --method POST --path /pets --header Content-Type --allow-origin https://app.example.com openapi.yaml
  apigw-cors preflight --all --allow-origin https://app.example.com openapi.yaml
  apigw-cors enable --allow-origin https://app.example.com openapi.yaml | apigw-cors preflight --all -
  apigw-cors preflight --origin https://app.example.com --path /pets --credentials --format json openapi.yaml || echo refused`

// preflightFlags are the flags of preflight as they were given.
type preflightFlags struct {
	call    callFlags
	all     bool
	format  string
	api     apiFlags
	policy  policyFlags
	options optionFlags
}

// callFlags describe a call.
type callFlags struct {
	origins     []string
	path        string
	method      string
	headers     []string
	credentials bool

	set *pflag.FlagSet
}

func newPreflight(s Streams) *cobra.Command {
	f := &preflightFlags{}
	c := &cobra.Command{
		Use:     "preflight [flags] FILE",
		Short:   "Tell whether a browser's call would succeed, and which step refuses it",
		Long:    preflightHelp,
		Example: preflightExample,
		Args:    cobra.ExactArgs(1),
		RunE:    func(_ *cobra.Command, files []string) error { return runPreflight(f, files[0], s) },
	}
	flags := c.Flags()
	flags.SortFlags = false
	f.call.set = flags
	flags.StringArrayVar(&f.call.origins, "origin", nil, "`ORIGIN` of the page that calls, such as https://app.example.com, or null (with --all repeatable; default those of the policy)")
	flags.StringVar(&f.call.path, "path", "", "`PATH` that is called, such as /pets/7, without the stage")
	flags.StringVar(&f.call.method, "method", "GET", "`METHOD` as the script writes it")
	flags.StringArrayVar(&f.call.headers, "header", nil, "`NAME[=VALUE]` of a header that the script sets (repeatable)")
	flags.BoolVar(&f.call.credentials, "credentials", false, "the script calls with credentials: \"include\"")
	flags.BoolVar(&f.all, "all", false, "try every call that the policy allows, and strangers")
	flags.StringVar(&f.format, "format", "text", "`FORMAT` of the output: text, json")
	f.api.bind(flags)
	f.policy.bind(flags)
	f.options.bindWithoutMethods(flags)
	return c
}

func runPreflight(f *preflightFlags, name string, s Streams) error {
	if err := f.check(); err != nil {
		return usage(err)
	}
	of, err := f.api.open(&f.policy, &f.options, name, s)
	if err != nil {
		return err
	}
	if f.all {
		return f.tryAll(of, s)
	}
	dialogue := proof.Ask(context.Background(), of.api, f.call.call(), nil)
	if f.format == "json" {
		err = writeJSON(s.Out, dialogue.Record(of.locate))
	} else {
		dialogue.WriteText(s.Out, of.locate)
	}
	if err != nil {
		return err
	}
	if dialogue.Outcome != proof.Allowed {
		return &exitError{code: exitFindings}
	}
	return nil
}

// check refuses flags that contradict each other, and calls of which too little is said.
func (f *preflightFlags) check() error {
	switch {
	case f.format != "text" && f.format != "json":
		return fmt.Errorf("--format: %q is unknown (accepted: text, json)", f.format)
	case f.all && f.call.names():
		return hinted{errors.New("--all tries every call as its operation and its policy have it"), "leave --path, --method, --header and --credentials out, or --all"}
	case f.all:
		return f.call.checkOrigins()
	case f.call.path == "":
		return hinted{errors.New("no call is named"), "say what is called, --path /pets/7, or try everything with --all"}
	case len(f.call.origins) != 1:
		return hinted{fmt.Errorf("a call comes from one origin, and %d are named", len(f.call.origins)), "say who calls: --origin https://app.example.com"}
	case f.call.method == "":
		return hinted{errors.New("--method: a call has a method"), "write --method PUT, or leave it out for GET"}
	}
	if err := proof.CheckPath(f.call.path); err != nil {
		return hinted{fmt.Errorf("--path: %w", err), "write it as it stands in the URL: --path /pets/7?limit=2"}
	}
	return f.call.checkOrigins()
}

// names reports whether a flag says anything about one call.
func (f *callFlags) names() bool {
	return slices.ContainsFunc([]string{"path", "method", "header", "credentials"}, f.set.Changed)
}

// checkOrigins refuses what no browser sends as Origin.
func (f *callFlags) checkOrigins() error {
	var errs []error
	for _, origin := range f.origins {
		if err := proof.CheckOrigin(origin); err != nil {
			errs = append(errs, hinted{fmt.Errorf("--origin: %w", err), "write it as browsers do: https://app.example.com, or null"})
		}
	}
	return errors.Join(errs...)
}

// call is what the flags describe.
func (f *callFlags) call() fetch.Request {
	call := fetch.Request{Origin: f.origins[0], URL: proof.Host + f.path, Method: f.method}
	if f.credentials {
		call.Credentials = "include"
	}
	for _, header := range f.headers {
		name, value, ok := strings.Cut(header, "=")
		isType := strings.EqualFold(name, "Content-Type")
		switch {
		case !ok && isType:
			value = "application/json"
		case !ok:
			value = "example"
		}
		if body := "{}"; isType && !slices.Contains([]string{"GET", "HEAD"}, fetch.NormalizeMethod(f.method)) { // which says that there is a body
			call.Body = &body
		}
		call.Header = append(call.Header, fetch.Field{Name: name, Value: value})
	}
	return call
}

// tryAll tries every call, and prints those that do not become what they should.
func (f *preflightFlags) tryAll(of subject, s Streams) error {
	cases := proof.All(context.Background(), of.api, f.call.origins, nil)
	write := writeAllText
	if f.format == "json" {
		write = writeAllJSON
	}
	p, err := write(s.Out, cases, of.locate)
	switch {
	case err != nil:
		return err
	case p.tried()+len(p.unproved) == 0:
		return &exitError{exitFindings, hinted{errors.New("there is nothing to try: no resource says who may call it"),
			"enable CORS first, say who may call with --allow-origin, or, where the author's OPTIONS is kept, name an origin with --origin"}}
	case p.failed() > 0, p.allowed == 0:
		return &exitError{code: exitFindings}
	}
	return nil
}

// writeAllText prints the calls that fail, what is not proved, and the numbers.
func writeAllText(w io.Writer, cases iter.Seq[proof.Case], locate proof.Locate) (*proved, error) {
	p := newProved()
	var open []string // places about which the document does not tell
	for c := range cases {
		p.count(c)
		switch u := c.Unknown; {
		case c.Fails():
			c.WriteSummary(w, locate)
		case u != nil && !c.HasNoPolicy():
			line := fmt.Sprintf("%s: %s (%s)", locate(u.Pointer), finding.Plain(u.Message), u.Reason)
			if len(open) <= most && !slices.Contains(open, line) {
				open = append(open, line)
			}
		}
	}
	p.printFailed(w)
	if p.tried()+len(p.unproved) > 0 {
		p.printProved(w)
		p.printOthers(w)
	}
	for i, line := range open {
		if i == most {
			fmt.Fprintln(w, "    … and more (--format json has them all)")
			break
		}
		fmt.Fprintf(w, "    %s\n", line)
	}
	return p, nil
}

// writeAllJSON writes the records of all calls, one by one: there may be many.
func writeAllJSON(w io.Writer, cases iter.Seq[proof.Case], locate proof.Locate) (*proved, error) {
	p := newProved()
	out := bufio.NewWriter(w)
	before := "{\n  \"calls\": [\n    "
	for c := range cases {
		p.count(c)
		out.WriteString(before)
		e := json.NewEncoder(out)
		e.SetIndent("    ", "  ")
		e.SetEscapeHTML(false)
		if err := e.Encode(c.Record(locate)); err != nil {
			return p, couldNotWrite(err)
		}
		before = "    ,"
	}
	if p.tried()+len(p.unproved)+p.unselected == 0 {
		out.WriteString(before)
	}
	out.WriteString("  ]\n}\n")
	if err := out.Flush(); err != nil {
		return p, couldNotWrite(err)
	}
	return p, nil
}

func couldNotWrite(err error) error {
	return &exitError{exitFailed, fmt.Errorf("could not write to standard output: %w", err)}
}

func writeJSON(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return couldNotWrite(err)
	}
	return nil
}
