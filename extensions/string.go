package extensions

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// A String is the value of a member that API Gateway reads as a string. In a
// document it may be one of three things:
//
//   - a literal: "https://example.com";
//   - a number or a boolean, where the author left the quotes out. Its text is
//     kept as written: 1.0 stays 1.0, and 200 does not become "200";
//   - raw JSON, in practice a CloudFormation intrinsic such as {"Ref": "Url"}.
//
// The zero value is absent: the objects of this package leave it out.
// Strings are comparable with ==; white space inside raw JSON does not count.
type String struct {
	form form
	text string // the text of a literal, otherwise JSON
}

type form byte

const (
	absent  form = iota
	literal      // a JSON string
	scalar       // a JSON number or boolean
	raw          // any other JSON value
)

// Literal returns the String that stands for text itself.
func Literal(text string) String {
	return String{literal, text}
}

// Literals returns one Literal for each text.
func Literals(texts ...string) []String {
	list := make([]String, len(texts))
	for i, text := range texts {
		list[i] = Literal(text)
	}
	return list
}

// Raw returns the String that value, a JSON text, decodes to. It is meant for
// intrinsics; a JSON string gives the same as Literal, and no value the zero
// String. Raw does not fail: what is not JSON is found when it is marshalled.
func Raw(value json.RawMessage) String {
	value = bytes.TrimSpace(value)
	switch {
	case len(value) == 0:
		return String{}
	case !json.Valid(value):
		return String{raw, string(value)}
	}
	switch value[0] {
	case '"':
		var text string
		_ = json.Unmarshal(value, &text) // valid JSON that starts with a quote
		return Literal(text)
	case '{', '[', 'n':
		var compact bytes.Buffer
		_ = json.Compact(&compact, value)
		return String{raw, compact.String()}
	default:
		return String{scalar, string(value)}
	}
}

// IsZero reports whether s is absent.
func (s String) IsZero() bool {
	return s.form == absent
}

// IsIntrinsic reports whether s is a CloudFormation intrinsic function.
func (s String) IsIntrinsic() bool {
	return s.form == raw && IsIntrinsic(json.RawMessage(s.text))
}

// Text returns the text of a literal, number or boolean.
// For raw JSON and for the zero String, ok is false.
func (s String) Text() (text string, ok bool) {
	if s.form == literal || s.form == scalar {
		return s.text, true
	}
	return "", false
}

// Int returns the whole number that s spells, with or without quotes.
// Status codes are found in both ways.
func (s String) Int() (n int, ok bool) {
	text, ok := s.Text()
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}

// String returns s for messages: its text, or its JSON.
func (s String) String() string {
	return s.text
}

// MarshalJSON returns s in the form it has. The zero String gives null.
func (s String) MarshalJSON() ([]byte, error) {
	switch s.form {
	case absent:
		return []byte("null"), nil
	case literal:
		return marshal(s.text)
	default:
		return marshal(json.RawMessage(s.text))
	}
}

// UnmarshalJSON accepts every JSON value and keeps its form.
func (s *String) UnmarshalJSON(data []byte) error {
	var value json.RawMessage
	if err := json.Unmarshal(data, &value); err != nil {
		return err
	}
	*s = Raw(value)
	return nil
}

// IsIntrinsic reports whether value, a JSON text, is a CloudFormation intrinsic
// function in its long form: an object with a single member, whose name is
// "Ref", "Condition" or starts with "Fn::".
func IsIntrinsic(value json.RawMessage) bool {
	value = bytes.TrimSpace(value)
	if len(value) == 0 || value[0] != '{' {
		return false
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(value, &members) != nil || len(members) != 1 {
		return false
	}
	for name := range members {
		return IsIntrinsicName(name)
	}
	return false
}

// IsIntrinsicName reports whether the name of an object's only member makes the
// object a CloudFormation intrinsic function: "Ref", "Condition", "Fn::Sub", ….
func IsIntrinsicName(name string) bool {
	return name == "Ref" || name == "Condition" || strings.HasPrefix(name, "Fn::")
}

// isTemplated reports whether text holds a placeholder of CloudFormation or
// Terraform. What it will be is known only after rendering, so that nothing can
// be said against it.
func isTemplated(text string) bool {
	return strings.Contains(text, "${") || strings.Contains(text, "%{")
}
