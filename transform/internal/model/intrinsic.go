package model

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

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

// Intrinsic reports whether a value is a CloudFormation intrinsic function, as a
// tag (!If) or in long form ({"Fn::If": …}). It is recognised on the node: in
// long form it would decode without error into an empty operation.
func Intrinsic(n *source.Node) bool {
	if n == nil {
		return false
	}
	if strings.HasPrefix(n.Tag(), "!") && !strings.HasPrefix(n.Tag(), "!!") {
		return true
	}
	members := n.Members()
	return len(members) == 1 && extensions.IsIntrinsicName(members[0].Name())
}

// transformKey is the member by which CloudFormation includes text from elsewhere.
const transformKey = "Fn::Transform"

// IsElsewhere reports whether a value, or a part of it, is not in the document: CloudFormation puts it
// in.
func IsElsewhere(n *source.Node) bool { return Intrinsic(n) || includes(n) }

// includes reports whether an object has members that are not in the document.
func includes(n *source.Node) bool { return n.Get(transformKey) != nil }

// Closed tells why members cannot be added to a value that should be an object,
// and empty when they can: also to one that is absent, or a null that nobody
// wrote.
func Closed(n *source.Node) string {
	switch {
	case n == nil, n.Unwritten():
		return ""
	case includes(n):
		return "completed from elsewhere (" + transformKey + ")"
	case Intrinsic(n):
		return "a CloudFormation intrinsic"
	case n.IsNull():
		return "null"
	case n.Kind != source.Map:
		return "not an object"
	}
	return ""
}
