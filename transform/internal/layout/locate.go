package layout

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Refusal is an operation whose place is uncertain, from the object At on.
type Refusal struct {
	Operation Operation
	At        source.Pointer
	Err       *finding.PlaceError
}

func (r *Refusal) Error() string { return r.Err.Error() }
func (r *Refusal) Unwrap() error { return r.Err }

// site is an object that operations change, with the objects above it, root first.
type site struct {
	node    *source.Node
	key     source.Member // the member that holds node; zero for the root
	parents []*source.Node
	at      source.Pointer
	habits
}

// parent returns the object above, or nil at the root.
func (s site) parent() *source.Node {
	if len(s.parents) == 0 {
		return nil
	}
	return s.parents[len(s.parents)-1]
}

// locate walks from the root to the object at p. Every step must be certain: a
// value that other places share, or that is written elsewhere, is refused, since
// editing it would change those places too.
func locate(root *source.Node, h habits, p source.Pointer) (site, error) {
	s := site{node: root, habits: h}
	if err := certain(s.node, "the document"); err != nil {
		return s, err
	}
	for _, key := range p.Keys() {
		m, err := step(s.node, key)
		s.at = s.at.Child(key)
		if err != nil {
			return s, err
		}
		s.parents = append(s.parents, s.node)
		s.node, s.key = m.Value, m
	}
	if s.node.Kind != source.Map && !s.node.Unwritten() {
		return s, s.node.File.Fault(s.node.Start, fmt.Sprintf("%q is not an object, so nothing can be added to it", s.key.Name()), "write an object there")
	}
	return s, nil
}

// step goes from an object to the value of one of its members.
func step(n *source.Node, key string) (source.Member, error) {
	m, ok := n.Member(key)
	if !ok {
		return m, n.File.Fault(n.Start, fmt.Sprintf("there is no member %q here", key), "write it there")
	}
	if m.Merged {
		return m, n.File.Fault(m.Key.Start, fmt.Sprintf("%q arrives through a merge key (<<), so editing it would change the place it comes from", key), writeOut)
	}
	if second, dup := n.Duplicate(key); dup {
		return m, n.File.Fault(second.Key.Start, fmt.Sprintf("the key %q stands twice in one object, so its meaning depends on the reader", key), "keep one of the two")
	}
	if explicit(n, m) {
		return m, n.File.Fault(m.Key.Start, fmt.Sprintf("%q is written as an explicit key (?)", key), writePlain)
	}
	return m, certain(m.Value, fmt.Sprintf("%q", key))
}

// explicit reports whether a key stands behind a question mark, so that its value
// may stand anywhere.
func explicit(n *source.Node, m source.Member) bool {
	f := n.File
	before := bytes.TrimRight(f.Src[f.LineStart(m.Key.Start):m.Key.Start], " ")
	return n.Style == source.Block && bytes.HasSuffix(before, []byte("?"))
}

// certain refuses a value that is shared with other places.
func certain(n *source.Node, what string) error {
	switch {
	case n.Alias != "":
		return n.File.Fault(n.Start, fmt.Sprintf("%s is the alias *%s, so editing it would change every place that uses &%s", what, n.Alias, n.Alias), writeOut)
	case n.Shared:
		return n.File.Fault(n.Start, fmt.Sprintf("%s carries the anchor &%s, which is used elsewhere, so editing it would change those places too", what, n.Anchor), writeOut)
	case n.Kind == source.Map && !n.Plainly():
		return n.File.Fault(n.Start, fmt.Sprintf("%s carries the tag %s, so its members are not plain members", what, n.Tag()), writeOut)
	}
	return nil
}

// What to write instead of what is refused.
const (
	writeOut   = "write it out there"
	writePlain = "write it without the question mark"
)

func refuse(w Operation, at source.Pointer, err error) error {
	var place *finding.PlaceError
	if errors.As(err, &place) {
		return &Refusal{Operation: w, At: at, Err: place}
	}
	return err
}
