package rules

import (
	"strconv"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Nearest is the place of a member, or of the nearest one above it that there is.
func Nearest(root *source.Node, at source.Pointer) Place {
	n, place := root, At(root, "")
	for _, key := range at.Keys() {
		below, ok := n.Member(key)
		if i, err := strconv.Atoi(key); err == nil && 0 <= i && i < len(n.Items()) {
			below, ok = source.Member{Key: n.Items()[i], Value: n.Items()[i]}, true
		}
		if !ok {
			break
		}
		n, place = below.Value, At(below.Key, place.Pointer.Child(key))
	}
	return place
}

// Place is where a finding is: at a node of the document, or in another file.
type Place struct {
	Node    *source.Node   // nil where the place is the document as a whole, or another file
	Pointer source.Pointer // of the member that is spoken of

	File     string // the policy file; empty: the document
	Position finding.Position
}

// At is the place of a member of the document.
func At(n *source.Node, p source.Pointer) Place { return Place{Node: n, Pointer: p} }

// InFile is a place in another file than the document.
func InFile(file string, at finding.Position) Place { return Place{File: file, Position: at} }
