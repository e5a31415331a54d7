package rest

import (
	"fmt"
	"slices"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/record"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// planBlock asks for the CORS object of a resource, unless somebody has written one.
func planBlock(t task, drafts *own.Drafts) {
	if t.emit.Blocks && !hasBlock(t.resource) {
		drafts.Of(home(t.doc, t.resource)).Put(record.Of(t.effective, t.form), extensions.NameCORS)
	}
}

func hasBlock(r *model.Resource) bool {
	return slices.ContainsFunc(r.Items, func(item *model.PathItem) bool { return item.Block != nil })
}

func blockOverruled(item *model.PathItem, m source.Member, holds layout.Value) *rules.Finding {
	if holds == nil || layout.Equal(m.Value, holds) {
		return nil
	}
	return &rules.Finding{
		Rule: rules.BlockOverruled, At: rules.At(m.Value, item.BlockPointer().Child(m.Name())),
		Message: fmt.Sprintf("%s of this block does not hold: a stronger source says %s", m.Name(), layout.JSON(holds)),
		Hint:    "write that here as well, or take it out there",
	}
}

// editedByHand returns the finding for a resource in which a generated value is none that a
// run has written, or whose generated CORS object is no longer what its generated
// OPTIONS sends. Only an edit by hand can bring that about.
func editedByHand(doc *own.Reading, r *model.Resource) (rules.Finding, bool) {
	for _, item := range r.Items {
		if edited := doc.EditedBelow(item); len(edited) > 0 {
			return editedValue(doc, r, edited[0]), true
		}
		if member := disagreementOn(doc, item); member != "" {
			return rules.Finding{
				Rule: rules.GeneratedEdited, At: rules.At(item.Node.Get(extensions.NameCORS), item.BlockPointer()),
				Message: fmt.Sprintf("the generated block of %s and its generated OPTIONS disagree in %s, so one of them was edited by hand; %s is left alone", r.Path, member, r.Path),
				Hint: fmt.Sprintf("delete options and %s to have them generated anew, or take both out of %s to keep them as your own",
					extensions.NameCORS, model.MarkerName),
			}, true
		}
		if at, edited := editedMapping(doc, item); edited {
			return editedValue(doc, r, at), true
		}
	}
	return rules.Finding{}, false
}

// editedMapping returns the place of a mapping that was generated on a response of a method
// and is no longer what the generated CORS object beside it records.
func editedMapping(doc *own.Reading, item *model.PathItem) (at source.Pointer, edited bool) {
	recorded, ok := recordedOn(doc, item)
	if !ok {
		return "", false
	}
	want := responses.ActualOf(recorded)
	whole := doc.Whole(item)
	for _, m := range whole.Methods {
		if m.Integration == nil {
			continue
		}
		for i := range m.Integration.Responses {
			entry := &m.Integration.Responses[i]
			for _, h := range generatedIn(doc, whole, m, entry) {
				if wanted, ok := want.Get(h.Name); !h.IsComputed() && (!ok || !agree(h, wanted)) {
					return entry.Pointer.Child("responseParameters", h.Key.Text()), true
				}
			}
		}
	}
	return "", false
}

// recordedOn returns the policy that a generated CORS object of a path item records.
func recordedOn(doc *own.Reading, item *model.PathItem) (derive.Effective, bool) {
	if !doc.OwnsBlock(item) {
		return derive.Effective{}, false
	}
	return record.Read(doc.Whole(item).Block)
}

func editedValue(doc *own.Reading, r *model.Resource, at source.Pointer) rules.Finding {
	return rules.Finding{
		Rule: rules.GeneratedEdited, At: rules.At(doc.Root.At(at), at),
		Message: fmt.Sprintf("%s was generated with another value and edited by hand; %s is left alone", at, r.Path),
		Hint:    fmt.Sprintf("delete it to have it generated anew, or take it out of %s to keep it as your own", model.MarkerName),
	}
}

// disagreementOn returns the header in which the generated CORS object and the generated
// OPTIONS of a path item differ, empty where they agree or one of them was not generated.
func disagreementOn(doc *own.Reading, item *model.PathItem) string {
	if !doc.OwnsBlock(item) || !doc.OwnsOptions(item) {
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
	recorded, ok := record.Read(item.Block)
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
