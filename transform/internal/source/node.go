package source

import (
	"bytes"
	"strings"
)

// Kind is the shape of a node.
type Kind uint8

const (
	Scalar Kind = iota + 1
	Map
	Seq
)

// Style is how a node is written.
type Style uint8

const (
	Plain Style = iota + 1 // scalar without quotes, JSON's numbers and words
	SingleQuoted
	DoubleQuoted // JSON's strings too
	BlockScalar  // literal or folded
	Block        // collection by indentation
	Flow         // collection in brackets, all of JSON's
)

// Node is a value at a place. Start and End are offsets: the first byte of the
// value and the byte behind its last one. A YAML value's tag and anchor belong
// to its span; an alias spans only its own name. A null that nobody wrote
// ("key:") has an empty span behind the colon.
type Node struct {
	File       *File
	Kind       Kind // of the value, an alias being followed
	Style      Style
	Start, End int

	Anchor string // name given to this node by "&name"
	Alias  string // name, when the value is written "*name"
	Shared bool   // an alias elsewhere points to this node

	tagged  string // Tag, once it is known
	content content
	token   int32 // on the tape
	below   *children
}

// content is where a node's text and children come from.
type content interface {
	tag(*Node) string
	text(*Node) string
	expand(*Node) ([]Member, []*Node)
}

// children are what an object or a sequence holds.
type children struct {
	members []Member
	items   []*Node
	index   map[string]int // of the first member with a key
	again   map[string]int // of a further one
}

var none = &children{}

// Member is a key and its value. Merged tells that it arrives through a merge
// key ("<<") and is written elsewhere.
type Member struct {
	Key    *Node
	Value  *Node
	Merged bool
}

// Name returns the text of the key: 200 and "200" are both "200".
func (m Member) Name() string { return m.Key.Text() }

// Text returns the content of a scalar without quotes and escapes, and "" for a
// collection.
func (n *Node) Text() string {
	if n == nil || n.Kind != Scalar {
		return ""
	}
	return n.content.text(n)
}

// Tag returns the tag of the value, resolved and in short form: "!!str", "!!int",
// "!!null", "!!map", "!Sub", ….
func (n *Node) Tag() string {
	if n.tagged == "" {
		n.tagged = n.content.tag(n)
	}
	return n.tagged
}

// Raw returns the bytes of the node as they are written.
func (n *Node) Raw() []byte { return n.File.Src[n.Start:n.End:n.End] }

// Excerpt returns what a message says of the value: the text of a scalar, else the
// beginning of what is written, with its tag.
func (n *Node) Excerpt() string {
	const most = 60
	tag, text := n.Tag(), strings.Join(strings.Fields(string(n.Raw())), " ")
	switch own := strings.HasPrefix(tag, "!") && !strings.HasPrefix(tag, "!!"); {
	case own && !strings.HasPrefix(text, "!"):
		text = tag + " " + text
	case n.Kind == Scalar && !own:
		text = n.Text()
	}
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}

// IsNull reports whether the value is null, written or not.
func (n *Node) IsNull() bool { return n.Kind == Scalar && n.Tag() == nullTag }

// Unwritten reports whether the value is a null that has no text.
func (n *Node) Unwritten() bool { return n.IsNull() && n.Start == n.End }

// Members returns the members of a map in document order, those that arrive
// through merge keys last, and nothing for anything else, nil included.
func (n *Node) Members() []Member {
	members := n.children().members
	return members[:len(members):len(members)]
}

// Items returns the elements of a sequence, and nothing for anything else, nil
// included.
func (n *Node) Items() []*Node {
	items := n.children().items
	return items[:len(items):len(items)]
}

// Get returns the value of the member with that key, or nil. It may be called
// on nil, so that a path of members reads as a chain.
func (n *Node) Get(key string) *Node {
	m, ok := n.Member(key)
	if !ok {
		return nil
	}
	return m.Value
}

