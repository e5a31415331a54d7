package rules

import (
	"bytes"
	"slices"
)

// ImportFailures returns what rules find of what makes the import of a document fail. Of the
// parts that CORS does not depend on they read only those that could hold something of the
// kind.
func ImportFailures(d *View) []Finding {
	found := FindBy(d, func(r *Rule) bool {
		return r.ImportFails && (r != ExternalReference || mayLeadElsewhere(d.Root.File.Src))
	})
	if slices.ContainsFunc(found, func(f Finding) bool { return f.Rule.GivesWay }) {
		found = slices.DeleteFunc(Find(d), func(f Finding) bool { return !f.Rule.ImportFails })
	}
	return found
}

// mayLeadElsewhere reports whether a text has a reference that does not plainly lead to the
// same document: "$ref", and behind the notation of YAML and JSON a fragment. What is an
// object is a property of that name.
func mayLeadElsewhere(text []byte) bool {
	key := []byte("$ref")
	for {
		i := bytes.Index(text, key)
		if i < 0 {
			return false
		}
		text = text[i+len(key):]
		to := bytes.TrimLeft(text[:min(len(text), 80)], " \t\r\n:\"'>|-+")
		if !bytes.HasPrefix(to, []byte("#")) && !bytes.HasPrefix(to, []byte("{")) {
			return true
		}
	}
}
