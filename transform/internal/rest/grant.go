package rest

import (
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/record"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// grant is what one enabled resource needs of the gateway responses.
type grant struct {
	origins     responses.Headers // Access-Control-Allow-Origin for each of its origins
	credentials responses.Headers // Access-Control-Allow-Credentials, if it has it
	expose      responses.Headers // Access-Control-Expose-Headers, if it has it
}

func grantOf(actual responses.Headers) grant {
	g := grant{origins: grantedOrigins(actual)}
	if h, ok := actual.Get(responses.AllowCredentials); ok {
		g.credentials = responses.Headers{h}
	}
	if h, ok := actual.Get(responses.ExposeHeaders); ok {
		g.expose = responses.Headers{h}
	}
	return g
}

// grantedOrigins returns the header for each origin that an answer lets in. Of
// those that a template chooses among, each is one; a pattern stays computed.
func grantedOrigins(hs responses.Headers) responses.Headers {
	h, ok := hs.Get(responses.AllowOrigin)
	if !ok {
		return nil
	}
	if !h.IsComputed() {
		h.Name = responses.AllowOrigin
		return responses.Headers{h}
	}
	var list responses.Headers
	for _, o := range h.Origins {
		if o.IsFixed() {
			list = append(list, responses.Fixed(responses.AllowOrigin, o.String()))
		} else {
			list = append(list, responses.Header{Name: responses.AllowOrigin, Origins: []policy.Origin{o}})
		}
	}
	return list
}

// grantedEarlier returns what an earlier run enabled on a resource that this one
// leaves alone, since the gateway responses serve it as well. It is read from what
// was generated there: no policy of this run speaks of the resource.
func grantedEarlier(doc *own.Reading, r *model.Resource) []grant {
	var grants []grant
	for _, item := range r.Items {
		whole := doc.Whole(item)
		if whole == nil {
			continue
		}
		if g := grantOf(generatedHeaders(doc, whole)); len(g.origins) > 0 {
			grants = append(grants, g)
		}
	}
	return grants
}

// generatedHeaders returns the headers that were generated for the responses of a path
// item: what its generated CORS object records, else those of the first responses that have
// them.
func generatedHeaders(doc *own.Reading, item *model.PathItem) responses.Headers {
	if doc.OwnsCORSObject(item) && (!doc.OwnsOptions(item) || disagreement(item) == "") {
		if recorded, ok := record.Read(item.CORSObject); ok {
			return responses.ActualOf(recorded)
		}
	}
	var all responses.Headers
	for _, m := range item.All() {
		if m.Integration == nil {
			continue
		}
		for i := range m.Integration.Responses {
			for _, h := range generatedIn(doc, item, m, &m.Integration.Responses[i]) {
				if _, has := all.Get(h.Name); !has && responses.IsActual(h.Name) {
					all = append(all, h)
				}
			}
		}
	}
	return all
}

// generatedIn returns the headers of an integration response that were generated.
func generatedIn(doc *own.Reading, item *model.PathItem, m *model.Method, entry *model.IntegrationResponse) responses.Headers {
	have := responses.SnippetOrigin(entry)
	if m.Name == "OPTIONS" && doc.OwnsOptions(item) {
		have = responses.GeneratedPreflight(entry)
	} else {
		for _, h := range responses.ReadMapped(entry.Parameters, responses.MethodTarget) {
			if doc.IsGenerated(entry.Pointer.Child("responseParameters").Child(h.Key.Text())) {
				have = append(have, h)
			}
		}
	}
	for n, h := range have {
		if text, ok := model.LongForm(h.Node); ok {
			have[n].Intrinsic = text
		}
	}
	return have
}
