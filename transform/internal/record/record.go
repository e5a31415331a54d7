// Package record writes policies and headers as values of a document, and reads such
// records.
package record

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/policyread"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Of writes a policy down in the vocabulary of API Gateway's CORS object. On
// a resource of a REST API it has no effect; it is the record that a reviewer
// reads.
func Of(e derive.Effective, form Form) layout.Map {
	var m layout.Map
	for member := range policy.ConfigurationMembers() {
		if w, ok := member.Written(&e.Policy); ok {
			m = append(m, layout.Member{Key: member.Name, Value: valueOf(member, w, form)})
		}
	}
	return m
}

func valueOf(m policy.Member, w policy.Written, form Form) layout.Value {
	switch {
	case w.IsExpression && m.IsList():
		return layout.List{bare(form, w.Texts[0])}
	case w.IsExpression:
		return bare(form, w.Texts[0])
	case m.IsList():
		return layout.Strings(w.Texts)
	}
	return layout.Word(w.Texts[0])
}

// bare returns an expression as it stands in a block, where values have no quotes.
func bare(form Form, expr string) layout.Value {
	if policy.ParseExpression(expr).Form == policy.Intrinsic {
		return form.of(longForm(expr))
	}
	if bare, quoted := strings.CutPrefix(expr, "'"); quoted {
		expr = strings.TrimSuffix(bare, "'")
	}
	return layout.String(expr)
}

// Read reads a CORS object that was generated: a member that it lacks is none, and one that no
// policy has was added by hand. ok is false for one that no policy was recorded in.
func Read(n *source.Node) (derive.Effective, bool) {
	added := model.Hidden{}
	for _, m := range n.Members() {
		if policy.MemberNamed(m.Name()).Name == "" {
			added[m.Value] = true
		}
	}
	b, err := policyread.ReadCORSObject(n, added)
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

// PlainText returns a member of a block as a header would carry it.
func PlainText(v layout.Value) string {
	switch v := v.(type) {
	case nil:
		return "none"
	case layout.String:
		return string(v)
	case layout.Word:
		return string(v)
	case layout.List:
		texts := make([]string, len(v))
		for i, item := range v {
			texts[i] = PlainText(item)
		}
		return strings.Join(texts, ",")
	}
	return layout.JSON(v)
}
