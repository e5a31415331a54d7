// Package document holds a document that was read, for the packages that work on it.
//
// The text is read once. What is behind a transform.Document is here, so that
// transform's public face shows none of it: [Of] opens one.
package document

import (
	"sync"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// A Document is an OpenAPI document that was read. Its nodes are made when they are
// first looked at, so only one goroutine at a time may do that: see Lock.
type Document struct {
	sync.Mutex
	File *source.File
	Root *source.Node // of the OpenAPI document; a template may hold more around it

	whole   *model.Document
	reading *own.Reading
}

// Read reads a document. The error is a [*finding.PlaceError].
func Read(name string, src []byte) (*Document, error) {
	f, err := model.Open(name, src)
	if err != nil {
		return nil, err
	}
	return &Document{File: f, Root: f.Root}, nil
}

// FromFile returns the document in a file that was read.
func FromFile(f *source.File) (*Document, error) {
	if _, _, err := model.Check(f.Root); err != nil {
		return nil, err
	}
	return &Document{File: f, Root: f.Root}, nil
}

// Whole returns the meaning of the document, generated members included. The caller
// holds the lock.
func (d *Document) Whole() *model.Document {
	if d.whole == nil {
		d.whole = model.Read(d.Root, nil)
	}
	return d.whole
}

// Reading returns the document as it was written by hand, and what in it was generated. The
// caller holds the lock.
func (d *Document) Reading() *own.Reading {
	if d.reading == nil {
		d.reading = own.Read(d.Root, d.Whole)
	}
	return d.reading
}

// Of opens a *transform.Document, and New makes one. Package transform sets them.
var (
	Of  func(document any) *Document
	New func(*Document) (document any)
)
