package transform

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// importFailures returns what makes the import of a document fail, whether it has to do with
// CORS or not.
func (a asked) importFailures() []rules.Finding {
	return rules.ImportFailures(rules.NewView(a.doc.read.Whole(), a.api.API, a.reading.IsGenerated))
}

func isAboutCORS(f rules.Finding) bool { return f.Rule.CORS }

// remainingIn leaves out the findings about CORS that enabling has fixed. With some of them,
// the result was read.
func remainingIn(res *Result, found []rules.Finding) []rules.Finding {
	if !slices.ContainsFunc(found, isAboutCORS) {
		return found
	}
	read := res.document.read
	view := rules.NewView(read.Whole(), model.APIType(res.API.API), read.Reading().IsGenerated)
	remains := subjects(rules.FindBy(view, func(r *rules.Rule) bool { return r.CORS && r.ImportFails }))
	return slices.DeleteFunc(found, func(f rules.Finding) bool { return isAboutCORS(f) && !remains[subjectOf(f)] })
}

// subject is what a finding says of what.
type subject struct {
	rule *rules.Rule
	at   source.Pointer
}

func subjectOf(f rules.Finding) subject { return subject{f.Rule, f.At.Pointer} }

func subjects(found []rules.Finding) map[subject]bool {
	set := map[subject]bool{}
	for _, f := range found {
		set[subjectOf(f)] = true
	}
	return set
}

// besides returns the findings that are not among others.
func besides(found, others []Finding) []Finding {
	is := map[Finding]bool{}
	for _, f := range others {
		is[f] = true
	}
	return slices.DeleteFunc(found, func(f Finding) bool { return is[f] })
}
