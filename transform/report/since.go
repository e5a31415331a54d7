package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// access is who may call a resource from a page, and how: what its preflight says. The
// zero access lets nobody in.
type access struct {
	origins, methods, headers, expose []string
	credentials                       bool
	maxAge                            string
}

func (r *apiReader) access(of *model.Resource) access {
	o := of.Options()
	if o == nil || r.answererOf(o) != ByMock {
		return access{}
	}
	have := answers.PreflightHave(o)
	if have.Entry == nil {
		return access{}
	}
	a := accessOf(answers.GeneratedPreflight(have.Entry))
	for _, h := range r.mustSend(of) {
		if strings.EqualFold(h.Name, answers.ExposeHeaders) {
			a.expose = names(h)
		}
	}
	return a
}

func accessOf(hs answers.Headers) access {
	a := access{credentials: hs.Value(answers.AllowCredentials) == "true", maxAge: hs.Value(answers.MaxAge)}
	origin, ok := hs.Get(answers.AllowOrigin)
	switch {
	case !ok:
		return access{}
	case origin.IsComputed():
		for _, o := range origin.Origins {
			a.origins = append(a.origins, o.String())
		}
	default:
		a.origins = []string{origin.Say()}
	}
	methods, _ := hs.Get(answers.AllowMethods)
	allowed, _ := hs.Get(answers.AllowHeaders)
	a.methods, a.headers = names(methods), names(allowed)
	a.methods = slices.DeleteFunc(a.methods, func(m string) bool { return m == "OPTIONS" })
	return a
}

func names(h answers.Header) []string {
	if said := h.Say(); said != "" {
		return list(said)
	}
	return nil
}

