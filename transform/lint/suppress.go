package lint

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/document"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// MemberIgnore is the member that lists the ids of rules that are not to report the object
// in which it is, nor what is in that.
const MemberIgnore = rules.MemberIgnore

// A comment does the same for its line, or if it stands alone for the next one:
// "# apigw-cors-ignore: acao-missing, method-case -- the gateway is behind another one".
// What follows " -- " is for people.
var ignoreComment = regexp.MustCompile(`#[ \t]*apigw-cors-ignore\b:?[ \t]*([^\r\n]*)`)

// suppressedID is an id in the list of a comment, whose entries commas or blanks divide.
var suppressedID = regexp.MustCompile(`[^, \t]+`)

// suppression says that a rule is not to report a place.
type suppression struct {
	id     string
	at     rules.Place                    // of the id
	covers func(line int, f Finding) bool // line is that of the finding, from 1

	known bool   // there is a rule with that id
	near  string // the id that was probably meant where there is none
	tried bool   // the rule was tried
	used  bool   // something was left out because of it
}

// readSuppressions returns those of a document: members first, then comments.
func readSuppressions(root *source.Node) []*suppression {
	var all []*suppression
	if bytes.Contains(root.File.Src, []byte(MemberIgnore)) {
		w := &suppressionWalk{}
		w.walk(root)
		all = w.found
	}
	if root.File.Syntax == source.YAML {
		all = append(all, commentSuppressions(root)...)
	}
	return all
}

// judged says of suppressions whether their rules exist and were tried.
func (o Options) judged(all []*suppression, d *rules.View) []*suppression {
	enabling := rules.OfEnabling()
	for _, s := range all {
		var rule *rules.Rule
		if _, s.near, s.known = Find(s.id); s.known {
			rule = byID(s.id)
		}
		switch {
		case rule == nil, rule == rules.SuppressionUnknown, rule == rules.SuppressionUnused, slices.Contains(o.Disable, s.id):
		case slices.Contains(enabling, rule):
			s.tried = o.Elsewhere.Tried
		default:
			s.tried = rule.IsAbout(d.API)
		}
	}
	return all
}

// suppressionWalk looks for members, and keeps the keys on its way.
type suppressionWalk struct {
	trail []string
	found []*suppression
}

func (w *suppressionWalk) walk(n *source.Node) {
	if n.Alias != "" {
		return // it is read where it is written
	}
	for i, item := range n.Items() {
		w.below(strconv.Itoa(i), item)
	}
	for _, m := range n.Members() {
		if m.Name() == MemberIgnore {
			w.member(m.Value)
		} else {
			w.below(m.Name(), m.Value)
		}
	}
}

func (w *suppressionWalk) below(key string, n *source.Node) {
	if n.Kind == source.Scalar {
		return
	}
	w.trail = append(w.trail, key)
	w.walk(n)
	w.trail = w.trail[:len(w.trail)-1]
}

// member reads a member that lists ids, or is one.
func (w *suppressionWalk) member(n *source.Node) {
	at := source.Pointer("").Child(w.trail...)
	ids := n.Items()
	if n.Kind == source.Scalar {
		ids = []*source.Node{n}
	}
	for _, id := range ids {
		w.found = append(w.found, &suppression{
			id: id.Text(), at: rules.At(id, at.Child(MemberIgnore)),
			covers: func(_ int, f Finding) bool { _, in := source.Pointer(f.Pointer).Below(at); return in },
		})
	}
}

func commentSuppressions(root *source.Node) []*suppression {
	var all []*suppression
	file := root.File
	for _, m := range ignoreComment.FindAllSubmatchIndex(file.Src, -1) {
		begin := m[0]
		if inScalar(root, begin) {
			continue
		}
		line := file.Position(begin).Line
		if strings.TrimSpace(string(file.Src[file.LineStart(begin):begin])) == "" {
			line++
		}
		covers := func(at int, _ Finding) bool { return at == line }
		ids, _, _ := strings.Cut(string(file.Src[m[2]:m[3]]), "--")
		ids, _, _ = strings.Cut(ids, "#")
		found := suppressedID.FindAllStringIndex(ids, -1)
		for _, id := range found {
			all = append(all, &suppression{id: ids[id[0]:id[1]], at: offset(file, m[2]+id[0]), covers: covers})
		}
		if len(found) == 0 {
			all = append(all, &suppression{at: offset(file, begin), covers: covers})
		}
	}
	return all
}

// offset is a place in a document that is no member.
func offset(file *source.File, off int) rules.Place {
	return rules.Place{File: file.Name, Position: file.Position(off)}
}

// inScalar reports whether an offset lies in the text of a value: what looks like a comment
// there is none.
func inScalar(n *source.Node, off int) bool {
	for n != nil && n.Kind != source.Scalar {
		n = childAt(n, off)
	}
	return n != nil
}

// childAt returns the key or the value of a member, or the element, that an offset lies in.
func childAt(n *source.Node, off int) *source.Node {
	holds := func(c *source.Node) bool { return c.Start <= off && off < c.End }
	for _, item := range n.Items() {
		if holds(item) {
			return item
		}
	}
	for _, m := range n.Members() {
		switch {
		case m.Merged:
		case holds(m.Key):
			return m.Key
		case holds(m.Value):
			return m.Value
		}
	}
	return nil
}

// Heard returns those of the findings in a document that nothing in it suppresses.
func Heard(d *transform.Document, found []finding.Finding) []finding.Finding {
	if !bytes.Contains(d.Source(), []byte("apigw-cors-ignore")) {
		return found
	}
	read := document.Of(d)
	read.Lock()
	defer read.Unlock()
	by := readSuppressions(read.Root)
	return slices.DeleteFunc(slices.Clone(found), func(f finding.Finding) bool { return isSuppressed(Finding{Finding: f}, by) })
}

// unsuppressed leaves out what is not to be reported.
func unsuppressed(found []Finding, by []*suppression) []Finding {
	return slices.DeleteFunc(found, func(f Finding) bool { return isSuppressed(f, by) })
}

func isSuppressed(f Finding, by []*suppression) (hit bool) {
	for _, s := range by {
		if s.id == f.Rule && s.covers(f.Position.Line, f) {
			s.used, hit = true, true
		}
	}
	return hit
}

// aboutSuppressions reports those of unknown rules, and those that nothing was left out for.
func aboutSuppressions(all []*suppression) (found []rules.Finding) {
	for _, s := range all {
		switch {
		case s.id == "":
			found = append(found, rules.Finding{
				Rule: rules.SuppressionUnknown, At: s.at,
				Message: "the suppression names no rule", Hint: "name them: # apigw-cors-ignore: acao-missing",
			})
		case !s.known:
			found = append(found, rules.Finding{
				Rule: rules.SuppressionUnknown, At: s.at,
				Message: fmt.Sprintf("there is no rule %q", s.id), Hint: s.didYouMean(),
			})
		case s.tried && !s.used:
			found = append(found, rules.Finding{
				Rule: rules.SuppressionUnused, At: s.at,
				Message: s.id + " finds nothing here that could be suppressed", Hint: "take it out",
			})
		}
	}
	return found
}

func (s *suppression) didYouMean() string {
	if s.near == "" {
		return "apigw-cors rules lists them"
	}
	return "did you mean " + s.near + "?"
}
