package rules

import (
	"strconv"

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
