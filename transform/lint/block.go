package lint

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// block is an x-amazon-apigateway-cors that its author has written.
type block struct {
	node     *source.Node
	pointer  source.Pointer
	resource *model.Resource // that it speaks of; at the root all of them as one
	policy   policy.Policy
	mistakes []*policy.Error // it says nothing for certain where there are some
}

// blocks returns those of the document, the one at the root first.
func (p *pass) blocks() []block {
	if p.blocksRead == nil {
		p.blocksRead = &[]block{}
		p.readBlock(p.Root.Get(extensions.NameCORS), "", p.Whole())
		for _, r := range p.Resources {
			for _, item := range r.Items {
				p.readBlock(item.Block, item.Pointer, r)
			}
		}
	}
	return *p.blocksRead
}

func (p *pass) readBlock(n *source.Node, base source.Pointer, r *model.Resource) {
	b := block{node: n, pointer: base.Child(extensions.NameCORS), resource: r}
	if n == nil || n.IsNull() || model.Intrinsic(n) || p.isGenerated(b.pointer) {
		return
	}
	read := policy.ReadBlock
	if base == "" && p.api != REST {
		read = policy.ReadConfiguration
	}
	from, err := read(n, nil)
	b.policy = from.Policy
	mistakes := []error{err}
	if base == "" && p.api == HTTP && err == nil {
		mistakes = append(mistakes, b.policy.ValidateForHTTP())
	}
	for _, err := range mistakes {
		b.mistakes = slices.AppendSeq(b.mistakes, policy.All(err))
	}
	*p.blocksRead = append(*p.blocksRead, b)
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

// fixedHeaders visits the CORS headers of a name that the author has given a fixed value,
// in which nothing is filled in before the import.
func (p *pass) fixedHeaders(name string, visit func(m *model.Method, where place, value string)) {
	p.corsHeaders(func(m *model.Method, e *model.IntegrationResponse, h answers.Header) {
		value, static := h.Static()
		where := ofHeader(e, h)
		if static && isNamed(h, name) && !isFilledIn(value) && !p.isGenerated(where.pointer) {
			visit(m, where, value)
		}
	})
}
