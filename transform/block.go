package transform

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/policyread"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// recordOf writes a policy down in the vocabulary of API Gateway's CORS object. On
// a resource of a REST API it has no effect; it is the record that a reviewer
// reads.
func (p *plan) recordOf(e derive.Effective) layout.Map {
	var m layout.Map
	for member := range policy.ConfigurationMembers() {
		if w, ok := member.Written(&e.Policy); ok {
			m = append(m, layout.Member{Key: member.Name, Value: p.valueOf(member, w)})
		}
	}
	return m
}

func (p *plan) valueOf(m policy.Member, w policy.Written) layout.Value {
	switch {
	case w.IsExpression && m.IsList():
		return layout.List{p.bare(w.Texts[0])}
	case w.IsExpression:
		return p.bare(w.Texts[0])
	case m.IsList():
		return layout.Strings(w.Texts)
	}
	return layout.Word(w.Texts[0])
}

// bare returns an expression as it stands in a block, where values have no quotes.
func (p *plan) bare(expr string) layout.Value {
	if policy.ParseExpression(expr).Form == policy.Intrinsic {
		return p.inForm(longForm(expr))
	}
	if bare, quoted := strings.CutPrefix(expr, "'"); quoted {
		expr = strings.TrimSuffix(bare, "'")
	}
	return layout.String(expr)
}

// planBlock asks for the block of a resource, unless its author has written one.
func (p *plan) planBlock(w *work) {
	if !p.options.Emit.NoBlocks && !hasBlock(w.resource) {
		w.drafts[p.home(w.resource)].put(p.recordOf(w.effective), extensions.NameCORS)
	}
}

func hasBlock(r *model.Resource) bool {
	return slices.ContainsFunc(r.Items, func(item *model.PathItem) bool { return item.Block != nil })
}

// checkOwnBlock notes where a block of the author's says something else than what
// holds, because a stronger source has spoken.
func (p *plan) checkOwnBlock(r *model.Resource, e derive.Effective) {
	for _, item := range r.Items {
		if item.Block == nil {
			continue
		}
		record := p.recordOf(e)
		for _, m := range item.Block.Members() {
			if v := record.Get(m.Name()); v != nil && !layout.Equal(m.Value, v) {
				p.warn(ruleBlockOverruled, here(m.Value, item.Pointer.Child(extensions.NameCORS).Child(m.Name())),
					fmt.Sprintf("%s of this block does not hold: a stronger source says %s", m.Name(), layout.JSON(v)),
					"write that here as well, or take it out there")
			}
		}
	}
}

// editedByHand returns the path item of a resource whose generated block no longer
// says what its generated OPTIONS sends, and the header in which they differ. Only
// an edit by hand can bring that about.
func (p *plan) editedByHand(r *model.Resource) (header string, edited *model.PathItem) {
	for _, item := range r.Items {
		own := p.owner(item.Pointer, item.Node)
		if !own.owns("/"+extensions.NameCORS) || !own.ownsOptions() {
			continue
		}
		whole := p.whole[item.Pointer]
		if whole.Options == nil || answers.AnswererOf(whole.Options) != answers.Mock {
			continue
		}
		if header := p.disagreement(whole); header != "" {
			return header, item
		}
	}
	return "", nil
}

// disagreement returns the first header in which a block says something else than
// the preflight beside it, and empty when the two agree. What preflights do not
// carry, exposeHeaders, may say anything.
func (p *plan) disagreement(item *model.PathItem) string {
	said, ok := recorded(item.Block)
	if !ok {
		return extensions.NameCORS
	}
	have := answers.Headers{}
	if entry := answers.PreflightHave(item.Options).Entry; entry != nil {
		have = answers.GeneratedPreflight(entry)
	}
	want := answers.PreflightOf(said)
	for _, h := range want {
		if own, ok := have.Get(h.Name); !ok || !p.agree(own, h) {
			return h.Name
		}
	}
	for _, own := range have {
		if _, ok := want.Get(own.Name); !ok {
			return own.Name
		}
	}
	return ""
}

// agree reports whether a generated header is what its block says.
func (p *plan) agree(own, said answers.Header) bool {
	if said.IsComputed() {
		return slices.Equal(own.Origins, said.Origins)
	}
	return !own.IsComputed() && p.same(own, said)
}

// recorded reads a block that was generated: what it does not say is none.
func recorded(n *source.Node) (derive.Effective, bool) {
	b, err := policyread.ReadBlock(n, nil)
	if err != nil || !b.Policy.AllowOrigins.IsSet() {
		return derive.Effective{}, false
	}
	said := b.Policy
	if !said.AllowMethods.IsSet() {
		said.AllowMethods = policy.None[[]string]()
	}
	if !said.AllowHeaders.IsSet() {
		said.AllowHeaders = policy.None[[]string]()
	}
	return derive.ForResource(said, nil, nil, nil), true
}
