package report

import (
	_ "embed"
	"html/template"
	"io"
)

// pageText is a page that needs nothing else: its style and its script are in it.
//
//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"preflight": func(p Preflight, a *API) string { return p.say(a) },
	"call":      Method.call,
	"answer":    func(m Method, a *API) string { return m.say(a) },
	"state":     state,
	"once":      (*API).once,
	"onceTitle": (*API).onceTitle,
}).Parse(pageText))

// state is the class of a resource: what a reviewer looks for first.
func state(r Resource) string {
	switch r.Preflight.By {
	case ByMock, ByConfiguration:
		return "answered"
	case ByBackend:
		return "backend"
	}
	return "unanswered"
}

func (a *API) html(w io.Writer) error { return page.Execute(w, a) }
