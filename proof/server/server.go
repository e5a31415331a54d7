package server

import (
	"net/http"
	"strings"
	"sync/atomic"

	"github.com/apigw-cors/apigw-cors/proof"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// Path is where everything is that is not the API's.
const Path = "/_cors"

// Document is a document that was read.
type Document struct {
	Name    string // in messages
	APIType gateway.APIType
	API     *gateway.API
	Locate  proof.Locate
}

// Options are what a server is given besides its document.
type Options struct {
	API, Page Address

	Backend     gateway.Backend // nil: the API's stub
	BackendName string          // what people call it; empty: there is a stub

	// Allow is what to add to the command so that the page's origin, in place of ORIGIN, is
	// allowed. The page shows it.
	Allow string

	Log func(Entry) // is given each request of the API; nil: there is no log
}

// A Server serves a document. It may be used by several goroutines.
type Server struct {
	options  Options
	document atomic.Pointer[Document]
	page     page
}

// New returns a server of a document.
func New(d Document, o Options) *Server {
	s := &Server{options: o, page: newPage()}
	s.Replace(d)
	return s
}

// Replace serves another document from now on. Requests that are being answered are answered
// from the old one.
func (s *Server) Replace(d Document) { s.document.Store(&d) }

// API returns the handler of the API's server.
func (s *Server) API() http.Handler {
	own := s.own(s.options.API, s.elsewhere)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isOwn(r) {
			own.ServeHTTP(w, r)
			return
		}
		s.respond(w, r)
	})
}

// Page returns the handler of the page's server. It does not serve the API: a request to it there
// would be a request to the page's own origin.
func (s *Server) Page() http.Handler {
	own := s.own(s.options.Page, s.servePage)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case isOwn(r):
			own.ServeHTTP(w, r)
		case r.URL.Path == "/" && r.Method == http.MethodGet:
			http.Redirect(w, r, Path, http.StatusFound)
		default:
			refuse(w, http.StatusNotFound, "the API is at "+s.options.API.URL(nil)+", and here is its page, "+Path)
		}
	})
}

// isOwn reports whether a request is not the API's.
func isOwn(r *http.Request) bool {
	return r.URL.Path == Path || strings.HasPrefix(r.URL.Path, Path+"/")
}

// own returns the handler of what is below Path, at an address.
func (s *Server) own(at Address, page http.HandlerFunc) http.Handler {
	methods := map[string]struct {
		method string
		serve  http.HandlerFunc
	}{
		Path:                  {http.MethodGet, page},
		Path + "/operations":  {http.MethodGet, s.serveOperations},
		Path + "/assumptions": {http.MethodGet, s.serveAssumptions},
		Path + "/ask":         {http.MethodPost, s.serveAsk},
	}
	return guarded(at, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch m, ok := methods[strings.TrimSuffix(r.URL.Path, "/")]; {
		case !ok:
			refuse(w, http.StatusNotFound, "there is no "+r.URL.Path)
		case r.Method != m.method && !(r.Method == http.MethodHead && m.method == http.MethodGet):
			w.Header().Set("Allow", m.method)
			refuse(w, http.StatusMethodNotAllowed, "use "+m.method)
		default:
			m.serve(w, r)
		}
	}))
}

// respond answers a request of the API, and logs it.
func (s *Server) respond(w http.ResponseWriter, r *http.Request) {
	api := s.document.Load().API
	if s.options.Log == nil {
		api.Handler(s.options.Backend).ServeHTTP(w, r)
		return
	}
	e := Entry{Method: r.Method, Path: r.URL.EscapedPath(), Origin: r.Header.Get("Origin")}
	seen := &statusWriter{ResponseWriter: w}
	api.Traced(s.options.Backend, e.explain).ServeHTTP(seen, r)
	e.Status = seen.status
	s.options.Log(e)
}
