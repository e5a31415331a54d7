package layout

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/edit"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Edits returns the edits that fulfil the wishes, sorted. Wishes for one object
// must follow the order in which its new members shall stand. Every wish whose
// place is uncertain is refused: the error joins a [*Refusal] for each of them.
// generated are the members that earlier wishes made; their style is nobody's.
func Edits(root *source.Node, wishes []Wish, generated map[*source.Node]bool) ([]edit.Edit, error) {
	var edits []edit.Edit
	var refused []error
	h := habitsOf(root, generated)
	for _, group := range byObject(wishes) {
		made, at, err := editObject(root, h, group)
		if err != nil {
			refused = append(refused, refuse(group.wishes[0], at, err))
			continue
		}
		edits = append(edits, made...)
	}
	if len(refused) > 0 {
		return nil, errors.Join(refused...)
	}
	edit.Sort(edits)
	keepOpenEnd(root, edits)
	return edits, nil
}

// keepOpenEnd sees to it that a file whose last line is not ended stays so when
// its last lines are taken out: the line before them is not ended then, unless it
// belongs to a block scalar, whose text its line break is.
func keepOpenEnd(root *source.Node, edits []edit.Edit) {
	src := root.File.Src
	i := slices.IndexFunc(edits, func(e edit.Edit) bool { return e.End == len(src) && e.New == "" && e.Start < e.End })
	if i < 0 || bytes.HasSuffix(src, []byte("\n")) {
		return
	}
	for i > 0 && edits[i-1].End == edits[i].Start {
		i--
		if edits[i].New != "" {
			edits[i].New = strings.TrimSuffix(strings.TrimSuffix(edits[i].New, "\n"), "\r")
			return
		}
	}
	if last := leafBefore(root, edits[i].Start); last.Style == source.BlockScalar && last.Chomping() != '-' {
		return
	}
	before := bytes.TrimSuffix(src[:edits[i].Start], []byte("\n"))
	edits[i].Start = len(bytes.TrimSuffix(before, []byte("\r")))
}

// leafBefore returns the last scalar, or collection in brackets, that ends at an
// offset or before it.
func leafBefore(n *source.Node, off int) *source.Node {
	for n.Style == source.Block && n.Alias == "" {
		var last *source.Node
		for _, m := range written(n) {
			if m.Value.Start < off {
				last = m.Value
			}
		}
		for _, item := range n.Items() {
			if item.Start < off {
				last = item
			}
		}
		if last == nil {
			return n
		}
		n = last
	}
	return n
}

// group is the wishes for the members of one object.
type group struct {
	object source.Pointer
	wishes []Wish
}

func byObject(wishes []Wish) []group {
	var groups []group
	index := map[source.Pointer]int{}
	for _, w := range wishes {
		object, _ := w.Place().Parent()
		i, ok := index[object]
		if !ok {
			i = len(groups)
			index[object] = i
			groups = append(groups, group{object: object})
		}
		groups[i].wishes = append(groups[i].wishes, w)
	}
	slices.SortStableFunc(groups, func(a, b group) int { return b.depth() - a.depth() })
	return groups
}

// depth is how deep the object lies. Where an object and the one around it end on
// the same line, what goes into the inner one must come first.
func (g group) depth() int { return strings.Count(string(g.object), "/") }

// editObject returns the edits for one object, or an error and how far it came.
func editObject(root *source.Node, h habits, g group) ([]edit.Edit, source.Pointer, error) {
	s, err := locate(root, h, g.object)
	if err != nil {
		return nil, s.at, err
	}
	o := newObject(s)
	for _, w := range g.wishes {
		if err := o.take(w); err != nil {
			return nil, w.Place(), err
		}
	}
	edits, err := o.edits()
	return edits, s.at, err
}

