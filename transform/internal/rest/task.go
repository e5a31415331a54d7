package rest

import (
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/record"
	"github.com/apigw-cors/apigw-cors/transform/internal/resolve"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// task is a resource for which CORS is to be enabled, and how. It never changes.
type task struct {
	doc       *own.Reading
	resource  *model.Resource
	methods   []*model.Method // that are selected
	effective derive.Effective
	needed    []string // request headers that an existing OPTIONS has to allow
	existing  policy.Existing
	emit      Emit
	form      record.Form
}

func newTask(in Input, form record.Form, r *model.Resource, set *resolve.EffectivePolicy) task {
	t := task{
		doc: in.Doc, resource: r, methods: in.Selected.Of(r), existing: set.Existing, emit: in.Emit, form: form,
		effective: set.Effective(in.Doc.HandWritten, r, in.Selected),
	}
	t.needed = neededHeaders(t, set)
	return t
}

// neededHeaders returns the request headers that somebody names, else those that methods
// cannot do without. What the console allows beside them nobody asks of an existing
// OPTIONS.
func neededHeaders(t task, set *resolve.EffectivePolicy) []string {
	if names, ok := t.effective.AllowHeaders.Literal(); ok && set.From[policy.MemberAllowHeaders] != nil {
		return names
	}
	return append(derive.NeededHeaders(t.doc.HandWritten, t.resource, t.methods), set.Policy.AddHeaders...)
}

// eachSelected visits the methods of a resource that are selected, by their path items.
func eachSelected(t task, visit func(*model.PathItem, *model.Method)) {
	selected := map[*model.Method]bool{}
	for _, m := range t.methods {
		selected[m] = true
	}
	for _, item := range t.resource.Items {
		for _, m := range item.Methods {
			if selected[m] {
				visit(item, m)
			}
		}
	}
}

func leaveAlone(t task) string { return "--exclude " + t.resource.Path }
