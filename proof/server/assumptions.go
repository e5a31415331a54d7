package server

import (
	"net/http"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// assumption is a behaviour that AWS has not documented.
type assumption struct {
	ID     string `json:"id"`
	Does   string `json:"does"`
	Source string `json:"source"` // why nobody knows
}

func (s *Server) serveAssumptions(w http.ResponseWriter, _ *http.Request) {
	all := []assumption{}
	for _, r := range s.Assumptions() {
		all = append(all, assumption{r.ID, r.Does, r.Source})
	}
	writeJSON(w, http.StatusOK, map[string][]assumption{"assumptions": all})
}

// Assumptions are those that can play a part in a response: of the API type that is
// served, and about a stub where there is one.
func (s *Server) Assumptions() []gateway.Behaviour {
	apiType, hasStub := s.document.Load().APIType, s.options.Backend == nil
	return slices.DeleteFunc(gateway.Assumptions(), func(r gateway.Behaviour) bool {
		switch {
		case r.ID == stub:
			return !hasStub
		case apiType == gateway.HTTP:
			return !strings.HasPrefix(r.ID, ofHTTP) && !slices.Contains(ofBoth, r.ID)
		}
		return strings.HasPrefix(r.ID, ofHTTP)
	})
}

// What the ids of assumptions show of the APIs that they are about: of REST APIs are all others.
const (
	stub   = "stub"
	ofHTTP = "http-"
)

var ofBoth = []string{"route-by-segment", "authorizer-denies", "credentials-hold"}
