package transform

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/document"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Finding is something the author of a document should know; see [finding.Finding].
type Finding = finding.Finding

// PlaceError tells why a document cannot be read or edited, and where.
type PlaceError = finding.PlaceError

// Document is an OpenAPI document that was read. It never changes, and it may be
// used by several goroutines.
type Document struct{ read *document.Document }

// What works on a document beside this package opens it.
func init() {
	document.Of = func(d any) *document.Document { return d.(*Document).read }
	document.New = func(read *document.Document) any { return &Document{read} }
}

// Parse reads a document. Whether it is YAML or JSON is told by its content; name
// is used in messages only, and where it ends in ".json" the content must be JSON.
//
// The error is a [*PlaceError]: the text cannot be read, or it is not an OpenAPI
// document of a version that API Gateway knows.
func Parse(name string, src []byte) (*Document, error) {
	read, err := document.Read(name, src)
	if err != nil {
		return nil, err
	}
	return &Document{read}, nil
}

// Source returns the bytes that were read. They must not be changed.
func (d *Document) Source() []byte {
	src := d.read.File.Src
	return src[:len(src):len(src)]
}

// Name returns the name that was given to [Parse].
func (d *Document) Name() string { return d.read.File.Name }

// Position returns where a JSON Pointer leads: to the key of a member, or of the deepest
// one on the way that is there. ok is false where not even its first key is.
func (d *Document) Position(pointer string) (at finding.Position, ok bool) {
	d.read.Lock()
	defer d.read.Unlock()
	n, off := d.read.Root, d.read.Root.Start
	for _, key := range source.Pointer(pointer).Keys() {
		m, found := n.Member(key)
		if !found {
			break
		}
		n, off, ok = m.Value, m.Key.Start, true
	}
	return d.read.File.Position(off), ok
}
