package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/apigw-cors/apigw-cors/proof"
	"github.com/apigw-cors/apigw-cors/proof/probe"
	"github.com/apigw-cors/apigw-cors/transform/finding"
)

const probeHelp = `Send the preflights to a deployed stage, and compare what it answers with what the
document promises.

For each method that a policy allows, and for each origin, it asks as a browser
does, and once as a stranger who must be refused. Status and CORS headers are
compared with those that the document makes API Gateway send, and a browser's
verdict is told of what the stage really sends.

Only preflights are sent, never a call: nothing is changed by it, and nothing is
said of the headers on real answers. No cookies, no credentials are sent, and
redirects are not followed, as with browsers. Answers that no browser asks for, before a
simple GET, are compared as well.

Where flags or a policy file say who may call, it is about the document as enable
would write it; else about the document as it is.

It exits with 0 when all is as promised, with 1 when an answer differs, a call is
refused that the policy allows, a stranger is let in or there was nothing to ask, and
with 3 when nothing could be reached. What a backend answers is not in the document
and not compared, but a browser's verdict of it counts.`

// A test runs each line that has the command, by itself: without STAGE_URL it asks nobody.
const probeExample = `  STAGE_URL=https://abc123.execute-api.eu-west-1.amazonaws.com/prod
  apigw-cors probe --url "$STAGE_URL" openapi.yaml || echo not as promised
  apigw-cors probe --url "$STAGE_URL" --stage-variable origin=https://app.example.com --format json openapi.yaml || echo not as promised
  apigw-cors serve --listen 127.0.0.1:9002 openapi.yaml & server=$!; sleep 1; apigw-cors probe --url http://127.0.0.1:9002 openapi.yaml; kill $server`

// probeFlags are the flags of probe as they were given.
type probeFlags struct {
	stage   stageFlags
	origins []string
	format  string
	api     apiFlags
	policy  policyFlags
	options optionFlags
}

// stageFlags say what is asked, and how much.
type stageFlags struct {
	url         string
	insecure    bool
	timeout     time.Duration
	concurrency int
	limit       int
}

func newProbe(s Streams) *cobra.Command {
	f := &probeFlags{}
	c := &cobra.Command{
		Use:     "probe --url URL [flags] FILE",
		Short:   "Send the preflights to a deployed stage, and compare",
		Long:    probeHelp,
		Example: probeExample,
		Args:    cobra.ExactArgs(1),
		RunE:    func(_ *cobra.Command, files []string) error { return runProbe(f, files[0], s) },
	}
	flags := c.Flags()
	flags.SortFlags = false
	f.stage.bind(flags)
	flags.StringArrayVar(&f.origins, "origin", nil, "`ORIGIN` of a page that should be let in, such as https://app.example.com, or null (repeatable; default those of the policy)")
	flags.StringVar(&f.format, "format", "text", "`FORMAT` of the output: text, json")
	f.api.bind(flags)
	f.policy.bind(flags)
	f.options.bind(flags)
	return c
}

func (f *stageFlags) bind(flags *pflag.FlagSet) {
	flags.StringVar(&f.url, "url", "", "`URL` of the stage, such as https://abc123.execute-api.eu-west-1.amazonaws.com/prod (required)")
	flags.BoolVar(&f.insecure, "insecure", false, "do not verify the certificate of the stage")
	flags.DurationVar(&f.timeout, "timeout", probe.DefaultTimeout, "`TIME` to wait for each answer")
	flags.IntVar(&f.concurrency, "concurrency", probe.DefaultConcurrency, "`NUMBER` of preflights to send at a time, 1 to 32")
	flags.IntVar(&f.limit, "limit", probe.DefaultLimit, "`NUMBER` of preflights beyond which none is sent")
}

func runProbe(f *probeFlags, name string, s Streams) error {
	o, err := f.check()
	if err != nil {
		return usage(err)
	}
	of, err := f.api.open(&f.policy, &f.options, name, s)
	if err != nil {
		return err
	}
	f.stage.warn(o.Base, s.Err)
	line := &preflightsLine{w: s.Err, terminal: isTerminal(s.Err), last: time.Now()}
	o.Progress = line.step
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // who asks a second time does not wait
	res, err := probe.Run(ctx, of.api, o)
	line.clear()
	if err != nil {
		return tooMany(err)
	}
	return f.print(res, of.locate, s)
}

// pause is how long to wait between two preflights: stages throttle, and others call them.
const pause = 20 * time.Millisecond

