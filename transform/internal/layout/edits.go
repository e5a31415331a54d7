package layout

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/edit"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Edits returns the edits that fulfil the operations, sorted. Operations for one object
// must follow the order in which its new members shall stand. Every operation whose
// place is uncertain is refused: the error joins a [*Refusal] for each of them.
// generated are the members that earlier operations made; their style is nobody's.
func Edits(root *source.Node, operations []Operation, generated map[*source.Node]bool) ([]edit.Edit, error) {
	var edits []edit.Edit
	var refused []error
	h := habitsOf(root, generated)
	for _, group := range byObject(operations) {
		made, at, err := editObject(root, h, group)
		if err != nil {
			refused = append(refused, refuse(group.operations[0], at, err))
			continue
		}
		edits = append(edits, made...)
	}
	if len(refused) > 0 {
		return nil, errors.Join(refused...)
	}
	edit.Sort(edits)
	keepOpenEnd(root, edits)
	return edits, nil
}

// keepOpenEnd sees to it that a file whose last line is not ended stays so when
// its last lines are taken out: the line before them is not ended then, unless it
// belongs to a block scalar, whose text its line break is.
func keepOpenEnd(root *source.Node, edits []edit.Edit) {
	src := root.File.Src
	i := slices.IndexFunc(edits, func(e edit.Edit) bool { return e.End == len(src) && e.New == "" && e.Start < e.End })
	if i < 0 || bytes.HasSuffix(src, []byte("\n")) {
		return
	}
	for i > 0 && edits[i-1].End == edits[i].Start {
		i--
		if edits[i].New != "" {
			edits[i].New = strings.TrimSuffix(strings.TrimSuffix(edits[i].New, "\n"), "\r")
			return
		}
	}
	if last := leafBefore(root, edits[i].Start); last.Style == source.BlockScalar && last.Chomping() != '-' {
		return
	}
	before := bytes.TrimSuffix(src[:edits[i].Start], []byte("\n"))
	edits[i].Start = len(bytes.TrimSuffix(before, []byte("\r")))
}

// leafBefore returns the last scalar, or collection in brackets, that ends at an
// offset or before it.
func leafBefore(n *source.Node, off int) *source.Node {
	for n.Style == source.Block && n.Alias == "" {
		var last *source.Node
		for _, m := range written(n) {
			if m.Value.Start < off {
				last = m.Value
			}
		}
		for _, item := range n.Items() {
			if item.Start < off {
				last = item
			}
		}
		if last == nil {
			return n
		}
		n = last
	}
	return n
}

// group is the operations for the members of one object.
type group struct {
	object     source.Pointer
	operations []Operation
}

func byObject(operations []Operation) []group {
	var groups []group
	index := map[source.Pointer]int{}
	for _, w := range operations {
		object, _ := w.Place().Parent()
		i, ok := index[object]
		if !ok {
			i = len(groups)
			index[object] = i
			groups = append(groups, group{object: object})
		}
		groups[i].operations = append(groups[i].operations, w)
	}
	slices.SortStableFunc(groups, func(a, b group) int { return b.depth() - a.depth() })
	return groups
}

// depth is how deep the object lies. Where an object and the one around it end on
// the same line, what goes into the inner one must come first.
func (g group) depth() int { return strings.Count(string(g.object), "/") }

// editObject returns the edits for one object, or an error and how far it came.
func editObject(root *source.Node, h habits, g group) ([]edit.Edit, source.Pointer, error) {
	s, err := locate(root, h, g.object)
	if err != nil {
		return nil, s.at, err
	}
	o := newObject(s)
	for _, w := range g.operations {
		if err := o.take(w); err != nil {
			return nil, w.Place(), err
		}
	}
	edits, err := o.edits()
	return append(edits, o.spliced...), s.at, err
}

// edits returns the edits for what was taken.
func (o *object) edits() ([]edit.Edit, error) {
	n := o.node
	switch {
	case n.Unwritten():
		return o.fillUnwritten()
	case len(o.members) == 0 && len(n.Members()) > 0:
		return nil, n.File.Fault(n.Start, fmt.Sprintf("all members of %q arrive through a merge key (<<), so there is none to stand beside", o.key.Name()), writeOut)
	case len(o.removed)+len(o.set)+len(o.added) == 0:
		return nil, nil
	case n.Style == source.Block && explicit(n, o.members[0]):
		return nil, n.File.Fault(o.members[0].Key.Start, fmt.Sprintf("%q is written as an explicit key (?)", o.members[0].Name()), writePlain)
	case n.Style == source.Block:
		return o.editBlock()
	}
	return o.editFlow()
}

func (o *object) take(w Operation) error {
	_, key := w.Place().Parent()
	if add, ok := w.(Add); ok {
		o.added = append(o.added, add)
		return nil
	}
	m, err := step(o.node, key)
	if err != nil {
		return err
	}
	i := slices.Index(o.members, m)
	switch w := w.(type) {
	case Remove:
		o.removed[i] = true
	case Set:
		o.set[i] = w.Value
	case Splice:
		edits, err := o.splice(m, w)
		o.spliced = append(o.spliced, edits...)
		return err
	case Inline:
		if at := comment(m.Value); at >= 0 {
			return m.Key.File.Fault(at, fmt.Sprintf("a comment stands within the reference at %q, which is to be replaced by what it refers to", key), "move the comment")
		}
		o.set[i] = w.Value
	}
	return nil
}

// comment returns the offset of the first comment in the text of a YAML value, or
// -1. A hash in quotes behind a blank is taken for one too.
func comment(n *source.Node) int {
	raw := n.Raw()
	for i, c := range raw {
		if n.File.Syntax == source.YAML && c == '#' && i > 0 && bytes.IndexByte([]byte(" \t\n"), raw[i-1]) >= 0 {
			return n.Start + i
		}
	}
	return -1
}
