package own

import (
	"maps"
	"slices"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Drafts are what is wanted: of the root, and of path items. A path item without a draft
// is left as it is; one with an empty draft loses what was generated in it.
type Drafts struct {
	Root     *Draft // nil: the root is left as it is
	Items    map[*model.PathItem]*Draft
	Snippets map[source.Pointer]string // to be in front of response templates of these path items
}

// Of returns the draft of a path item, which it makes if need be.
func (d *Drafts) Of(item *model.PathItem) *Draft {
	if d.Items == nil {
		d.Items = map[*model.PathItem]*Draft{}
	}
	if d.Items[item] == nil {
		d.Items[item] = &Draft{}
	}
	return d.Items[item]
}

// AddSnippets adds snippets to those that are wanted.
func (d *Drafts) AddSnippets(snippets map[source.Pointer]string) {
	if d.Snippets == nil {
		d.Snippets = map[source.Pointer]string{}
	}
	maps.Copy(d.Snippets, snippets)
}

// Operations returns what makes the generated members of a document those that are wanted,
// and the marker what lists them. What already is as it should be is left as it is
// written, however it is written, so a second run has no operations.
func (r *Reading) Operations(wanted Drafts) []layout.Operation {
	var operations []layout.Operation
	entries := map[source.Pointer][]source.Pointer{}
	reconcile := func(p Part, d *Draft) {
		ops, listed := p.reconcile(d, r.HandWritten.Hidden)
		operations = append(operations, ops...)
		entries[p.Pointer] = listed
	}
	for _, resource := range r.HandWritten.Resources {
		for _, item := range resource.Items {
			if d := wanted.Items[item]; d != nil {
				reconcile(r.PartOf(item), d)
				operations = append(operations, splices(item, wanted.Snippets)...)
			}
		}
	}
	if wanted.Root != nil {
		reconcile(r.PartOfRoot(), wanted.Root)
	}
	if op := r.remark(entries); op != nil {
		operations = append(operations, op)
	}
	return r.settled(operations)
}

// Remains returns the hand-written members that are left of generated objects with which
// nothing is wanted any more, as pointers in the document.
func (r *Reading) Remains(wanted Drafts) []source.Pointer {
	var list []source.Pointer
	note := func(p Part, d *Draft) {
		for _, at := range p.Added {
			above, _ := at.Parent()
			if !d.reaches(above.Keys()) {
				list = append(list, p.Pointer+at)
			}
		}
	}
	for _, resource := range r.HandWritten.Resources {
		for _, item := range resource.Items {
			if d := wanted.Items[item]; d != nil {
				note(r.PartOf(item), d)
			}
		}
	}
	if wanted.Root != nil {
		note(r.PartOfRoot(), wanted.Root)
	}
	return list
}

// reconcile returns the operations that make the generated members of a part what they
// should be, and the pointers that the marker is to list for it: what is wanted and missing
// is added, what is generated and has another value is set, what is generated and no longer
// wanted is removed.
func (p Part) reconcile(d *Draft, hidden model.Hidden) (ops []layout.Operation, listed []source.Pointer) {
	diff := d.missing(hidden, p.Node, "")
	for _, r := range diff.inlined {
		ops = append(ops, layout.Inline{At: p.Pointer + r.at, Value: r.value})
	}
	for _, at := range diff.removed {
		ops = append(ops, layout.Remove{At: p.Pointer + at})
	}
	for i, c := range diff.created {
		listed = append(listed, c.at)
		if within(c.at, diff.inlined) {
			continue
		}
		if op := p.create(c, diff.created[i+1:]); op != nil {
			ops = append(ops, op)
		}
	}
	for _, owned := range p.owned {
		if !slices.ContainsFunc(listed, func(at source.Pointer) bool { return isIn(owned, at) }) {
			ops = append(ops, layout.Remove{At: p.Pointer + owned})
		}
	}
	return p.withoutEmptied(ops), listed
}

// withoutEmptied removes an object with the last of its members where {} would stay: a
// CORS configuration, which would let nobody in, and a path item.
func (p Part) withoutEmptied(ops []layout.Operation) []layout.Operation {
	if p.Pointer != "" {
		return emptied(ops, p.Pointer, p.Node)
	}
	return emptied(ops, model.ConfigurationPointer, p.Node.Get(extensions.NameCORS))
}

// emptied makes one operation of those that remove every member of an object.
func emptied(ops []layout.Operation, at source.Pointer, object *source.Node) []layout.Operation {
	var rest []layout.Operation
	removed := 0
	for _, op := range ops {
		parent, _ := op.Place().Parent()
		_, removes := op.(layout.Remove)
		switch {
		case parent == at && removes:
			removed++
		case parent == at:
			return ops
		default:
			rest = append(rest, op)
		}
	}
	if removed == 0 || removed < len(object.Members()) {
		return ops
	}
	return append(rest, layout.Remove{At: at})
}

// create returns the operation for a member that should exist: nil where a generated
// one has the same value.
func (p Part) create(c creation, later []creation) layout.Operation {
	if p.Owns(c.at) {
		if layout.Equal(p.Node.At(c.at), c.value) {
			return nil
		}
		return layout.Set{At: p.Pointer + c.at, Value: c.value}
	}
	if c.replaces {
		return layout.Set{At: p.Pointer + c.at, Value: c.value}
	}
	return layout.Add{At: p.Pointer + c.at, Value: c.value, Before: p.nextSibling(c.at, later)}
}

// nextSibling returns the key of the first member that is to follow a new one and
// exists already, so that adding one at a time gives the order of adding all.
func (p Part) nextSibling(at source.Pointer, later []creation) string {
	parent, _ := at.Parent()
	for _, c := range later {
		above, key := c.at.Parent()
		if above == parent && p.Owns(c.at) {
			return key
		}
	}
	if at, _ := at.Parent(); at == "" && p.Pointer == "" && p.Node.Get(model.MarkerName) != nil {
		return model.MarkerName
	}
	return ""
}

func within(at source.Pointer, inlined []replacement) bool {
	return slices.ContainsFunc(inlined, func(r replacement) bool { return isIn(at, r.at) })
}

// remark returns the operation that makes the marker list what is generated: for the parts
// that were reconciled what they have now, for others what it has listed so far. An
// entry for what is not in the document is left out.
func (r *Reading) remark(entries map[source.Pointer][]source.Pointer) layout.Operation {
	value := r.marker(entries)
	has, isThere := r.Root.Member(model.MarkerName)
	switch {
	case !isThere && len(value) == 0:
		return nil
	case !isThere:
		return layout.Add{At: markerPointer, Value: value}
	case len(value) == 0:
		return layout.Remove{At: markerPointer}
	case layout.Equal(has.Value, value):
		return nil
	}
	return layout.Set{At: markerPointer, Value: value}
}

// marker returns the marker: the root first, then the path items in their order.
func (r *Reading) marker(entries map[source.Pointer][]source.Pointer) layout.Map {
	var value layout.Map
	add := func(key string, at source.Pointer) {
		listed, isNew := entries[at]
		if !isNew {
			listed = r.parts[at].listed
		}
		if len(listed) == 0 {
			return
		}
		list := make(layout.List, len(listed))
		for i, pointer := range listed {
			list[i] = layout.String(pointer)
		}
		value = append(value, layout.Member{Key: key, Value: list})
	}
	add(RootEntry, "")
	seen := map[string]bool{}
	for _, m := range r.Root.Get("paths").Members() {
		if key := m.Name(); !seen[key] {
			seen[key] = true
			add(key, model.Base.Child(key))
		}
	}
	return value
}

// settled puts together what is wanted of different parts. A member that passes from
// one to another is removed as the one's and added as the other's, which is one operation or
// none; and what is in something that goes needs no operation of its own.
func (r *Reading) settled(ops []layout.Operation) []layout.Operation {
	added, removed := map[source.Pointer]layout.Value{}, map[source.Pointer]bool{}
	for _, op := range ops {
		switch op := op.(type) {
		case layout.Add:
			added[op.At] = op.Value
		case layout.Remove:
			removed[op.At] = true
		}
	}
	var out []layout.Operation
	for _, op := range ops {
		at := op.Place()
		_, removes := op.(layout.Remove)
		switch v := added[at]; {
		case at.IsWithin(removed):
		case v == nil || !removed[at]:
			out = append(out, op)
		case removes && !layout.Equal(r.Root.At(at), v):
			out = append(out, layout.Set{At: at, Value: v})
		}
	}
	return out
}
