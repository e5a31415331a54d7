package policyread

import (
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// A reader reads the objects of one file, and collects every mistake in them.
type reader struct {
	file  *source.File
	whole string // what the whole of it is called in messages
	errs  []error

	configuration bool // it is that of an HTTP API, see ReadConfiguration
	hidden        model.Hidden
}

// wrong notes a mistake in a member. in names the object that the member is in, and
// is empty where there is only one.
func (r *reader) wrong(at *source.Node, in, member, value string, reason policy.Reason, remedy string) {
	r.errs = append(r.errs, &policy.Error{
		File: r.file.Name, Position: r.file.Position(at.Start), In: in,
		Member: member, Value: value, Reason: reason, Remedy: remedy,
	})
}

// members returns the members of an object whose keys are known, and notes the
// others.
func (r *reader) members(n *source.Node, in, example string, known []string) []source.Member {
	remedy := "write an object such as {" + example + "}"
	member := ""
	if in == "" {
		member = r.whole
	}
	switch {
	case n.IsNull():
		r.wrong(n, in, member, "", policy.ReasonNoValue, remedy+", or take the key out")
		return nil
	case n.Kind != source.Map || model.Intrinsic(n):
		r.wrong(n, in, member, n.Excerpt(), policy.ReasonNotAnObject, remedy)
		return nil
	}
	seen := map[string]bool{}
	var list []source.Member
	for _, m := range r.hidden.Members(n) {
		name := m.Name()
		switch {
		case seen[name]:
			r.wrong(m.Key, in, "", name, policy.ReasonDuplicateKey, "keep one of the two")
			continue
		case r.configuration && strings.HasPrefix(name, "x-"):
		case !slices.Contains(known, name):
			r.wrong(m.Key, in, "", name, policy.ReasonUnknownKey, nearKey(name, known))
		default:
			list = append(list, m)
		}
		seen[name] = true
	}
	return list
}

// nearKey says what to write in the place of an unknown key: one that differs in
// case and punctuation only, one that is usual elsewhere, or the nearest one.
func nearKey(key string, known []string) string {
	plain := func(s string) string {
		return strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(s))
	}
	if near := memberNamed(plain(key), plain, known); near != "" {
		return "write " + strconv.Quote(near)
	}
	if member := memberNamed(plain(key), plain, memberNames()); member != "" && slices.Contains(known, "policy") {
		return "put it into policy, as in policy: {" + member + ": …}"
	}
	if near := finding.NearestOne(key, known); near != "" {
		return "did you mean " + strconv.Quote(near) + "?"
	}
	return "write one of " + strings.Join(known, ", ")
}

// memberNamed returns the name that a key means in other letters, or in the words
// of a header or of another tool.
func memberNamed(key string, plain func(string) string, known []string) string {
	for _, name := range known {
		short := strings.TrimPrefix(plain(name), "allow")
		switch key {
		case plain(name), short, strings.TrimSuffix(short, "s"), plain(name) + "s", strings.TrimSuffix(plain(name), "s"),
			"accesscontrol" + plain(name), "accesscontrol" + strings.TrimSuffix(plain(name), "s"), strings.Replace(plain(name), "allow", "allowed", 1):
			return name
		}
	}
	return ""
}
