package rest

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/record"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

// recordedOn returns the policy that a generated CORS object of a path item records.
func recordedOn(doc *own.Reading, item *model.PathItem) (derive.Effective, bool) {
	if !doc.OwnsCORSObject(item) {
		return derive.Effective{}, false
	}
	return record.Read(doc.Whole(item).CORSObject)
}

// disagreementOn returns the header in which the generated CORS object and the generated
// OPTIONS of a path item differ, empty where they agree or one of them was not generated.
func disagreementOn(doc *own.Reading, item *model.PathItem) string {
	if !doc.OwnsCORSObject(item) || !doc.OwnsOptions(item) {
		return ""
	}
	whole := doc.Whole(item)
	if whole.Options == nil || responses.ResponderOf(whole.Options) != responses.Mock {
		return ""
	}
	return disagreement(whole)
}

// disagreement returns the first header in which a CORS object differs from
// the preflight response beside it, and empty when the two agree. What preflight responses
// do not carry, exposeHeaders, may be anything.
func disagreement(item *model.PathItem) string {
	recorded, ok := record.Read(item.CORSObject)
	if !ok {
		return extensions.NameCORS
	}
	have := responses.Headers{}
	if entry := responses.PreflightHave(item.Options).Entry; entry != nil {
		have = responses.GeneratedPreflight(entry)
	}
	want := responses.PreflightOf(recorded)
	for _, h := range want {
		if own, ok := have.Get(h.Name); !ok || !agree(own, h) {
			return h.Name
		}
	}
	for _, own := range have {
		if _, ok := want.Get(own.Name); !ok {
			return own.Name
		}
	}
	return ""
}

// agree reports whether a generated header is what its CORS object records.
func agree(own, recorded responses.Header) bool {
	if recorded.IsComputed() {
		return slices.Equal(own.Origins, recorded.Origins)
	}
	return !own.IsComputed() && record.Same(own, recorded)
}
