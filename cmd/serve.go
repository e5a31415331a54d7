package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/url"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/net/netutil"

	"github.com/apigw-cors/apigw-cors/proof/gateway"
	"github.com/apigw-cors/apigw-cors/proof/server"
)

const serveHelp = `Serve an API that answers CORS as API Gateway would, and a page to try it from.

Start "apigw-cors serve --watch openapi.yaml", and open the page that it names. The
page makes calls of the API from the browser, and shows next to each other what the
browser did and what the proof says about the same call: the preflight, the answers,
the rules that led to them, and what to do about a refusal.

The page has an origin of its own, since browsers do no CORS where a page calls its
own origin. Let it in with --allow-origin http://localhost:8788, or with a profile for
development; or give it an origin that is allowed, with --page-listen localhost:3000.

Where flags or a policy file say who may call, it is about the document as enable
would write it; else about the document as it is. Behind the integrations is a stub:
it succeeds, and behind a proxy integration it sends the headers that "apigw-cors
report" asks of a backend. With --backend a server is asked, once for each call of the
API and once more for each that the page asks the proof about.

It serves until it is interrupted (Ctrl-C), and exits with 0. No other machine gets at
it, unless --listen names an address of the network.`

const serveExample = `  apigw-cors serve openapi.yaml & sleep 1; curl -s http://127.0.0.1:8787/_cors/operations; kill $!
  apigw-cors serve --allow-origin http://localhost:3000 --page-listen localhost:3000 openapi.yaml & sleep 1; kill $!`

// serveFlags are the flags of serve as they were given.
type serveFlags struct {
	listen     string
	pageListen string
	backend    string
	watch      bool
	verbose    bool
	api        apiFlags
	policy     policyFlags
	options    optionFlags
}

func newServe(s Streams) *cobra.Command {
	f := &serveFlags{}
	c := &cobra.Command{
		Use:     "serve [flags] FILE",
		Short:   "Serve an API that answers CORS as API Gateway would, with a page to try it",
		Long:    serveHelp,
		Example: serveExample,
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, files []string) error {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			context.AfterFunc(ctx, stop) // so that a second signal kills
			return runServe(ctx, f, files[0], s)
		},
	}
	f.bind(c.Flags())
	return c
}

func (f *serveFlags) bind(flags *pflag.FlagSet) {
	flags.SortFlags = false
	flags.StringVar(&f.listen, "listen", defaultListen, "`ADDRESS` of the API; :PORT is one of this machine alone, port 0 a free one")
	flags.StringVar(&f.pageListen, "page-listen", "", "`ADDRESS` of the page, which is its origin too (default localhost and the next port)")
	flags.StringVar(&f.backend, "backend", "", "`URL` of a server that stands behind the integrations, such as http://localhost:3000 (default a stub)")
	flags.BoolVar(&f.watch, "watch", false, "read the document again when it or its policy file changes")
	flags.BoolVarP(&f.verbose, "verbose", "v", false, "print a line for each request")
	f.api.bind(flags)
	f.policy.bind(flags)
	f.options.bind(flags)
}

func runServe(ctx context.Context, f *serveFlags, name string, s Streams) error {
	s.Err = &lockedWriter{w: s.Err}
	settings, err := f.settings(name)
	if err != nil {
		return usage(err)
	}
	before := stateOf(f.watched(name)) // what changes while it is read is read again
	d, err := f.load(name, s)
	if err != nil {
		return coded(err)
	}
	api, page, err := settings.open()
	if err != nil {
		return failed(err)
	}
	settings.options.API.Port, settings.options.Page.Port = portOf(api), portOf(page)
	if f.verbose {
		settings.options.Log = func(e server.Entry) { printEntry(s.Err, e) }
	}
	srv := server.New(d, settings.options)
	settings.warn(s.Err)
	printStart(s.Out, start{d, srv, settings.options})
	if f.watch {
		watcher := &watcher{files: f.watched(name), last: before, every: pollInterval}
		defer watcher.start(ctx, func() { f.reload(srv, name, s) })()
	}
	const most = 4096 // connections at a time
	err = srv.Run(ctx, netutil.LimitListener(api, most), netutil.LimitListener(page, most), settings.limits, log.New(s.Err, "", 0))
	if err != nil {
		return failed(err)
	}
	return nil
}

// serveSettings are what the flags say, checked.
type serveSettings struct {
	options server.Options
	limits  server.Limits
}

func (f *serveFlags) settings(name string) (*serveSettings, error) {
	o := server.Options{Allow: "--allow-origin ORIGIN"}
	var err error
	if o.API, o.Page, err = f.addresses(); err != nil {
		return nil, err
	}
	if f.watch && name == "-" {
		return nil, hinted{errors.New("standard input cannot be watched"), "name a file, or leave --watch out"}
	}
	if f.backend != "" {
		base, err := backendURL(f.backend)
		if err != nil {
			return nil, err
		}
		o.Backend, o.BackendName = gateway.Forward(base), base.Redacted()
	}
	return &serveSettings{o, server.DefaultLimits()}, nil
}

// backendURL reads the URL of a backend, to which paths are added.
func backendURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, hinted{fmt.Errorf("--backend: %q is no URL to which the path of a call can be added", text), "write --backend http://localhost:3000"}
	}
	return u, nil
}

// load reads a document as it is to be served.
func (f *serveFlags) load(name string, s Streams) (server.Document, error) {
	of, err := f.api.open(&f.policy, &f.options, name, s)
	if err != nil {
		return server.Document{}, err
	}
	return server.Document{Name: of.name, APIType: of.kind, API: of.api, Locate: of.locate}, nil
}

// reload serves the document as it is now. One that cannot be read changes nothing.
func (f *serveFlags) reload(srv *server.Server, name string, s Streams) {
	d, err := f.load(name, Streams{In: s.In, Out: s.Out, Err: io.Discard}) // its findings were told
	if err != nil {
		printError(s.Err, err)
		fmt.Fprintf(s.Err, "%s: served as it was\n", shown(name))
		return
	}
	srv.Replace(d)
	fmt.Fprintf(s.Err, "%s: read again, %s\n", d.Name, plural(len(d.API.Operations()), "operation"))
}

// open listens.
func (s *serveSettings) open() (api, page net.Listener, err error) {
	if api, err = listen("--listen", s.options.API); err != nil {
		return nil, nil, err
	}
	if page, err = listen("--page-listen", s.options.Page); err != nil {
		_ = api.Close() // nobody has used it
		return nil, nil, err
	}
	return api, page, nil
}
