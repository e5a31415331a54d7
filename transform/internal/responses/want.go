package responses

import (
	"cmp"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// PreflightOf returns the headers that the answer to a preflight carries under a
// policy.
func PreflightOf(e derive.Effective) Headers {
	return headersOf(e, func(m policy.Member) bool { return m.OnPreflight })
}

// ActualOf returns the headers that the answer of a real method carries under a
// policy.
func ActualOf(e derive.Effective) Headers {
	return headersOf(e, func(m policy.Member) bool { return m.OnActual })
}

// headersOf returns the headers of the members that are carried, in the order in which
// headers are written.
func headersOf(e derive.Effective, carried func(policy.Member) bool) Headers {
	hs := Headers{origin(e.Origins)}
	for m := range policy.ConfigurationMembers() {
		if w, ok := m.Written(&e.Policy); ok && carried(m) && m.Header != AllowOrigin {
			hs = append(hs, written(m.Header, w))
		}
	}
	slices.SortFunc(hs, func(a, b Header) int { return cmp.Compare(Rank(a.Name), Rank(b.Name)) })
	return hs.withVary()
}

func written(name string, w policy.Written) Header {
	if w.IsExpression {
		return expressed(name, w.Texts[0])
	}
	return Fixed(name, strings.Join(w.Texts, ","))
}

// origin returns the header that lets origins in. One origin, or "*", is a fixed
// value; of several, or of those that a pattern stands for, a template has to
// choose the caller's.
func origin(v policy.Value[[]policy.Origin]) Header {
	if expr, ok := v.Raw(); ok {
		return expressed(AllowOrigin, expr)
	}
	origins, _ := v.Literal()
	if len(origins) == 1 && origins[0].IsFixed() {
		return Fixed(AllowOrigin, origins[0].String())
	}
	return Header{Name: AllowOrigin, Origins: origins}
}

// withVary adds what tells caches that the answer depends on the caller: on every
// answer of the resource, also where the origin is refused (Fetch standard, CORS
// protocol and HTTP caches).
func (hs Headers) withVary() Headers {
	if hs.Computed() == nil {
		return hs
	}
	return append(hs, Fixed(Vary, "Origin"))
}
