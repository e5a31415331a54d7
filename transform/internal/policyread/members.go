package policyread

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// layer reads an object of members of a policy. more are keys that its owner reads.
func (r *reader) layer(n *source.Node, in string, more ...string) policy.Layer {
	l := policy.Layer{Places: map[string]finding.Position{}}
	values := map[string]*source.Node{}
	for _, m := range r.members(n, in, "allowOrigins: [https://app.example.com]", append(memberNames(), more...)) {
		if slices.Contains(more, m.Name()) {
			continue
		}
		values[m.Name()] = m.Value
		l.Places[m.Name()] = r.file.Position(m.Key.Start)
		r.member(&l.Policy, policy.MemberNamed(m.Name()), m, in)
	}
	if !r.configuration {
		r.validate(l.Policy, values, in)
	}
	return l
}

// member reads one member of a policy.
func (r *reader) member(p *policy.Policy, d policy.Member, m source.Member, in string) {
	switch to := d.In(p).(type) {
	case *policy.Value[[]string]:
		*to = r.list(d, m, in)
	case *policy.Value[int]:
		*to = r.seconds(m, in)
	case *policy.Value[bool]:
		*to = r.boolean(m, in, true)
	case *[]string:
		*to = r.added(d, m, in)
	}
}

// added reads addHeaders, which are names and nothing else.
func (r *reader) added(d policy.Member, m source.Member, in string) []string {
	list := r.list(d, m, in)
	expr, raw := list.Raw()
	switch {
	case raw:
		r.wrong(m.Value, in, m.Name(), expr, policy.ReasonExpressionMixed, "write it as allowHeaders, where it stands alone")
	case list.Kind() == policy.KindNone, list.Kind() == policy.KindDerived:
		r.wrong(m.Value, in, m.Name(), m.Value.Text(), policy.ReasonNotAList, "write a list such as ["+d.Example+"], or take the key out")
	}
	names, _ := list.Literal()
	return names
}

func memberNames() []string {
	var names []string
	for m := range policy.Members() {
		names = append(names, m.Name)
	}
	return names
}

// validate gives what is wrong with a layer's values their places.
func (r *reader) validate(p policy.Policy, values map[string]*source.Node, in string) {
	for e := range policy.All(p.Validate()) {
		n := values[e.Member]
		if n == nil {
			continue // a member of another layer
		}
		e.File, e.In, e.Position = r.file.Name, in, r.file.Position(entryOf(n, e.Value).Start)
		r.errs = append(r.errs, e)
	}
}

// entryOf returns the entry of a list that has a text, or else the list.
func entryOf(n *source.Node, text string) *source.Node {
	if n.Kind == source.Seq {
		for _, item := range n.Items() {
			if item.Text() == text {
				return item
			}
		}
	}
	return n
}
