package cmd

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/apigw-cors/apigw-cors/proof"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
	"github.com/apigw-cors/apigw-cors/proof/server"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
)

// start is what is told when a server starts.
type start struct {
	document server.Document
	server   *server.Server
	options  server.Options
}

// printStart tells what is served, and where; what cannot be answered; on what the answers rest;
// and how to try it.
func printStart(w io.Writer, t start) {
	behind := "a stub, which succeeds"
	if t.options.BackendName != "" {
		behind = t.options.BackendName
	}
	d := t.document
	fmt.Fprintf(w, "%s: %s API of %s\n", finding.Plain(d.Name), kindOf[transform.APIType(d.APIType)], plural(len(d.API.Operations()), "operation"))
	fmt.Fprintf(w, "  the API:  %s\n", t.options.API.URL(nil))
	fmt.Fprintf(w, "  the page: %s%s\n", t.options.Page.URL(nil), server.Path)
	fmt.Fprintf(w, "  behind:   %s\n", behind)
	if u := d.API.Refused(); u != nil {
		fmt.Fprintf(w, "the import refuses this document, and what can be read of it is served nevertheless: %s (%s)\n", finding.Plain(u.Message), d.Locate(u.Pointer))
	}
	if paths := shadowed(d); len(paths) > 0 {
		fmt.Fprintf(w, "not served, since what is below %s is the page's: %s\n", server.Path, finding.Plain(strings.Join(paths, ", ")))
	}
	t.printProblems(w)
	fmt.Fprintln(w, "assumed, since AWS does not say:")
	for _, r := range t.server.Assumptions() {
		fmt.Fprintf(w, "  %s: %s\n", r.ID, r.Does)
	}
	t.printCurl(w)
}

// shadowed are the paths of a document's own below the page's.
func shadowed(d server.Document) []string {
	var paths []string
	for _, o := range d.API.Operations() {
		if (o.Path == server.Path || strings.HasPrefix(o.Path, server.Path+"/")) && !slices.Contains(paths, o.Resource) {
			paths = append(paths, o.Resource)
		}
	}
	return paths
}

// printProblems tells what cannot be answered: how much for which reason, and the first few
// places.
func (t start) printProblems(w io.Writer) {
	problems := t.document.API.Problems()
	if len(problems) == 0 {
		return
	}
	const few = 3
	by := map[string]int{}
	for _, u := range problems {
		by[string(u.Reason)]++
	}
	problems = slices.CompactFunc(problems, func(a, b *gateway.Unknown) bool { return *a == *b })
	fmt.Fprintf(w, "answered with status 501, since the document does not tell: %s\n", counts(by))
	for i, u := range problems {
		if i == few {
			fmt.Fprintf(w, "  … and %d more (the page lists them)\n", len(problems)-few)
			return
		}
		fmt.Fprintf(w, "  %s: %s (%s)\n", t.document.Locate(u.Pointer), finding.Plain(u.Message), u.Reason)
	}
}

// printCurl prints preflights as AWS's guide has them for testing CORS, with the headers of a
// browser, so that a template that looks at Origin finds one. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-test-cors.html
func (t start) printCurl(w io.Writer) {
	const few = 3
	lines := t.curls(func(resource string) bool { _, u := t.document.API.Policy(resource); return u == nil })
	if len(lines) == 0 {
		lines = t.curls(func(string) bool { return true })
	}
	if len(lines) == 0 {
		return
	}
	fmt.Fprintln(w, "to be tried with curl, as AWS's guide does: status 200 or 204, and headers Access-Control-Allow-… tell that CORS is enabled")
	for _, line := range lines[:min(len(lines), few)] {
		fmt.Fprintf(w, "  %s\n", line)
	}
}

// curls are preflights of some resources: of each for one operation, if it can be for one of
// which a browser asks.
func (t start) curls(of func(resource string) bool) []string {
	var lines []string
	last, asks := "", false
	for _, o := range t.document.API.Operations() {
		if o.Unknown != nil || strings.HasPrefix(o.Path, server.Path) || !of(o.Resource) || o.Resource == last && asks {
			continue
		}
		line, needed := t.curl(o)
		switch {
		case o.Resource != last:
			lines = append(lines, line)
		case needed:
			lines[len(lines)-1] = line
		}
		last, asks = o.Resource, needed
	}
	return lines
}

// curl is the preflight of an operation on a command line, and whether browsers ask.
func (t start) curl(o gateway.Operation) (line string, needed bool) {
	origin := t.origin(o.Resource)
	plan := proof.RequestOf(o, origin, false).Plan()
	headers := []gateway.Field{{Name: "Origin", Value: origin}, {Name: "Access-Control-Request-Method", Value: o.Method}}
	if names := plan.PreflightHeaders; len(names) > 0 {
		headers = append(headers, gateway.Field{Name: "Access-Control-Request-Headers", Value: strings.Join(names, ",")})
	}
	line = "curl -v -X OPTIONS"
	for _, f := range headers {
		line += " -H " + shellQuoted(f.Name+": "+f.Value)
	}
	return finding.Plain(line + " " + shellQuoted(t.options.API.URL(nil)+gateway.Request{Path: o.Path, Query: o.Query}.Target())), plan.Preflight
}

// origin is one that the policy of a resource lets in, or where none is known, the page's.
func (t start) origin(resource string) string {
	policy, _ := t.document.API.Policy(resource)
	for _, entry := range policy.AllowOrigins {
		origin, u := t.document.API.Resolve(resource, entry)
		origin = strings.Replace(origin, "*.", "any.", 1)
		if u == nil && proof.CheckOrigin(origin) == nil {
			return origin
		}
	}
	return t.options.Page.URL(nil)
}

// printEntry prints a request in a line. What clients send may be anything.
func printEntry(w io.Writer, e server.Entry) {
	line := fmt.Sprintf("%s %s", e.Method, e.Path)
	if e.Origin != "" {
		line += " from " + e.Origin
	}
	line = fmt.Sprintf("%s: %d", finding.Plain(line), e.Status)
	if e.Unknown != nil {
		line += ", since it is not known: " + finding.Plain(e.Unknown.Message)
	} else if len(e.Behaviours) > 0 {
		line += " by " + strings.Join(e.Behaviours, ", ")
	}
	if e.Failure != "" {
		line += ": " + finding.Plain(e.Failure)
	}
	fmt.Fprintln(w, line)
}

// lockedWriter is for several goroutines, each of which writes whole lines.
type lockedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

// shellQuoted is a text as one word of a shell's.
func shellQuoted(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return !isPlainInShell(r) }) < 0 && text != "" {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// isPlainInShell reports whether a character says nothing to a shell.
func isPlainInShell(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-_./:,@%+=", r)
}
