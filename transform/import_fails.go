package transform

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/document"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
)

// importFailures returns what makes the import of a document fail, whether it has to do with
// CORS or not.
func importFailures(read *document.Document, api model.APIType) []rules.Finding {
	return rules.ImportFailures(rules.NewView(read.Whole(), read.Reading(), api))
}

// mayBeFixed reports whether enabling may fix what a finding reports: it is about CORS, or about an
// OPTIONS, which may be replaced.
func mayBeFixed(f rules.Finding) bool {
	keys := f.At.Pointer.Keys()
	return f.Rule.CORS || len(keys) > 2 && strings.EqualFold(keys[2], "options")
}

// failuresOfResult returns what makes the import of the result fail, at its place in the document:
// what enabling has fixed is not among it, and what shows only in the result is.
func failuresOfResult(of []rules.Finding, d, out *document.Document, api model.APIType) []rules.Finding {
	inResult := importFailures(out, api)
	was, remains := subjects(of), subjects(inResult)
	of = slices.DeleteFunc(of, func(f rules.Finding) bool { return mayBeFixed(f) && !remains[subjectOf(f)] })
	for _, f := range inResult {
		if !was[subjectOf(f)] {
			f.At = rules.Nearest(d.Whole().Root, f.At.Pointer)
			of = append(of, f)
		}
	}
	return of
}

// besides returns the findings that are not among others.
func besides(found, others []Finding) []Finding {
	is := map[Finding]bool{}
	for _, f := range others {
		is[f] = true
	}
	return slices.DeleteFunc(found, func(f Finding) bool { return is[f] })
}
