package gateway

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
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
		var tree any
		err := d.Decode(&tree)
		return tree, err
	}
	d := yaml.NewDecoder(bytes.NewReader(src))
	var root yaml.Node
	if err := d.Decode(&root); err != nil {
		return nil, fmt.Errorf("it is neither JSON nor YAML: %w", err)
	}
	y := &yamlTree{done: map[*yaml.Node]any{}, open: map[*yaml.Node]bool{}}
	return y.value(&root)
}

// yamlTree makes a tree of nodes.
type yamlTree struct {
	done map[*yaml.Node]any  // by anchored node, for its aliases
	open map[*yaml.Node]bool // of which a part is being made
}

var errCircle = errors.New("an alias stands within what it stands for")

func (y *yamlTree) value(n *yaml.Node) (any, error) {
	switch {
	case n.Kind == yaml.DocumentNode:
		return y.value(n.Content[0])
	case n.Kind == yaml.AliasNode:
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
	if y.open[n] {
		return nil, errCircle
	}
	y.open[n] = true
	value, err := y.own(n)
	y.done[n] = value
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
				merge(object, value)
			} else {
				object[key.Value] = value
			}
		}
	}
	return object, nil
}

// merge adds the members of what stands under a key "<<".
func merge(object map[string]any, merged any) {
	if list, ok := merged.([]any); ok {
		for _, one := range slices.Backward(list) { // the first one wins
			merge(object, one)
		}
		return
	}
	for name, value := range asObject(merged) {
		object[name] = value
	}
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

// encode writes a tree as JSON. What aliases repeat could be more than memory holds, so that
// there is a limit.
func encode(tree any) ([]byte, error) {
	const longest = 4 << 20 // bytes: more than half of what the import takes
	size := 0
	if !measure(tree, longest, 0, &size) {
		return nil, fmt.Errorf("it is longer than %d MB", longest>>20)
	}
	return json.Marshal(tree)
}

// measure adds up about how long a tree is, and reports whether that is short enough.
func measure(tree any, longest, depth int, size *int) bool {
	const deepest = 200
	*size += 4
	if *size > longest || depth > deepest {
		return false
	}
	switch t := tree.(type) {
	case map[string]any:
		for name, value := range t {
			*size += len(name)
			if !measure(value, longest, depth+1, size) {
				return false
			}
		}
	case []any:
		for _, item := range t {
			if !measure(item, longest, depth+1, size) {
				return false
			}
		}
	case string:
		*size += len(t)
	}
	return *size <= longest
}
