package cmd

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
)

// summary prints what became of a document. Findings worth knowing but no more
// appear in the summary, where they are grouped, and one by one when asked for.
type summary struct {
	w       io.Writer
	name    string
	least   finding.Severity // from which findings are printed one by one
	quiet   bool
	verbose bool

	headline func(*transform.Result) string
}

func (r summary) print(res *transform.Result) {
	r.findings(res.Findings)
	if r.quiet {
		return
	}
	fmt.Fprintf(r.w, "%s: %s\n", r.name, r.headline(res))
	r.target(res.API)
	r.importFails(res.ImportFails)
	if res.API.API == transform.HTTP {
		if res.Changed() {
			r.line("import it for the change to go live; a stage without automatic deployment must be deployed as well")
		}
		return
	}
	r.unreadable(res)
	r.resources("kept", res, transform.Kept)
	r.resources("skipped", res, transform.Skipped)
	r.resources("switched off", res, transform.Off)
	r.backends(res)
	r.open(res)
	if len(res.Gateway) > 0 {
		r.line("gateway responses carry %s", spell(res.Gateway))
	}
	if res.Changed() {
		r.line("deploy the API again for the change to go live")
	}
}

// findings prints findings one by one.
func (r summary) findings(list []finding.Finding) {
	for _, f := range list {
		if f.Severity >= r.least {
			fmt.Fprintln(r.w, f)
			printHint(r.w, f.Hint)
		}
	}
}

func (r summary) line(format string, args ...any) {
	fmt.Fprintf(r.w, "  "+format+"\n", args...)
}

// target tells what the document was taken to be for, where nobody said it.
func (r summary) target(t transform.Inference) {
	switch {
	case t.Given || t.API == "":
	case t.Sign != "":
		r.line("taken for %s API: %s (line %d)", kindOf[t.API], t.Sign, t.Position.Line)
	default:
		r.line("taken for %s API, since nothing in it tells; say --api http if it is for an HTTP API", kindOf[t.API])
	}
}

// importFails says that API Gateway refuses the document, for other reasons than those that
// were printed.
func (r summary) importFails(found []finding.Finding) {
	if len(found) == 0 {
		return
	}
	var ids []string
	for _, f := range found {
		if !slices.Contains(ids, f.Rule) {
			ids = append(ids, f.Rule)
		}
	}
	r.line("the import fails: lint reports %s (line %d)", strings.Join(ids, ", "), found[0].Position.Line)
}

var kindOf = map[transform.APIType]string{transform.REST: "a REST", transform.HTTP: "an HTTP"}

// enabledHeadline says in a line what enable has done.
func enabledHeadline(res *transform.Result) string {
	if res.API.API == transform.HTTP {
		return enabledHTTPHeadline(res)
	}
	enabled := count(res, transform.Enabled) - unreadable(res)
	selected := len(res.Resources) - count(res, transform.Unselected)
	text := fmt.Sprintf("CORS is enabled for %s", plural(enabled, "resource"))
	if selected > enabled {
		text = fmt.Sprintf("CORS is enabled for %d of %s", enabled, plural(selected, "resource"))
	}
	if !res.Changed() {
		text += "; nothing had to change"
	}
	return text
}

func enabledHTTPHeadline(res *transform.Result) string {
	var text string
	switch outcome, reason := outcomeOf(res); outcome {
	case transform.Enabled:
		text = "CORS is enabled for the HTTP API"
	case transform.Off:
		text = "CORS is switched off for the HTTP API: " + reason
	default:
		text = "CORS is left as it is: " + reason
	}
	if !res.Changed() {
		text += "; nothing had to change"
	}
	return text
}

// outcomeOf returns what became of an HTTP API: the same for all of its routes.
func outcomeOf(res *transform.Result) (transform.Outcome, string) {
	for _, r := range res.Resources {
		if r.Outcome != transform.Skipped {
			return r.Outcome, r.Reason
		}
	}
	return transform.Enabled, ""
}

// disabledHeadline says in lines what disable has done.
func disabledHeadline(res *transform.Result) string {
	if res.API.API == transform.HTTP {
		return "what was generated is taken out of the HTTP API"
	}
	disabled := count(res, transform.Disabled)
	if disabled == 0 {
		return "nothing was generated in it"
	}
	return fmt.Sprintf("what was generated is taken out of %s\n"+
		"  an import in merge mode leaves the old OPTIONS in the API: import with overwrite, or delete them there", plural(disabled, "resource"))
}

// unreadable counts the enabled resources with a method of which no page can read a response.
func unreadable(res *transform.Result) (n int) {
	for _, r := range res.Resources {
		isWhole := func(u transform.UnreadableResponse) bool { return u.Status == "" }
		if r.Outcome == transform.Enabled && slices.ContainsFunc(r.Unreadable, isWhole) {
			n++
		}
	}
	return n
}

// unreadable prints the responses that no page can read, and how to change that.
func (r summary) unreadable(res *transform.Result) {
	var lines []string
	for _, resource := range res.Resources {
		var names []string
		for _, u := range resource.Unreadable {
			names = append(names, u.String())
		}
		if len(names) > 0 {
			lines = append(lines, strings.Join(names, ", ")+" of "+resource.Path)
		}
	}
	if len(lines) > 0 {
		r.line("pages cannot read these responses, since no template chooses among the origins; addResponseTemplates adds one where it can:")
		r.list(lines)
	}
}

// most is how many lines a list has in the summary.
const most = 20

// list prints a list, cut short unless everything is asked for.
func (r summary) list(lines []string) {
	for i, line := range lines {
		if i == most && !r.verbose && len(lines) > most+1 {
			r.line("  … and %d more (--verbose lists them)", len(lines)-most)
			return
		}
		r.line("  %s", line)
	}
}

func (r summary) resources(title string, res *transform.Result, o transform.Outcome) {
	var lines []string
	for _, resource := range res.Resources {
		if resource.Outcome == o {
			lines = append(lines, resource.Path+": "+resource.Reason)
		}
	}
	if len(lines) > 0 {
		r.line("%s:", title)
		r.list(lines)
	}
}

// backends prints the methods whose backend must send the headers, under the
// headers that it must send.
func (r summary) backends(res *transform.Result) {
	var order []string
	methods := map[string][]string{}
	for _, resource := range res.Resources {
		if len(resource.Backend) == 0 {
			continue
		}
		key := spell(resource.Headers)
		if methods[key] == nil {
			order = append(order, key)
		}
		methods[key] = append(methods[key], strings.Join(resource.Backend, ",")+" "+resource.Path)
	}
	for _, key := range order {
		r.line("API Gateway adds no header to proxy integrations; these backends must send %s:", key)
		r.list(methods[key])
	}
}

func (r summary) open(res *transform.Result) {
	var lines []string
	for _, resource := range res.Resources {
		if len(resource.Open) > 0 {
			lines = append(lines, strings.Join(resource.Open, ",")+" "+resource.Path)
		}
	}
	if len(lines) > 0 {
		r.line("without an integration, left alone; a deployment fails until they have one:")
		r.list(lines)
	}
}

func spell(headers []transform.Header) string {
	parts := make([]string, len(headers))
	for i, h := range headers {
		parts[i] = h.Name + ": " + h.Value
	}
	return strings.Join(parts, ", ")
}

func count(res *transform.Result, o transform.Outcome) int {
	n := 0
	for _, r := range res.Resources {
		if r.Outcome == o {
			n++
		}
	}
	return n
}
