package report

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/internal/document"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/policyread"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// access is who may request a resource from a page, and how: what its preflight response allows,
// and which of the responses of its methods pages may read. The zero access allows nobody.
type access struct {
	readable
	methods, headers []string
	age              string // seconds for which browsers may keep a preflight

	refused   string              // why preflights are refused, empty where they are not
	responses map[string]readable // by method and status: "GET 200"
}

// readable is who may read a response, and what of it. The zero readable is for nobody.
type readable struct {
	origins     []string
	credentials bool     // also where the request had some
	expose      []string // headers, in lower case
}

// readableOf reads the headers of a response. Without an origin the others have no effect.
func readableOf(hs responses.Headers) readable {
	origins := originsOf(hs)
	if origins == nil {
		return readable{}
	}
	expose, _ := hs.Get(responses.ExposeHeaders)
	return readable{origins, hs.Credentials(), lower(names(expose))}
}

func (r *apiReader) access(of *model.Resource) access {
	a := r.preflightAccess(of)
	a.responses = map[string]readable{}
	for _, m := range of.Methods() {
		if r.handlerOf(m) != ByMock {
			continue
		}
		for i := range m.Integration.Responses {
			if e := &m.Integration.Responses[i]; e.Opaque == "" {
				a.responses[m.Name+" "+e.Status] = readableOf(mappedOn(m, e))
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
	a := accessOf(preflightHeaders(o))
	a.refused = r.preflight(of).Refused
	for _, h := range r.mustSend(of) {
		if strings.EqualFold(h.Name, responses.ExposeHeaders) {
			a.expose = lower(names(h))
		}
	}
	return a
}

func accessOf(hs responses.Headers) access {
	a := access{readable: readableOf(hs), age: hs.Value(responses.MaxAge)}
	if a.origins == nil {
		return access{}
	}
	methods, _ := hs.Get(responses.AllowMethods)
	allowed, _ := hs.Get(responses.AllowHeaders)
	a.methods, a.headers = names(methods), names(allowed)
	a.methods = slices.DeleteFunc(a.methods, func(m string) bool { return m == "OPTIONS" })
	return a
}

// originsOf returns the origins that a response lists.
func originsOf(hs responses.Headers) (list []string) {
	for _, h := range hs {
		switch {
		case !strings.EqualFold(h.Name, responses.AllowOrigin):
		case h.IsComputed():
			for _, o := range h.Origins {
				list = append(list, o.String())
			}
		default:
			list = append(list, h.Say())
		}
	}
	return list
}

func names(h responses.Header) []string { return responses.List(h.Say()) }

// accessOfAPI is what the CORS configuration of an HTTP API allows, as far as its values can be
// read: API Gateway reads no others.
func (r *apiReader) accessOfAPI() access {
	n := r.Root.Get(extensions.NameCORS)
	if n == nil || n.IsNull() || model.Closed(n) != "" {
		return access{}
	}
	block, _ := policyread.ReadConfiguration(n, nil) // lint reports its mistakes
	of := func(header string) []string { return configured(&block.Policy, policy.MemberOfHeader(header)) }
	a := access{
		readable: readable{of(responses.AllowOrigin), slices.Equal(of(responses.AllowCredentials), []string{"true"}), lower(of(responses.ExposeHeaders))},
		methods:  of(responses.AllowMethods), headers: of(responses.AllowHeaders), age: strings.Join(of(responses.MaxAge), ""),
	}
	if len(a.origins) == 0 {
		return access{}
	}
	return a
}

// configured returns what a configuration lists as a member, intrinsics in their long form.
func configured(p *policy.Policy, m policy.Member) []string {
	w, _ := m.Written(p)
	if !w.IsExpression || policy.ParseExpression(w.Texts[0]).Form != policy.MixedList {
		return w.Texts
	}
	return mixed(w.Texts[0])
}

// mixed takes a [policy.MixedList] apart, which is always JSON.
func mixed(list string) []string {
	var entries []json.RawMessage
	_ = json.Unmarshal([]byte(list), &entries)
	texts := make([]string, len(entries))
	for i, e := range entries {
		if err := json.Unmarshal(e, &texts[i]); err != nil {
			texts[i] = string(e)
		}
	}
	return texts
}

// accesses are those of resources by their paths, in the order of the document.
type accesses struct {
	paths   []string
	of      map[string]access
	gateway map[string]readable // gateway responses, by their types
}

func readAccess(d *transform.Document, apiType transform.APIType) (*accesses, error) {
	read := document.Of(d)
	read.Lock()
	defer read.Unlock()
	r := newReader(read.Whole(), apiType)
	all := &accesses{of: map[string]access{}, gateway: map[string]readable{}}
	if r.api == model.HTTP {
		all.paths, all.of[""] = []string{""}, r.accessOfAPI()
		return all, broken(read)
	}
	declared, _ := responses.Gateway(r.Document)
	for _, g := range declared {
		all.gateway[g.Type] = readableOf(g.Headers)
	}
	for _, of := range r.Resources {
		all.paths, all.of[of.Path] = append(all.paths, of.Path), r.access(of)
	}
	return all, broken(read)
}

func lower(names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = strings.ToLower(name)
	}
	return out
}
