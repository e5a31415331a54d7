package finding

import (
	"slices"
	"strings"
)

// Nearest returns the names that are likely meant by a mistyped one, best first,
// at most three: those a few edits away, and those that contain it.
func Nearest(name string, names []string) []string {
	type candidate struct {
		name     string
		distance int
	}
	var found []candidate
	for _, n := range names {
		d := distance(strings.ToLower(name), strings.ToLower(n))
		if d > max(2, len(name)/3) {
			if len(name) < 3 || !strings.Contains(strings.ToLower(n), strings.ToLower(name)) {
				continue
			}
			d = len(n)
		}
		found = append(found, candidate{n, d})
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return a.distance - b.distance })
	var near []string
	for _, c := range found[:min(3, len(found))] {
		near = append(near, c.name)
	}
	return near
}

// NearestOne returns the best of them, or nothing.
func NearestOne(name string, names []string) string {
	if near := Nearest(name, names); len(near) > 0 {
		return near[0]
	}
	return ""
}

// distance is the number of bytes to insert, delete or replace to make b of a.
func distance(a, b string) int {
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
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
