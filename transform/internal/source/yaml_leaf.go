package source

import (
	"bytes"
	"strings"
)

// yamlLeaf reads the scalars and flow collections of an outline: the plain cases
// itself, the others with the engine.
type yamlLeaf struct{ file *File }

// body returns the offset of a value behind its tag, and the tag.
func (l *yamlLeaf) body(n *Node) (int, string) {
	src := l.file.Src
	if n.Start == n.End || src[n.Start] != '!' {
		return n.Start, ""
	}
	rest := src[n.Start:n.End]
	i := bytes.IndexAny(rest, " \t\r\n")
	if i < 0 {
		return n.End, string(rest)
	}
	return n.End - len(bytes.TrimLeft(rest[i:], " \t\r\n")), string(rest[:i])
}

func (l *yamlLeaf) tagOf(n *Node) string {
	if _, tag := l.body(n); tag != "" {
		return tag
	}
	switch {
	case n.Kind == Map:
		return mapTag
	case n.Kind == Seq:
		return seqTag
	case n.Start == n.End:
		return nullTag
	case n.Style != Plain || !ambiguous(n.Raw()):
		return strTag
	}
	return resolvePlain(n.Raw())
}

// ambiguous reports whether a plain scalar could be something else than a string:
// a number, a boolean, a null, a date.
func ambiguous(raw []byte) bool {
	return strings.IndexByte("yYnNtTfFoO~+-.0123456789=<", raw[0]) >= 0
}

func (l *yamlLeaf) textOf(n *Node) string {
	start, _ := l.body(n)
	raw := l.file.Src[start:n.End]
	oneLine := bytes.IndexByte(raw, '\n') < 0
	switch {
	case len(raw) == 0:
		return ""
	case n.Style == Plain && oneLine:
		return string(raw)
	case n.Style == SingleQuoted && oneLine:
		return strings.ReplaceAll(string(raw[1:len(raw)-1]), "''", "'")
	case n.Style == DoubleQuoted && oneLine && bytes.IndexByte(raw, '\\') < 0:
		return string(raw[1 : len(raw)-1])
	case n.Style == BlockScalar:
		return l.engineText(start, l.file.LineEnd(max(start, n.End-1)))
	}
	return l.engineText(start, n.End)
}
