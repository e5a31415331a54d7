package policyread

import (
	"fmt"
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

// layer reads an object of members of a policy. more are keys that its owner reads.
func (r *reader) layer(n *source.Node, in string, more ...string) policy.Layer {
	l := policy.Layer{Places: map[string]finding.Position{}}
	values := map[string]*source.Node{}
	for _, m := range r.members(n, in, "allowOrigins: [https://app.example.com]", append(policy.Members(), more...)) {
		if slices.Contains(more, m.Name()) {
			continue
		}
		values[m.Name()] = m.Value
		l.Places[m.Name()] = r.file.Position(m.Key.Start)
		r.member(&l.Policy, m, in)
	}
	if !r.configuration {
		r.validate(l.Policy, values, in)
	}
	return l
}

// member reads one member of a policy.
func (r *reader) member(p *policy.Policy, m source.Member, in string) {
	switch m.Name() {
	case policy.MemberAllowOrigins:
		p.AllowOrigins = r.list(m, in, "https://app.example.com")
	case policy.MemberAllowMethods:
		p.AllowMethods = r.list(m, in, "GET", "none", "derived")
	case policy.MemberAllowHeaders:
		p.AllowHeaders = r.list(m, in, "Content-Type", "none", "derived")
	case policy.MemberExposeHeaders:
		p.ExposeHeaders = r.list(m, in, "X-Total-Count", "none", "derived")
	case policy.MemberAddHeaders:
		p.AddHeaders = r.added(m, in)
	case policy.MemberMaxAge:
		p.MaxAge = r.seconds(m, in)
	case policy.MemberAllowCredentials:
		p.AllowCredentials = r.boolean(m, in, true)
	}
}

// added reads addHeaders, which are names and nothing else.
func (r *reader) added(m source.Member, in string) []string {
	list := r.list(m, in, "X-Request-Id")
	expr, raw := list.Raw()
	switch {
	case raw:
		r.wrong(m.Value, in, m.Name(), expr, policy.ReasonExpressionMixed, "write it as allowHeaders, where it stands alone")
	case list.Kind() == policy.KindNone, list.Kind() == policy.KindDerived:
		r.wrong(m.Value, in, m.Name(), m.Value.Text(), policy.ReasonNotAList, "write a list such as [X-Request-Id], or take the key out")
	}
	names, _ := list.Literal()
	return names
}

// list reads a list of texts. words are those that may stand in its place.
func (r *reader) list(m source.Member, in, example string, words ...string) policy.Value[[]string] {
	n, remedy := m.Value, "write a list such as ["+example+"]"
	switch text := n.Text(); {
	case n.IsString() && text == "none":
		return policy.None[[]string]()
	case n.IsString() && text == "derived":
		return policy.Derived()
	case model.Intrinsic(n) && r.configuration:
		long, _ := model.LongForm(n)
		return policy.Raw[[]string](long)
	case model.Intrinsic(n):
		r.wrong(n, in, m.Name(), n.Excerpt(), policy.ReasonNotAList, "write a list, with an intrinsic for one value as its only entry")
	case n.IsNull():
		r.wrong(n, in, m.Name(), "", policy.ReasonNoValue, remedy+", or take the key out")
	case n.Kind == source.Scalar:
		r.wrong(n, in, m.Name(), text, policy.ReasonNotAList, "write "+listOf(text)+orWords(words))
	case n.Kind != source.Seq:
		r.wrong(n, in, m.Name(), n.Excerpt(), policy.ReasonNotAList, remedy)
	default:
		return r.listed(m, in)
	}
	return policy.Value[[]string]{}
}

// listed reads the entries of a list: literals, or one expression.
func (r *reader) listed(m source.Member, in string) policy.Value[[]string] {
	entries, expressions, ok := r.entries(m, in)
	switch {
	case r.configuration && len(entries) == 0 && m.Name() == policy.MemberAllowOrigins:
		return policy.Value[[]string]{} // it lets nobody in, which is no policy
	case r.configuration && len(entries) == 0:
		return policy.None[[]string]()
	case ok && len(expressions) > 0 && len(entries) == 1:
		return policy.Raw[[]string](entries[0])
	case ok && len(expressions) == 0:
		return policy.Literal(entries)
	case ok && r.configuration:
		return policy.Raw[[]string](policy.MixedListOf(entries))
	case ok:
		for _, e := range expressions {
			r.wrong(e, in, m.Name(), e.Excerpt(), policy.ReasonExpressionMixed, "leave it alone in the list, or list literals only")
		}
	}
	return policy.Value[[]string]{}
}

// entries reads the entries of a list, and tells which are expressions.
func (r *reader) entries(m source.Member, in string) (entries []string, expressions []*source.Node, ok bool) {
	ok = true
	entries = []string{}
	for _, item := range m.Value.Items() {
		text, raw := model.LongForm(item)
		switch {
		case raw:
			expressions = append(expressions, item)
		case item.Kind == source.Scalar && item.IsString():
			if text = item.Text(); policy.IsExpression(text) {
				expressions = append(expressions, item)
			}
		case model.Intrinsic(item):
			ok = false
			r.wrong(item, in, m.Name(), item.Excerpt(), policy.ReasonNotAText, "write the intrinsic without anchors and aliases")
		default:
			ok = false
			r.wrong(item, in, m.Name(), item.Excerpt(), policy.ReasonNotAText, "put it in quotes, if it is meant as one")
		}
		entries = append(entries, text)
	}
	return entries, expressions, ok
}

// seconds reads maxAge.
func (r *reader) seconds(m source.Member, in string) policy.Value[int] {
	n, remedy := m.Value, "write a number of seconds, such as 600, or none"
	text := strings.Trim(n.Text(), "'\"")
	if long, raw := model.LongForm(n); raw {
		return policy.Raw[int](long)
	}
	switch age, err := strconv.Atoi(text); {
	case n.IsNull():
		r.wrong(n, in, m.Name(), "", policy.ReasonNoValue, remedy+", or take the key out")
	case n.Kind != source.Scalar:
		r.wrong(n, in, m.Name(), n.Excerpt(), policy.ReasonNotANumber, remedy)
	case n.IsString() && text == "none":
		return policy.None[int]()
	case n.IsString() && policy.IsExpression(text):
		return policy.Raw[int](text)
	case err != nil:
		r.wrong(n, in, m.Name(), text, policy.ReasonNotANumber, remedy)
	case n.IsString():
		r.wrong(n, in, m.Name(), n.Text(), policy.ReasonQuotedWord, "write "+text+" without quotes")
	default:
		return policy.Literal(age)
	}
	return policy.Value[int]{}
}

// boolean reads true or false.
func (r *reader) boolean(m source.Member, in string, raw bool) policy.Value[bool] {
	n, text := m.Value, m.Value.Text()
	if long, ok := model.LongForm(n); ok && raw {
		return policy.Raw[bool](long)
	}
	const remedy = "write true or false"
	switch {
	case n.IsNull():
		r.wrong(n, in, m.Name(), "", policy.ReasonNoValue, remedy+", or take the key out")
	case n.IsBool():
		return policy.Literal(strings.EqualFold(text, "true"))
	case n.Kind != source.Scalar:
		r.wrong(n, in, m.Name(), n.Excerpt(), policy.ReasonNotABoolean, remedy)
	case raw && n.IsString() && policy.IsExpression(text):
		return policy.Raw[bool](text)
	case text == "true" || text == "false":
		r.wrong(n, in, m.Name(), text, policy.ReasonQuotedWord, "write "+text+" without quotes")
	default:
		r.wrong(n, in, m.Name(), text, policy.ReasonNotABoolean, remedy)
	}
	return policy.Value[bool]{}
}

// word reads one of several words.
func (r *reader) word(m source.Member, in string, accepted ...string) string {
	text := m.Value.Text()
	if m.Value.Kind == source.Scalar && slices.Contains(accepted, text) {
		return text
	}
	remedy := "write one of " + strings.Join(accepted, ", ")
	if near := finding.NearestOne(text, accepted); near != "" {
		remedy = "did you mean " + strconv.Quote(near) + "? It is one of " + strings.Join(accepted, ", ")
	}
	if m.Value.Kind != source.Scalar {
		text = m.Value.Excerpt()
	}
	r.wrong(m.Value, in, m.Name(), text, policy.ReasonUnknownWord, remedy)
	return ""
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
	if member := memberNamed(plain(key), plain, policy.Members()); member != "" && slices.Contains(known, "policy") {
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

// validate gives what is wrong with a layer's values their places.
func (r *reader) validate(p policy.Policy, values map[string]*source.Node, in string) {
	for e := range policy.All(p.Validate()) {
		n := values[e.Member]
		if n == nil {
			continue // a member of another layer
		}
		e.File, e.In, e.Position = r.file.Name, in, r.file.Position(entryOf(n, e.Value).Start)
		r.errs = append(r.errs, e)
	}
}

// entryOf returns the entry of a list that has a text, or else the list.
func entryOf(n *source.Node, text string) *source.Node {
	if n.Kind == source.Seq {
		for _, item := range n.Items() {
			if item.Text() == text {
				return item
			}
		}
	}
	return n
}

// listOf returns the list that a text was probably meant to be.
func listOf(text string) string {
	parts := policy.SplitList(text)
	for i, part := range parts {
		if strings.ContainsAny(part, "*:{}[]&!#|>%@$") && !strings.Contains(part, "://") || part == "*" {
			parts[i] = strconv.Quote(part)
		}
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func orWords(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return fmt.Sprintf(", or %s", strings.Join(words, " or "))
}
