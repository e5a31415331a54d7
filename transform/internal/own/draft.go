package own

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Draft is what a policy asks for below one object, as a tree of members in the
// order in which they are to appear. Leaves hold values; the objects between them
// may or may not exist in the document.
type Draft struct {
	key     string
	value   layout.Value // of a leaf
	inline  layout.Map   // what a reference is replaced by before members are added
	members []*Draft

	replaces bool // an existing value is replaced; without a value, removed
}

// Put asks for a value at a place, given by the keys on the way to it.
func (d *Draft) Put(v layout.Value, keys ...string) {
	d.At(keys...).value = v
}

// PutAll asks for the members of an object at a place, one by one, so that others may
// be there beside them.
func (d *Draft) PutAll(object layout.Map, keys ...string) {
	to := d.At(keys...)
	for _, m := range object {
		to.Put(m.Value, m.Key)
	}
}

// Replace asks for a value at a place, also where there is another.
func (d *Draft) Replace(v layout.Value, keys ...string) {
	m := d.At(keys...)
	m.value, m.replaces = v, true
}

// Remove asks that an existing value is removed.
func (d *Draft) Remove(keys ...string) { d.Replace(nil, keys...) }

// Inline asks that a reference is replaced by what it refers to.
func (d *Draft) Inline(content layout.Map) { d.inline = content }

// At returns the part of the tree at a place, which it makes if need be.
func (d *Draft) At(keys ...string) *Draft {
	for _, key := range keys {
		d = d.member(key)
	}
	return d
}

// Wants reports whether anything is asked for at a place.
func (d *Draft) Wants(keys ...string) bool {
	for _, key := range keys {
		i := slices.IndexFunc(d.members, func(m *Draft) bool { return m.key == key })
		if i < 0 {
			return false
		}
		d = d.members[i]
	}
	return true
}

// reaches reports whether something is asked for at a place, or a value that holds it.
func (d *Draft) reaches(keys []string) bool {
	for _, key := range keys {
		if d.value != nil {
			return true
		}
		i := slices.IndexFunc(d.members, func(m *Draft) bool { return m.key == key })
		if i < 0 {
			return false
		}
		d = d.members[i]
	}
	return true
}

// SortMembers puts the members of an object that is asked for in order.
func (d *Draft) SortMembers(compare func(a, b string) int) {
	slices.SortStableFunc(d.members, func(a, b *Draft) int { return compare(a.key, b.key) })
}

func (d *Draft) member(key string) *Draft {
	for _, m := range d.members {
		if m.key == key {
			return m
		}
	}
	m := &Draft{key: key}
	d.members = append(d.members, m)
	return m
}

// creation is a member that has to be created because the hand-written document lacks
// it, the topmost one on the way to something wanted, or that takes the place of
// an existing one.
type creation struct {
	at       source.Pointer // relative to the part
	value    layout.Value
	replaces bool
}

// replacement is a reference to be replaced by what it refers to.
type replacement struct {
	at    source.Pointer
	value layout.Map
}

// difference is what has to be done to a hand-written document.
type difference struct {
	created []creation
	inlined []replacement
	removed []source.Pointer // hand-written members
}

func (d *difference) add(other difference) {
	d.created = append(d.created, other.created...)
	d.inlined = append(d.inlined, other.inlined...)
	d.removed = append(d.removed, other.removed...)
}

// missing walks the tree beside the hand-written document and tells what it lacks.
func (d *Draft) missing(hidden model.Hidden, n *source.Node, at source.Pointer) difference {
	var diff difference
	for _, m := range d.members {
		diff.add(m.missingAt(hidden, hidden.Get(n, m.key), at.Child(m.key)))
	}
	return diff
}

// missingAt does so for one member, whose node is nil where it does not exist.
func (d *Draft) missingAt(hidden model.Hidden, n *source.Node, at source.Pointer) (diff difference) {
	switch {
	case d.replaces && d.value == nil:
		if n != nil {
			diff.removed = []source.Pointer{at}
		}
	case n == nil:
		diff.created = []creation{{at: at, value: d.build()}}
	case d.replaces:
		if !layout.Equal(n, d.value) || hidden.Within(n) {
			diff.created = []creation{{at, d.value, true}}
		}
	case d.inline != nil:
		content, parts := d.addTo(d.inline, at)
		diff.created = parts
		diff.inlined = []replacement{{at, content}}
	case d.value != nil:
		return expanded(d.value, hidden, n, at)
	default:
		return d.missing(hidden, n, at)
	}
	return diff
}

// expanded tells what an object lacks in which somebody has written beside what was
// generated. An object without anything generated in it is hand-written, and stays.
func expanded(v layout.Value, hidden model.Hidden, n *source.Node, at source.Pointer) (diff difference) {
	object, isMap := v.(layout.Map)
	if !isMap || !hidden.Within(n) {
		return diff
	}
	for _, m := range object {
		child, here := hidden.Get(n, m.Key), at.Child(m.Key)
		if child == nil {
			diff.add(difference{created: []creation{{at: here, value: m.Value}}})
			continue
		}
		diff.add(expanded(m.Value, hidden, child, here))
	}
	return diff
}

// build returns the value of a part of the tree.
func (d *Draft) build() layout.Value {
	if d.value != nil {
		return d.value
	}
	m := make(layout.Map, 0, len(d.members))
	for _, member := range d.members {
		if member.replaces && member.value == nil {
			continue
		}
		m = append(m, layout.Member{Key: member.key, Value: member.build()})
	}
	return m
}

// addTo adds the tree to an object that is about to be written, and returns the
// topmost members that this creates.
func (d *Draft) addTo(content layout.Map, at source.Pointer) (layout.Map, []creation) {
	var created []creation
	for _, m := range d.members {
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
