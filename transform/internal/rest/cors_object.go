package rest

import (
	"fmt"
	"slices"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/outcome"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/record"
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
	return slices.ContainsFunc(r.Items, func(item *model.PathItem) bool { return item.CORSObject != nil })
}

func blockOverruled(item *model.PathItem, m source.Member, holds layout.Value) *rules.Finding {
	if holds == nil || layout.Equal(m.Value, holds) {
		return nil
	}
	return &rules.Finding{
		Rule: rules.BlockOverruled, At: rules.At(m.Value, item.CORSObjectPointer().Child(m.Name())),
		Message: fmt.Sprintf("%s of this block does not hold: a stronger source says %s", m.Name(), layout.JSON(holds)),
		Hint:    "write that here as well, or take it out there",
	}
}

// checkOwnBlock returns findings about a hand-written CORS object whose members a stronger
// source overrules.
func checkOwnBlock(t task) outcome.Notes {
	var n outcome.Notes
	for _, item := range t.resource.Items {
		if item.CORSObject == nil {
			continue
		}
		recorded := record.Of(t.effective, t.form)
		for _, m := range item.CORSObject.Members() {
			if overruled := blockOverruled(item, m, recorded.Get(m.Name())); overruled != nil {
				n.Add(outcome.Found(*overruled))
			}
		}
	}
	return n
}

// home returns the path item on which the OPTIONS of a resource is or is to
// be: the one where it was generated, if it was.
func home(doc *own.Reading, r *model.Resource) *model.PathItem {
	for _, item := range r.Items {
		if doc.OwnsOptions(item) {
			return item
		}
	}
	return r.Home()
}
