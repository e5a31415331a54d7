// Package layout turns operations into bytes.
//
// An operation speaks of a document: "member K with value V on the object at pointer
// P". This package alone knows indentation, commas, quoting and newlines, and it
// has no options for them: it copies what the neighbours do. [Edits] refuses
// where the place of an edit is uncertain, and [Verify] shows, by reading the
// result again, that it is the original tree with exactly the operations applied.
package layout

import "github.com/apigw-cors/apigw-cors/transform/internal/source"

// Operation is one change to a document: [Add], [Set], [Remove], [Inline] or [Splice].
// The set is closed.
type Operation interface {
	// Place returns the pointer of the member that is changed.
	Place() source.Pointer
	operation()
}

// Add adds a member that does not exist to an object that does. It goes behind
// the object's last member, or before the member named Before.
type Add struct {
	At     source.Pointer
	Value  Value
	Before string
}

// Set replaces the value of a member that was generated.
type Set struct {
	At    source.Pointer
	Value Value
}

// Remove takes out a member that was generated.
type Remove struct {
	At source.Pointer
}

// Inline replaces a member that refers to something ("$ref") by what it refers
// to, with whatever is added to it.
type Inline struct {
	At    source.Pointer
	Value Value
}

// Splice replaces the beginning of a text: what an earlier run has put there, Old,
// by New. Old is empty before the first run, and New after the last. The rest of the
// text stays as it is written. Unquote says that it stood without quotes before.
type Splice struct {
	At       source.Pointer
	Old, New string
	Unquote  bool
}

func (w Add) Place() source.Pointer    { return w.At }
func (w Set) Place() source.Pointer    { return w.At }
func (w Remove) Place() source.Pointer { return w.At }
func (w Inline) Place() source.Pointer { return w.At }
func (w Splice) Place() source.Pointer { return w.At }

func (Add) operation()    {}
func (Set) operation()    {}
func (Remove) operation() {}
func (Inline) operation() {}
func (Splice) operation() {}
