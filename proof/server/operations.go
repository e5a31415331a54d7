package server

import (
	"net/http"

	"github.com/apigw-cors/apigw-cors/proof"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// listing is what /_cors/operations answers.
type listing struct {
	File       string      `json:"file"`
	APIType    string      `json:"apiType"` // "rest" or "http"
	API        string      `json:"api"`     // where it is served: http://127.0.0.1:8787
	Page       string      `json:"page"`
	Backend    string      `json:"backend,omitempty"` // that requests reach; empty: there is a stub
	Allow      string      `json:"allow"`             // what to add to the command so that the page's origin, in place of ORIGIN, is allowed
	Operations []operation `json:"operations"`
	Problems   []problem   `json:"problems"`
}

// operation is something that can be requested, with all that it asks for.
type operation struct {
	Method   string                `json:"method"`
	Resource string                `json:"resource"`       // as the document has it: "/pets/{petId}"
	Path     string                `json:"path"`           // that leads to it: "/pets/petId?limit=example"
	Headers  []proof.RecordedField `json:"headers"`        // that it requires
	May      []proof.RecordedField `json:"may"`            // that it takes
	Type     string                `json:"type,omitempty"` // of its body; empty: it has none
	Proxy    bool                  `json:"proxy"`          // its backend sends the CORS headers
	Place    string                `json:"place,omitempty"`
	Origins  []string              `json:"origins"`     // that its policy allows, as far as they are known
	Include  bool                  `json:"credentials"` // its policy allows requests with credentials
	Unknown  *problem              `json:"unknown,omitempty"`
}

// problem is why a response is not known.
type problem struct {
	Reason  string `json:"reason"`
	Message string `json:"message"`
	Place   string `json:"place,omitempty"`
}

func (s *Server) serveOperations(w http.ResponseWriter, r *http.Request) {
	d := s.document.Load()
	l := listing{
		File: d.Name, APIType: string(d.APIType), API: s.options.API.URL(r), Page: s.options.Page.URL(r) + Path, Backend: s.options.BackendName, Allow: s.options.Allow,
		Operations: []operation{}, Problems: []problem{},
	}
	for _, o := range d.API.Operations() {
		l.Operations = append(l.Operations, d.operation(o))
	}
	for _, u := range d.API.Problems() {
		l.Problems = append(l.Problems, *d.problem(u))
	}
	writeJSON(w, http.StatusOK, l)
}

func (d *Document) operation(o gateway.Operation) operation {
	policy, _ := d.API.Policy(o.Resource)
	return operation{
		Method: o.Method, Resource: o.Resource, Path: gateway.Request{Path: o.Path, Query: o.Query}.Target(), Headers: proof.RecordFields(o.Header), May: proof.RecordFields(o.May), Type: o.Type,
		Proxy: o.Proxy, Place: d.Locate(o.Pointer), Origins: d.origins(o.Resource), Include: policy.AllowCredentials != nil && *policy.AllowCredentials,
		Unknown: d.problem(o.Unknown),
	}
}

// origins are those that the policy of a resource allows, but for those that only a deployment
// knows.
func (d *Document) origins(resource string) []string {
	origins := []string{}
	policy, _ := d.API.Policy(resource)
	for _, entry := range policy.AllowOrigins {
		if origin, u := d.API.Resolve(resource, entry); u == nil {
			origins = append(origins, origin)
		}
	}
	return origins
}

func (d *Document) problem(u *gateway.Unknown) *problem {
	if u == nil {
		return nil
	}
	return &problem{string(u.Reason), u.Message, d.Locate(u.Pointer)}
}
