package rest

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

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
				Rule: rules.GeneratedEdited, At: rules.At(item.Node.Get(extensions.NameCORS), item.CORSObjectPointer()),
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

func editedValue(doc *own.Reading, r *model.Resource, at source.Pointer) rules.Finding {
	return rules.Finding{
		Rule: rules.GeneratedEdited, At: rules.At(doc.Root.At(at), at),
		Message: fmt.Sprintf("%s was generated with another value and edited by hand; %s is left alone", at, r.Path),
		Hint:    fmt.Sprintf("delete it to have it generated anew, or take it out of %s to keep it as your own", model.MarkerName),
	}
}
