package rules

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/policyread"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// readBlocks returns those of the document, the one at the root first.
func readBlocks(d *View) []block {
	list := []block{{node: d.Root.Get(extensions.NameCORS), pointer: model.ConfigurationPointer, resource: d.Whole()}}
	for r, item := range items(d) {
		list = append(list, block{node: item.CORSObject, pointer: item.CORSObjectPointer(), path: r.Path, resource: r})
	}
	list = slices.DeleteFunc(list, func(b block) bool {
		return b.node == nil || b.node.IsNull() || model.Intrinsic(b.node) || d.Generated(b.pointer)
	})
	for i := range list {
		list[i].read(d)
	}
	return list
}

// byPath returns blocks by the path of their resource.
func byPath(blocks []block) map[string]block {
	index := map[string]block{}
	for _, b := range blocks {
		index[b.path] = b
	}
	return index
}

// read reads what the block says. At the root it may be the configuration of an HTTP API.
func (b *block) read(d *View) {
	read := policyread.ReadCORSObject
	if b.path == "" && d.API != model.REST {
		read = policyread.ReadConfiguration
	}
	from, err := read(b.node, nil)
	b.policy, b.recursive = from.Policy, from.Recursive
	switch {
	case b.path != "" || d.API == model.REST: // it was judged when it was read
	case d.API == model.HTTP:
		err = errors.Join(err, b.policy.ValidateForHTTP(), ownMembers(*b))
	default:
		err = errors.Join(err, b.policy.Validate())
	}
	b.mistakes = slices.Collect(policy.All(err))
}

// ownMembers returns the members that a block has for apigw-cors alone, and that API Gateway
// passes over in the configuration of an HTTP API.
func ownMembers(b block) error {
	var errs []error
	file := b.node.File
	for name, remedy := range map[string]string{policy.MemberAddHeaders: "write the names into allowHeaders", "recursive": "take it out"} {
		if m, ok := b.node.Member(name); ok {
			errs = append(errs, &policy.Error{
				File: file.Name, Position: file.Position(m.Key.Start), Value: name, Reason: policy.ReasonUnknownKey, Remedy: remedy,
			})
		}
	}
	return errors.Join(errs...)
}

// blockOf returns the block that speaks for a resource: its own, else the nearest one above
// that speaks of what is below it, else the one at the root.
func blockOf(d *View, r *model.Resource) (nearest block, ok bool) {
	index := d.blocksByPath()
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
func (b block) at(member string) Place {
	if n := b.node.Get(member); n != nil {
		return At(n, b.pointer.Child(member))
	}
	return At(b.node, b.pointer)
}

// blockMistakes reports what cannot stand in blocks, as far as it is for one of the reasons.
func blockMistakes(d *View, reasons []policy.Reason) (found []Finding) {
	if len(reasons) == 0 {
		return nil
	}
	for _, b := range d.blocks() {
		for _, e := range b.mistakes {
			if slices.Contains(reasons, e.Reason) && !isOfRefusal(d, b, e) && !d.Generated(b.at(e.Member).Pointer) {
				found = append(found, ofMistake(b, e))
			}
		}
	}
	return found
}

// ofMistake reports one mistake in a block. One that is about what members say together
// has no position of its own.
func ofMistake(b block, e *policy.Error) Finding {
	where := b.at(e.Member)
	if e.File != "" {
		where.File, where.Position = e.File, e.Position
	}
	bare := *e
	bare.File, bare.In, bare.Remedy = "", "", ""
	return Finding{At: where, Message: fmt.Sprintf("%s: %v", extensions.NameCORS, &bare), Hint: e.Remedy}
}

// isOfRefusal reports whether the import fails because of a mistake in a CORS object.
func isOfRefusal(d *View, b block, e *policy.Error) bool {
	return d.API == model.HTTP && b.path == "" && slices.Contains(reasonsOfRefusal, e.Reason)
}

// reasonsOfRefusal are those for which the import refuses the configuration of an HTTP API.
var reasonsOfRefusal = []policy.Reason{
	policy.ReasonHTTPSubdomains, policy.ReasonMaxAgeRange, policy.ReasonOriginWildcardForm, policy.ReasonStarWithCredentials,
}