// edits returns the edits for what was taken.
func (o *object) edits() ([]edit.Edit, error) {
	n := o.node
	switch {
	case n.Unwritten():
		return o.fillUnwritten()
	case len(o.members) == 0 && len(n.Members()) > 0:
		return nil, n.File.Fault(n.Start, fmt.Sprintf("all members of %q arrive through a merge key (<<), so there is none to stand beside", o.key.Name()), writeOut)
	case n.Style == source.Block && explicit(n, o.members[0]):
		return nil, n.File.Fault(o.members[0].Key.Start, fmt.Sprintf("%q is written as an explicit key (?)", o.members[0].Name()), writePlain)
	case n.Style == source.Block:
		return o.editBlock()
	}
	return o.editFlow()
}

// object is an object under change.
type object struct {
	site
	members []source.Member // written in it
	removed map[int]bool    // by index of members
	set     map[int]Value
	added   []Add
}

func newObject(s site) *object {
	return &object{site: s, members: written(s.node), removed: map[int]bool{}, set: map[int]Value{}}
}

func (o *object) take(w Wish) error {
	_, key := w.Place().Parent()
	if add, ok := w.(Add); ok {
		o.added = append(o.added, add)
		return nil
	}
	m, err := step(o.node, key)
	if err != nil {
		return err
	}
	i := slices.Index(o.members, m)
	switch w := w.(type) {
	case Remove:
		o.removed[i] = true
	case Set:
		o.set[i] = w.Value
	case Inline:
		o.set[i] = w.Value
	}
	return nil
}

// before returns the index of the member before which an addition goes, or the
// number of members when it goes to the end.
func (o *object) before(a Add) int {
	if a.Before != "" {
		for i, m := range o.members {
			if m.Name() == a.Before {
				return i
			}
		}
	}
	return len(o.members)
}

func (a Add) member() Member {
	_, key := a.At.Parent()
	return Member{key, a.Value}
}

// fillUnwritten adds members to a null that nobody wrote ("headers:"), in lines
// of their own below its key.
func (o *object) fillUnwritten() ([]edit.Edit, error) {
	f := o.node.File
	if f.Syntax == source.JSON || o.parent().Style != source.Block {
		return nil, f.Fault(o.key.Key.Start, fmt.Sprintf("the value of %q is missing", o.key.Name()), "write an object there")
	}
	at := f.LineEnd(o.node.End)
	w := newBlockWriter(o.site, at)
	var edits []edit.Edit
	for _, a := range o.added {
		edits = append(edits, insertLines(f, at, w, a))
	}
	return edits, nil
}

// editBlock changes an object that is written by indentation: members are whole
// lines.
func (o *object) editBlock() ([]edit.Edit, error) {
	f := o.node.File
	w := newBlockWriter(o.site, o.members[0].Key.Start)
	edits, err := o.removeLines()
	if err != nil {
		return nil, err
	}
	for i, m := range o.members {
		if v, ok := o.set[i]; ok {
			edits = append(edits, setLines(w, m, v)...)
		}
	}
	for _, a := range o.added {
		at, err := o.lineFor(a)
		if err != nil {
			return nil, err
		}
		edits = append(edits, insertLines(f, at, w, a))
	}
	return edits, nil
}

// setLines replaces the value of a member. A comment behind the old value stays
// in front of the new one's further lines: at their end it would speak of the last
// of them.
func setLines(w blockWriter, m source.Member, v Value) []edit.Edit {
	f := m.Key.File
	text := w.member(Member{m.Name(), v})
	first, rest, several := strings.Cut(text, w.newline)
	lineEnd := len(bytes.TrimRight(f.Src[:f.LineEnd(m.Value.End)], "\r\n"))
	comment := lineEnd - len(bytes.TrimLeft(f.Src[m.Value.End:max(lineEnd, m.Value.End)], " \t"))
	ownLines := f.LineStart(m.Value.Start) > m.Key.End
	switch {
	case !several, !ownLines && comment >= lineEnd:
		return []edit.Edit{{Start: m.Key.Start, End: m.Value.End, New: text}}
	case !ownLines:
		return []edit.Edit{{Start: m.Key.Start, End: m.Value.End, New: first}, {Start: lineEnd, End: lineEnd, New: w.newline + rest}}
	case comment >= lineEnd:
		return []edit.Edit{{Start: f.LineStart(m.Value.Start), End: m.Value.End, New: rest}}
	}
	return []edit.Edit{
		{Start: m.Value.Start, End: comment},
		{Start: lineEnd, End: lineEnd, New: w.newline + rest},
	}
}

