package layout

import (
	"bytes"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// nearby is how many levels of a neighbour are looked at for its style, and
// widely how many nodes of the document when the neighbours show none.
const (
	nearby = 4
	widely = 4000
)

// newline returns the line break used around an offset.
func newline(f *source.File, off int) string {
	end := f.LineEnd(off)
	if end == off || f.Src[end-1] != '\n' { // the last line has none: look at the one before
		end = f.LineStart(off)
	}
	if end >= 2 && f.Src[end-2] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// column returns how far a key of a block mapping is indented.
func column(m source.Member) int {
	f := m.Key.File
	return f.Position(m.Key.Start).Column - 1
}

// written returns the members that stand in the object itself.
func written(n *source.Node) []source.Member {
	members := n.Members()
	for i, m := range members {
		if m.Merged {
			return members[:i]
		}
	}
	return members
}

// indentStep returns by how much the file indents the members of a member of the
// object: as the object's own members do, else as the object itself stands below
// its parent, else 2.
func indentStep(s site) int {
	for _, m := range written(s.node) {
		if step, ok := stepBelow(m); ok {
			return step
		}
	}
	if p := s.parent(); p != nil && p.Style == source.Block {
		if step, ok := stepBelow(s.key); ok {
			return step
		}
		for _, m := range written(p) {
			if step, ok := stepBelow(m); ok {
				return step
			}
		}
	}
	return 2
}

func stepBelow(m source.Member) (int, bool) {
	v := m.Value
	if v.Kind != source.Map || v.Style != source.Block || v.Alias != "" || len(written(v)) == 0 {
		return 0, false
	}
	step := column(written(v)[0]) - column(m)
	return step, step > 0
}

// seqIndent returns how far the dash of a sequence stands to the right of its
// key: 0 where the file writes it in the key's column, else the step.
func seqIndent(s site, step int) int {
	atKey, found := false, false
	look := func(m source.Member) bool {
		if v := m.Value; v.Kind == source.Seq && v.Style == source.Block && v.Alias == "" && len(v.Items()) > 0 {
			f := v.File
			atKey = f.Position(dash(v)).Column-1 == column(m)
			found = true
		}
		return found
	}
	lookAround(s, look)
	if found && atKey {
		return 0
	}
	return step
}

// dash returns the offset of the first dash of a block sequence.
func dash(seq *source.Node) int {
	f := seq.File
	first := seq.Items()[0]
	line := f.LineStart(first.Start)
	if i := bytes.LastIndexByte(f.Src[line:first.Start], '-'); i >= 0 {
		return line + i
	}
	return seq.Start
}

// quoteChar returns the quotes that the file puts around keys and strings where
// either kind would do.
func quoteChar(s site) byte {
	if s.node.File.Syntax == source.JSON {
		return '"'
	}
	quote := byte('"')
	lookAround(s, func(m source.Member) bool {
		for _, n := range []*source.Node{m.Key, m.Value} {
			if n.Alias == "" && (n.Style == source.SingleQuoted || n.Style == source.DoubleQuoted) && !strings.ContainsAny(n.Text(), `'"\`) {
				if n.Style == source.SingleQuoted {
					quote = '\''
				}
				return true
			}
		}
		return false
	})
	return quote
}

// lookAround shows members to look until it has seen enough: those nearby below
// the site, then those of the whole document in order.
func lookAround(s site, look func(source.Member) bool) {
	left := widely
	if walk(s.node, nearby, &left, look) || len(s.parents) == 0 {
		return
	}
	left = widely
	walk(s.parents[0], widely, &left, look)
}

// walk shows the members below n, a level at most depth deep, to look. It
// reports whether look was satisfied.
func walk(n *source.Node, depth int, left *int, look func(source.Member) bool) bool {
	if depth == 0 || n.Alias != "" {
		return false
	}
	for _, m := range written(n) {
		if *left--; *left < 0 {
			return false
		}
		if look(m) || walk(m.Value, depth-1, left, look) {
			return true
		}
	}
	for _, item := range n.Items() {
		if *left--; *left < 0 {
			return false
		}
		if walk(item, depth-1, left, look) {
			return true
		}
	}
	return false
}
