package policy

import (
	"maps"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
)

// File is a policy file: who may call what, apart from the document.
type File struct {
	Name     string // for messages
	API      string // "rest", "http", "auto"; empty: it says nothing
	Existing Existing
	Policy   Layer
	Profiles map[string]Layer
	Rules    []Rule // in the order of the file
	Emit     []Setting
	Disable  []Setting // ids of rules that lint leaves out; their keys say nothing
}

// Rule is what a policy file says of one resource, and of those below it if it is
// recursive.
type Rule struct {
	Path      string
	Recursive bool
	Enabled   Value[bool] // a literal or unset
	Existing  Existing
	Layer
	Profiles map[string]Layer
	Position finding.Position
}

// Setting is one member of emit. What keys and values there are is the caller's to
// judge.
type Setting struct {
	Key, Value            string
	KeyPosition, Position finding.Position
}

// ProfileNames returns the names of all profiles, those of rules included, sorted.
func (f *File) ProfileNames() []string {
	names := map[string]bool{}
	for name := range f.Profiles {
		names[name] = true
	}
	for _, rule := range f.Rules {
		for name := range rule.Profiles {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// RuleFor returns the rule for a resource: the one with the deepest path that is the
// resource's, or that lies above it and is recursive. It may be called on nil, and
// returns nil where there is none. A slash at the end makes no other resource.
func (f *File) RuleFor(resource string) *Rule { return f.deepest(resource, true) }

// RuleAbove returns the rule that would hold for a resource if it had none of its
// own.
func (f *File) RuleAbove(resource string) *Rule { return f.deepest(resource, false) }

func (f *File) deepest(resource string, own bool) *Rule {
	if f == nil {
		return nil
	}
	resource = strings.TrimRight(resource, "/")
	var found *Rule
	for i := range f.Rules {
		rule := &f.Rules[i]
		path := strings.TrimRight(rule.Path, "/")
		at := own && path == resource
		below := rule.Recursive && path != resource && strings.HasPrefix(resource, path+"/")
		if rule.Path != "" && (at || below) && (found == nil || len(path) > len(strings.TrimRight(found.Path, "/"))) {
			found = rule
		}
	}
	return found
}
