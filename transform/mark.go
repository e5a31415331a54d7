package transform

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// owner is an object that carries a mark: the root or a path item. The mark
// lists, relative to it, the topmost members that were generated there. It is the
// only source of ownership: what it does not list is the author's.
type owner struct {
	pointer source.Pointer
	node    *source.Node
	owned   []source.Pointer // relative, refined, none within another
	strange []*source.Node   // entries of the mark that it cannot have had from us
}

const markPointer source.Pointer = "/" + model.MarkName

// creatable is a member that may be generated, relative to its owner, and how many of
// its keys the shortest pointer has that a mark can list: what is above exists before
// anything is generated in it. What a mark lists beside these is not believed: an
// edit by hand could hand over an author's operation that way.
type creatable struct {
	shape []string
	least int
}

var creatableAtRoot = []creatable{
	{[]string{extensions.NameGatewayResponses, "*", "responseParameters", "{header}"}, 1},
	{[]string{extensions.NameCORS, "{configuration}"}, 1},
	{[]string{"paths", "{path}", "options", "{member}"}, 2},
}

var creatableOnPathItem = []creatable{
	{[]string{"options", "{member}"}, 1},
	{[]string{extensions.NameCORS}, 1},
	{[]string{"{method}", "responses", "*", "description"}, 2},
	{[]string{"{method}", "responses", "*", "headers", "{header}"}, 2},
	{[]string{"{method}", extensions.NameIntegration, "responses", "*", "responseParameters", "{header}"}, 5},
	{[]string{"{method}", extensions.NameIntegration, "responses", "*", "responseTemplates", "application/json"}, 5},
}

// isCreatable reports whether a member may be generated in an object, and whether it
// is an object in which others may.
func (o owner) isCreatable(at source.Pointer) (container, ok bool) {
	keys, all := at.Keys(), creatableOnPathItem
	if o.pointer == "" {
		all = creatableAtRoot
	}
	for _, c := range all {
		if c.least <= len(keys) && len(keys) <= len(c.shape) && fits(keys, c.shape) {
			return len(keys) < len(c.shape), true
		}
	}
	return false, false
}

func fits(keys, shape []string) bool {
	for i, key := range keys {
		switch shape[i] {
		case "*":
		case "{method}":
			if _, ok := model.MethodName(key); !ok {
				return false
			}
		case "{header}":
			name := strings.TrimPrefix(strings.TrimPrefix(key, answers.MethodTarget), answers.GatewayTarget)
			if !answers.IsActual(name) && !(keys[0] == "options" && answers.IsCORS(name)) {
				return false
			}
		case "{configuration}":
			if m := policy.MemberNamed(key); m.Name == "" || m.Own {
				return false
			}
		case "{path}":
			if !strings.HasPrefix(key, "/") {
				return false
			}
		case "{member}":
			if !generatedInOptions[key] {
				return false
			}
		default:
			if key != shape[i] {
				return false
			}
		}
	}
	return true
}

// readOwner reads the mark of an object.
func readOwner(p source.Pointer, n *source.Node) owner {
	o := owner{pointer: p, node: n}
	mark := n.Get(model.MarkName)
	if mark == nil {
		return o
	}
	if mark.Kind != source.Seq {
		o.strange = append(o.strange, mark)
	}
	listed := map[source.Pointer]bool{}
	for _, item := range mark.Items() {
		rel := source.Pointer(item.Text())
		if _, ok := o.isCreatable(rel); rel == "" || !rel.Valid() || !ok {
			o.strange = append(o.strange, item)
			continue
		}
		listed[rel] = true
	}
	for _, item := range mark.Items() {
		rel := source.Pointer(item.Text())
		if member := n.At(rel); listed[rel] && member != nil && !isWithin(rel, listed) {
			o.owned = append(o.owned, o.refine(rel, member)...)
			listed[rel] = false
		}
	}
	return o
}

// refine returns what is still generated of a member that once was. An author
// may have added to an object that was generated, a header beside ours or an
// operationId on an OPTIONS; that object is the author's then, and ours are the
// members in it.
func (o owner) refine(at source.Pointer, n *source.Node) []source.Pointer {
	if container, _ := o.isCreatable(at); !container || n.Kind != source.Map || o.allGenerated(at, n) {
		return []source.Pointer{at}
	}
	var parts []source.Pointer
	for _, m := range n.Members() {
		child := at.Child(m.Name())
		if _, ok := o.isCreatable(child); ok && m.Name() != "description" && !o.isAuthorsVary(m) {
			parts = append(parts, o.refine(child, m.Value)...)
		}
	}
	return parts
}

