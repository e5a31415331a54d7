package layout

import (
	"github.com/apigw-cors/apigw-cors/transform/internal/edit"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// reduce returns cuts that take out of a YAML document what no operation concerns:
// members of the root and of paths, by whole lines. Reading what is left is
// enough to verify edits. A block mapping is the sum of its members, each in
// lines of its own, and reading the document the first time has shown where those
// lines begin and end; so the members that are cut out stay what they were,
// whatever is done to the others. That is not true of a block scalar, whose text
// depends on what follows it: a member that ends in one is not cut out. The
// objects that lose members are marked as partial.
//
// There are no cuts where that does not hold: for JSON, which is read fast enough
// whole, for flow style, and where a member could refer to another by an alias.
func reduce(root *source.Node, t *expectation) []edit.Edit {
	if !reducible(root) || root.File.Aliases {
		return nil
	}
	t.partial = true
	cuts := untouched(root, t)
	if paths, below := root.Get("paths"), t.below["paths"]; below != nil && reducible(paths) {
		below.partial = true
		cuts = append(cuts, untouched(paths, below)...)
	}
	return cuts
}

// reducible reports whether every member of an object has lines of its own.
func reducible(n *source.Node) bool {
	if n.File.Syntax != source.YAML || n.Kind != source.Map || n.Style != source.Block {
		return false
	}
	members := n.Members()
	if len(written(n)) != len(members) {
		return false
	}
	for _, m := range members {
		if !ownLine(m) || m.Key.Kind != source.Scalar {
			return false
		}
		if _, dup := n.Duplicate(m.Name()); dup {
			return false
		}
	}
	return true
}

// untouched returns the cuts for the members that no operation concerns.
func untouched(n *source.Node, t *expectation) []edit.Edit {
	var cuts []edit.Edit
	for _, m := range n.Members() {
		if t.cutsOut(m) {
			cuts = append(cuts, edit.Edit{Start: m.Key.File.LineStart(m.Key.Start), End: lineBehind(m.Value)})
		}
	}
	return cuts
}

// cutsOut reports whether a member is left out of a partial object.
func (t *expectation) cutsOut(m source.Member) bool {
	return t.partial && t.below[m.Name()] == nil && m.Value.LastLeaf().Style != source.BlockScalar
}
