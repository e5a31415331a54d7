package lint

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/policyread"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// block is an x-amazon-apigateway-cors that its author has written.
type block struct {
	node      *source.Node
	pointer   source.Pointer
	path      string          // of its resource, empty at the root
	recursive bool            // it speaks of the resources below as well
	resource  *model.Resource // that it speaks of; at the root all of them as one
	policy    policy.Policy
	mistakes  []*policy.Error // it says nothing for certain where there are some
}

// readBlocks returns those of the document, the one at the root first.
func (p *pass) readBlocks() []block {
	root := block{node: p.Root.Get(extensions.NameCORS), pointer: source.Pointer("").Child(extensions.NameCORS), resource: p.Whole()}
	list := p.readBlock(nil, root)
	for _, r := range p.Resources {
		for _, item := range r.Items {
			list = p.readBlock(list, block{node: item.Block, pointer: item.Pointer.Child(extensions.NameCORS), path: r.Path, resource: r})
		}
	}
	return list
}

// readBlocksByPath returns them by the path of their resource.
func (p *pass) readBlocksByPath() map[string]block {
	index := map[string]block{}
	for _, b := range p.blocks() {
		index[b.path] = b
	}
	return index
}

// readBlock adds what a block says to a list, if there is one.
func (p *pass) readBlock(list []block, b block) []block {
	if b.node == nil || b.node.IsNull() || model.Intrinsic(b.node) || p.isGenerated(b.pointer) {
		return list
	}
	read := policyread.ReadBlock
	if b.path == "" && p.api != REST { // it may be the configuration of an HTTP API
		read = policyread.ReadConfiguration
	}
	from, err := read(b.node, nil)
	b.policy, b.recursive = from.Policy, from.Recursive
	switch {
	case b.path != "" || p.api == REST: // it was judged when it was read
	case p.api == HTTP:
		err = errors.Join(err, b.policy.ValidateForHTTP(), p.ownMembers(b))
	default:
		err = errors.Join(err, b.policy.Validate())
	}
	b.mistakes = slices.Collect(policy.All(err))
	return append(list, b)
}

// ownMembers returns the members that a block has for apigw-cors alone, and that API Gateway
// passes over in the configuration of an HTTP API.
func (p *pass) ownMembers(b block) error {
	var errs []error
	for name, remedy := range map[string]string{policy.MemberAddHeaders: "write the names into allowHeaders", "recursive": "take it out"} {
		if m, ok := b.node.Member(name); ok {
			errs = append(errs, &policy.Error{
				File: p.file.Name, Position: p.file.Position(m.Key.Start), Value: name, Reason: policy.ReasonUnknownKey, Remedy: remedy,
			})
		}
	}
	return errors.Join(errs...)
}

// blockOf returns the block that speaks for a resource: its own, else the nearest one above
// that speaks of what is below it, else the one at the root.
func (p *pass) blockOf(r *model.Resource) (nearest block, ok bool) {
	index := p.blocksByPath()
	if b, ok := index[r.Path]; ok {
		return b, true
	}
	for path := r.Path; path != "" && path != "/"; {
		path = path[:strings.LastIndexByte(path, '/')]
		if b, ok := index[cmp.Or(path, "/")]; ok && b.recursive {
			return b, true
		}
	}
	nearest, ok = index[""]
	return nearest, ok
}

// at is the place of a member of the block, or of the block.
func (b block) at(member string) place {
	if n := b.node.Get(member); n != nil {
		return at(n, b.pointer.Child(member))
	}
	return at(b.node, b.pointer)
}

// mistakesInBlocks reports what cannot stand in blocks, as far as it is for one of the
// reasons.
func (p *pass) mistakesInBlocks(reasons []policy.Reason) {
	for _, b := range p.blocks() {
		for _, e := range b.mistakes {
			where := b.at(e.Member)
			if !slices.Contains(reasons, e.Reason) || p.isGenerated(where.pointer) {
				continue
			}
			position := e.Position
			if e.File == "" { // it is about what members say together
				position = p.file.Position(where.off)
			}
			bare := *e
			bare.File, bare.In, bare.Remedy = "", "", ""
			p.note(position, where.pointer, e.Remedy, nil, "%s: %v", extensions.NameCORS, &bare)
		}
	}
}