// check returns what the flags say of a run, or everything that is wrong with them.
func (f *probeFlags) check() (probe.Options, error) {
	o := probe.Options{Origins: f.origins, Insecure: f.stage.insecure, Timeout: f.stage.timeout, Concurrency: f.stage.concurrency, Limit: f.stage.limit, Pause: pause}
	base, err := stageURL(f.stage.url)
	o.Base = base
	errs := []error{err, (&callFlags{origins: f.origins}).checkOrigins()}
	if f.format != "text" && f.format != "json" {
		errs = append(errs, fmt.Errorf("--format: %q is unknown (accepted: text, json)", f.format))
	}
	if o.Timeout <= 0 {
		errs = append(errs, hinted{fmt.Errorf("--timeout: %s is no time to wait", o.Timeout), "write --timeout 10s"})
	}
	if o.Concurrency < 1 || o.Concurrency > 32 {
		errs = append(errs, fmt.Errorf("--concurrency: %d is out of bounds (accepted: 1 to 32)", o.Concurrency))
	}
	if o.Limit < 1 {
		errs = append(errs, fmt.Errorf("--limit: %d is out of bounds (accepted: 1 and more)", o.Limit))
	}
	return o, errors.Join(errs...)
}

// stageURL reads the address of a stage. What is behind a user is a password, and not
// repeated.
func stageURL(text string) (*url.URL, error) {
	const hint = "write that of the stage, without the path of a resource: --url https://abc123.execute-api.eu-west-1.amazonaws.com/prod"
	if text == "" {
		return nil, hinted{errors.New("--url: no stage is named"), hint}
	}
	u, err := url.Parse(text)
	switch {
	case err != nil && strings.Contains(text, "@"):
		err = errors.New("it is no URL, and names a user")
	case err != nil:
		var parse *url.Error
		if errors.As(err, &parse) {
			err = parse.Err
		}
		err = fmt.Errorf("%q is no URL: %w", text, err)
	case u.User != nil:
		err = fmt.Errorf("%q names a user, and preflights carry no credentials", u.Redacted())
	case u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		err = fmt.Errorf("%q is no address that begins with https:// and a host", text)
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		err = fmt.Errorf("%q ends in a query or a fragment, and a stage has none", text)
	default:
		return u, nil
	}
	return nil, hinted{fmt.Errorf("--url: %w", err), hint}
}

// warn says what a probe cannot rely on.
func (f *stageFlags) warn(base *url.URL, w io.Writer) {
	if f.insecure {
		fmt.Fprintln(w, "warning: --insecure: the certificate of the stage is not verified, and anybody may answer")
	}
	if base.Scheme == "http" && !isLoopback(base.Hostname()) {
		fmt.Fprintf(w, "warning: --url: %s is not encrypted, and anybody on the way may answer; API Gateway serves https only\n", base)
	}
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback() || host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// tooMany tells what to do about preflights that are more than the limit.
func tooMany(err error) error {
	var limit *probe.LimitError
	if errors.As(err, &limit) {
		return usage(hinted{fmt.Errorf("--limit: %w", err), fmt.Sprintf("send them all with --limit %d, or fewer with --origin", limit.Needed)})
	}
	return failed(err)
}

// print prints what came of a run, and tells how it ends.
func (f *probeFlags) print(res *probe.Result, locate proof.Locate, s Streams) error {
	if len(res.Rows) == 0 {
		if f.format == "json" {
			if err := writeJSON(s.Out, res.Record(locate)); err != nil {
				return err
			}
		}
		return &exitError{exitFindings, hinted{errors.New("there is nothing to ask: no policy lets a page call a method"),
			"enable CORS first, say who may call with --allow-origin, or name an origin with --origin"}}
	}
	reason, hint := res.Unreached()
	if err := f.write(res, locate, s); err != nil {
		return err
	}
	switch {
	case reason != "":
		return failed(hinted{fmt.Errorf("nothing of the API answers at %s: %s", res.Base, finding.Plain(reason)), hint})
	case res.Fails():
		return &exitError{code: exitFindings}
	case res.Interrupted:
		return failed(errors.New("interrupted before every preflight was answered"))
	case res.Sent() == 0:
		return &exitError{exitFindings, hinted{errors.New("nothing was asked: the document does not tell who may call"), "name an origin with --origin"}}
	}
	return nil
}

// write writes a result. For people, that there is no answer at all is said in one line.
func (f *probeFlags) write(res *probe.Result, locate proof.Locate, s Streams) error {
	reason, _ := res.Unreached()
	switch {
	case f.format == "json":
		return writeJSON(s.Out, res.Record(locate))
	case reason != "":
		return nil
	}
	if err := res.WriteText(s.Out, locate); err != nil {
		return failed(fmt.Errorf("could not write to standard output: %w", err))
	}
	return nil
}

// preflightsLine is a line that says how many preflights are answered.
// Elsewhere than on a terminal it is a line now and then.
type preflightsLine struct {
	w        io.Writer
	terminal bool
	shown    bool
	last     time.Time
}

func (l *preflightsLine) step(done, total int) {
	const now = 10 * time.Second
	switch {
	case l.terminal:
		l.shown = true
		fmt.Fprintf(l.w, "\r%d of %d preflights", done, total)
	case time.Since(l.last) > now:
		l.last = time.Now()
		fmt.Fprintf(l.w, "%d of %d preflights\n", done, total)
	}
}

// clear takes the line away, also where the run has ended early.
func (l *preflightsLine) clear() {
	if l.shown {
		fmt.Fprint(l.w, "\r\x1b[K")
	}
}
