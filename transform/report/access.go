package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/document"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// access is who may call a resource from a page, and how: what its preflight says, and
// which of the answers of its methods pages may read. The zero access lets nobody in.
type access struct {
	origins, methods, headers, expose []string
	credentials                       bool
	maxAge                            string

	refused string              // why preflights are refused, empty where they are not
	answers map[string][]string // origins that may read an answer, by method and status: "GET 200"
}

func (r *apiReader) access(of *model.Resource) access {
	a := r.preflightAccess(of)
	a.answers = map[string][]string{}
	for _, m := range of.Methods() {
		if answers.AnswererOf(m) != answers.BackendMapped {
			continue
		}
		for i := range m.Integration.Responses {
			if e := &m.Integration.Responses[i]; e.Opaque == "" {
				a.answers[m.Name+" "+e.Status] = originsOf(append(answers.SnippetOrigin(e), answers.ReadMapped(e.Parameters, answers.MethodTarget)...))
			}
		}
	}
	return a
}

func (r *apiReader) preflightAccess(of *model.Resource) access {
	o := r.responder(of)
	if o == nil {
		return access{}
	}
	a := accessOf(answers.GeneratedPreflight(answers.PreflightHave(o).Entry))
	a.refused = r.preflight(of).refusal()
	for _, h := range r.mustSend(of) {
		if strings.EqualFold(h.Name, answers.ExposeHeaders) {
			a.expose = names(h)
		}
	}
	return a
}

func accessOf(hs answers.Headers) access {
	a := access{credentials: hs.Value(answers.AllowCredentials) == "true", maxAge: hs.Value(answers.MaxAge), origins: originsOf(hs)}
	if a.origins == nil {
		return access{}
	}
	methods, _ := hs.Get(answers.AllowMethods)
	allowed, _ := hs.Get(answers.AllowHeaders)
	a.methods, a.headers = names(methods), names(allowed)
	a.methods = slices.DeleteFunc(a.methods, func(m string) bool { return m == "OPTIONS" })
	return a
}

// originsOf returns the origins that an answer names.
func originsOf(hs answers.Headers) []string {
	origin, ok := hs.Get(answers.AllowOrigin)
	switch {
	case !ok:
		return nil
	case !origin.IsComputed():
		return []string{origin.Say()}
	}
	var list []string
	for _, o := range origin.Origins {
		list = append(list, o.String())
	}
	return list
}

func names(h answers.Header) []string { return answers.List(h.Say()) }

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

// accesses are those of resources by their paths, in the order of the document.
type accesses struct {
	paths   []string
	of      map[string]access
	gateway map[string]access // of gateway responses, by their types
}

func readAccess(d *transform.Document, kind transform.API) (*accesses, error) {
	read := document.Of(d)
	read.Lock()
	defer read.Unlock()
	r := newReader(read.Whole(), kind)
	all := &accesses{of: map[string]access{}, gateway: map[string]access{}}
	if r.http {
		all.paths, all.of[""] = []string{""}, r.accessOfAPI()
		return all, broken(read)
	}
	declared, _ := answers.Gateway(r.Document)
	for _, g := range declared {
		all.gateway[g.Type] = access{origins: originsOf(g.Headers), credentials: g.Headers.Value(answers.AllowCredentials) == "true"}
	}
	for _, of := range r.Resources {
		all.paths, all.of[of.Path] = append(all.paths, of.Path), r.access(of)
	}
	return all, broken(read)
}

// broken returns what was found wrong with a document when all of it that was needed was looked
// at.
func broken(d *document.Document) error {
	if d.File.Broken != nil {
		return d.File.Broken
	}
	return nil
}
