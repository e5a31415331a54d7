// Package responses tells what a document makes API Gateway send: what it has, as
// read from the document, and what it would have under a policy. The difference
// between the two is what enabling CORS changes.
package responses

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// The headers of the CORS protocol that a response carries.
const (
	AllowOrigin      = policy.HeaderAllowOrigin
	AllowMethods     = policy.HeaderAllowMethods
	AllowHeaders     = policy.HeaderAllowHeaders
	AllowCredentials = policy.HeaderAllowCredentials
	ExposeHeaders    = policy.HeaderExposeHeaders
	MaxAge           = policy.HeaderMaxAge
	Vary             = "Vary"
)

// names are the above, in the order in which they are written.
var names = []string{AllowOrigin, AllowMethods, AllowHeaders, AllowCredentials, ExposeHeaders, MaxAge, Vary}

// IsCORS reports whether a name is one of the above, whatever its case.
func IsCORS(name string) bool { return Rank(name) < len(names) }

// Rank returns the place of a name in the order in which the headers are written,
// whatever its case, and a place behind them for any other.
func Rank(name string) int {
	for i, known := range names {
		if strings.EqualFold(name, known) {
			return i
		}
	}
	return len(names)
}

// IsActual reports whether a name is one of those that the answer of a real method
// or a gateway response carries, and not only that of a preflight.
func IsActual(name string) bool {
	return strings.EqualFold(name, Vary) || policy.MemberOfHeader(name).OnActual
}

// Header is a header of an answer: mapped by a text, by a CloudFormation intrinsic,
// or computed by a template for each call.
type Header struct {
	Name    string // as the author spells it
	Mapping string // as in responseParameters: "'*'", "integration.response.header.X"
	Key     *source.Node
	Node    *source.Node // of the mapping; nil in what a policy asks for

	Intrinsic string          // what gives the mapping in the place of a text, as JSON
	Origins   []policy.Origin // those among which a template chooses; there is no mapping then
}

// IsComputed reports whether a template computes the header for each call.
func (h Header) IsComputed() bool { return h.Origins != nil }

// Static returns the value of a header that the document fixes, and false for
// one that is worked out when the API is called. Blanks around a value are no part of
// it (Fetch standard, normalize a header value).
func (h Header) Static() (string, bool) {
	if h.Node != nil && !h.Node.IsString() {
		return "", false
	}
	value, ok := unquote(h.Mapping)
	return strings.Trim(value, " \t"), ok
}

// Say returns what a header says, for people.
func (h Header) Say() string {
	fixed, ok := h.Static()
	switch {
	case h.IsComputed():
		names := make([]string, len(h.Origins))
		for i, o := range h.Origins {
			names[i] = o.String()
		}
		return "the caller's origin if that is " + either(names)
	case h.Intrinsic != "":
		return h.Intrinsic
	case ok:
		return fixed
	}
	if long, ok := model.LongForm(h.Node); ok {
		return long
	}
	return h.Mapping
}

// either joins alternatives: "a", "a or b", "a, b or c".
func either(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

func unquote(mapping string) (string, bool) {
	if len(mapping) < 2 || mapping[0] != '\'' || mapping[len(mapping)-1] != '\'' {
		return "", false
	}
	return mapping[1 : len(mapping)-1], true
}

// Fixed returns a header with a fixed value, which a mapping has in single
// quotes.
func Fixed(name, value string) Header {
	return Header{Name: name, Mapping: "'" + value + "'"}
}

// expressed returns a header whose value is an expression. Only API Gateway's own
// stands in a mapping as it is; what is filled in before the import becomes a fixed
// value, and needs its single quotes unless its author has written them.
func expressed(name, text string) Header {
	e := policy.ParseExpression(text)
	switch _, quoted := unquote(text); {
	case e.Form == policy.Intrinsic:
		return Header{Name: name, Intrinsic: text}
	case e.Form == policy.StageVariable || quoted:
		return Header{Name: name, Mapping: text}
	}
	return Fixed(name, text)
}

// Headers are the CORS headers of one answer.
type Headers []Header

// Get returns the header of that name, whatever its case.
func (hs Headers) Get(name string) (Header, bool) {
	for _, h := range hs {
		if strings.EqualFold(h.Name, name) {
			return h, true
		}
	}
	return Header{}, false
}

// Value returns the fixed value of a header, and nothing where it is absent or
// worked out when the API is called.
func (hs Headers) Value(name string) string {
	h, _ := hs.Get(name)
	value, _ := h.Static()
	return value
}

// Credentials reports whether a browser takes the headers for a permission of credentials:
// it knows one value, and compares that byte for byte (Fetch standard, CORS check).
func (hs Headers) Credentials() bool { return hs.Value(AllowCredentials) == "true" }

// VariesWithOrigin reports whether caches keep the responses to different origins apart. After
// "*" they take no response for another request (RFC 9110, section 12.5.5).
func (hs Headers) VariesWithOrigin() bool { return hs.Lists(Vary, "Origin") || hs.Lists(Vary, "*") }

// Lists reports whether the fixed value of a header is a list with a name in it, whatever its
// case.
func (hs Headers) Lists(header, name string) bool {
	return slices.ContainsFunc(List(hs.Value(header)), func(listed string) bool { return strings.EqualFold(listed, name) })
}

// Computed returns the origins among which a template is to choose, or nil.
func (hs Headers) Computed() []policy.Origin {
	h, _ := hs.Get(AllowOrigin)
	return h.Origins
}

// Mapped returns the headers that are mapped, which is all but a computed one.
func (hs Headers) Mapped() Headers {
	return slices.DeleteFunc(slices.Clone(hs), Header.IsComputed)
}

// Sent returns the headers without those whose mapping the import drops.
func (hs Headers) Sent() Headers {
	return slices.DeleteFunc(hs, func(h Header) bool { return h.Node != nil && IsDropped(h.Node) })
}

// IsDropped reports whether the import drops a mapping to a value, with a warning at most: it is a
// number, a boolean or null.
func IsDropped(value *source.Node) bool {
	return value.Kind == source.Scalar && !value.IsString() && !model.Intrinsic(value)
}

// Prefixes of the targets of mappings.
const (
	MethodTarget  = "method.response.header."
	GatewayTarget = "gatewayresponse.header."
)

// ReadMapped reads the CORS headers among mappings whose targets begin with a prefix.
func ReadMapped(params []source.Member, prefix string) Headers {
	var hs Headers
	for _, m := range params {
		name, ok := strings.CutPrefix(m.Name(), prefix)
		if ok && IsCORS(name) {
			hs = append(hs, Header{Name: name, Mapping: m.Value.Text(), Key: m.Key, Node: m.Value})
		}
	}
	return hs
}
