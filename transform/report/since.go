package report

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
)

// Change is one difference for callers.
type Change struct {
	Path   string `json:"path,omitempty"` // empty for the whole API
	Effect Effect `json:"effect"`
	Text   string `json:"text"`
}

// Effect is whether a change allows more.
type Effect string

const (
	Wider    Effect = "wider"
	Narrower Effect = "narrower"
	Other    Effect = "other"
)

// Since returns what changed for pages from an old document to a new one, in the order of the
// new one. The documents have the same API type. The error is a [*transform.PlaceError],
// about a part of a document that nobody has looked at before.
func Since(older, newer *transform.Document, apiType transform.APIType) ([]Change, error) {
	before, err := readAccess(older, apiType)
	if err != nil {
		return nil, err
	}
	after, err := readAccess(newer, apiType)
	if err != nil {
		return nil, err
	}
	changes := []Change{}
	for _, name := range both(before.gateway, after.gateway) {
		changes = append(changes, compareReadable("", "the gateway response "+name, before.gateway[name], after.gateway[name])...)
	}
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

// both returns the keys of two maps, each once, sorted.
func both[V any](a, b map[string]V) []string {
	keys := slices.Concat(slices.Collect(maps.Keys(a)), slices.Collect(maps.Keys(b)))
	slices.Sort(keys)
	return slices.Compact(keys)
}

// compare tells what is different for the callers of one resource.
func compare(path string, before, after access) []Change {
	changes := comparePreflights(path, before, after)
	for _, name := range both(before.responses, after.responses) {
		is := after.responses[name]
		was := before.responses[name].withReported(is, before.readable, after.readable)
		method, status, _ := strings.Cut(name, " ")
		changes = append(changes, compareReadable(path, "the answer "+status+" of "+method, was, is)...)
	}
	return changes
}

// withReported returns a response as it was, but for what goes with the preflights, which are
// reported for the whole resource. is is the response now, before and after are the preflights.
func (was readable) withReported(is, before, after readable) readable {
	if slices.Equal(was.origins, before.origins) && slices.Equal(is.origins, after.origins) {
		was.origins = is.origins
	}
	if was.credentials == before.credentials && is.credentials == after.credentials {
		was.credentials = is.credentials
	}
	if slices.Equal(was.expose, before.expose) && slices.Equal(is.expose, after.expose) {
		was.expose = is.expose
	}
	return was
}

// compareReadable tells who may read a response that could not before, and the other way
// round, and what of it.
func compareReadable(path, what string, before, after readable) []Change {
	var changes []Change
	note := func(effect Effect, format string, args ...any) {
		changes = append(changes, Change{path, effect, fmt.Sprintf(format, args...)})
	}
	added, gone := originsWithout(after.origins, before.origins), originsWithout(before.origins, after.origins)
	if len(added) > 0 {
		note(Wider, "%s may read %s now%s", origins(added, "any origin"), what, withCredentials(after))
	}
	if len(gone) > 0 {
		note(Narrower, "%s may no longer read %s", origins(gone, others(after.origins)), what)
	}
	staying := originsWithout(after.origins, added)
	if len(staying) == 0 {
		return changes
	}
	switch {
	case after.credentials && !before.credentials:
		note(Wider, "%s may read %s to requests with credentials now", origins(staying, "any origin"), what)
	case !after.credentials && before.credentials:
		note(Narrower, "%s may no longer read %s to requests with credentials", origins(staying, "any origin"), what)
	}
	if names := namesWithout(after.expose, before.expose, before.credentials); len(names) > 0 {
		note(Wider, "%s newly readable in %s", are(names, "every header"), what)
	}
	if names := namesWithout(before.expose, after.expose, after.credentials); len(names) > 0 {
		note(Narrower, "%s no longer readable in %s", are(names, "every other header"), what)
	}
	return changes
}

func comparePreflights(path string, before, after access) []Change {
	var changes []Change
	note := func(effect Effect, format string, args ...any) {
		changes = append(changes, Change{path, effect, fmt.Sprintf(format, args...)})
	}
	switch in, was := len(after.origins) > 0, len(before.origins) > 0; {
	case !in && !was:
		return nil
	case !was:
		note(Wider, "pages from %s may call %s now%s", origins(after.origins, "any origin"), requested(after), withCredentials(after.readable))
		return changes
	case !in:
		note(Narrower, "no page may call any more; %s could", origins(before.origins, "any origin"))
		return changes
	}
	switch {
	case before.refused == after.refused:
	case after.refused != "":
		note(Narrower, "preflights are refused: %s; calls that need one fail", after.refused)
	case before.refused != "":
		note(Wider, "preflights are answered; before %s", before.refused)
	}
	added, gone := originsWithout(after.origins, before.origins), originsWithout(before.origins, after.origins)
	if len(added) > 0 {
		note(Wider, "%s may call now%s", origins(added, "any origin"), withCredentials(after.readable))
	}
	if len(gone) > 0 {
		note(Narrower, "%s may no longer call", origins(gone, others(after.origins)))
	}
	staying := originsWithout(after.origins, added)
	switch {
	case len(staying) == 0:
	case after.credentials && !before.credentials:
		note(Wider, "calls may carry credentials now, from %s", origins(staying, "any origin"))
	case !after.credentials && before.credentials:
		note(Narrower, "calls may no longer carry credentials")
	}
	return append(changes, compareLists(path, before, after)...)
}

// compareLists tells which methods and headers are allowed now, and which are no more.
func compareLists(path string, before, after access) []Change {
	var changes []Change
	from := "from " + origins(after.origins, "any origin")
	for _, list := range []struct {
		before, after []string
		kind, what    string
	}{
		{before.methods, after.methods, "method", "allowed"},
		{lower(before.headers), lower(after.headers), "request header", "allowed as a request header"},
		{before.expose, after.expose, "header", "readable in responses"},
	} {
		if added := namesWithout(list.after, list.before, before.credentials); len(added) > 0 {
			changes = append(changes, Change{path, Wider, fmt.Sprintf("%s newly %s %s", are(added, "every "+list.kind), list.what, from)})
		}
		if gone := namesWithout(list.before, list.after, after.credentials); len(gone) > 0 {
			changes = append(changes, Change{path, Narrower, fmt.Sprintf("%s no longer %s", are(gone, "every other "+list.kind), list.what)})
		}
	}
	const unset = "5" // seconds for which browsers keep a preflight that says nothing
	if cmp.Or(before.age, unset) != cmp.Or(after.age, unset) {
		changes = append(changes, Change{path, Other, fmt.Sprintf("browsers keep a preflight for %s, before for %s", seconds(after.age), seconds(before.age))})
	}
	return changes
}

func requested(a access) string {
	if len(a.methods) == 0 {
		return "it"
	}
	return strings.Join(a.methods, ", ")
}

func withCredentials(r readable) string {
	if r.credentials {
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

// are joins names with the verb that they need. all is what * stands for.
func are(names []string, all string) string {
	if slices.Contains(names, star) {
		names = []string{all}
	}
	if len(names) == 1 {
		return names[0] + " is"
	}
	return strings.Join(names, ", ") + " are"
}

// origins joins them. all is what * stands for.
func origins(names []string, all string) string {
	parts := make([]string, len(names))
	for i, name := range names {
		if parts[i] = "`" + name + "`"; name == star {
			parts[i] = all
		}
	}
	return strings.Join(parts, ", ")
}

// others is what * stands for where it is gone.
func others(left []string) string {
	if len(left) == 0 {
		return "any origin"
	}
	return "any other origin"
}

// WriteChanges writes changes as text or Markdown, a line each, or as JSON.
func WriteChanges(w io.Writer, changes []Change, format APIFormat) error {
	var b strings.Builder
	switch format {
	case APIJSON:
		list := append([]Change{}, changes...)
		for i := range list {
			list[i].Text = withoutMarkdown(list[i].Text)
		}
		return writeJSON(w, struct {
			Version int      `json:"version"`
			Changes []Change `json:"changes"`
		}{apiVersion, list})
	case APIText:
		for _, c := range changes {
			fmt.Fprintf(&b, "%-8s  %s\n", c.Effect, finding.Plain(place(c)+": "+withoutMarkdown(c.Text)))
		}
	case APIMarkdown:
		for _, c := range changes {
			mark := map[Effect]string{Wider: "**wider**", Narrower: "narrower", Other: "other"}[c.Effect]
			fmt.Fprintf(&b, "- %s %s\n", mark, finding.Plain("`"+place(c)+"`: "+c.Text))
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

func withoutMarkdown(text string) string { return strings.ReplaceAll(text, "`", "") }

func place(c Change) string {
	if c.Path == "" {
		return "the API"
	}
	return c.Path
}
