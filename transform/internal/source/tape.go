package source

// tape is a document in tokens, in document order. A container is followed by its
// children; an object's children are keys and values in turn. It holds no text
// and no node: those are made from it when somebody looks at them, and what
// nobody looks at, the schemas of a large document above all, costs 16 bytes a
// value.
type tape struct {
	file   *File
	tokens []token
	leaf   leaf
}

// token is one value or key: its bytes, and the token behind all of it.
type token struct {
	start, end, next uint32
	form             form
}

// form is how a token is written.
type form uint8

const (
	formPlain form = iota + 1
	formSingle
	formDouble
	formBlockScalar
	formUnwritten // a null that has no text
	formBlockMap
	formBlockSeq
	formFlowMap // children are on the tape
	formFlowSeq
	formFlow // a YAML collection in brackets, its children not on the tape
)

// leaf reads the tokens that have no children on the tape.
type leaf interface {
	tagOf(*Node) string
	textOf(*Node) string
	childrenOf(*Node) ([]Member, []*Node)
}

// add appends a token and returns its index. The next of a container is set when
// its end is known.
func (t *tape) add(f form, start, end int) int {
	i := len(t.tokens)
	t.tokens = append(t.tokens, token{uint32(start), uint32(end), uint32(i + 1), f})
	return i
}

// closeAt ends a container.
func (t *tape) closeAt(i, end int) {
	t.tokens[i].end, t.tokens[i].next = uint32(end), uint32(len(t.tokens))
}

func (t *tape) node(i uint32) *Node {
	n := new(Node)
	t.fill(n, i)
	return n
}

func (t *tape) fill(n *Node, i uint32) {
	tok := t.tokens[i]
	*n = Node{File: t.file, Kind: Scalar, Start: int(tok.start), End: int(tok.end), content: t, token: int32(i)}
	switch tok.form {
	case formPlain, formUnwritten:
		n.Style = Plain
	case formSingle:
		n.Style = SingleQuoted
	case formDouble:
		n.Style = DoubleQuoted
	case formBlockScalar:
		n.Style = BlockScalar
	case formBlockMap:
		n.Kind, n.Style = Map, Block
	case formBlockSeq:
		n.Kind, n.Style = Seq, Block
	case formFlowMap:
		n.Kind, n.Style = Map, Flow
	case formFlowSeq:
		n.Kind, n.Style = Seq, Flow
	case formFlow:
		n.Kind, n.Style = Seq, Flow
		if n.File.Src[n.End-1] == '}' {
			n.Kind = Map
		}
	}
}

func (t *tape) tag(n *Node) string  { return t.leaf.tagOf(n) }
func (t *tape) text(n *Node) string { return t.leaf.textOf(n) }

// expand makes the children of a container, all in one piece of memory.
func (t *tape) expand(n *Node) ([]Member, []*Node) {
	if t.tokens[n.token].form == formFlow {
		return t.leaf.childrenOf(n)
	}
	first, end := uint32(n.token)+1, t.tokens[n.token].next
	count := 0
	for c := first; c < end; c = t.tokens[c].next {
		count++
	}
	nodes := make([]Node, count)
	c := first
	for i := range nodes {
		t.fill(&nodes[i], c)
		c = t.tokens[c].next
	}
	if n.Kind == Map {
		members := make([]Member, count/2)
		for i := range members {
			members[i] = Member{Key: &nodes[2*i], Value: &nodes[2*i+1]}
		}
		return members, nil
	}
	items := make([]*Node, count)
	for i := range items {
		items[i] = &nodes[i]
	}
	return nil, items
}
