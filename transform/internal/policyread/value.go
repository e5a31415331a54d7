package policyread

import (
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// list reads a list of texts, or a word in its place.
func (r *reader) list(d policy.Member, m source.Member, in string) policy.Value[[]string] {
	n, remedy := m.Value, "write a list such as ["+d.Example+"]"
	switch text := n.Text(); {
	case n.IsString() && text == "none":
		return policy.None[[]string]()
	case n.IsString() && text == "derived":
		return policy.Derived()
	case model.Intrinsic(n) && r.configuration:
		long, _ := model.LongForm(n)
		return policy.Raw[[]string](long)
	case model.Intrinsic(n):
		r.wrong(n, in, m.Name(), n.Excerpt(), policy.ReasonNotAList, "write a list, with an intrinsic for one value as its only entry")
	case n.IsNull():
		r.wrong(n, in, m.Name(), "", policy.ReasonNoValue, remedy+", or take the key out")
	case n.Kind == source.Scalar:
		r.wrong(n, in, m.Name(), text, policy.ReasonNotAList, "write "+listOf(text)+orWord(d))
	case n.Kind != source.Seq:
		r.wrong(n, in, m.Name(), n.Excerpt(), policy.ReasonNotAList, remedy)
	default:
		return r.listed(m, in)
	}
	return policy.Value[[]string]{}
}

// listed reads the entries of a list: literals, or one expression.
func (r *reader) listed(m source.Member, in string) policy.Value[[]string] {
	entries, expressions, ok := r.entries(m, in)
	switch {
	case r.configuration && len(entries) == 0 && m.Name() == policy.MemberAllowOrigins:
		return policy.Value[[]string]{} // it lets nobody in, which is no policy
	case r.configuration && len(entries) == 0:
		return policy.None[[]string]()
	case ok && len(expressions) > 0 && len(entries) == 1:
		return policy.Raw[[]string](entries[0])
	case ok && len(expressions) == 0:
		return policy.Literal(entries)
	case ok && r.configuration:
		return policy.Raw[[]string](policy.MixedListOf(entries))
	case ok:
		for _, e := range expressions {
			r.wrong(e, in, m.Name(), e.Excerpt(), policy.ReasonExpressionMixed, "leave it alone in the list, or list literals only")
		}
	}
	return policy.Value[[]string]{}
}

// entries reads the entries of a list, and tells which are expressions.
func (r *reader) entries(m source.Member, in string) (entries []string, expressions []*source.Node, ok bool) {
	ok = true
	entries = []string{}
	for _, item := range m.Value.Items() {
		text, raw := model.LongForm(item)
		switch {
		case raw:
			expressions = append(expressions, item)
		case item.Kind == source.Scalar && item.IsString():
			if text = item.Text(); policy.IsExpression(text) {
				expressions = append(expressions, item)
			}
		case model.Intrinsic(item):
			ok = false
			r.wrong(item, in, m.Name(), item.Excerpt(), policy.ReasonNotAText, "write the intrinsic without anchors and aliases")
		default:
			ok = false
			r.wrong(item, in, m.Name(), item.Excerpt(), policy.ReasonNotAText, "put it in quotes, if it is meant as one")
		}
		entries = append(entries, text)
	}
	return entries, expressions, ok
}

// seconds reads a number of seconds.
func (r *reader) seconds(m source.Member, in string) policy.Value[int] {
	n, remedy := m.Value, "write a number of seconds, such as 600, or none"
	text := strings.Trim(n.Text(), "'\"")
	if long, raw := model.LongForm(n); raw {
		return policy.Raw[int](long)
	}
	switch age, err := strconv.Atoi(text); {
	case n.IsNull():
		r.wrong(n, in, m.Name(), "", policy.ReasonNoValue, remedy+", or take the key out")
	case n.Kind != source.Scalar:
		r.wrong(n, in, m.Name(), n.Excerpt(), policy.ReasonNotANumber, remedy)
	case n.IsString() && text == "none":
		return policy.None[int]()
	case n.IsString() && policy.IsExpression(text):
		return policy.Raw[int](text)
	case err != nil:
		r.wrong(n, in, m.Name(), text, policy.ReasonNotANumber, remedy)
	case n.IsString():
		r.wrong(n, in, m.Name(), n.Text(), policy.ReasonQuotedWord, "write "+text+" without quotes")
	default:
		return policy.Literal(age)
	}
	return policy.Value[int]{}
}

// boolean reads true or false.
func (r *reader) boolean(m source.Member, in string, raw bool) policy.Value[bool] {
	n, text := m.Value, m.Value.Text()
	if long, ok := model.LongForm(n); ok && raw {
		return policy.Raw[bool](long)
	}
	const remedy = "write true or false"
	switch {
	case n.IsNull():
		r.wrong(n, in, m.Name(), "", policy.ReasonNoValue, remedy+", or take the key out")
	case n.IsBool():
		return policy.Literal(strings.EqualFold(text, "true"))
	case n.Kind != source.Scalar:
		r.wrong(n, in, m.Name(), n.Excerpt(), policy.ReasonNotABoolean, remedy)
	case raw && n.IsString() && policy.IsExpression(text):
		return policy.Raw[bool](text)
	case text == "true" || text == "false":
		r.wrong(n, in, m.Name(), text, policy.ReasonQuotedWord, "write "+text+" without quotes")
	default:
		r.wrong(n, in, m.Name(), text, policy.ReasonNotABoolean, remedy)
	}
	return policy.Value[bool]{}
}

// word reads one of several words.
func (r *reader) word(m source.Member, in string, accepted ...string) string {
	text := m.Value.Text()
	if m.Value.Kind == source.Scalar && slices.Contains(accepted, text) {
		return text
	}
	remedy := "write one of " + strings.Join(accepted, ", ")
	if near := finding.NearestOne(text, accepted); near != "" {
		remedy = "did you mean " + strconv.Quote(near) + "? It is one of " + strings.Join(accepted, ", ")
	}
	if m.Value.Kind != source.Scalar {
		text = m.Value.Excerpt()
	}
	r.wrong(m.Value, in, m.Name(), text, policy.ReasonUnknownWord, remedy)
	return ""
}

// listOf returns the list that a text was probably meant to be.
func listOf(text string) string {
	parts := policy.SplitList(text)
	for i, part := range parts {
		if strings.ContainsAny(part, "*:{}[]&!#|>%@$") && !strings.Contains(part, "://") || part == "*" {
			parts[i] = strconv.Quote(part)
		}
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func orWord(d policy.Member) string {
	if !d.Derivable {
		return ""
	}
	return ", or none or derived"
}
