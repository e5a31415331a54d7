package report

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

// templateChooses is the value of a header that a template of an author's sets. It stands beside
// the value that the response has otherwise.
var templateChooses = responses.Header{Name: responses.AllowOrigin, Mapping: "what a template chooses"}

// preflightHeaders returns the CORS headers that a preflight response carries.
func preflightHeaders(o *model.Method) responses.Headers {
	entry := responses.PreflightHave(o).Entry
	if entry == nil {
		return nil
	}
	return withTemplate(responses.GeneratedPreflight(entry), o, entry)
}

// mappedOn returns the CORS headers that an integration response of a method carries.
func mappedOn(m *model.Method, e *model.IntegrationResponse) responses.Headers {
	return withTemplate(append(responses.SnippetOrigin(e), responses.ReadMapped(e.Parameters, responses.MethodTarget).Sent()...), m, e)
}

func withTemplate(hs responses.Headers, m *model.Method, e *model.IntegrationResponse) responses.Headers {
	if responses.TemplateChoosesOrigin(m, e) {
		return append(hs, templateChooses)
	}
	return hs
}

// headers spells headers, the origin first. Of one name the values are alternatives.
func headers(hs responses.Headers) []Header {
	var list []Header
	place := map[string]int{}
	for _, h := range hs {
		name := strings.ToLower(h.Name)
		if at, ok := place[name]; ok {
			list[at].Value += ", or " + h.Say()
			continue
		}
		place[name] = len(list)
		list = append(list, Header{h.Name, h.Say()})
	}
	slices.SortStableFunc(list, func(a, b Header) int { return rank(a) - rank(b) })
	return list
}

func rank(h Header) int {
	if strings.EqualFold(h.Name, responses.AllowOrigin) {
		return 0
	}
	return 1
}
