package report

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
)

// APIFormat is a way to write what an API responds.
type APIFormat string

const (
	APIText     APIFormat = "text"     // a table for a terminal
	APIMarkdown APIFormat = "markdown" // tables for a pull request
	APIJSON     APIFormat = "json"     // an object with a version
	APIHTML     APIFormat = "html"     // one page that needs nothing else
)

// APIFormats returns the formats that there are.
func APIFormats() []APIFormat { return []APIFormat{APIText, APIMarkdown, APIJSON, APIHTML} }

// Write writes what an API responds in a format.
func (a *API) Write(w io.Writer, format APIFormat) error {
	write := map[APIFormat]func(io.Writer) error{APIText: a.text, APIMarkdown: a.markdown, APIJSON: a.json, APIHTML: a.html}[format]
	if write == nil {
		return fmt.Errorf("%q is no format", format)
	}
	return write(w)
}

// apiVersion is that of the schema of JSON. It changes when a program that reads it has
// to.
const apiVersion = 1

func (a *API) json(w io.Writer) error {
	return writeJSON(w, struct {
		Version int `json:"version"`
		*API
	}{apiVersion, a})
}

// row is one line of the table of resources and methods: of a resource, its preflight is
// the first.
type row struct{ path, method, request, response string }

func (a *API) rows() []row {
	var rows []row
	for _, r := range a.Resources {
		rows = append(rows, row{r.Path, "OPTIONS", "", r.Preflight.say(a)})
		for _, m := range r.Methods {
			rows = append(rows, row{"", m.Name, m.request(), m.say(a)})
		}
	}
	return rows
}

// say spells what handles a preflight request, and with which response.
func (p Preflight) say(a *API) string {
	said := p.response(a)
	switch {
	case p.Unknown != "":
		said = notKnown(p.Unknown, said)
	case p.Refused != "" && len(p.Headers) == 0:
		said = "refused: " + p.Refused
	case p.Refused != "":
		said = "refused: " + p.Refused + "; " + said
	}
	if p.Resource != "" {
		return "by " + p.Resource + ": " + said
	}
	return said
}

// notKnown says why nobody can tell what is sent, and what is likely; why is empty where it is known.
func notKnown(why, likely string) string {
	switch {
	case why == "":
		return likely
	case likely == "":
		return "not known: " + why
	}
	return "not known: " + why + "; otherwise " + likely
}

// response spells what handles a preflight request that is not refused, and with which response.
func (p Preflight) response(a *API) string {
	switch p.By {
	case ByMock:
		return strings.TrimSpace(p.Status + " " + spelled(p.Headers))
	case ByBackend:
		return "the backend answers"
	case ByConfiguration:
		return "as configured"
	case ByNothing:
		if a.APIType == transform.HTTP {
			return "nobody: there is no CORS configuration"
		}
		return "nobody answers"
	}
	return string(p.By)
}

// request spells how a browser requests a method.
func (m Method) request() string {
	switch m.Verdict {
	case Simple:
		return "simple: no preflight"
	case Never:
		return "cannot be called from a browser"
	}
	return "preflighted: " + m.Reason
}

// say spells what pages get of the responses of a method.
func (m Method) say(a *API) string {
	switch {
	case m.Verdict == Never:
		return ""
	case m.Fails != "":
		return m.Fails
	case m.By == ByNothing:
		return "no integration that works"
	case m.By == Unreadable:
		return string(m.By)
	case m.By == ByBackend && len(a.Configuration) > 0:
		return "as configured"
	case m.By == ByBackend && len(m.MustSend) > 0:
		return "the backend must send " + spelled(m.MustSend)
	case m.By == ByBackend:
		return "what the backend sends"
	}
	texts := make([]string, len(m.Responses))
	for i, response := range m.Responses {
		if texts[i] = response.Status + " " + spelled(response.Headers); len(response.Headers) == 0 {
			texts[i] = response.Status + " without CORS headers"
		}
	}
	return notKnown(m.Unknown, strings.Join(texts, "; "))
}

func spelled(headers []Header) string {
	parts := make([]string, len(headers))
	for i, h := range headers {
		parts[i] = h.Name + ": " + h.Value
	}
	return strings.Join(parts, ", ")
}

// once is what the API defines for all of its resources: a title and a value each.
func (a *API) once() [][2]string {
	var list [][2]string
	for _, h := range a.Configuration {
		list = append(list, [2]string{h.Name, h.Value})
	}
	for _, g := range a.Gateway {
		said := spelled(g.Headers)
		if said == "" {
			said = "no CORS headers"
		}
		list = append(list, [2]string{g.Type, said})
	}
	return list
}

// onceTitle is the heading of that.
func (a *API) onceTitle() string {
	if a.APIType == transform.HTTP {
		return "CORS configuration"
	}
	return "gateway responses"
}

func (a *API) text(w io.Writer) error {
	var b strings.Builder
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, r := range a.rows() {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", finding.Plain(r.path), r.method, finding.Plain(r.request), finding.Plain(r.response))
	}
	if once := a.once(); len(once) > 0 {
		fmt.Fprintf(table, "\n%s\n", a.onceTitle())
		for _, said := range once {
			fmt.Fprintf(table, "  %s\t%s\n", finding.Plain(said[0]), finding.Plain(said[1]))
		}
	}
	_ = table.Flush() // a Builder takes everything
	_, err := io.WriteString(w, withoutTrailingBlanks(b.String()))
	return err
}

func withoutTrailingBlanks(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

func (a *API) markdown(w io.Writer) error {
	var b strings.Builder
	b.WriteString("| resource | method | call from a page | answer |\n|---|---|---|---|\n")
	for _, r := range a.rows() {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", cell(r.path), r.method, cell(r.request), cell(r.response))
	}
	if once := a.once(); len(once) > 0 {
		fmt.Fprintf(&b, "\n| %s | |\n|---|---|\n", a.onceTitle())
		for _, said := range once {
			fmt.Fprintf(&b, "| %s | %s |\n", cell(said[0]), cell(said[1]))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
