package extensions

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
)

// A field ties the name of a member to the place that holds its value.
// The order of an object's fields is the order in which they are written.
type field struct {
	name  string
	place any // a pointer to a String, slice, map, named string or pointer
}

// encode writes the fields that are set, in order, and then the unknown members
// sorted by name. An unknown member that has a field's name is one whose value
// did not fit that field: it is written in the field's place, unless the field
// has been set since.
func encode(fields []field, unknown map[string]json.RawMessage) ([]byte, error) {
	var out bytes.Buffer
	rest := maps.Clone(unknown)
	for _, f := range fields {
		value := any(f.value())
		if f.isZero() {
			misfit, ok := unknown[f.name]
			if !ok {
				continue
			}
			value = misfit
		}
		delete(rest, f.name)
		if err := writeMember(&out, f.name, value); err != nil {
			return nil, err
		}
	}
	for _, name := range sortedKeys(rest) {
		if err := writeMember(&out, name, rest[name]); err != nil {
			return nil, err
		}
	}
	if out.Len() == 0 {
		return []byte("{}"), nil
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

func writeMember(out *bytes.Buffer, name string, value any) error {
	key, err := marshal(name)
	if err != nil {
		return err
	}
	text, err := marshal(value)
	if err != nil {
		return err
	}
	separator := byte(',')
	if out.Len() == 0 {
		separator = '{'
	}
	out.WriteByte(separator)
	out.Write(key)
	out.WriteByte(':')
	out.Write(text)
	return nil
}

// marshal is json.Marshal without escapes for HTML: templates are full of them.
func marshal(value any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

// decode fills the fields from an object and returns what they do not hold:
// members without a field, and members whose value does not fit theirs.
func decode(data []byte, fields []field) (unknown map[string]json.RawMessage, err error) {
	members, err := decodeObject(data)
	if err != nil {
		return nil, err
	}
	for _, f := range fields {
		if value, ok := members[f.name]; ok && f.set(value) {
			delete(members, f.name)
		}
	}
	if len(members) == 0 {
		return nil, nil
	}
	return members, nil
}

// decodeEntries reads an object whose member names are chosen by the author.
func decodeEntries[K ~string, V any](data []byte) (map[K]V, error) {
	members, err := decodeObject(data)
	if err != nil {
		return nil, err
	}
	entries := make(map[K]V, len(members))
	err = validate(func(c checker) {
		for _, name := range sortedKeys(members) {
			var value V
			if err := json.Unmarshal(members[name], &value); err != nil {
				c.member(name).adopt(err)
				continue
			}
			entries[K(name)] = value
		}
	})
	return entries, err
}

func decodeObject(data []byte) (members map[string]json.RawMessage, err error) {
	var value json.RawMessage
	if err := json.Unmarshal(data, &value); err != nil {
		return nil, err
	}
	if value[0] != '{' {
		return nil, &Error{Value: Raw(value).String(), Reason: "is not an object"}
	}
	err = json.Unmarshal(value, &members)
	return members, err
}

// set stores a JSON text in the field and reports whether it fits. What would be
// lost on the way out again does not fit: null, an empty enumeration value, and
// an intrinsic where no String takes it.
func (f field) set(value json.RawMessage) bool {
	if _, ok := f.place.(*String); !ok && IsIntrinsic(value) {
		return false
	}
	decoded, err := f.decode(value)
	if err != nil || decoded.IsZero() {
		return false
	}
	reflect.ValueOf(f.place).Elem().Set(decoded)
	return true
}

func (f field) decode(value json.RawMessage) (reflect.Value, error) {
	fresh := reflect.New(reflect.TypeOf(f.place).Elem())
	err := json.Unmarshal(value, fresh.Interface())
	return fresh.Elem(), err
}

func (f field) value() any {
	return reflect.ValueOf(f.place).Elem().Interface()
}

func (f field) isZero() bool {
	return reflect.ValueOf(f.place).Elem().IsZero()
}

// describe names what a type holds, for messages.
func describe(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Pointer:
		return describe(t.Elem())
	case reflect.Slice:
		return "a list"
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "true or false"
	case reflect.Int:
		return "a whole number"
	default:
		return "an object"
	}
}

func sortedKeys[K ~string, V any](entries map[K]V) []K {
	return slices.Sorted(maps.Keys(entries))
}
