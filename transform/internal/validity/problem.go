package validity

import "github.com/apigw-cors/apigw-cors/transform/internal/source"

// Problem is something that makes a document invalid.
type Problem struct {
	Code    string // of kin-openapi, which never changes, or [Unreadable]
	Message string
	Pointer source.Pointer // of the part that it is in
}

// Unreadable is the code of what kin-openapi does not say in a code of its own: mostly
// that a value is of another kind than the specification asks for.
const Unreadable = "openapi-unreadable"
