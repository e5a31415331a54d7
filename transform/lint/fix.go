package lint

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/internal/document"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Fixed is a document after [Fix].
type Fixed struct {
	Document *transform.Document // the document itself where nothing was fixed
	Count    int                 // of the findings that were fixed
}

// Fix makes the changes that findings carry, and no other: every byte that none of them
// is about stays as it is. A change that has no certain place is left out. The errors are
// those of [Run].
func Fix(d *transform.Document, o Options) (*Fixed, error) {
	const most = 8 // rounds: a second one is for what two findings would change at one place
	fixed := &Fixed{Document: d}
	for range most {
		next, count, err := fixOnce(fixed.Document, o)
		if err != nil || count == 0 {
			return fixed, err
		}
		fixed.Document, fixed.Count = next, fixed.Count+count
	}
	return fixed, nil
}

// fixOnce makes the changes that are certain in the document as it is.
func fixOnce(d *transform.Document, o Options) (next *transform.Document, count int, err error) {
	read := document.Of(d)
	read.Lock()
	defer read.Unlock()
	v := view(read, o)
	found, err := heard(v, rules.Find(v), o)
	if err != nil {
		return nil, 0, err
	}
	changes, count := certain(read.Root, found)
	if count == 0 {
		return nil, 0, nil
	}
	edits, err := layout.Edits(read.Root, changes, nil)
	if err != nil {
		return nil, 0, err
	}
	file, err := layout.VerifyWhole(read.Root, edits, changes)
	if err != nil {
		return nil, 0, err
	}
	result, err := document.FromFile(file)
	if err != nil {
		return nil, 0, err
	}
	return document.New(result).(*transform.Document), count, nil
}

// certain returns the changes that findings carry, the first one for each place, and how
// many findings they fix. A change whose place is not certain is left out: an alias stands
// there, or a value that is one elsewhere.
func certain(root *source.Node, found []Finding) (changes []layout.Operation, count int) {
	taken := map[source.Pointer]bool{}
	for _, f := range found {
		isTaken := func(w layout.Operation) bool { return taken[w.Place()] }
		if !f.Fixable() || slices.ContainsFunc(f.fix, isTaken) {
			continue
		}
		if _, err := layout.Edits(root, f.fix, nil); err != nil {
			continue
		}
		for _, w := range f.fix {
			taken[w.Place()] = true
		}
		changes = append(changes, f.fix...)
		count++
	}
	return changes, count
}
