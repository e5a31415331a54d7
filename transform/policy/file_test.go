package policy

import "testing"

// TestTheDeepestEntryHolds holds which entry of a policy file holds for a resource, and which
// would hold without its own.
func TestTheDeepestEntryHolds(t *testing.T) {
	f := &File{Resources: []ResourceEntry{
		{Path: "/", Recursive: true},
		{Path: "/pets/", Recursive: true},
		{Path: "/pets/{id}"},
		{Path: "/shop"},
		{}, // whose path could not be read
	}}
	for resource, want := range map[string]struct{ own, above string }{
		"/":               {"/", ""},
		"/pets":           {"/pets/", "/"},
		"/pets/":          {"/pets/", "/"},
		"/pets/{id}":      {"/pets/{id}", "/pets/"},
		"/pets/{id}/toys": {"/pets/", "/pets/"},
		"/pets-archive":   {"/", "/"},
		"/shop":           {"/shop", "/"},
		"/shop/cart":      {"/", "/"},
	} {
		if got := pathOf(f.EntryFor(resource)); got != want.own {
			t.Errorf("%s: the entry %q holds, want %q", resource, got, want.own)
		}
		if got := pathOf(f.EntryAbove(resource)); got != want.above {
			t.Errorf("%s: the entry %q is above, want %q", resource, got, want.above)
		}
	}
	if entry := (*File)(nil).EntryFor("/"); entry != nil {
		t.Errorf("without a file the entry %q holds", entry.Path)
	}
}

func pathOf(e *ResourceEntry) string {
	if e == nil {
		return ""
	}
	return e.Path
}
