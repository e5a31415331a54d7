package transform

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// block writes a policy down in the vocabulary of API Gateway's CORS object. On a
// resource of a REST API it has no effect; it is the record that a reviewer reads.
func block(e policy.Effective) layout.Map {
	var m layout.Map
	list := func(key string, values []string) {
		if len(values) > 0 {
			m = append(m, layout.Member{Key: key, Value: layout.Strings(values)})
		}
	}
	list("allowOrigins", []string{e.Origin})
	list("allowMethods", e.Methods)
	list("allowHeaders", e.Headers)
	list("exposeHeaders", e.Expose)
	if e.MaxAge != nil {
		m = append(m, layout.Member{Key: "maxAge", Value: layout.Word(strconv.Itoa(*e.MaxAge))})
	}
	if e.Credentials {
		m = append(m, layout.Member{Key: "allowCredentials", Value: layout.Word("true")})
	}
	return m
}

// planBlock asks for the block of a resource, unless its author has written one.
func (p *plan) planBlock(r *model.Resource, w *draft, e policy.Effective) {
	if p.options.Emit.NoBlocks {
		return
	}
	if !slices.ContainsFunc(r.Items, func(item *model.PathItem) bool { return item.Block != nil }) {
		w.put(block(e), extensions.NameCORS)
	}
}

// checkBlocks notes blocks of the author's: they are not read.
func (p *plan) checkBlocks(r *model.Resource) {
	for _, item := range r.Items {
		if item.Block != nil {
			p.warn(ruleBlockKept, here(item.Block, item.Pointer.Child(extensions.NameCORS)),
				fmt.Sprintf("%s of %s is the author's, so it is kept and not read; the policy is that of the command", extensions.NameCORS, item.Key),
				"take it out to have it generated")
		}
	}
}

// editedByHand returns the path item of a resource whose generated block no longer
// says what its generated OPTIONS sends, and the member in which they differ. Only
// an edit by hand can bring that about.
func (p *plan) editedByHand(r *model.Resource) (member string, edited *model.PathItem) {
	for _, item := range r.Items {
		own := p.owner(item.Pointer, item.Node)
		if !own.owns("/"+extensions.NameCORS) || !own.ownsOptions() {
			continue
		}
		whole := p.whole[item.Pointer]
		if whole.Options == nil || answers.AnswererOf(whole.Options) != answers.Mock {
			continue
		}
		if member := disagreement(whole.Block, answers.PreflightHave(whole.Options).Headers); member != "" {
			return member, item
		}
	}
	return "", nil
}

// disagreement returns the first member in which a block says something else than
// the headers of a preflight, and empty when it says the same. What preflights do
// not carry, exposeHeaders, may say anything.
func disagreement(b *source.Node, preflight answers.Headers) string {
	headers := map[string]string{
		"allowOrigins":     answers.AllowOrigin,
		"allowMethods":     answers.AllowMethods,
		"allowHeaders":     answers.AllowHeaders,
		"maxAge":           answers.MaxAge,
		"allowCredentials": answers.AllowCredentials,
	}
	for _, m := range b.Members() {
		header, known := headers[m.Name()]
		if !known && m.Name() != "exposeHeaders" {
			return m.Name()
		}
		if known && blockValue(m.Value) != preflight.Value(header) {
			return m.Name()
		}
	}
	for _, member := range slices.Sorted(maps.Keys(headers)) {
		if b.Get(member) == nil && preflight.Value(headers[member]) != "" {
			return member
		}
	}
	return ""
}

// blockValue returns a member of a block as its header would carry it. An absent
// header, an empty list and false are the same.
func blockValue(n *source.Node) string {
	switch {
	case n == nil || n.IsBool() && n.Text() == "false":
		return ""
	case n.Kind == source.Seq:
		var values []string
		for _, item := range n.Items() {
			values = append(values, item.Text())
		}
		return strings.Join(values, ",")
	}
	return n.Text()
}

// exposedBy returns what a block says may be read of a response.
func exposedBy(b *source.Node) []string {
	return slices.DeleteFunc(strings.Split(blockValue(b.Get("exposeHeaders")), ","), func(s string) bool { return s == "" })
}
