package extensions_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/extensions"
)

func TestGetReadsEveryFormOfValue(t *testing.T) {
	cors := extensions.CORS{AllowOrigins: extensions.Literals("https://a.example")}
	tests := []struct {
		name  string
		value any
	}{
		{"value", cors},
		{"pointer", &cors},
		{"raw JSON", json.RawMessage(` {"allowOrigins": ["https://a.example"]} `)},
		{"decoded JSON", map[string]any{"allowOrigins": []any{"https://a.example"}}},
		{"Go map", map[string][]string{"allowOrigins": {"https://a.example"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok, err := extensions.Get[extensions.CORS](map[string]any{extensions.NameCORS: test.value}, extensions.NameCORS)
			if err != nil || !ok {
				t.Fatalf("ok %t, error %v", ok, err)
			}
			if got, want := encode(t, got), encode(t, cors); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

func TestGetOfWhatIsNotThere(t *testing.T) {
	if _, ok, err := extensions.Get[extensions.CORS](nil, extensions.NameCORS); ok || err != nil {
		t.Errorf("ok %t, error %v", ok, err)
	}
}

func TestGetReadsScalarsAndOtherTypes(t *testing.T) {
	ext := map[string]any{
		extensions.NameRequestValidator:       "all",
		extensions.NameMinimumCompressionSize: float64(1024),
		extensions.NameAnyMethod:              map[string]any{"isDefaultRoute": true, "tags": []any{"a<b"}},
		extensions.NameAPIKeySource:           map[string]any{"Ref": "Source"},
	}
	if got, _, err := extensions.Get[extensions.RequestValidator](ext, extensions.NameRequestValidator); got != "all" || err != nil {
		t.Errorf("validator %q, error %v", got, err)
	}
	if got, _, err := extensions.Get[int](ext, extensions.NameMinimumCompressionSize); got != 1024 || err != nil {
		t.Errorf("size %d, error %v", got, err)
	}
	if got, _, err := extensions.Get[json.RawMessage](ext, extensions.NameAnyMethod); !strings.Contains(string(got), "a<b") || err != nil {
		t.Errorf("raw %s, error %v", got, err)
	}
	if got, ok, err := extensions.Get[any](map[string]any{"x": nil}, "x"); got != nil || !ok || err != nil {
		t.Errorf("any %v, ok %t, error %v", got, ok, err)
	}
	if got, _, err := extensions.Get[extensions.String](ext, extensions.NameAPIKeySource); !got.IsIntrinsic() || err != nil {
		t.Errorf("string %s, error %v", got, err)
	}
}

func TestGetSaysWhatDoesNotFit(t *testing.T) {
	tests := []struct {
		name  string
		value any
		want  string
		get   func(ext map[string]any) error
	}{
		{"object", "on", `x: "on" is not an object`, get[extensions.CORS]},
		{"null", nil, `x: "null" is not an object`, get[extensions.Integration]},
		{"nil pointer", (*extensions.CORS)(nil), `x: "null" is not an object`, get[extensions.CORS]},
		{"null for a list", nil, `x: "null" is not a list`, get[extensions.BinaryMediaTypes]},
		{"null for a name", nil, `x: "null" is not a string`, get[extensions.RequestValidator]},
		{"list", "*/*", `x: "*/*" is not a list`, get[extensions.BinaryMediaTypes]},
		{"name", map[string]any{"Ref": "V"}, "x: `{\"Ref\":\"V\"}` is not a string", get[extensions.RequestValidator]},
		{"entries", map[string]any{"A": 1, "B": nil, "THROTTLED": map[string]any{}}, "x.A: \"1\" is not an object\nx.B: \"null\" is not an object", get[extensions.GatewayResponses]},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := test.get(map[string]any{"x": test.value})
			if err == nil || err.Error() != test.want {
				t.Fatalf("got %v, want %s", err, test.want)
			}
			var mistake *extensions.Error
			if !errors.As(err, &mistake) {
				t.Errorf("%v is no *Error", err)
			}
		})
	}
}

func get[T any](ext map[string]any) error {
	_, _, err := extensions.Get[T](ext, "x")
	return err
}

func TestGetPassesOtherErrorsOn(t *testing.T) {
	if err := get[extensions.CORS](map[string]any{"x": func() {}}); err == nil || !strings.HasPrefix(err.Error(), "x: ") {
		t.Errorf("error %v", err)
	}
	if err := get[extensions.CORS](map[string]any{"x": json.RawMessage("{")}); err == nil || !strings.HasPrefix(err.Error(), "x: ") {
		t.Errorf("error %v", err)
	}
}