func list(said string) []string {
	var names []string
	for _, name := range strings.Split(said, ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// accessOfAPI is what the CORS configuration of an HTTP API says.
func (r *apiReader) accessOfAPI() access {
	n := r.Root.Get(extensions.NameCORS)
	texts := func(name string) []string {
		var list []string
		for _, item := range n.Get(name).Items() {
			text, ok := plain(value(item))
			if !ok {
				text = fmt.Sprint(value(item))
			}
			list = append(list, text)
		}
		return list
	}
	a := access{
		origins: texts("allowOrigins"), methods: texts("allowMethods"), headers: texts("allowHeaders"), expose: texts("exposeHeaders"),
		credentials: strings.EqualFold(n.Get("allowCredentials").Text(), "true"), maxAge: n.Get("maxAge").Text(),
	}
	if len(a.origins) == 0 {
		return access{}
	}
	return a
}

// Change is one difference for callers.
type Change struct {
	Path   string `json:"path,omitempty"` // empty for the whole of an HTTP API
	Effect Effect `json:"effect"`
	Text   string `json:"text"`
}

// Effect tells whether a change lets more in.
type Effect string

const (
	Wider    Effect = "wider"
	Narrower Effect = "narrower"
	Other    Effect = "other"
)

// Since tells what changed for callers from an old document to a new one, in the order of
// the new one. The documents are for the same kind of API.
func Since(oldName string, oldSrc []byte, newName string, newSrc []byte, kind transform.API) ([]Change, error) {
	before, err := readAccess(oldName, oldSrc, kind)
	if err != nil {
		return nil, err
	}
	after, err := readAccess(newName, newSrc, kind)
	if err != nil {
		return nil, err
	}
	changes := []Change{}
	for _, path := range after.paths {
		changes = append(changes, compare(path, before.of[path], after.of[path])...)
	}
	for _, path := range before.paths {
		if _, still := after.of[path]; !still {
			changes = append(changes, compare(path, before.of[path], access{})...)
		}
	}
	return changes, nil
}

// accesses are those of resources by their paths, in the order of the document.
type accesses struct {
	paths []string
	of    map[string]access
}

func readAccess(name string, src []byte, kind transform.API) (*accesses, error) {
	file, err := model.Open(name, src)
	if err != nil {
		return nil, err
	}
	r := &apiReader{Document: model.Read(file.Root, nil), http: kind == transform.HTTP}
	all := &accesses{of: map[string]access{}}
	if r.http {
		all.paths, all.of[""] = []string{""}, r.accessOfAPI()
		return all, file.Broken
	}
	for _, of := range r.Resources {
		all.paths, all.of[of.Path] = append(all.paths, of.Path), r.access(of)
	}
	return all, file.Broken
}

// compare tells what is different for the callers of one resource.
func compare(path string, before, after access) []Change {
	var changes []Change
	note := func(effect Effect, format string, args ...any) {
		changes = append(changes, Change{path, effect, fmt.Sprintf(format, args...)})
	}
	switch in, was := len(after.origins) > 0, len(before.origins) > 0; {
	case !in && !was:
		return nil
	case !was:
		note(Wider, "pages from %s may call %s now%s", quoted(after.origins), called(after), withCredentials(after))
		return changes
	case !in:
		note(Narrower, "no page may call any more; %s could", quoted(before.origins))
		return changes
	}
	if added := without(after.origins, before.origins); len(added) > 0 {
		note(Wider, "%s may call now%s", quoted(added), withCredentials(after))
	}
	if gone := without(before.origins, after.origins); len(gone) > 0 {
		note(Narrower, "%s may no longer call", quoted(gone))
	}
	staying := without(after.origins, without(after.origins, before.origins))
	switch {
	case len(staying) == 0:
	case after.credentials && !before.credentials:
		note(Wider, "calls may carry credentials now, from %s", quoted(staying))
	case !after.credentials && before.credentials:
		note(Narrower, "calls may no longer carry credentials")
	}
	from := "from " + quoted(after.origins)
	if slices.Contains(after.origins, "*") {
		from = "from any origin"
	}
	for _, list := range []struct {
		before, after []string
		what          string
	}{
		{before.methods, after.methods, "allowed"},
		{lower(before.headers), lower(after.headers), "allowed as a request header"},
		{lower(before.expose), lower(after.expose), "readable in responses"},
	} {
		if added := without(list.after, list.before); len(added) > 0 {
			note(Wider, "%s newly %s %s", are(added), list.what, from)
		}
		if gone := without(list.before, list.after); len(gone) > 0 {
			note(Narrower, "%s no longer %s", are(gone), list.what)
		}
	}
	if before.maxAge != after.maxAge {
		note(Other, "browsers keep a preflight for %s, before for %s", seconds(after.maxAge), seconds(before.maxAge))
	}
	return changes
}

func called(a access) string {
	if len(a.methods) == 0 {
		return "it"
	}
	return strings.Join(a.methods, ", ")
}

func withCredentials(a access) string {
	if a.credentials {
		return ", with credentials"
	}
	return ""
}

func seconds(age string) string {
	if age == "" {
		return "5 seconds, the default"
	}
	return age + " seconds"
}

// are joins names with the verb that they need.
func are(names []string) string {
	if len(names) == 1 {
		return names[0] + " is"
	}
	return strings.Join(names, ", ") + " are"
}

func quoted(names []string) string {
	parts := make([]string, len(names))
	for i, name := range names {
		parts[i] = "`" + name + "`"
	}
	return strings.Join(parts, ", ")
}

func lower(names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = strings.ToLower(name)
	}
	return out
}

// without returns the names of a list that another lacks.
func without(names, other []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return slices.Contains(other, name) })
}

// WriteChanges writes changes as text or Markdown, a line each, or as JSON.
func WriteChanges(w io.Writer, changes []Change, format APIFormat) error {
	var b strings.Builder
	switch format {
	case APIJSON:
		return writeJSON(w, struct {
			Version int      `json:"version"`
			Changes []Change `json:"changes"`
		}{apiVersion, append([]Change{}, changes...)})
	case APIText:
		for _, c := range changes {
			fmt.Fprintf(&b, "%-8s  %s: %s\n", c.Effect, place(c), strings.ReplaceAll(c.Text, "`", ""))
		}
	case APIMarkdown:
		for _, c := range changes {
			mark := map[Effect]string{Wider: "**wider**", Narrower: "narrower", Other: "other"}[c.Effect]
			fmt.Fprintf(&b, "- %s `%s`: %s\n", mark, place(c), c.Text)
		}
	default:
		return &ExportError{Message: fmt.Sprintf("changes are not written as %s", format), Hint: "use --format text, markdown or json"}
	}
	if len(changes) == 0 {
		b.WriteString("Nothing changed for callers.\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func place(c Change) string {
	if c.Path == "" {
		return "the HTTP API"
	}
	return c.Path
}
