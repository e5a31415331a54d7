package extensions_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// decode reads JSON text as a T.
func decode[T any](t *testing.T, text string) T {
	t.Helper()
	var value T
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatalf("decoding %s: %v", text, err)
	}
	return value
}

// encode writes a value as JSON without escapes for HTML.
func encode(t *testing.T, value any) string {
	t.Helper()
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		t.Fatalf("encoding %#v: %v", value, err)
	}
	return string(bytes.TrimSpace(out.Bytes()))
}

// compact removes white space between the tokens of JSON text.
func compact(t *testing.T, text string) string {
	t.Helper()
	var out bytes.Buffer
	if err := json.Compact(&out, []byte(text)); err != nil {
		t.Fatalf("compacting %s: %v", text, err)
	}
	return out.String()
}

type validator interface{ Validate() error }

// wantMistakes compares the messages of everything that Validate reports.
func wantMistakes(t *testing.T, value validator, want ...string) {
	t.Helper()
	var got []string
	for mistake := range extensions.All(value.Validate()) {
		got = append(got, mistake.Error())
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("mistakes of %s:\n got %q\nwant %q", encode(t, value), got, want)
	}
}

// A mistakeCase is one row of the Validate tables: a value as JSON, and the
// message of the one mistake in it, or none.
type mistakeCase struct{ name, value, want string }

func testMistakes[T validator](t *testing.T, cases []mistakeCase) {
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			value := decode[T](t, test.value)
			if test.want == "" {
				wantMistakes(t, value)
				return
			}
			wantMistakes(t, value, test.want)
		})
	}
}
