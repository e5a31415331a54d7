package source

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

	Tag    string // "!!str", "!!int", "!!null", "!Sub", …: resolved, in short form
	Anchor string // name given to this node by "&name"
	Alias  string // name, when the value is written "*name"
	Shared bool   // an alias elsewhere points to this node

	text    func() string
	expand  func() ([]Member, []*Node)
	done    bool
	members []Member
	items   []*Node
	index   map[string]int // of the first member with a key
	again   map[string]int // of a further one
}

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
	return n.text()
}

// Raw returns the bytes of the node as they are written.
func (n *Node) Raw() []byte { return n.File.Src[n.Start:n.End:n.End] }

// IsNull reports whether the value is null, written or not.
func (n *Node) IsNull() bool { return n.Kind == Scalar && n.Tag == nullTag }

// Unwritten reports whether the value is a null that has no text.
func (n *Node) Unwritten() bool { return n.IsNull() && n.Start == n.End }

// Members returns the members of a map in document order, those that arrive
// through merge keys last, and nothing for anything else, nil included.
func (n *Node) Members() []Member {
	if n == nil {
		return nil
	}
	n.visit()
	return n.members[:len(n.members):len(n.members)]
}

// Items returns the elements of a sequence, and nothing for anything else, nil
// included.
func (n *Node) Items() []*Node {
	if n == nil {
		return nil
	}
	n.visit()
	return n.items[:len(n.items):len(n.items)]
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
	if n == nil || n.Kind != Map {
		return Member{}, false
	}
	n.visit()
	if n.index != nil {
		i, ok := n.index[key]
		if !ok {
			return Member{}, false
		}
		return n.members[i], true
	}
	for _, m := range n.members {
		if m.Name() == key {
			return m, true
		}
	}
	return Member{}, false
}

// Duplicate returns the second member with that key, which makes the meaning of
// the map depend on its reader.
func (n *Node) Duplicate(key string) (Member, bool) {
	first := -1
	if n.Members(); n.index != nil {
		i, ok := n.again[key]
		if !ok {
			return Member{}, false
		}
		return n.members[i], true
	}
	for i, m := range n.members {
		switch {
		case m.Merged || m.Name() != key:
		case first >= 0:
			return m, true
		default:
			first = i
		}
	}
	return Member{}, false
}

// indexed is the number of members from which a map is looked up by an index.
const indexed = 12

func (n *Node) visit() {
	if n.done {
		return
	}
	n.done = true
	if n.expand == nil {
		return
	}
	n.members, n.items = n.expand()
	n.expand = nil
	if len(n.members) < indexed {
		return
	}
	n.index = make(map[string]int, len(n.members))
	for i, m := range n.members {
		name := m.Name()
		if _, dup := n.index[name]; !dup {
			n.index[name] = i
			continue
		}
		if n.again == nil {
			n.again = map[string]int{}
		}
		n.again[name] = i
	}
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
func (n *Node) IsString() bool { return n != nil && n.Kind == Scalar && n.Tag == strTag }

// IsBool reports whether the value is true or false.
func (n *Node) IsBool() bool { return n != nil && n.Kind == Scalar && n.Tag == boolTag }

// IsInt reports whether the value is a whole number.
func (n *Node) IsInt() bool { return n != nil && n.Kind == Scalar && n.Tag == intTag }

// Plainly reports whether a collection carries no tag of its own.
func (n *Node) Plainly() bool { return n.Tag == mapTag || n.Tag == seqTag }
