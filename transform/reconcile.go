package transform

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// reconcile returns the wishes that make the generated part of an object what it
// should be: what is wanted and missing is added, what is generated and says
// something else is set, what is generated and no longer wanted is removed. What
// already says what it should is left as it is written, however it is written,
// and so a second run has nothing to wish for.
func (o owner) reconcile(w *draft, hidden model.Hidden) []layout.Wish {
	d := w.missing(hidden, o.node, "")
	created, inlined := d.created, d.inlined
	var wishes []layout.Wish
	for _, r := range inlined {
		wishes = append(wishes, layout.Inline{At: o.pointer + r.at, Value: r.value})
	}
	for _, at := range d.removed {
		wishes = append(wishes, layout.Remove{At: o.pointer + at})
	}
	for i, c := range created {
		if within(c.at, inlined) {
			continue
		}
		if wish := o.create(c, created[i+1:]); wish != nil {
			wishes = append(wishes, wish)
		}
	}
	for _, rel := range o.owned {
		if !slices.ContainsFunc(created, func(c creation) bool { return isIn(rel, c.at) }) {
			wishes = append(wishes, layout.Remove{At: o.pointer + rel})
		}
	}
	if wish := o.remark(created); wish != nil {
		wishes = append(wishes, wish)
	}
	return o.withoutEmptied(wishes)
}

// withoutEmptied lets an object go with the last of its members where {} would stay: a
// CORS configuration, which would let nobody in, and a path item.
func (o owner) withoutEmptied(wishes []layout.Wish) []layout.Wish {
	if o.pointer != "" {
		return emptied(wishes, o.pointer, o.node)
	}
	return emptied(wishes, configurationPointer, o.node.Get(extensions.NameCORS))
}

// emptied makes one wish of those that remove every member of an object.
func emptied(wishes []layout.Wish, at source.Pointer, object *source.Node) []layout.Wish {
	var rest []layout.Wish
	removed := 0
	for _, w := range wishes {
		parent, _ := w.Place().Parent()
		_, removes := w.(layout.Remove)
		switch {
		case parent == at && removes:
			removed++
		case parent == at:
			return wishes
		default:
			rest = append(rest, w)
		}
	}
	if removed == 0 || removed < len(object.Members()) {
		return wishes
	}
	return append(rest, layout.Remove{At: at})
}

// create returns the wish for a member that should exist: nil where a generated
// one says the same.
func (o owner) create(c creation, later []creation) layout.Wish {
	if o.owns(c.at) {
		if layout.Equal(o.node.At(c.at), c.value) {
			return nil
		}
		return layout.Set{At: o.pointer + c.at, Value: c.value}
	}
	if c.replaces {
		return layout.Set{At: o.pointer + c.at, Value: c.value}
	}
	return layout.Add{At: o.pointer + c.at, Value: c.value, Before: o.nextSibling(c.at, later)}
}

// nextSibling returns the key of the first member that is to follow a new one and
// stands already, so that adding one at a time gives the order of adding all.
func (o owner) nextSibling(at source.Pointer, later []creation) string {
	parent, _ := at.Parent()
	for _, c := range later {
		p, key := c.at.Parent()
		if p == parent && o.owns(c.at) {
			return key
		}
	}
	if parent == "" && o.node.Get(model.MarkName) != nil {
		return model.MarkName
	}
	return ""
}

// remark returns the wish that makes the mark list what is generated.
func (o owner) remark(created []creation) layout.Wish {
	mark := make(layout.List, len(created))
	for i, c := range created {
		mark[i] = layout.String(c.at)
	}
	at := o.pointer + markPointer
	has := o.node.Get(model.MarkName)
	switch {
	case has == nil && len(mark) == 0:
		return nil
	case has == nil:
		return layout.Add{At: at, Value: mark}
	case len(mark) == 0:
		return layout.Remove{At: at}
	case layout.Equal(has, mark):
		return nil
	}
	return layout.Set{At: at, Value: mark}
}

// isIn reports whether a pointer is that of a member or of something in it.
func isIn(p, member source.Pointer) bool {
	_, in := p.Below(member)
	return in
}

func within(at source.Pointer, inlined []replacement) bool {
	return slices.ContainsFunc(inlined, func(r replacement) bool { return isIn(at, r.at) })
}
