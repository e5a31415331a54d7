// Package edit replaces spans of a text. It knows bytes and nothing else.
package edit

import (
	"cmp"
	"fmt"
	"slices"
)

// Edit replaces the bytes from Start up to End by New. Start == End inserts.
type Edit struct {
	Start, End int
	New        string
}

// Sort orders edits by start, then by end. The order is stable: an insertion
// comes before a replacement that starts at the same place, and insertions at
// one place keep the order in which they were asked for.
func Sort(edits []Edit) {
	slices.SortStableFunc(edits, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
}

// Apply returns src with the edits made, and src itself when there are none. The
// edits must be sorted. Edits that leave src or overlap are a mistake of the
// caller: the error names both, and nothing is applied.
func Apply(src []byte, edits []Edit) ([]byte, error) {
	if len(edits) == 0 {
		return src, nil
	}
	size, err := check(len(src), edits)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, size)
	last := 0
	for _, e := range edits {
		out = append(out, src[last:e.Start]...)
		out = append(out, e.New...)
		last = e.End
	}
	return append(out, src[last:]...), nil
}

// check returns the size of the text after the edits.
func check(size int, edits []Edit) (int, error) {
	out, last := size, 0
	for i, e := range edits {
		if e.Start < 0 || e.End < e.Start || e.End > size {
			return 0, fmt.Errorf("edit %d:%d leaves the text of %d bytes", e.Start, e.End, size)
		}
		if e.Start < last {
			return 0, fmt.Errorf("edit %d:%d overlaps edit %d:%d", e.Start, e.End, edits[i-1].Start, edits[i-1].End)
		}
		out += len(e.New) - (e.End - e.Start)
		last = e.End
	}
	return out, nil
}
