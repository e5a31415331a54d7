package gateway

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// A tree is a document as encoding/json has it: map[string]any, []any, string, json.Number,
// bool and nil. Of YAML, short tags of CloudFormation are in their long form: !Ref X is
// {"Ref": "X"}. Parts that aliases share are shared here too.

// parseTree reads JSON or YAML.
func parseTree(src []byte) (any, error) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if json.Valid(src) {
		d := json.NewDecoder(bytes.NewReader(src))
		d.UseNumber()
		return jsonTree(d)
	}
	d := yaml.NewDecoder(bytes.NewReader(src))
	var root yaml.Node
	if err := d.Decode(&root); err != nil {
		return nil, fmt.Errorf("it is neither JSON nor YAML: %w", err)
	}
	y := &yamlTree{done: map[*yaml.Node]any{}, open: map[*yaml.Node]bool{}, merges: 1 << 20}
	return y.value(&root)
}

// duplicateMark is a member that no document has. Its value is the keys that stand twice in the
// object: which of the two API Gateway reads is not known.
const duplicateMark = "\x00"

func markDuplicate(object map[string]any, key string) {
	object[duplicateMark] = append(duplicatesIn(object), key)
}

// duplicatesIn returns the keys that stand twice in an object.
func duplicatesIn(object map[string]any) []string {
	keys, _ := object[duplicateMark].([]string)
	return keys
}

// jsonTree makes a tree of JSON that is valid.
func jsonTree(d *json.Decoder) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		object := map[string]any{}
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return nil, err
			}
			name, _ := key.(string)
			if _, twice := object[name]; twice {
				markDuplicate(object, name)
			}
			if object[name], err = jsonTree(d); err != nil {
				return nil, err
			}
		}
		_, err := d.Token()
		return object, err
	case json.Delim('['):
		list := []any{}
		for d.More() {
			item, err := jsonTree(d)
			if err != nil {
				return nil, err
			}
			list = append(list, item)
		}
		_, err := d.Token()
		return list, err
	}
	return token, nil
}

// yamlTree makes a tree of nodes.
type yamlTree struct {
	done map[*yaml.Node]any  // by anchored node, for its aliases
	open map[*yaml.Node]bool // of which a part is being made

	merges int // members that merge keys may still bring: each of them is a copy
}

func (y *yamlTree) value(n *yaml.Node) (any, error) {
	switch {
	case n.Kind == yaml.DocumentNode:
		return y.value(n.Content[0])
	case n.Kind == yaml.AliasNode:
		if y.open[n.Alias] {
			return nil, fmt.Errorf("line %d, column %d: the alias *%s stands within what it stands for: write the value out there", n.Line, n.Column, n.Value)
		}
		return y.shared(n.Alias)
	case n.Anchor != "":
		return y.shared(n)
	}
	return y.own(n)
}

func (y *yamlTree) shared(n *yaml.Node) (any, error) {
	if value, ok := y.done[n]; ok {
		return value, nil
	}
	y.open[n] = true
	value, err := y.own(n)
	y.done[n], y.open[n] = value, false
	return value, err
}

func (y *yamlTree) own(n *yaml.Node) (any, error) {
	if name, ok := intrinsicOfTag(n.Tag); ok {
		untagged := *n
		untagged.Tag, untagged.Anchor = map[yaml.Kind]string{yaml.ScalarNode: "!!str", yaml.SequenceNode: "!!seq", yaml.MappingNode: "!!map"}[n.Kind], ""
		value, err := y.own(&untagged)
		return map[string]any{name: value}, err
	}
	switch n.Kind {
	case yaml.MappingNode:
		return y.mapping(n)
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, item := range n.Content {
			var err error
			if list[i], err = y.value(item); err != nil {
				return nil, err
			}
		}
		return list, nil
	}
	return scalar(n), nil
}