// allGenerated reports whether an object holds nothing but what is generated.
func (o owner) allGenerated(at source.Pointer, n *source.Node) bool {
	_, status := at.Parent()
	for _, m := range n.Members() {
		child := at.Child(m.Name())
		container, ok := o.isCreatable(child)
		switch {
		case !ok, o.isAuthorsVary(m):
			return false
		case m.Name() == "description":
			ok = m.Value.Text() == statusDescription(status)
		case container:
			ok = m.Value.Kind == source.Map && o.allGenerated(child, m.Value)
		}
		if !ok {
			return false
		}
	}
	return true
}

// isAuthorsVary reports whether a member of a generated object is a Vary of the
// author's. Ours is there only where a template computes the origin, and says
// nothing else then.
func (o owner) isAuthorsVary(m source.Member) bool {
	mapped, isMapping := strings.CutPrefix(m.Name(), answers.MethodTarget)
	switch {
	case isMapping && strings.EqualFold(mapped, answers.Vary):
		return m.Value.Text() != varyOrigin
	case strings.EqualFold(m.Name(), answers.Vary):
		return !o.varies()
	}
	return false
}

const varyOrigin = "'Origin'"

// varies reports whether an answer of a path item is mapped to vary with the origin.
func (o owner) varies() bool {
	for _, m := range o.node.Members() {
		if _, ok := model.MethodName(m.Name()); !ok {
			continue
		}
		for _, entry := range m.Value.Get(extensions.NameIntegration).Get("responses").Members() {
			if entry.Value.Get("responseParameters").Get(answers.MethodTarget+answers.Vary).Text() == varyOrigin {
				return true
			}
		}
	}
	return false
}

// isWithin reports whether a set has a pointer to an object that p lies in.
func isWithin(p source.Pointer, set map[source.Pointer]bool) bool {
	for parent, _ := p.Parent(); parent != ""; parent, _ = parent.Parent() {
		if _, ok := set[parent]; ok {
			return true
		}
	}
	return false
}

// owns reports whether the object's mark lists a member.
func (o owner) owns(rel source.Pointer) bool {
	return slices.Contains(o.owned, rel)
}

// covers reports whether the mark lists a member or something that it is in.
func (o owner) covers(rel source.Pointer) bool {
	return slices.ContainsFunc(o.owned, func(p source.Pointer) bool { return isIn(rel, p) })
}

// ownsOptions reports whether the OPTIONS of a path item was generated, also where
// its author has added to it since: it answers with our integration. An author's
// own that was completed does not.
func (o owner) ownsOptions() bool { return o.ownsOptionsOf("") }

// ownsOptionsOf does so for a path item within the object: the root owns those that
// it had to make a path item for.
func (o owner) ownsOptionsOf(item source.Pointer) bool {
	options := item.Child("options")
	return o.owns(item) || o.owns(options) || o.owns(options.Child(extensions.NameIntegration))
}

// withAllOfOptions returns an owner of the whole of an OPTIONS of which it owns
// parts. What an author has added to a generated OPTIONS describes it and goes with
// it: an operation without responses would make the document invalid.
func (o owner) withAllOfOptions() owner {
	if !o.ownsOptions() {
		return o
	}
	return o.withAllOf("/options")
}

func (o owner) withAllOf(member source.Pointer) owner {
	rest := slices.DeleteFunc(slices.Clone(o.owned), func(p source.Pointer) bool { return isIn(p, member) })
	o.owned = append(rest, member)
	return o
}

// withAllOfRoutes does the same for the OPTIONS of path items that are the root's, but
// for those that are wanted. A path item with nothing else in it goes as well.
func (o owner) withAllOfRoutes(wanted *draft) owner {
	for _, m := range o.node.Get("paths").Members() {
		item := model.Base.Child(m.Name())
		switch {
		case !o.ownsOptionsOf(item) || wanted.wants("paths", m.Name()):
		case len(m.Value.Members()) == 1:
			o = o.withAllOf(item)
		default:
			o = o.withAllOf(item.Child("options"))
		}
	}
	return o
}

// hide adds what an object's mark lists to a set of nodes, so that a document
// can be read as its author wrote it.
func (o owner) hide(hidden model.Hidden) {
	for _, rel := range o.owned {
		if n := o.node.At(rel); n != nil {
			hidden[n] = true
		}
	}
	hidden[o.node.Get(model.MarkName)] = true
}
