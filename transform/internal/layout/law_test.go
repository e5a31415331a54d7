package layout_test

import (
	"bytes"
	"testing"

	"github.com/apigw-cors/apigw-cors/internal/documents"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// objects lists the pointers of the objects of a document, down to some depth.
func objects(n *source.Node, at source.Pointer, depth int) []source.Pointer {
	if n.Kind != source.Map || depth == 0 {
		return nil
	}
	list := []source.Pointer{at}
	for _, m := range n.Members() {
		list = append(list, objects(m.Value, at.Child(m.Name()), depth-1)...)
	}
	return list
}

var sample = layout.Map{
	{Key: "on", Value: layout.Word("true")},
	{Key: "204", Value: layout.String("'*'")},
	{Key: "list", Value: layout.List{layout.String("yes"), layout.String("https://app.example.com"), layout.Map{{Key: "a", Value: layout.List{}}, {Key: "b", Value: layout.Map{}}}}},
	{Key: "template", Value: layout.String(`{"statusCode": 200}`)},
	{Key: "lines", Value: layout.String("one: 1\n\n  # two\n- three")},
	{Key: "ended", Value: layout.String("one\ntwo\n")},
	{Key: "odd", Value: layout.String(" one\ntwo \n\n")},
}

// TestAddingIsUndoneByRemoving holds that a member can be added to every object
// of every document, that the result is the document with that member, and that
// taking the member out gives the same bytes back.
func TestAddingIsUndoneByRemoving(t *testing.T) {
	tried, refused := 0, 0
	const most = 12 // of the objects of one document
	for _, d := range documents.Read(t, 60_000) {
		f, err := source.Parse(d.Path, d.Src)
		if err != nil {
			continue
		}
		all := objects(f.Root, "", 8)
		for i := 0; i < len(all); i += 1 + len(all)/most {
			p := all[i]
			tried++
			at := p.Child("x-sample")
			if !roundTrip(t, f, at) {
				refused++
			}
		}
	}
	t.Logf("%d objects, %d refused", tried, refused)
}

func roundTrip(t *testing.T, f *source.File, at source.Pointer) bool {
	t.Helper()
	add := []layout.Operation{layout.Add{At: at, Value: sample}, layout.Add{At: at + "-2", Value: layout.String("two")}}
	out, ok := apply(t, f, add)
	if !ok {
		return false
	}
	set := []layout.Operation{layout.Set{At: at, Value: layout.String("other")}, layout.Set{At: at + "-2", Value: sample}}
	changed, ok := apply(t, out, set)
	if !ok {
		t.Errorf("%s: %s: cannot set", f.Name, at)
		return false
	}
	back, ok := apply(t, changed, []layout.Operation{layout.Remove{At: at}, layout.Remove{At: at + "-2"}})
	if !ok || !bytes.Equal(back.Src, f.Src) {
		t.Errorf("%s: %s: removing does not undo adding", f.Name, at)
	}
	one, ok := apply(t, out, []layout.Operation{layout.Remove{At: at}, layout.Set{At: at + "-2", Value: layout.Word("2")}})
	if !ok {
		t.Errorf("%s: %s: cannot remove one of two", f.Name, at)
		return false
	}
	again, ok := apply(t, one, []layout.Operation{layout.Add{At: at, Value: sample, Before: "x-sample-2"}, layout.Set{At: at + "-2", Value: layout.String("two")}})
	if !ok || !bytes.Equal(again.Src, out.Src) {
		t.Errorf("%s: %s: adding before a sibling differs from adding both", f.Name, at)
	}
	return true
}

func apply(t *testing.T, f *source.File, operations []layout.Operation) (*source.File, bool) {
	t.Helper()
	edits, err := layout.Edits(f.Root, operations, nil)
	if err != nil {
		t.Logf("%v", err)
		return nil, false
	}
	out, err := layout.Verify(f.Root, edits, operations)
	if err != nil {
		t.Errorf("%s: %v: %v", f.Name, operations[0].Place(), err)
		return nil, false
	}
	after, err := source.ParseAs(f.Name, out, f.Syntax)
	if err != nil {
		t.Errorf("%s: %v: %v", f.Name, operations[0].Place(), err)
		return nil, false
	}
	return after, true
}
