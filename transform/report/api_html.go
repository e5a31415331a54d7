package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
)

// pageText is a page that needs nothing else: its style and its script are in it.
//
//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"preflight": func(p Preflight, a *API) string { return p.say(a) },
	"call":      Method.request,
	"answer":    func(m Method, a *API) string { return m.say(a) },
	"state":     state,
	"verdicts":  verdicts,
	"spaced":    func(list string) string { return strings.ReplaceAll(list, ",", ", ") },
	"anchor":    func(i int) string { return fmt.Sprintf("r%d", i) },
	"once":      (*API).once,
	"onceTitle": (*API).onceTitle,
	"tree":      (*API).tree,
}).Parse(pageText))

func (a *API) html(w io.Writer) error { return page.Execute(w, a) }

// state is the class of a resource: what a reviewer looks for first.
func state(r Resource) string {
	switch by := r.Preflight.By; {
	case r.Preflight.Refused != "", r.Preflight.Unknown != "":
		return "unanswered"
	case by == ByMock, by == ByConfiguration:
		return "answered"
	case by == ByBackend:
		return "backend"
	}
	return "unanswered"
}

// verdicts are those of the methods of a resource, each once.
func verdicts(r Resource) string {
	var list []string
	for _, m := range r.Methods {
		if !slices.Contains(list, string(m.Verdict)) {
			list = append(list, string(m.Verdict))
		}
	}
	return strings.Join(list, " ")
}

// branch is a part of a path, with what is below it.
type branch struct {
	Name   string // "/{petId}"
	Index  int    // of its resource, -1 where there is none
	State  string // of that
	Below  []*branch
	byName map[string]*branch
}

// tree returns the resources below each other, in the order of the document.
func (a *API) tree() []*branch {
	root := &branch{}
	for i, r := range a.Resources {
		b := root
		for part := range strings.SplitSeq(strings.Trim(r.Path, "/"), "/") {
			b = b.child("/" + part)
		}
		b.Index, b.State = i, state(r)
	}
	return root.Below
}

func (b *branch) child(name string) *branch {
	if c := b.byName[name]; c != nil {
		return c
	}
	c := &branch{Name: name, Index: -1}
	if b.byName == nil {
		b.byName = map[string]*branch{}
	}
	b.byName[name] = c
	b.Below = append(b.Below, c)
	return c
}
