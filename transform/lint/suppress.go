package lint

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// MemberIgnore is the member that lists the ids of rules that are not to speak of the
// object that it stands in, and of what is in that.
const MemberIgnore = "x-apigw-cors-ignore"

// A comment does the same for its line, or if it stands alone for the next one:
// "# apigw-cors-ignore: acao-missing, method-case -- the gateway is behind another one".
// What follows " -- " is for people.
var ignoreComment = regexp.MustCompile(`#[ \t]*apigw-cors-ignore\b:?[ \t]*([^\r\n]*)`)

// suppressedID is an id in the list of a comment, whose entries commas or blanks divide.
var suppressedID = regexp.MustCompile(`[^, \t]+`)

// suppression says that a rule is not to speak of a place.
type suppression struct {
	id     string
	off    int                            // of the id in the document
	at     source.Pointer                 // of the member, if it is one
	covers func(line int, f Finding) bool // line is that of the finding, from 1
	rule   *Rule                          // with that id, nil when there is none
	near   string                         // the id that was probably meant then
	known  bool                           // there is a rule with that id, here or elsewhere
	tried  bool                           // the rule was tried
	used   bool                           // something was left out because of it
}

// suppressions returns those of a document: members first, then comments.
func (p *pass) suppressions() []*suppression {
	var all []*suppression
	if strings.Contains(string(p.file.Src), MemberIgnore) {
		w := &suppressionWalk{}
		w.walk(p.Root)
		all = w.found
	}
	if p.file.Syntax == source.YAML {
		all = append(all, p.commentSuppressions()...)
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
			id: id.Text(), off: id.Start, at: at.Child(MemberIgnore),
			covers: func(_ int, f Finding) bool { _, in := source.Pointer(f.Pointer).Below(at); return in },
		})
	}
}

func (p *pass) commentSuppressions() []*suppression {
	var all []*suppression
	for _, m := range ignoreComment.FindAllSubmatchIndex(p.file.Src, -1) {
		begin := m[0]
		if inScalar(p.Root, begin) {
			continue
		}
		line := p.file.Position(begin).Line
		if strings.TrimSpace(string(p.file.Src[p.file.LineStart(begin):begin])) == "" {
			line++
		}
		ids, _, _ := strings.Cut(string(p.file.Src[m[2]:m[3]]), "--")
		ids, _, _ = strings.Cut(ids, "#")
		covers := func(at int, _ Finding) bool { return at == line }
		found := suppressedID.FindAllStringIndex(ids, -1)
		for _, id := range found {
			all = append(all, &suppression{id: ids[id[0]:id[1]], off: m[2] + id[0], covers: covers})
		}
		if len(found) == 0 {
			all = append(all, &suppression{off: begin, covers: covers})
		}
	}
	return all
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
func Heard(name string, src []byte, found []finding.Finding) []finding.Finding {
	if !bytes.Contains(src, []byte("apigw-cors-ignore")) {
		return found
	}
	d, err := Parse(name, src)
	if err != nil {
		return found // who made the findings has read it
	}
	p := &pass{Document: d.doc, file: d.doc.Root.File}
	by := p.suppressions()
	return slices.DeleteFunc(slices.Clone(found), func(f finding.Finding) bool { return isSuppressed(Finding{Finding: f}, by) })
}

// heeded leaves out what is not to be spoken of.
func heeded(found []Finding, by []*suppression) []Finding {
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
