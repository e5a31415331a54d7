package source

import "strings"

// Pointer is a JSON Pointer (RFC 6901): "" is the node itself, "/paths/~1pets"
// the member "/pets" of its member "paths".
type Pointer string

var (
	escape   = strings.NewReplacer("~", "~0", "/", "~1")
	unescape = strings.NewReplacer("~1", "/", "~0", "~")
)

// Child returns the pointer to the member of that name.
func (p Pointer) Child(keys ...string) Pointer {
	for _, key := range keys {
		p += Pointer("/" + escape.Replace(key))
	}
	return p
}

// Keys returns the member names from the top down.
func (p Pointer) Keys() []string {
	if p == "" {
		return nil
	}
	keys := strings.Split(string(p[1:]), "/")
	for i, key := range keys {
		if strings.Contains(key, "~") {
			keys[i] = unescape.Replace(key)
		}
	}
	return keys
}

// Parent returns the pointer to the node that holds p's, and p's own key.
func (p Pointer) Parent() (Pointer, string) {
	i := strings.LastIndexByte(string(p), '/')
	if i < 0 {
		return "", ""
	}
	return p[:i], unescape.Replace(string(p[i+1:]))
}

// Valid reports whether p is empty or begins with a slash.
func (p Pointer) Valid() bool { return p == "" || p[0] == '/' }

// IsWithin reports whether a set has a pointer to an object that the place lies in.
func (p Pointer) IsWithin(set map[Pointer]bool) bool {
	for parent, _ := p.Parent(); parent != ""; parent, _ = parent.Parent() {
		if set[parent] {
			return true
		}
	}
	return false
}

// Below returns the rest of p below base.
func (p Pointer) Below(base Pointer) (Pointer, bool) {
	rest, ok := strings.CutPrefix(string(p), string(base))
	if !ok || rest != "" && rest[0] != '/' {
		return "", false
	}
	return Pointer(rest), true
}
