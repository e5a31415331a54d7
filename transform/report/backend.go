package report

import (
	"embed"
	"encoding/json"
	"fmt"
	"go/format"
	"reflect"
	"strings"
	"text/template"
	"unicode"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// backend is what backends must send, and for which methods.
type backend struct {
	Methods []string // "GET /pets"
	Lines   []Header // as people read them

	Fixed       string   // the origin, or "*"; empty where the caller's is chosen
	Exact       []string // origins to choose among
	Patterns    []string // regular expressions that the whole of an origin matches
	Credentials bool
	Expose      string
}

// What names the methods in a comment, on one line whatever their paths.
func (b *backend) What() string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '?'
	}, strings.Join(b.Methods, ", "))
}

// backendOf returns what the backends of a REST API must send.
func backendOf(d *model.Document, form Form, api transform.APIType, resource string) (string, error) {
	if api == transform.HTTP {
		return "", &ExportError{
			Message: "an HTTP API with a CORS configuration drops CORS headers of its backends and sends its own",
			Hint:    "leave them out there",
		}
	}
	groups, err := backends(d, resource)
	if err != nil {
		return "", err
	}
	if form == PlainHeaders {
		return plainHeaders(groups), nil
	}
	if len(groups) > 1 {
		return "", &ExportError{
			Message: fmt.Sprintf("backends must send different headers: those of %s and of %s", groups[0].What(), groups[1].What()),
			Hint:    "name one resource with --resource, or see all of them with --as headers",
		}
	}
	var b strings.Builder
	if err := snippets[form].Execute(&b, groups[0]); err != nil {
		return "", err
	}
	if form != Go {
		return b.String(), nil
	}
	text, err := format.Source([]byte(b.String()))
	return string(text), err
}

func plainHeaders(groups []*backend) string {
	var b strings.Builder
	for _, g := range groups {
		fmt.Fprintln(&b, g.What())
		for _, h := range g.Lines {
			fmt.Fprintf(&b, "  %s: %s\n", h.Name, h.Value)
		}
	}
	return b.String()
}

// backends returns what backends must send, for the methods of one resource or of all,
// put together where it is the same.
func backends(d *model.Document, resource string) ([]*backend, error) {
	r := newReader(d, transform.REST)
	path := model.ResourcePath("/" + strings.TrimLeft(resource, "/"))
	var groups []*backend
	for _, of := range d.Resources {
		if resource != "" && of.Path != path {
			continue
		}
		var methods []string
		for _, m := range of.Methods() {
			if responses.ResponderOf(m) == responses.Backend {
				methods = append(methods, m.Name+" "+of.Path)
			}
		}
		must := r.mustSend(of)
		if len(methods) == 0 || len(must) == 0 {
			continue
		}
		b, err := backendFor(must)
		if err != nil {
			return nil, err
		}
		groups = grouped(groups, b, methods)
	}
	if len(groups) == 0 {
		return nil, &ExportError{
			Message: "no backend has to send CORS headers: no method with a proxy integration is enabled",
			Hint:    "say who may call: --allow-origin https://app.example.com",
		}
	}
	return groups, nil
}

// grouped adds methods to the group that sends the same, or to a new one.
func grouped(groups []*backend, b *backend, methods []string) []*backend {
	for _, g := range groups {
		same := *g
		if same.Methods = nil; reflect.DeepEqual(&same, b) {
			g.Methods = append(g.Methods, methods...)
			return groups
		}
	}
	b.Methods = methods
	return append(groups, b)
}

func backendFor(must responses.Headers) (*backend, error) {
	b := &backend{Lines: headers(must), Credentials: must.Credentials(), Expose: must.Value(responses.ExposeHeaders)}
	origin, _ := must.Get(responses.AllowOrigin)
	if !origin.IsComputed() {
		fixed, ok := origin.Static()
		if !ok || model.HasPlaceholder(fixed) {
			return nil, &ExportError{
				Message: fmt.Sprintf("%s is %s, which is worked out elsewhere", origin.Name, origin.Say()),
				Hint:    "give the origins with --allow-origin",
			}
		}
		b.Fixed = fixed
		return b, nil
	}
	for _, o := range origin.Origins {
		if o.Form == policy.OriginExact {
			b.Exact = append(b.Exact, o.String())
		} else {
			b.Patterns = append(b.Patterns, responses.OriginPattern(o))
		}
	}
	return b, nil
}

//go:embed snippets
var snippetFiles embed.FS

// snippets are the forms that are code. What they hold of a document is written as JSON,
// whose strings are those of all of these languages.
var snippets = map[Form]*template.Template{
	Node: snippet("node.js.tmpl"), Python: snippet("python.py.tmpl"), Go: snippet("go.go.tmpl"), Java: snippet("Java.java.tmpl"),
}

func snippet(name string) *template.Template {
	text := template.Must(template.New(name).Funcs(template.FuncMap{"json": compact, "list": inner}).ParseFS(snippetFiles, "snippets/"+name))
	return text
}

// inner returns the elements of a list without its brackets.
func inner(list []string) string {
	parts := make([]string, len(list))
	for i, text := range list {
		quoted, _ := json.Marshal(text) // a string is always JSON
		parts[i] = string(quoted)
	}
	return strings.Join(parts, ", ")
}
