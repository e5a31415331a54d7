// Package own knows what in a document was generated: it reads the ownership marker, and
// turns the difference between what a document has and what it should have into
// operations.
package own

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// RootEntry is the key of the marker under which the members of the root are listed. Every
// other key is that of a path item.
const RootEntry = "root"

const markerPointer source.Pointer = "/" + model.MarkerName

// A Part is an object in which something may be generated, the root or a path item, with
// what the marker lists for it. The marker is the only source of ownership: what it does
// not list was written by hand.
type Part struct {
	Pointer source.Pointer
	Node    *source.Node

	listed []source.Pointer // relative to the part, as far as a run may have listed them
	owned  []source.Pointer // the topmost members that hold nothing but what was generated

	// Edited are values that no run has written where they are.
	Edited []source.Pointer
	// Added are members that somebody has written into what was generated. They stay.
	Added []source.Pointer
}

// A Mistake is something in the marker that no run has written there.
type Mistake struct {
	Kind    MistakeKind
	Node    *source.Node
	Pointer source.Pointer
}

// MistakeKind tells what is wrong.
type MistakeKind int

const (
	NotAnObject    MistakeKind = iota + 1 // the marker
	NotAList                              // an entry
	UnknownPath                           // the key of an entry is no path of the document
	NeverGenerated                        // a pointer
)

// marker is what the ownership marker of a document lists.
type marker struct {
	parts    map[source.Pointer]Part
	mistakes []Mistake
}

// readMarker reads the marker of a document.
func readMarker(root *source.Node) marker {
	m := marker{parts: map[source.Pointer]Part{}}
	node := root.Get(model.MarkerName)
	if node == nil {
		return m
	}
	if node.Kind != source.Map {
		m.mistakes = append(m.mistakes, Mistake{NotAnObject, node, markerPointer})
		return m
	}
	for _, entry := range node.Members() {
		m.readEntry(root, entry)
	}
	return m
}

func (m *marker) readEntry(root *source.Node, entry source.Member) {
	at := markerPointer.Child(entry.Name())
	part, s := Part{Node: root}, func() *shape { return shapeOfRoot(root) }
	if entry.Name() != RootEntry {
		item := root.Get("paths").Get(entry.Name())
		if item == nil {
			m.mistakes = append(m.mistakes, Mistake{UnknownPath, entry.Key, at})
			return
		}
		part = Part{Pointer: model.Base.Child(entry.Name()), Node: item}
		s = func() *shape { return shapeOfItem(root, item) }
	}
	if entry.Value.Kind != source.Seq {
		m.mistakes = append(m.mistakes, Mistake{NotAList, entry.Value, at})
		return
	}
	wrong := part.read(entry.Value, s())
	for _, n := range wrong {
		m.mistakes = append(m.mistakes, Mistake{NeverGenerated, n, at})
	}
	m.parts[part.Pointer] = part
}

// read takes what an entry of the marker lists, and returns what no run has listed there.
func (p *Part) read(list *source.Node, s *shape) (wrong []*source.Node) {
	listed := map[source.Pointer]bool{}
	for _, item := range list.Items() {
		at := source.Pointer(item.Text())
		if !at.Valid() || at == "" || !s.isGenerated(p.Node, at) {
			wrong = append(wrong, item)
			continue
		}
		if !listed[at] {
			p.listed = append(p.listed, at)
		}
		listed[at] = true
	}
	for _, at := range p.listed {
		if n := p.Node.At(at); n != nil && !at.IsWithin(listed) {
			p.refine(at, n, s.at(p.Node, at))
		}
	}
	if p.ownsOptionsOf("") {
		p.readAdditions("/options", s)
	}
	if p.Pointer != "" { // at the root, the object may be hand-written, and completed
		p.readAdditions("/"+extensions.NameCORS, s)
	}
	return wrong
}

// readAdditions finds what was added to an object of ours whose generated members the marker lists
// one by one, since an earlier run has found the addition.
func (p *Part) readAdditions(object source.Pointer, s *shape) {
	if p.Owns(object) || !p.HasBelow(object) {
		return
	}
	whole := Part{Node: p.Node}
	whole.generatedIn(object, p.Node.At(object), s.at(p.Node, object))
	p.Added = append(slices.DeleteFunc(p.Added, func(at source.Pointer) bool { return isIn(at, object) }), whole.Added...)
}

// at returns the shape of a place below an object, nil where no run writes anything.
func (s *shape) at(n *source.Node, at source.Pointer) *shape {
	for _, key := range at.Keys() {
		if s.member == nil {
			return nil
		}
		n = n.Get(key)
		if s = s.member(key, n); s == nil {
			return nil
		}
	}
	return s
}

// isGenerated reports whether a run may list a place.
func (s *shape) isGenerated(n *source.Node, at source.Pointer) bool {
	if s = s.at(n, at); s == nil || !s.listed {
		return false
	}
	value := n.At(at)
	return value == nil || s.believed == nil || s.believed(value)
}

// refine takes what is still generated of a member that once was. Somebody may have added
// to it: an operationId to an OPTIONS, an example to the declaration of a header. Then the
// object that holds the addition is theirs, and ours are the other members in it.
func (p *Part) refine(at source.Pointer, n *source.Node, s *shape) {
	owned, whole := p.generatedIn(at, n, s)
	if whole {
		owned = []source.Pointer{at}
	}
	p.owned = append(p.owned, owned...)
}

// generatedIn returns the topmost generated members in a value, and whether all of it was
// generated.
func (p *Part) generatedIn(at source.Pointer, n *source.Node, s *shape) (owned []source.Pointer, whole bool) {
	if s.member == nil || n.Kind != source.Map || n.Alias != "" {
		if s.wrote != nil && !s.wrote(n) || s.member != nil && n.Kind != source.Map {
			p.Edited = append(p.Edited, at)
		}
		return []source.Pointer{at}, true
	}
	whole = true
	for _, m := range n.Members() {
		child := at.Child(m.Name())
		below := s.member(m.Name(), m.Value)
		if below == nil || below.added {
			p.Added = append(p.Added, child)
			whole = false
			continue
		}
		parts, all := p.generatedIn(child, m.Value, below)
		if all {
			parts = []source.Pointer{child}
		}
		owned, whole = append(owned, parts...), whole && all
	}
	return owned, whole
}

// isIn reports whether a pointer is that of a member or of something in it.
func isIn(p, member source.Pointer) bool {
	_, in := p.Below(member)
	return in
}

// Owns reports whether a member, relative to the part, was generated as a whole, and is
// not within another that was.
func (p Part) Owns(at source.Pointer) bool { return slices.Contains(p.owned, at) }

// Covers reports whether a member was generated, by itself or with what it is in.
func (p Part) Covers(at source.Pointer) bool {
	return slices.ContainsFunc(p.owned, func(owned source.Pointer) bool { return isIn(at, owned) })
}

// HasBelow reports whether something in a member, or all of it, was generated.
func (p Part) HasBelow(at source.Pointer) bool {
	return slices.ContainsFunc(p.owned, func(owned source.Pointer) bool { return isIn(owned, at) })
}

// IsEmpty reports whether nothing of the part was generated.
func (p Part) IsEmpty() bool { return len(p.owned) == 0 }

// hide adds what was generated to a set of nodes, so that a document can be read as it was
// written by hand.
func (p Part) hide(hidden model.Hidden) {
	for _, at := range p.owned {
		if n := p.Node.At(at); n != nil {
			hidden[n] = true
		}
	}
}
