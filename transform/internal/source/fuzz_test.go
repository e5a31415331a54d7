package source_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"github.com/apigw-cors/apigw-cors/internal/documents"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// FuzzParse holds that every span lies within the one around it and behind the
// one before it, that every offset has a position, and that the scalars of JSON
// say what encoding/json reads in them.
func FuzzParse(f *testing.F) {
	for _, d := range documents.Own(f) {
		f.Add(d.Src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		file, err := source.Parse("openapi.yaml", src)
		if err != nil {
			var place *finding.PlaceError
			if !errors.As(err, &place) || place.Message == "" {
				t.Fatalf("the error is not about a place: %v", err)
			}
			return
		}
		w := walker{t: t, file: file, left: 100_000}
		w.node(file.Root, 0, len(src))
		if file.Syntax == source.JSON && !json.Valid(bytes.TrimPrefix(src, []byte("\uFEFF"))) && !w.lenient(src) {
			t.Error("encoding/json does not take it for JSON")
		}
	})
}

// walker visits the nodes of a file.
type walker struct {
	t    *testing.T
	file *source.File
	left int // nodes to visit, since aliases multiply them
}

// node checks a node between two offsets and returns its end.
func (w *walker) node(n *source.Node, from, to int) int {
	w.t.Helper()
	if w.left--; w.left < 0 {
		w.t.SkipNow()
	}
	if n.Start < from || n.End < n.Start || n.End > to {
		w.t.Fatalf("the span %d:%d leaves %d:%d: %.60q", n.Start, n.End, from, to, w.file.Src)
	}
	if p := w.file.Position(n.Start); p.Line < 1 || p.Column < 1 {
		w.t.Fatalf("offset %d is at %v", n.Start, p)
	}
	if n.Alias != "" {
		return n.End // what it names is written elsewhere
	}
	if n.Kind == source.Scalar && w.file.Syntax == source.JSON {
		w.scalar(n)
	}
	at := n.Start
	for _, m := range n.Members() {
		if m.Merged {
			continue
		}
		at = w.node(m.Key, at, n.End)
		at = w.node(m.Value, at, n.End)
		if got := n.Get(m.Name()); got == nil {
			w.t.Fatalf("the member %q is not found", m.Name())
		}
	}
	for _, item := range n.Items() {
		at = w.node(item, at, n.End)
	}
	return n.End
}

func (w *walker) scalar(n *source.Node) {
	w.t.Helper()
	var v any
	dec := json.NewDecoder(bytes.NewReader(n.Raw()))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		w.t.Fatalf("encoding/json does not read the scalar %q: %v", n.Raw(), err)
	}
	switch v := v.(type) {
	case string:
		if !n.IsString() || bytes.ContainsRune([]byte(v), '\uFFFD') {
			if !n.IsString() {
				w.t.Errorf("%q is no string", n.Raw())
			}
			return // the two replace what is invalid in different ways
		}
		if n.Text() != v {
			w.t.Errorf("%q says %q, encoding/json reads %q", n.Raw(), n.Text(), v)
		}
	case json.Number:
		if n.Text() != v.String() {
			w.t.Errorf("%q says %q", n.Raw(), n.Text())
		}
	case bool:
		if !n.IsBool() {
			w.t.Errorf("%q is not a bool", n.Raw())
		}
	case nil:
		if !n.IsNull() {
			w.t.Errorf("%q is not null", n.Raw())
		}
	}
}

// lenient reports whether a text is JSON but for its depth, which encoding/json
// limits.
func (w *walker) lenient(src []byte) bool {
	var v any
	err := json.Unmarshal(bytes.TrimPrefix(src, []byte("\uFEFF")), &v)
	return err != nil && bytes.Contains([]byte(err.Error()), []byte("depth"))
}
