package policyread

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var entryKeys = []string{"path", keyRecursive, "enabled", "existing", "policy", "profiles"}

const entryExample = "path: /admin"

func (r *reader) resources(n *source.Node) []policy.ResourceEntry {
	if n.Kind != source.Seq {
		r.wrong(n, "resources", "", n.Excerpt(), policy.ReasonNotAList, "write a list of rules, such as [{"+entryExample+", enabled: false}]")
		return nil
	}
	var list []policy.ResourceEntry
	for i, item := range n.Items() {
		list = append(list, r.resource(item, fmt.Sprintf("resources[%d]", i)))
	}
	return list
}

func (r *reader) resource(n *source.Node, in string) policy.ResourceEntry {
	entry := policy.ResourceEntry{Position: r.file.Position(n.Start)}
	before := len(r.errs)
	members := r.members(n, in, entryExample+", enabled: false", entryKeys)
	if path := n.Get("path").Text(); path != "" {
		in += " (" + path + ")"
	}
	for _, m := range members {
		r.resourceMember(&entry, m, in)
	}
	switch {
	case len(r.errs) > before: // what is missing may be what is wrong
	case n.Get("path") == nil:
		r.wrong(n, in, "path", "", policy.ReasonNoValue, "write the path of a resource, such as "+entryExample)
	case !saysSomething(n):
		r.wrong(n, in, "", n.Excerpt(), policy.ReasonSaysNothing, "write policy, enabled or existing in it, or take it out")
	}
	return entry
}

// saysSomething reports whether an entry has more than the members that tell where it holds.
func saysSomething(n *source.Node) bool {
	return slices.ContainsFunc(n.Members(), func(m source.Member) bool { return m.Name() != "path" && m.Name() != keyRecursive })
}

func (r *reader) resourceMember(entry *policy.ResourceEntry, m source.Member, in string) {
	switch m.Name() {
	case "path":
		entry.Path = r.path(m, in)
	case keyRecursive:
		entry.Recursive, _ = r.boolean(m, in, false).Literal()
	case "enabled":
		entry.Enabled = r.boolean(m, in, false)
	case "existing":
		entry.Existing = policy.Existing(r.word(m, in, policy.ExistingModes()...))
	case "policy":
		entry.Layer = r.layer(m.Value, in+".policy")
	case "profiles":
		entry.Profiles = r.profiles(m.Value, in+".profiles")
	}
}

// path reads the path of an entry: that of one resource, not a pattern.
func (r *reader) path(m source.Member, in string) string {
	text := m.Value.Text()
	bare := strings.TrimRight(text, "/*")
	switch {
	case m.Value.Kind != source.Scalar:
		r.wrong(m.Value, in, "path", m.Value.Excerpt(), policy.ReasonNotAText, "write one path, and a rule for each other")
	case m.Value.IsNull() || text == "":
		r.wrong(m.Value, in, "path", text, policy.ReasonNoValue, "write the path of a resource, such as "+entryExample)
	case !strings.HasPrefix(text, "/"):
		r.wrong(m.Value, in, "path", text, policy.ReasonPathForm, fmt.Sprintf("write %q", "/"+text))
	case strings.Contains(text, "*") && !strings.Contains(bare, "*"):
		r.wrong(m.Value, in, "path", text, policy.ReasonPathForm, fmt.Sprintf("write %q with recursive: true", cmp.Or(bare, "/")))
	case strings.Contains(text, "*"):
		r.wrong(m.Value, in, "path", text, policy.ReasonPathForm, "write a path of the document; a rule with recursive: true holds for all below it")
	default:
		return text
	}
	return ""
}

// checkDuplicates notes a second entry for one resource.
func (r *reader) checkDuplicates(list []policy.ResourceEntry) {
	seen := map[string]bool{}
	for i, entry := range list {
		path := model.ResourcePath(entry.Path)
		if entry.Path != "" && seen[path] {
			r.errs = append(r.errs, &policy.Error{
				File: r.file.Name, Position: entry.Position, In: fmt.Sprintf("resources[%d]", i),
				Member: "path", Value: entry.Path, Reason: policy.ReasonDuplicateEntry, Remedy: "write one rule for it",
			})
		}
		seen[path] = true
	}
}
