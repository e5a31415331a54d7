package extensions

import "strings"

// nearest returns the known name that the author probably meant: one that
// differs in case, in underscores and hyphens, or by a slip of the finger.
func nearest[T ~string](name T, known []T) (near T, ok bool) {
	plain := plainName(name)
	best := 1 + min(2, len(plain)/4)
	for _, candidate := range known {
		if d := distance(plain, plainName(candidate), best); d < best {
			near, best, ok = candidate, d, true
		}
	}
	return near, ok
}

func plainName[T ~string](name T) string {
	return strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(string(name)))
}

// distance returns how many bytes to insert, delete or replace to make b of a,
// or limit if their lengths alone say that it is not below.
func distance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
