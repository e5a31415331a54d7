package transform

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/internal/document"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
)

// importFailures returns what makes the import of a document fail, whether it has to do with
// CORS or not.
func importFailures(read *document.Document, api model.APIType) []rules.Finding {
	return rules.ImportFailures(rules.NewView(read.Whole(), read.Reading(), api))
}

func isAboutCORS(f rules.Finding) bool { return f.Rule.CORS }

// remainingIn leaves out the findings about CORS that are none of the result any more.
func remainingIn(out *document.Document, api model.APIType, found []rules.Finding) []rules.Finding {
	view := rules.NewView(out.Whole(), out.Reading(), api)
	remains := subjects(rules.FindBy(view, func(r *rules.Rule) bool { return r.CORS && r.ImportFails }))
	return slices.DeleteFunc(found, func(f rules.Finding) bool { return isAboutCORS(f) && !remains[subjectOf(f)] })
}

// besides returns the findings that are not among others.
func besides(found, others []Finding) []Finding {
	is := map[Finding]bool{}
	for _, f := range others {
		is[f] = true
	}
	return slices.DeleteFunc(found, func(f Finding) bool { return is[f] })
}
