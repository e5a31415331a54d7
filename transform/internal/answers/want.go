package answers

import (
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// PreflightOf returns the headers that the answer to a preflight carries under a
// policy.
func PreflightOf(e derive.Effective) Headers {
	hs := Headers{origin(e.Origins)}
	hs = hs.with(AllowMethods, list(e.Methods))
	hs = hs.with(AllowHeaders, list(e.Headers))
	hs = hs.with(AllowCredentials, credentials(e.Credentials))
	hs = hs.with(MaxAge, seconds(e.MaxAge))
	return hs.withVary()
}

// ActualOf returns the headers that the answer of a real method carries under a
// policy.
func ActualOf(e derive.Effective) Headers {
	hs := Headers{origin(e.Origins)}
	hs = hs.with(AllowCredentials, credentials(e.Credentials))
	hs = hs.with(ExposeHeaders, list(e.Expose))
	return hs.withVary()
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

// with adds a header, unless its value is empty, as an expression or a text.
func (hs Headers) with(name string, v text) Headers {
	switch {
	case v.expression != "":
		return append(hs, expressed(name, v.expression))
	case v.literal != "":
		return append(hs, Fixed(name, v.literal))
	}
	return hs
}

// text is the value of a header.
type text struct{ literal, expression string }

func list(v policy.Value[[]string]) text {
	names, _ := v.Literal()
	expr, _ := v.Raw()
	return text{strings.Join(names, ","), expr}
}

func credentials(v policy.Value[bool]) text {
	expr, _ := v.Raw()
	if on, _ := v.Literal(); on {
		return text{literal: "true"}
	}
	return text{expression: expr}
}

func seconds(v policy.Value[int]) text {
	expr, _ := v.Raw()
	if age, ok := v.Literal(); ok {
		return text{literal: strconv.Itoa(age)}
	}
	return text{expression: expr}
}
