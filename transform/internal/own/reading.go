package own

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Reading is a document as it was written by hand, and as it is with what was generated
// in it.
type Reading struct {
	Root        *source.Node
	HandWritten *model.Document
	Mistakes    []Mistake // in the marker

	parts map[source.Pointer]Part
	whole map[source.Pointer]*model.PathItem // with what is generated, where something is
}

// Read reads a document below its root. whole gives its meaning, generated members
// included.
func Read(root *source.Node, whole func() *model.Document) *Reading {
	m := readMarker(root)
	r := &Reading{Root: root, Mistakes: m.mistakes, parts: m.parts, whole: map[source.Pointer]*model.PathItem{}}
	n := root.Get(model.MarkerName)
	if n == nil { // all of it was written by hand
		r.HandWritten = whole()
		return r
	}
	hidden := model.Hidden{n: true}
	for _, part := range r.parts {
		part.hide(hidden)
	}
	r.HandWritten = model.Read(root, hidden)
	if len(r.parts) == 0 {
		return r
	}
	for _, resource := range whole().Resources {
		for _, item := range resource.Items {
			if _, marked := r.parts[item.Pointer]; marked {
				r.whole[item.Pointer] = item
			}
		}
	}
	return r
}

// PartOfRoot returns the root.
func (r *Reading) PartOfRoot() Part { return r.part("", r.Root) }

// PartOf returns a path item.
func (r *Reading) PartOf(item *model.PathItem) Part { return r.part(item.Pointer, item.Node) }

func (r *Reading) part(at source.Pointer, n *source.Node) Part {
	if part, ok := r.parts[at]; ok {
		return part
	}
	return Part{Pointer: at, Node: n}
}

// IsMarked reports whether the marker has an entry for a path item.
func (r *Reading) IsMarked(item *model.PathItem) bool {
	_, ok := r.parts[item.Pointer]
	return ok
}

// Whole returns a path item with what is generated on it, nil where nothing is.
func (r *Reading) Whole(item *model.PathItem) *model.PathItem { return r.whole[item.Pointer] }

// IsGenerated reports whether a member of the document was generated, by itself or with
// what it is in.
func (r *Reading) IsGenerated(at source.Pointer) bool {
	if rest, ok := at.Below(model.Base); ok && rest != "" {
		key := rest.Keys()[0]
		item := model.Base.Child(key)
		if in, _ := at.Below(item); in != "" && r.parts[item].Covers(in) {
			return true
		}
	}
	return at != "" && r.parts[""].Covers(at)
}

// IsPartly reports whether something in a hand-written object was generated.
func (r *Reading) IsPartly(at source.Pointer) bool {
	return r.HandWritten.Hidden.Within(r.Root.At(at))
}

// Generated returns the topmost generated members of a part, as pointers in the document,
// in the order in which the marker lists them.
func (r *Reading) Generated(p Part) []source.Pointer {
	list := make([]source.Pointer, len(p.owned))
	for i, at := range p.owned {
		list[i] = p.Pointer + at
	}
	return list
}

// OwnsOptions reports whether the OPTIONS of a path item was generated, also where
// somebody has added to it since. One that was completed is not.
func (r *Reading) OwnsOptions(item *model.PathItem) bool {
	return r.PartOf(item).ownsOptionsOf("") || r.RootOwnsOptions(item)
}

// RootOwnsOptions reports whether it is listed among the members of the root, since the
// path item had to be made for it.
func (r *Reading) RootOwnsOptions(item *model.PathItem) bool {
	return r.PartOfRoot().ownsOptionsOf(item.Pointer)
}

// ownsOptionsOf tells an OPTIONS of ours by its integration.
func (p Part) ownsOptionsOf(item source.Pointer) bool {
	integration := item.Child("options", extensions.NameIntegration)
	return p.Covers(integration) || p.Covers(integration.Child("type")) || p.Covers(integration.Child("$ref"))
}

// OwnsCORSObject reports whether the CORS object of a path item was generated, also where
// somebody has added to it since.
func (r *Reading) OwnsCORSObject(item *model.PathItem) bool {
	return r.PartOf(item).HasBelow("/" + extensions.NameCORS)
}

// OwnsRoutes reports whether something that only HTTP APIs have was generated: the CORS
// configuration, or a path item for an OPTIONS route.
func (r *Reading) OwnsRoutes() bool {
	root := r.PartOfRoot()
	return root.HasBelow(model.ConfigurationPointer) || root.HasBelow(model.Base)
}

// EditedBelow returns the values that no run has written on a path item, as pointers in
// the document.
func (r *Reading) EditedBelow(item *model.PathItem) []source.Pointer {
	var list []source.Pointer
	for _, at := range r.PartOf(item).Edited {
		list = append(list, item.Pointer+at)
	}
	for _, at := range r.PartOfRoot().Edited {
		if strings.HasPrefix(string(at), string(item.Pointer)+"/") {
			list = append(list, at)
		}
	}
	return list
}

// OwnsOptions reports whether the OPTIONS of a path item is listed for the path item
// itself.
func (p Part) OwnsOptions() bool { return p.ownsOptionsOf("") }