// lineFor returns the start of the line at which an addition goes in. Behind the
// last member means behind its last line of text and the comments right below it
// that are indented further, which belong to it. Other comments and blank lines
// stay where they are, in front of what comes next.
func (o *object) lineFor(a Add) (int, error) {
	i := o.before(a)
	if i == len(o.members) {
		last := o.members[i-1].Value
		if !endsInOpenScalar(last) {
			return behindComments(last.File, lineBehind(last), column(o.members[0])), nil
		}
		i-- // a line break behind it would change the scalar's text
	}
	m := o.members[i]
	if !ownLine(m) {
		return 0, m.Key.File.Fault(m.Key.Start, fmt.Sprintf("the member %q does not begin its line, so nothing can be put in front of it", m.Name()), "begin a line with it")
	}
	return m.Key.File.LineStart(m.Key.Start), nil
}

// behindComments returns the offset behind the lines from off on that are comments
// to the right of a column.
func behindComments(f *source.File, off, column int) int {
	for off < len(f.Src) && f.Src[off-1] == '\n' {
		line := f.Src[off:f.LineEnd(off)]
		text := bytes.TrimLeft(line, " ")
		if len(line)-len(text) <= column || !bytes.HasPrefix(text, []byte("#")) {
			break
		}
		off += len(line)
	}
	return off
}

// endsInOpenScalar reports whether a value ends in a block scalar that is cut off
// by the end of a file without a final newline, and that a line break would change.
func endsInOpenScalar(n *source.Node) bool {
	if n.End < len(n.File.Src) || bytes.HasSuffix(n.File.Src, []byte("\n")) {
		return false
	}
	last := n.LastLeaf()
	return last.Style == source.BlockScalar && last.Chomping() != '-'
}

// ownLine reports whether nothing but indentation stands before a key.
func ownLine(m source.Member) bool {
	f := m.Key.File
	before := bytes.TrimPrefix(f.Src[f.LineStart(m.Key.Start):m.Key.Start], []byte("\uFEFF"))
	return len(bytes.TrimLeft(before, " ")) == 0
}

// insertLines puts a member in lines of its own in front of an offset that is a
// line's start, or the end of a file whose last line is not ended and stays so.
func insertLines(f *source.File, at int, w blockWriter, a Add) edit.Edit {
	text := strings.Repeat(" ", w.indent) + w.member(a.member())
	if at > 0 && f.Src[at-1] != '\n' {
		return edit.Edit{Start: at, End: at, New: w.newline + text}
	}
	return edit.Edit{Start: at, End: at, New: text + w.newline}
}

// removeLines takes out the lines of the members that go.
func (o *object) removeLines() ([]edit.Edit, error) {
	f := o.node.File
	var cuts []edit.Edit
	for i, m := range o.members {
		if !o.removed[i] {
			continue
		}
		if !ownLine(m) {
			return nil, f.Fault(m.Key.Start, fmt.Sprintf("the member %q does not begin its line, so it cannot be taken out", m.Name()), "begin a line with it")
		}
		cut := edit.Edit{Start: f.LineStart(m.Key.Start), End: lineBehind(m.Value)}
		if n := len(cuts); n > 0 && cuts[n-1].End == cut.Start {
			cuts[n-1].End = cut.End
		} else {
			cuts = append(cuts, cut)
		}
	}
	return cuts, nil
}

