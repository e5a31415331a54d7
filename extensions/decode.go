package extensions

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
)

// Get reads the extension of that name from the extensions of an OpenAPI object,
// such as the Extensions maps of kin-openapi. It takes the value in every form
// that such a map holds: a T or *T that was put there, raw JSON, or decoded
// JSON. T may be a type of this package or any other that JSON decodes into,
// for instance kin-openapi's Operation for [NameAnyMethod], or json.RawMessage.
//
// ok reports whether the map has the name. The error is, or joins, an [*Error]
// where the value has the wrong shape for T; whether it makes sense is asked
// with Validate.
//
// A T from the map is returned as it is and shares its memory. A number that was
// decoded to a float64 has lost its text: 1.0 is read as 1.
//
// There is no Set: assign a value to the map. Every type of this package
// marshals itself in the form that AWS documents.
func Get[T any](ext map[string]any, name string) (value T, ok bool, err error) {
	entry, ok := ext[name]
	if !ok {
		return value, false, nil
	}
	switch entry := entry.(type) {
	case T:
		return entry, true, nil
	case *T:
		if entry != nil {
			return *entry, true, nil
		}
	}
	data, isRaw := entry.(json.RawMessage)
	if !isRaw {
		if data, err = marshal(entry); err != nil {
			return value, true, fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := unmarshal(data, &value); err != nil {
		var zero T
		return zero, true, under[T](name, data, err)
	}
	return value, true, nil
}

// unmarshal is json.Unmarshal, but for null where it would leave the zero value
// and say nothing.
func unmarshal[T any](data []byte, value *T) error {
	if err := json.Unmarshal(data, value); err != nil {
		return err
	}
	kind := reflect.TypeFor[T]().Kind()
	if string(bytes.TrimSpace(data)) == "null" && kind != reflect.Interface && reflect.ValueOf(value).Elem().IsZero() {
		return &json.UnmarshalTypeError{Value: "null", Type: reflect.TypeFor[T]()}
	}
	return nil
}

// under returns a decoding error under the extension's name.
func under[T any](name string, data json.RawMessage, err error) error {
	var wrongType *json.UnmarshalTypeError
	if errors.As(err, &wrongType) && wrongType.Field == "" {
		err = &Error{Value: Raw(data).String(), Reason: "is not " + describe(reflect.TypeFor[T]())}
	}
	return validate(func(c checker) { c.member(name).adopt(err) })
}
