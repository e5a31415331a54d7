package transform

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// draft is what a policy asks for below one object, as a tree of members in the
// order in which they are to stand. Leaves hold values; the objects between them
// may or may not exist in the document.
type draft struct {
	key     string
	value   layout.Value // of a leaf
	inline  layout.Map   // what a reference is replaced by before members are added
	members []*draft

	replaces bool // the author's value gives way; without a value, to nothing
}

// drafts are those of path items. One for which nothing is wanted has none.
type drafts map[*model.PathItem]*draft

// of returns the draft of a path item, which it makes if need be.
func (all drafts) of(item *model.PathItem) *draft {
	if all[item] == nil {
		all[item] = &draft{}
	}
	return all[item]
}

// put asks for a value at a place, given by the keys on the way to it.
func (w *draft) put(v layout.Value, keys ...string) {
	w.at(keys...).value = v
}

// putAll asks for the members of an object at a place, one by one, so that others may
// stand beside them.
func (w *draft) putAll(object layout.Map, keys ...string) {
	to := w.at(keys...)
	for _, m := range object {
		to.put(m.Value, m.Key)
	}
}

// replace asks for a value at a place, also where the author has another.
func (w *draft) replace(v layout.Value, keys ...string) {
	m := w.at(keys...)
	m.value, m.replaces = v, true
}

// remove asks that an author's value goes.
func (w *draft) remove(keys ...string) { w.replace(nil, keys...) }

// at returns the part of the tree at a place, which it makes if need be.
func (w *draft) at(keys ...string) *draft {
	for _, key := range keys {
		w = w.member(key)
	}
	return w
}

// wants reports whether anything is asked for at a place.
func (w *draft) wants(keys ...string) bool {
	for _, key := range keys {
		i := slices.IndexFunc(w.members, func(m *draft) bool { return m.key == key })
		if i < 0 {
			return false
		}
		w = w.members[i]
	}
	return true
}

func (w *draft) member(key string) *draft {
	for _, m := range w.members {
		if m.key == key {
			return m
		}
	}
	m := &draft{key: key}
	w.members = append(w.members, m)
	return m
}

// creation is a member that has to be created because the author's document lacks
// it, the topmost one on the way to something wanted, or that takes the place of
// the author's.
type creation struct {
	at       source.Pointer // relative to the owner
	value    layout.Value
	replaces bool
}

// replacement is a reference to be replaced by what it refers to.
type replacement struct {
	at    source.Pointer
	value layout.Map
}

// difference is what has to be done to an author's document.
type difference struct {
	created []creation
	inlined []replacement
	removed []source.Pointer // of the author's
}

// missing walks the tree beside the author's document and tells what it lacks.
func (w *draft) missing(hidden model.Hidden, n *source.Node, at source.Pointer) difference {
	var d difference
	for _, m := range w.members {
		here := at.Child(m.key)
		child := hidden.Get(n, m.key)
		switch {
		case m.replaces && m.value == nil:
			if child != nil {
				d.removed = append(d.removed, here)
			}
		case child == nil:
			d.created = append(d.created, creation{at: here, value: m.build()})
		case m.replaces:
			if !layout.Equal(child, m.value) || hidden.Within(child) {
				d.created = append(d.created, creation{here, m.value, true})
			}
		case m.inline != nil:
			content, parts := m.addTo(m.inline, here)
			d.created = append(d.created, parts...)
			d.inlined = append(d.inlined, replacement{here, content})
		default:
			below := m.missing(hidden, child, here)
			d.created = append(d.created, below.created...)
			d.inlined = append(d.inlined, below.inlined...)
			d.removed = append(d.removed, below.removed...)
		}
	}
	return d
}

// build returns the value of a part of the tree.
func (w *draft) build() layout.Value {
	if w.value != nil {
		return w.value
	}
	m := make(layout.Map, 0, len(w.members))
	for _, member := range w.members {
		if member.replaces && member.value == nil {
			continue
		}
		m = append(m, layout.Member{Key: member.key, Value: member.build()})
	}
	return m
}

// addTo adds the tree to an object that is about to be written, and returns the
// topmost members that this creates.
func (w *draft) addTo(content layout.Map, at source.Pointer) (layout.Map, []creation) {
	var created []creation
	for _, m := range w.members {
		here := at.Child(m.key)
		if m.replaces && m.value == nil {
			continue // responses have no mappings
		}
		inner, isMap := content.Get(m.key).(layout.Map)
		if !isMap {
			v := m.build()
			content = content.With(m.key, v)
			created = append(created, creation{at: here, value: v})
			continue
		}
		added, parts := m.addTo(inner, here)
		content = content.With(m.key, added)
		created = append(created, parts...)
	}
	return content, created
}
