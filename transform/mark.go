package transform

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// owner is an object that carries a mark: the root or a path item. The mark
// lists, relative to it, the topmost members that were generated there. It is the
// only source of ownership: what it does not list is the author's.
type owner struct {
	pointer source.Pointer
	node    *source.Node
	owned   []source.Pointer // relative, as the mark lists them, refined
}

// readOwner reads the mark of an object.
func readOwner(p source.Pointer, n *source.Node) owner {
	o := owner{pointer: p, node: n}
	mark := n.Get(model.MarkName)
	if mark == nil {
		return o
	}
	for _, item := range mark.Items() {
		rel := source.Pointer(item.Text())
		if rel == "" || !rel.Valid() || rel == markPointer {
			continue
		}
		if member := n.At(rel); member != nil {
			o.owned = append(o.owned, refine(rel, member)...)
		}
	}
	return o
}

const markPointer source.Pointer = "/" + model.MarkName

// refine returns what is still generated of a member that once was. An author
// may have added to an object that was generated, a header beside ours; that
// object is the author's then, and ours are the members in it.
func refine(at source.Pointer, n *source.Node) []source.Pointer {
	_, key := at.Parent()
	if !isContainer(key, at) || n.Kind != source.Map {
		return []source.Pointer{at}
	}
	if allGenerated(at, n) {
		return []source.Pointer{at}
	}
	var parts []source.Pointer
	for _, m := range n.Members() {
		child := at.Child(m.Name())
		if isContainer(m.Name(), child) || isHeaderMember(m.Name()) {
			parts = append(parts, refine(child, m.Value)...)
		}
	}
	return parts
}

// isContainer reports whether a generated member is an object that an author may
// add to: everything but OPTIONS, the block, and the single headers.
func isContainer(key string, at source.Pointer) bool {
	switch key {
	case "headers", "responseParameters", "responses", extensions.NameGatewayResponses:
		return true
	}
	parent, _ := at.Parent()
	_, above := parent.Parent()
	return above == "responses" || above == extensions.NameGatewayResponses
}

// allGenerated reports whether an object holds nothing but what is generated.
func allGenerated(at source.Pointer, n *source.Node) bool {
	_, status := at.Parent()
	for _, m := range n.Members() {
		child := at.Child(m.Name())
		switch {
		case isHeaderMember(m.Name()):
		case m.Name() == "description" && m.Value.Text() == statusDescription(status):
		case isContainer(m.Name(), child) && m.Value.Kind == source.Map && allGenerated(child, m.Value):
		default:
			return false
		}
	}
	return true
}

// isHeaderMember reports whether a member is the declaration or the mapping of a
// CORS header.
func isHeaderMember(key string) bool {
	name := strings.TrimPrefix(strings.TrimPrefix(key, answers.MethodTarget), answers.GatewayTarget)
	return answers.IsCORS(name)
}

// owns reports whether the object's mark lists a member.
func (o owner) owns(rel source.Pointer) bool {
	for _, p := range o.owned {
		if p == rel {
			return true
		}
	}
	return false
}

// hide adds what an object's mark lists to a set of nodes, so that a document
// can be read as its author wrote it.
func (o owner) hide(hidden model.Hidden) {
	for _, rel := range o.owned {
		if n := o.node.At(rel); n != nil {
			hidden[n] = true
		}
	}
}
