package policy

import (
	"iter"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Member describes one member of a [Policy]. What is known of a member stands in one table;
// whoever reads, merges, writes or shows policies goes through [Members].
type Member struct {
	Name   string // as API Gateway spells it, and as errors do: "allowOrigins"
	Header string // the response header that carries it
	Flag   string // of the command line, without its dashes: "allow-origin"

	Repeated    bool // the flag is given once for each entry
	Own         bool // API Gateway's CORS object does not have it
	OnPreflight bool // responses to preflights carry it
	OnActual    bool // so do those of methods, and gateway responses
	Derivable   bool // it can be derived from a document, and left out with none
	FoldsCase   bool // its entries are the same in upper and in lower case

	Example string // one entry of its list
	Default string // what holds where no source sets it, for listings

	unset    Kind // the state that says no more than unset
	in       func(*Policy) any
	validate func(*validation, Policy)
	review   func(*reviewer, Policy)
}

// Members returns an iterator over the members of a policy, in the order in which they are
// written and judged.
func Members() iter.Seq[Member] { return slices.Values(members) }

// ConfigurationMembers returns an iterator over the members of API Gateway's CORS object.
func ConfigurationMembers() iter.Seq[Member] {
	return func(yield func(Member) bool) {
		for _, m := range members {
			if !m.Own && !yield(m) {
				return
			}
		}
	}
}

// MemberNamed returns the member of that name, and the zero Member where there is none.
func MemberNamed(name string) Member {
	for _, m := range members {
		if m.Name == name {
			return m
		}
	}
	return Member{}
}

// MemberOfHeader returns the member whose value a response header carries, whatever the
// case of its name, and the zero Member for any other header.
func MemberOfHeader(name string) Member {
	for _, m := range members {
		if strings.EqualFold(m.Header, name) {
			return m
		}
	}
	return Member{}
}

// In returns the place of the member in a policy: a *Value[[]string], a *Value[int], a
// *Value[bool], or for names that come on top of a list a *[]string.
func (m Member) In(p *Policy) any { return m.in(p) }

// IsList reports whether the value of the member is a list.
func (m Member) IsList() bool {
	switch m.in(new(Policy)).(type) {
	case *Value[[]string], *[]string:
		return true
	}
	return false
}

// Written is the value of a member as documents and headers hold it.
type Written struct {
	Texts        []string // the entries of a list, or one text
	IsExpression bool     // the one text is an expression
}

// Written returns the value that a policy gives the member, and false where its header is
// left out: the member is unset, none, derived, false, or a list without entries.
func (m Member) Written(p *Policy) (w Written, ok bool) {
	switch v := m.in(p).(type) {
	case *[]string:
		w.Texts = *v
	case *Value[[]string]:
		w.Texts, _ = v.Literal()
	case *Value[int]:
		if n, literal := v.Literal(); literal {
			w.Texts = []string{strconv.Itoa(n)}
		}
	case *Value[bool]:
		if on, _ := v.Literal(); on {
			w.Texts = []string{"true"}
		}
	}
	if expr, raw := m.raw(p); raw {
		return Written{Texts: []string{expr}, IsExpression: true}, true
	}
	return w, len(w.Texts) > 0
}

// raw returns the expression that a policy gives the member, and whether it gives one.
func (m Member) raw(p *Policy) (string, bool) {
	if v, ok := m.in(p).(anyValue); ok {
		return v.Raw()
	}
	return "", false
}

// adopt takes the member over from a weaker policy, where p leaves it unset and the other
// does not. It reports whether it did.
func (m Member) adopt(p, weaker *Policy) bool {
	to, ok := m.in(p).(anyValue)
	return ok && to.adopt(m.in(weaker))
}

// differs reports whether two policies differ in the member. Unset and the default are the
// same.
func (m Member) differs(p, other Policy) bool {
	m.clearDefault(&p)
	m.clearDefault(&other)
	return !reflect.DeepEqual(m.in(&p), m.in(&other))
}

// clearDefault makes a member unset that says no more than that.
func (m Member) clearDefault(p *Policy) {
	if v, ok := m.in(p).(anyValue); ok && (v.Kind() == m.unset || isOff(v)) {
		v.clear()
	}
}

// isOff reports whether a value is false.
func isOff(v anyValue) bool {
	allow, ok := v.(*Value[bool])
	if !ok {
		return false
	}
	on, literal := allow.Literal()
	return literal && !on
}
