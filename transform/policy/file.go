package policy

import (
	"maps"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
)

// File is a policy file: who may call what, apart from the document.
type File struct {
	Name      string // for messages
	API       string // "rest", "http", "auto"; empty where the file has none
	Existing  Existing
	Policy    Layer
	Profiles  map[string]Layer
	Resources []ResourceEntry // in the order of the file
	Emit      []KeyValue
	Disable   []KeyValue // the values are ids of rules that lint leaves out
}

// ResourceEntry is one entry of resources: the policy of one resource, and of those below
// it if it is recursive.
type ResourceEntry struct {
	Path      string
	Recursive bool
	Enabled   Value[bool] // a literal or unset
	Existing  Existing
	Layer
	Profiles map[string]Layer
	Position finding.Position
}

// KeyValue is one member of emit. Which keys and values are known is the caller's to
// judge.
type KeyValue struct {
	Key, Value            string
	KeyPosition, Position finding.Position
}

// ProfileNames returns the names of all profiles, those of resource entries included,
// sorted.
func (f *File) ProfileNames() []string {
	names := map[string]bool{}
	for name := range f.Profiles {
		names[name] = true
	}
	for _, entry := range f.Resources {
		for name := range entry.Profiles {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// EntryFor returns the entry that holds for a resource: the one with the deepest path that
// is the resource's, or that is above it and recursive. A slash at the end of a path makes
// no difference. It may be called on nil, and returns nil where no entry holds.
func (f *File) EntryFor(resource string) *ResourceEntry { return f.deepest(resource, true) }

// EntryAbove returns the entry that would hold for a resource that has none of its own.
func (f *File) EntryAbove(resource string) *ResourceEntry { return f.deepest(resource, false) }

func (f *File) deepest(resource string, own bool) *ResourceEntry {
	if f == nil {
		return nil
	}
	var found *ResourceEntry
	for i := range f.Resources {
		entry := &f.Resources[i]
		if entry.holdsFor(resource, own) && (found == nil || len(bare(entry.Path)) > len(bare(found.Path))) {
			found = entry
		}
	}
	return found
}

// holdsFor reports whether an entry holds for a resource: for its own only where own says
// so, and for those below it if it is recursive.
func (e *ResourceEntry) holdsFor(resource string, own bool) bool {
	switch path, of := bare(e.Path), bare(resource); {
	case e.Path == "":
		return false
	case path == of:
		return own
	default:
		return e.Recursive && strings.HasPrefix(of, path+"/")
	}
}

// bare returns a path without the slashes at its end: API Gateway takes /x and /x/ for one
// resource.
func bare(path string) string { return strings.TrimRight(path, "/") }
