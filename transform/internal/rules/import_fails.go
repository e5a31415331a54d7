package rules

import "slices"

// ImportFailures returns what rules find of what makes the import of a document fail. Of the
// parts that CORS does not depend on they read only those of documents whose text could hold
// something of the kind.
func ImportFailures(d *View) []Finding {
	found := FindBy(d, func(r *Rule) bool {
		return r.ImportFails && (r.mayBeIn == nil || r.mayBeIn(d.Root.File.Src))
	})
	if slices.ContainsFunc(found, func(f Finding) bool { return f.Rule.GivesWay }) {
		found = slices.DeleteFunc(Find(d), func(f Finding) bool { return !f.Rule.ImportFails })
	}
	return found
}
