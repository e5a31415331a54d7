package layout

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/internal/edit"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Verify makes the edits and returns the text that results, or an error unless
// its tree is that of the document with exactly the wishes applied: every other
// value has the same bytes under the same key, members keep their order, and each
// new member says what was wished.
//
// The tree comes from reading the result, or as much of it as the wishes concern,
// so nothing that the edits were computed from is trusted here.
func Verify(root *source.Node, edits []edit.Edit, wishes []Wish) ([]byte, error) {
	f := root.File
	out, err := edit.Apply(f.Src, edits)
	if err != nil {
		return nil, err
	}
	if verifyPart(root, edits, wishes) {
		return out, nil
	}
	return out, verify(root, out, expect(wishes))
}

// verifyPart reports whether the part of the result that the wishes concern can
// be read by itself and is what it should be.
func verifyPart(root *source.Node, edits []edit.Edit, wishes []Wish) bool {
	t := expect(wishes)
	cuts := reduce(root, t)
	if len(cuts) == 0 {
		return false
	}
	part := slices.Concat(cuts, edits)
	edit.Sort(part)
	out, err := edit.Apply(root.File.Src, part)
	return err == nil && verify(root, out, t) == nil
}

// verify reads a text and compares it with what is expected.
func verify(root *source.Node, out []byte, t *expectation) error {
	after, err := source.ParseAs(root.File.Name, out, root.File.Syntax)
	if err != nil {
		return fmt.Errorf("the result could not be read again, so nothing was written: %w", err)
	}
	if err := t.check(root, after.Root, ""); err != nil {
		return err
	}
	return after.Broken
}

// expectation is the wishes for an object and for what is below it. A partial
// object lacks the members that no wish concerns.
type expectation struct {
	wish    Wish
	below   map[string]*expectation
	partial bool
}

func expect(wishes []Wish) *expectation {
	t := &expectation{}
	for _, w := range wishes {
		t.put(w.Place().Keys(), w)
	}
	return t
}

func (t *expectation) put(keys []string, w Wish) {
	for _, key := range keys {
		if t.below == nil {
			t.below = map[string]*expectation{}
		}
		if t.below[key] == nil {
			t.below[key] = &expectation{}
		}
		t = t.below[key]
	}
	t.wish = w
}

func (t *expectation) check(before, out *source.Node, at source.Pointer) error {
	if t == nil || t.wish == nil && t.below == nil {
		return same(before, out, at)
	}
	switch w := t.wish.(type) {
	case Set:
		return says(out, w.Value, at)
	case Inline:
		return says(out, w.Value, at)
	}
	return t.checkMembers(before, out, at)
}

// checkMembers walks the members of both objects side by side.
func (t *expectation) checkMembers(before, out *source.Node, at source.Pointer) error {
	if out.Kind != source.Map || before.Kind != source.Map && !before.Unwritten() || before.Tag() != out.Tag() && !before.Unwritten() || before.Anchor != out.Anchor || before.Alias != out.Alias {
		return broken(at, "the object changed its kind")
	}
	added := t.adds()
	news := out.Members()
	i := 0
	next := func() (source.Member, bool) {
		for ; i < len(news); i++ {
			w, isNew := added[news[i].Name()]
			if !isNew {
				i++
				return news[i-1], true
			}
			if err := says(news[i].Value, w.Value, at.Child(news[i].Name())); err != nil {
				return source.Member{}, false
			}
			delete(added, news[i].Name())
		}
		return source.Member{}, false
	}
	for _, m := range before.Members() {
		below := t.below[m.Name()]
		if below == nil && t.partial {
			continue
		}
		if below != nil {
			if _, gone := below.wish.(Remove); gone {
				continue
			}
		}
		n, ok := next()
		if !ok || n.Name() != m.Name() || n.Merged != m.Merged {
			return broken(at.Child(m.Name()), "a member is missing or out of order")
		}
		if err := below.check(m.Value, n.Value, at.Child(m.Name())); err != nil {
			return err
		}
	}
	if n, more := next(); more {
		return broken(at.Child(n.Name()), "a member appeared that nobody asked for")
	}
	if len(added) > 0 {
		return broken(at, "an added member is missing or says something else")
	}
	return nil
}

func (t *expectation) adds() map[string]Add {
	adds := map[string]Add{}
	for key, below := range t.below {
		if w, ok := below.wish.(Add); ok {
			adds[key] = w
		}
	}
	return adds
}

func same(before, out *source.Node, at source.Pointer) error {
	if before.Kind != out.Kind || before.Tag() != out.Tag() || before.Anchor != out.Anchor || !bytes.Equal(before.Raw(), out.Raw()) {
		return broken(at, "a value changed that nobody asked to change")
	}
	return nil
}

func says(out *source.Node, v Value, at source.Pointer) error {
	if out.Alias != "" || out.Anchor != "" || !Equal(out, v) {
		return broken(at, "the value is not the one that was asked for")
	}
	return nil
}

func broken(at source.Pointer, what string) error {
	return fmt.Errorf("the result would not be the document with the changes that were asked for: %s at %q; nothing was written", what, string(at))
}
