package model

import "github.com/apigw-cors/apigw-cors/transform/internal/source"

// LongForm returns a CloudFormation intrinsic as JSON, whether it is written as a
// tag (!Sub "…") or in long form ({"Fn::Sub": "…"}), and false for any other value.
// It may be called with nil.
func LongForm(n *source.Node) (string, bool) {
	if n == nil || n.Alias != "" || !Intrinsic(n) {
		return "", false
	}
	if !writtenHere(n, deepestIntrinsic) {
		return "", false
	}
	return JSON(n)
}

// deepestIntrinsic is deeper than anybody nests intrinsics.
const deepestIntrinsic = 32

// writtenHere reports whether all of a value is written where it stands, and not an alias.
func writtenHere(n *source.Node, depth int) bool {
	if depth == 0 || n.Alias != "" {
		return false
	}
	for _, item := range n.Items() {
		if !writtenHere(item, depth-1) {
			return false
		}
	}
	for _, m := range n.Members() {
		if m.Merged || !writtenHere(m.Value, depth-1) {
			return false
		}
	}
	return true
}