// editFlow changes an object in braces. What stands between two members belongs
// to the second of them, so that taking out undoes adding.
func (o *object) editFlow() ([]edit.Edit, error) {
	if len(o.removed) == len(o.members) {
		return o.refill()
	}
	w := o.newFlowWriter(o.node, o.parents, quoteChar(o.site))
	var edits []edit.Edit
	for i := range o.members {
		if o.removed[i] {
			edits = append(edits, o.cut(i))
		}
		if v, ok := o.set[i]; ok {
			value := o.members[i].Value
			edits = append(edits, edit.Edit{Start: value.Start, End: value.End, New: w.value(v)})
		}
	}
	for _, a := range o.added {
		edits = append(edits, o.insertFlow(w, a))
	}
	return edits, nil
}

// insertFlow puts a member behind the nearest member before its place that
// stays, or in front of the first one that does.
func (o *object) insertFlow(w flowWriter, a Add) edit.Edit {
	for i := o.before(a) - 1; i >= 0; i-- {
		if !o.removed[i] {
			at := o.members[i].Value.End
			return edit.Edit{Start: at, End: at, New: w.comma + w.member(a.member())}
		}
	}
	i := 0
	for o.removed[i] {
		i++
	}
	at := o.members[i].Key.Start
	return edit.Edit{Start: at, End: at, New: w.member(a.member()) + w.comma}
}

// cut takes out a member and what separates it from the one before it, or from
// the one behind it when none is left before.
func (o *object) cut(i int) edit.Edit {
	e := edit.Edit{Start: o.members[i].Key.Start, End: o.members[i].Value.End}
	for j := i - 1; j >= 0; j-- {
		if !o.removed[j] {
			e.Start = o.members[i-1].Value.End
			return e
		}
	}
	e.End = o.members[i+1].Key.Start
	return e
}

// refill writes the members of an object in braces that has none left. White
// space that stood between the braces stays in front of what is added, and "{}"
// takes the style of the object around it; emptied again, each is what it was.
func (o *object) refill() ([]edit.Edit, error) {
	all := edit.Edit{Start: o.openEnd(), End: o.node.End - 1}
	blank, spread := o.blank(all)
	w := o.emptyWriter(blank)
	content := make(Map, len(o.added))
	for i, a := range o.added {
		content[i] = a.member()
	}
	if len(content) > 0 {
		all.New = w.members(content)
		if blank == "" && w.lines != "" {
			all.New = w.lines + w.indent + all.New + w.lines + strings.TrimSuffix(w.indent, w.step)
		}
	}
	if !spread {
		all.Start += len(blank)
	}
	return []edit.Edit{all}, nil
}

// blank returns the white space that stood between the braces before anything
// was added to the object, whose inside is given. It reports true when what was
// added stands on lines of its own, the closing brace included: such an object
// was "{}".
func (o *object) blank(inside edit.Edit) (string, bool) {
	src := o.node.File.Src
	if len(o.members) == 0 {
		return string(src[inside.Start:inside.End]), false
	}
	last := o.members[len(o.members)-1].Value.End
	if bytes.ContainsRune(src[last:inside.End], '\n') {
		return "", true
	}
	return string(src[inside.Start:o.members[0].Key.Start]), false
}

// openEnd returns the offset behind the opening brace, which a tag may precede.
func (o *object) openEnd() int {
	return o.node.Start + bytes.IndexByte(o.node.Raw(), '{') + 1
}

// emptyWriter returns the style for an object without members that has some
// white space between its braces: that of the object around it, one level
// deeper, where that one is in braces too.
func (o *object) emptyWriter(blank string) flowWriter {
	w := flowWriter{yaml: o.node.File.Syntax == source.YAML, quote: quoteChar(o.site), colon: ": ", comma: ", "}
	if p := o.parent(); p != nil && p.Style == source.Flow {
		w = o.newFlowWriter(p, o.parents[:len(o.parents)-1], w.quote).below()
	}
	if blank == "" {
		return w
	}
	w.lines, w.indent, w.step = "", "", ""
	w.comma = commaAfter(w.colon)
	if i := strings.LastIndexByte(blank, '\n'); i >= 0 {
		w.lines, w.indent = newline(o.node.File, o.node.Start), blank[i+1:]
		w.step = defaultStep(w.indent)
		w.comma = "," + w.lines + w.indent
	}
	return w
}
