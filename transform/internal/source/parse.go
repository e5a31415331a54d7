package source

import (
	"bytes"
	"path/filepath"
	"strings"
	"sync"
	"unicode/utf8"
)

// Parse reads a file whose syntax is told by its content: JSON when it begins
// with a brace and is JSON, YAML otherwise. name appears in errors; an ending
// of ".json" asks that the content be JSON, so that a slip in a JSON file is
// reported as such.
//
// The error is a [*finding.PlaceError].
func Parse(name string, src []byte) (*File, error) {
	f := newFile(name, src)
	body := bytes.TrimLeft(bytes.TrimPrefix(src, []byte(bom)), " \t\r\n")
	switch {
	case len(body) == 0:
		return nil, f.fault("the file is empty", "give it an OpenAPI document")
	case bytes.HasPrefix(src, []byte("\xff\xfe")), bytes.HasPrefix(src, []byte("\xfe\xff")):
		return nil, f.fault("the file is encoded as UTF-16", "save it as UTF-8")
	case !utf8.Valid(src):
		at, _ := unreadable(src)
		return nil, f.notText(at)
	case body[0] == '{' || body[0] == '[':
		return f.parseBraced()
	}
	return f.parseAs(YAML)
}

// ParseAs reads a file whose syntax is known.
func ParseAs(name string, src []byte, s Syntax) (*File, error) {
	return newFile(name, src).parseAs(s)
}

func newFile(name string, src []byte) *File {
	return &File{
		Name:   name,
		Src:    src,
		lines:  sync.OnceValue(func() []int { return lineStarts(src) }),
		counts: sync.OnceValue(func() []int { return characterCounts(src) }),
	}
}

// parseBraced reads a text that begins with a brace or bracket. Such a text may
// also be YAML in flow style; the error for one that is neither is JSON's, since
// that is what its author meant.
func (f *File) parseBraced() (*File, error) {
	_, jsonErr := f.parseAs(JSON)
	if jsonErr == nil {
		return f, nil
	}
	if strings.EqualFold(filepath.Ext(f.Name), ".json") {
		return nil, jsonErr
	}
	if _, err := f.parseAs(YAML); err != nil {
		return nil, jsonErr
	}
	return f, nil
}

// Observe is told of each text that is read. Tests count readings by it; it is nil otherwise.
var Observe func(name string, size int)

func (f *File) parseAs(s Syntax) (*File, error) {
	if Observe != nil {
		Observe(f.Name, len(f.Src))
	}
	f.Syntax = s
	var err error
	if s == JSON {
		f.Root, err = parseJSON(f)
	} else {
		f.Root, err = parseYAML(f)
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

func parseYAML(f *File) (*Node, error) {
	if root := parseOutline(f); root != nil {
		return root, nil
	}
	for i, c := range f.Src {
		// The engine takes it for a line break, and so does no editor.
		if c == '\r' && !bytes.HasPrefix(f.Src[i:], []byte("\r\n")) {
			return nil, f.Fault(i, "a carriage return stands here without a newline", "end lines in a newline")
		}
	}
	return parseWhole(f)
}