// mapping makes an object: first of what it merges, so that its own members win.
func (y *yamlTree) mapping(n *yaml.Node) (any, error) {
	object := map[string]any{}
	written := map[string]bool{}
	for _, merging := range []bool{true, false} {
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			if (key.ShortTag() == "!!merge") != merging {
				continue
			}
			value, err := y.value(n.Content[i+1])
			if err != nil {
				return nil, err
			}
			if key.Kind == yaml.AliasNode {
				key = key.Alias
			}
			if merging {
				if y.merges -= merge(object, value); y.merges < 0 {
					return nil, errors.New("its merge keys bring more than a million members")
				}
			} else {
				if written[key.Value] {
					markDuplicate(object, key.Value)
				}
				written[key.Value], object[key.Value] = true, value
			}
		}
	}
	return object, nil
}

// merge adds the members of what stands under a key "<<", and counts them.
func merge(object map[string]any, merged any) int {
	n := 0
	if list, ok := merged.([]any); ok {
		for _, one := range slices.Backward(list) { // the first one wins
			n += merge(object, one)
		}
		return n
	}
	maps.Copy(object, asObject(merged))
	return len(asObject(merged))
}

func scalar(n *yaml.Node) any {
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true")
	case "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return json.Number(n.Value)
		}
	}
	return n.Value
}

// intrinsicOfTag returns the long form of a short tag of CloudFormation.
func intrinsicOfTag(tag string) (name string, ok bool) {
	name, ok = strings.CutPrefix(tag, "!")
	switch {
	case !ok || name == "" || strings.HasPrefix(name, "!"):
		return "", false
	case name == "Ref" || name == "Condition":
		return name, true
	}
	return "Fn::" + name, true
}

// asObject returns a tree's members; none if it is no object.
func asObject(tree any) map[string]any {
	object, _ := tree.(map[string]any)
	return object
}

// asText returns a tree that is a text.
func asText(tree any) string {
	text, _ := tree.(string)
	return text
}

// resolve follows a reference to a part of the same document.
func resolve(root any, ref string) (any, bool) {
	rest, ok := strings.CutPrefix(ref, "#/")
	if !ok {
		return nil, false
	}
	at := root
	for _, key := range strings.Split(rest, "/") {
		key = strings.ReplaceAll(strings.ReplaceAll(key, "~1", "/"), "~0", "~")
		switch within := at.(type) {
		case map[string]any:
			at, ok = within[key]
		case []any:
			i, err := strconv.Atoi(key)
			if ok = err == nil && i >= 0 && i < len(within); ok {
				at = within[i]
			}
		default:
			ok = false
		}
		if !ok {
			return nil, false
		}
	}
	return at, true
}

// pointer is a JSON Pointer to the member with these keys.
func pointer(keys ...string) string {
	var b strings.Builder
	for _, key := range keys {
		b.WriteByte('/')
		b.WriteString(strings.ReplaceAll(strings.ReplaceAll(key, "~", "~0"), "/", "~1"))
	}
	return b.String()
}

// budget is how many bytes of parts a reader may still write as JSON: what aliases repeat could be
// more than memory holds.
type budget struct{ left int }

// budgetFor is one for a document: without aliases each part is written about twice.
func budgetFor(src []byte) *budget { return &budget{16<<20 + 8*len(src)} }

var (
	errTooLong = errors.New("its aliases repeat too much to be read")
	errTooDeep = errors.New("it is nested too deep to be read")
)

// encode writes a tree as JSON.
func (b *budget) encode(tree any) ([]byte, error) {
	if err := b.measure(tree, 0); err != nil {
		return nil, err
	}
	return json.Marshal(tree)
}

// measure takes about the length of a tree off the budget.
func (b *budget) measure(tree any, depth int) error {
	const deepest = 200
	const overhead = 4 // quotes, commas, colons
	b.left -= overhead
	if s, ok := tree.(string); ok {
		b.left -= len(s)
	}
	switch {
	case b.left < 0:
		return errTooLong
	case depth > deepest:
		return errTooDeep
	}
	switch t := tree.(type) {
	case map[string]any:
		if keys := duplicatesIn(t); len(keys) > 0 {
			return fmt.Errorf("the key %q stands twice in it", keys[0])
		}
		for name, value := range t {
			b.left -= len(name)
			if err := b.measure(value, depth+1); err != nil {
				return err
			}
		}
	case []any:
		for _, item := range t {
			if err := b.measure(item, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}
