package policy

// Kind says which of its five states a [Value] is in.
type Kind int

const (
	// KindUnset: no source has said anything; a weaker source may.
	KindUnset Kind = iota
	// KindNone: decided, and the decision is to have no value.
	KindNone
	// KindDerived: the value is derived from the document. Only a list can be.
	KindDerived
	// KindLiteral: the value is given.
	KindLiteral
	// KindRaw: an expression stands for the value, and somebody else evaluates
	// it: stageVariables.NAME, a ${placeholder}, a CloudFormation intrinsic.
	KindRaw
)

// String returns the name of the state as messages and listings write it.
func (k Kind) String() string {
	switch k {
	case KindUnset:
		return "unset"
	case KindNone:
		return "none"
	case KindDerived:
		return "derived"
	case KindLiteral:
		return "literal"
	case KindRaw:
		return "raw"
	}
	return "invalid"
}

// Value is one member of a [Policy], in exactly one of five states. The zero
// value is unset. Only the constructors make other values, so that no Value is
// literal and raw at once.
//
// A Value does not copy a slice it is given or hands out: treat it as read
// only.
type Value[T any] struct {
	kind    Kind
	literal T
	raw     string
}

// None returns the decision to have no value. It overrides weaker sources,
// which an unset value does not.
func None[T any]() Value[T] { return Value[T]{kind: KindNone} }

// Derived returns the decision to derive a list from the document.
func Derived() Value[[]string] { return Value[[]string]{kind: KindDerived} }

// Literal returns the given value.
func Literal[T any](v T) Value[T] { return Value[T]{kind: KindLiteral, literal: v} }

// Raw returns an expression that stands for the value and passes through
// unread.
func Raw[T any](expr string) Value[T] { return Value[T]{kind: KindRaw, raw: expr} }

// Kind returns the state of v.
func (v Value[T]) Kind() Kind { return v.kind }

// IsSet reports whether a source has said anything, be it none.
func (v Value[T]) IsSet() bool { return v.kind != KindUnset }

// Literal returns the given value, and whether v is a literal.
func (v Value[T]) Literal() (T, bool) { return v.literal, v.kind == KindLiteral }

// Raw returns the expression, and whether v is one.
func (v Value[T]) Raw() (string, bool) { return v.raw, v.kind == KindRaw }

// anyValue is what the members of a policy have in common, whatever their type.
type anyValue interface {
	Kind() Kind
	Raw() (string, bool)
	adopt(from any) bool
	clear()
}

// adopt takes over what another value of the same type says, unless v says something. It
// reports whether it did.
func (v *Value[T]) adopt(from any) bool {
	other := from.(*Value[T])
	if v.IsSet() || !other.IsSet() {
		return false
	}
	*v = *other
	return true
}

func (v *Value[T]) clear() { *v = Value[T]{} }