// Member returns the first member with that key.
func (n *Node) Member(key string) (Member, bool) {
	below := n.children()
	if below.index != nil {
		i, ok := below.index[key]
		if !ok {
			return Member{}, false
		}
		return below.members[i], true
	}
	for _, m := range below.members {
		if m.Name() == key {
			return m, true
		}
	}
	return Member{}, false
}

// Duplicate returns the second member with that key, which makes the meaning of
// the map depend on its reader.
func (n *Node) Duplicate(key string) (Member, bool) {
	below := n.children()
	if below.index != nil {
		i, ok := below.again[key]
		if !ok {
			return Member{}, false
		}
		return below.members[i], true
	}
	found := false
	for _, m := range below.members {
		switch {
		case m.Merged || m.Name() != key:
		case found:
			return m, true
		default:
			found = true
		}
	}
	return Member{}, false
}

// indexed is the number of members from which a map is looked up by an index.
const indexed = 12

// children makes the children when they are first asked for. Merge keys can lead
// round in a circle; a node that is being visited has no children yet.
func (n *Node) children() *children {
	if n == nil || n.Kind == Scalar {
		return none
	}
	if n.below == nil {
		n.below = &children{}
		n.below.members, n.below.items = n.content.expand(n)
		n.below.makeIndex()
	}
	return n.below
}

func (c *children) makeIndex() {
	if len(c.members) < indexed {
		return
	}
	c.index = make(map[string]int, len(c.members))
	for i, m := range c.members {
		name := m.Name()
		if _, dup := c.index[name]; !dup {
			c.index[name] = i
			continue
		}
		if c.again == nil {
			c.again = map[string]int{}
		}
		c.again[name] = i
	}
}

// Chomping returns what the header of a block scalar says of its trailing line
// breaks: '-' strips them, '+' keeps them, 0 leaves one.
func (n *Node) Chomping() byte {
	if n.Style != BlockScalar {
		return 0
	}
	raw := n.Raw()
	for len(raw) > 0 && (raw[0] == '!' || raw[0] == '&') { // a tag, an anchor
		end := bytes.IndexAny(raw, " \t\r\n")
		raw = bytes.TrimLeft(raw[max(end, 0):], " \t\r\n")
	}
	for _, c := range raw[min(1, len(raw)):] {
		switch {
		case c == '-' || c == '+':
			return c
		case c < '0' || c > '9':
			return 0
		}
	}
	return 0
}

// LastLeaf returns the scalar or the collection in brackets that a node's text
// ends with.
func (n *Node) LastLeaf() *Node {
	for n.Style == Block && n.Alias == "" {
		below := n.children()
		written := len(below.members)
		for written > 0 && below.members[written-1].Merged {
			written--
		}
		switch {
		case written > 0:
			n = below.members[written-1].Value
		case len(below.items) > 0:
			n = below.items[len(below.items)-1]
		default:
			return n
		}
	}
	return n
}

// At returns the node at a pointer below n, or nil. Sequence elements are not
// reached: no pointer of ours goes through one.
func (n *Node) At(p Pointer) *Node {
	for _, key := range p.Keys() {
		n = n.Get(key)
	}
	return n
}

// Tags of YAML's core schema, which JSON's values carry as well.
const (
	nullTag  = "!!null"
	boolTag  = "!!bool"
	intTag   = "!!int"
	floatTag = "!!float"
	strTag   = "!!str"
	mapTag   = "!!map"
	seqTag   = "!!seq"
)

// IsString reports whether the value is a string for every reader.
func (n *Node) IsString() bool { return n != nil && n.Kind == Scalar && n.Tag() == strTag }

// IsBool reports whether the value is true or false.
func (n *Node) IsBool() bool { return n != nil && n.Kind == Scalar && n.Tag() == boolTag }

// IsNumber reports whether the value is a number.
func (n *Node) IsNumber() bool {
	return n != nil && n.Kind == Scalar && (n.Tag() == intTag || n.Tag() == floatTag)
}

// Plainly reports whether a collection carries no tag of its own.
func (n *Node) Plainly() bool { return n.Tag() == mapTag || n.Tag() == seqTag }
