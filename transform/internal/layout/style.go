package layout

import (
	"bytes"
	"slices"
	"strings"
	"sync"

	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// nearby is how many levels below an object are looked at for the style of its
// neighbours, and widely how many members at the most.
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
	for _, m := range s.authors(s.node) {
		if step, ok := stepBelow(m); ok {
			return step
		}
	}
	if p := s.parent(); p != nil && p.Style == source.Block {
		if step, ok := stepBelow(s.key); ok {
			return step
		}
		for _, m := range s.authors(p) {
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
	atKey, found := s.seqBelow(s.node, nearby)
	if !found {
		atKey = s.seqAtKey()
	}
	if atKey {
		return 0
	}
	return step
}

// seqBelow reports whether the first block sequence below a node stands in the
// column of its key, and whether there is one.
func (h habits) seqBelow(n *source.Node, depth int) (atKey, found bool) {
	h.walk(n, depth, new(int), func(m source.Member) bool {
		v := m.Value
		if v.Kind != source.Seq || v.Style != source.Block || v.Alias != "" || len(v.Items()) == 0 {
			return false
		}
		atKey, found = v.File.Position(dash(v)).Column-1 == column(m), true
		return true
	})
	return atKey, found
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
	if quote, found := s.quoteBelow(s.authored(), nearby); found {
		return quote
	}
	return s.quote()
}

// authored returns the object, or the nearest one around it that was there before
// anything was generated: what is written next is to look like what was written
// first.
func (s site) authored() *source.Node {
	path := append(slices.Clone(s.parents), s.node)
	if i := slices.IndexFunc(path, func(n *source.Node) bool { return s.generated[n] }); i > 0 {
		path = path[:i]
	}
	for len(path) > 1 && len(s.authors(path[len(path)-1])) == 0 {
		path = path[:len(path)-1]
	}
	return path[len(path)-1]
}

func (h habits) quoteBelow(n *source.Node, depth int) (quote byte, found bool) {
	h.walk(n, depth, new(int), func(m source.Member) bool {
		for _, n := range []*source.Node{m.Key, m.Value} {
			if n.Alias != "" || strings.ContainsAny(n.Text(), `'"\`) {
				continue
			}
			switch n.Style {
			case source.SingleQuoted:
				quote, found = '\'', true
			case source.DoubleQuoted:
				quote, found = '"', true
			}
			if found {
				return true
			}
		}
		return false
	})
	return quote, found
}

// habits are what the document as a whole does, for places whose neighbours show
// nothing. Each is looked up once, when it is first needed. What was generated
// tells nothing: its style was copied, from neighbours that may be others now.
type habits struct {
	generated map[*source.Node]bool
	quote     func() byte
	seqAtKey  func() bool
}

func habitsOf(root *source.Node, generated map[*source.Node]bool) habits {
	h := habits{generated: generated}
	h.quote = sync.OnceValue(func() byte {
		if quote, found := h.quoteBelow(root, widely); found {
			return quote
		}
		return '"'
	})
	h.seqAtKey = sync.OnceValue(func() bool {
		atKey, _ := h.seqBelow(root, widely)
		return atKey
	})
	return h
}

// authors returns the members that stand in an object and were not generated.
func (h habits) authors(n *source.Node) []source.Member {
	members := written(n)
	if len(h.generated) == 0 {
		return members
	}
	return slices.DeleteFunc(slices.Clone(members), func(m source.Member) bool { return h.generated[m.Value] })
}

// walk shows the members below n, at most depth levels deep, to look, until it
// has seen enough or too many have been seen.
func (h habits) walk(n *source.Node, depth int, seen *int, look func(source.Member) bool) bool {
	if depth == 0 || n.Alias != "" {
		return false
	}
	for _, m := range h.authors(n) {
		if *seen++; *seen > widely {
			return false
		}
		if look(m) || h.walk(m.Value, depth-1, seen, look) {
			return true
		}
	}
	for _, item := range n.Items() {
		if *seen++; *seen > widely {
			return false
		}
		if h.walk(item, depth-1, seen, look) {
			return true
		}
	}
	return false
}
