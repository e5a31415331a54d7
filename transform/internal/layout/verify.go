package layout

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/internal/edit"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Verify makes the edits and returns the text that results, or an error unless
// its tree is that of the document with exactly the operations applied: every other
// value has the same bytes under the same key, members keep their order, and each
// new member has the value that its operation gives it.
//
// The tree comes from reading the result, or as much of it as the operations concern:
// see reduce for why that is enough.
func Verify(root *source.Node, edits []edit.Edit, operations []Operation) ([]byte, error) {
	f := root.File
	out, err := edit.Apply(f.Src, edits)
	if err != nil {
		return nil, err
	}
	if verifyPart(root, edits, operations) {
		return out, nil
	}
	_, err = verify(root, out, expect(operations))
	return out, err
}

// VerifyWhole does the same by reading the result as a whole, and returns what it has read, so
// that nobody has to read it again.
func VerifyWhole(root *source.Node, edits []edit.Edit, operations []Operation) (*source.File, error) {
	out, err := edit.Apply(root.File.Src, edits)
	if err != nil {
		return nil, err
	}
	return verify(root, out, expect(operations))
}

// verifyPart reports whether the part of the result that the operations concern can
// be read by itself and is what it should be.
func verifyPart(root *source.Node, edits []edit.Edit, operations []Operation) bool {
	t := expect(operations)
	cuts := reduce(root, t)
	if len(cuts) == 0 {
		return false
	}
	part := slices.Concat(cuts, edits)
	edit.Sort(part)
	out, err := edit.Apply(root.File.Src, part)
	if err != nil {
		return false
	}
	_, err = verify(root, out, t)
	return err == nil
}

// verify reads a text and compares it with what is expected.
func verify(root *source.Node, out []byte, t *expectation) (*source.File, error) {
	after, err := source.ParseAs(root.File.Name, out, root.File.Syntax)
	if err != nil {
		return nil, broken(root, "", fmt.Sprintf("the text cannot be read (%v)", err))
	}
	if err := t.check(root, after.Root, ""); err != nil {
		return nil, err
	}
	return after, after.Broken
}

// expectation is the operations for an object and for what is below it. A partial
// object lacks the members that no operation concerns.
type expectation struct {
	operation Operation
	below     map[string]*expectation
	partial   bool
}

func expect(operations []Operation) *expectation {
	t := &expectation{}
	for _, w := range operations {
		t.put(w.Place().Keys(), w)
	}
	return t
}

func (t *expectation) put(keys []string, w Operation) {
	for _, key := range keys {
		if t.below == nil {
			t.below = map[string]*expectation{}
		}
		if t.below[key] == nil {
			t.below[key] = &expectation{}
		}
		t = t.below[key]
	}
	t.operation = w
}

func (t *expectation) check(before, out *source.Node, at source.Pointer) error {
	if t == nil || t.operation == nil && t.below == nil {
		return same(before, out, at)
	}
	switch w := t.operation.(type) {
	case Set:
		return t.checkValue(before, out, w.Value, at)
	case Inline:
		return t.checkValue(before, out, w.Value, at)
	case Splice:
		return checkSplice(before, out, w)
	}
	return t.checkMembers(before, out, at)
}

// checkMembers walks the members of both objects side by side.
func (t *expectation) checkMembers(before, out *source.Node, at source.Pointer) error {
	if !sameObject(before, out) {
		return broken(before, at, "the object changed its kind")
	}
	left, err := t.withoutAdded(before, out, at)
	if err != nil {
		return err
	}
	for _, m := range before.Members() {
		below := t.below[m.Name()]
		if t.cutsOut(m) || below.removes() {
			continue
		}
		if len(left) == 0 || left[0].Name() != m.Name() || left[0].Merged != m.Merged {
			return broken(m.Value, at.Child(m.Name()), "a member is missing or out of order")
		}
		if err := below.check(m.Value, left[0].Value, at.Child(m.Name())); err != nil {
			return err
		}
		left = left[1:]
	}
	if len(left) > 0 {
		return broken(before, at.Child(left[0].Name()), "a member appeared that nobody asked for")
	}
	return nil
}

// sameObject reports whether two nodes are objects of one kind. An object without
// members may be a null that nobody wrote ("headers:"), before something is added
// to it and after that is taken out.
func sameObject(before, out *source.Node) bool {
	if before.Unwritten() || out.Unwritten() {
		return before.Kind == source.Map || out.Kind == source.Map
	}
	return before.Kind == source.Map && out.Kind == source.Map && before.Tag() == out.Tag() &&
		before.Anchor == out.Anchor && before.Alias == out.Alias
}

// withoutAdded returns the members of an object but those that were added, which
// must all be there and say what they should.
func (t *expectation) withoutAdded(before, out *source.Node, at source.Pointer) ([]source.Member, error) {
	added := t.adds()
	var left []source.Member
	for _, m := range out.Members() {
		w, ok := added[m.Name()]
		if !ok {
			left = append(left, m)
			continue
		}
		if !says(m.Value, w.Value) {
			return nil, broken(before, at.Child(m.Name()), "an added member says something else")
		}
		delete(added, m.Name())
	}
	if len(added) > 0 {
		return nil, broken(before, at, "an added member is missing")
	}
	return left, nil
}

// removes reports whether the member is to be gone.
func (t *expectation) removes() bool {
	if t == nil {
		return false
	}
	_, ok := t.operation.(Remove)
	return ok
}

func (t *expectation) adds() map[string]Add {
	adds := map[string]Add{}
	for key, below := range t.below {
		if w, ok := below.operation.(Add); ok {
			adds[key] = w
		}
	}
	return adds
}

func (t *expectation) checkValue(before, out *source.Node, v Value, at source.Pointer) error {
	if !says(out, v) {
		return broken(before, at, "the new value says something else")
	}
	return nil
}

// checkSplice shows that a text is the old one with another beginning.
func checkSplice(before, out *source.Node, w Splice) error {
	if !out.IsString() || out.Alias != "" || out.Anchor != before.Anchor || out.Text() != w.New+before.Text()[len(w.Old):] {
		return broken(before, w.At, "the text says something else")
	}
	return nil
}

func same(before, out *source.Node, at source.Pointer) error {
	if before.Kind != out.Kind || before.Tag() != out.Tag() || before.Anchor != out.Anchor || !bytes.Equal(before.Raw(), out.Raw()) {
		return broken(before, at, "a value changed that nobody asked to change")
	}
	return nil
}

func says(out *source.Node, v Value) bool {
	return out.Alias == "" && out.Anchor == "" && Equal(out, v)
}

// broken is a refusal after the fact: of an edit that turned out to do something
// else than its operation.
func broken(before *source.Node, at source.Pointer, what string) error {
	err := before.File.Fault(before.Start, fmt.Sprintf("what stands at %q cannot be edited: in the result, %s", string(at), what), "write it in another way")
	return refuse(Set{At: at}, at, err)
}
