package extensions_test

import (
	"encoding/json"
	"testing"

	"github.com/apigw-cors/apigw-cors/extensions"
)

func TestStringKeepsItsForm(t *testing.T) {
	tests := []struct {
		name, value string
		text        string
		isText      bool
		isIntrinsic bool
	}{
		{"literal", `"https://example.com"`, "https://example.com", true, false},
		{"literal with markup", `"<a> & b"`, "<a> & b", true, false},
		{"empty literal", `""`, "", true, false},
		{"number", `200`, "200", true, false},
		{"number with a fraction", `1.0`, "1.0", true, false},
		{"number with an exponent", `1E2`, "1E2", true, false},
		{"boolean", `true`, "true", true, false},
		{"reference", `{"Ref":"Url"}`, "", false, true},
		{"substitution", `{"Fn::Sub":"${Url}/<x>"}`, "", false, true},
		{"condition", `{"Condition":"IsProd"}`, "", false, true},
		{"object of another kind", `{"a":1}`, "", false, false},
		{"two intrinsics at once", `{"Ref":"A","Fn::Sub":"B"}`, "", false, false},
		{"list", `["a"]`, "", false, false},
		{"null", `null`, "", false, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := decode[extensions.String](t, " "+test.value+" ")
			if text, ok := s.Text(); text != test.text || ok != test.isText {
				t.Errorf("Text() = %q, %t; want %q, %t", text, ok, test.text, test.isText)
			}
			if got := s.IsIntrinsic(); got != test.isIntrinsic {
				t.Errorf("IsIntrinsic() = %t", got)
			}
			if got := encode(t, s); got != test.value {
				t.Errorf("encodes as %s, want %s", got, test.value)
			}
			if got := extensions.Raw(json.RawMessage(test.value)); got != s {
				t.Errorf("Raw gives %#v, decoding %#v", got, s)
			}
			if s.IsZero() {
				t.Error("is absent")
			}
		})
	}
}

func TestStringsOfEqualMeaningAreEqual(t *testing.T) {
	tests := []struct {
		name string
		a, b extensions.String
	}{
		{"escapes", extensions.Literal("a/b"), extensions.Raw(json.RawMessage(`"a\/\u0062"`))},
		{"white space", extensions.Raw(json.RawMessage(`{"Ref":"A"}`)), extensions.Raw(json.RawMessage(` { "Ref" : "A" } `))},
		{"absence", extensions.String{}, extensions.Raw(nil)},
	}
	for _, test := range tests {
		if test.a != test.b {
			t.Errorf("%s: %#v != %#v", test.name, test.a, test.b)
		}
	}
	if extensions.Literal("200") == extensions.Raw(json.RawMessage("200")) {
		t.Error("a number equals a string")
	}
}

func TestRawOfWhatIsNotJSONFailsOnTheWayOut(t *testing.T) {
	if _, err := json.Marshal(extensions.Raw(json.RawMessage("{"))); err == nil {
		t.Error("no error")
	}
	var s extensions.String
	if err := s.UnmarshalJSON([]byte("{")); err == nil {
		t.Error("decoded")
	}
}

func TestStringReadsStatusCodesInBothForms(t *testing.T) {
	for _, value := range []string{`200`, `"200"`} {
		if n, ok := decode[extensions.String](t, value).Int(); n != 200 || !ok {
			t.Errorf("Int() of %s = %d, %t", value, n, ok)
		}
	}
	for _, value := range []string{`"2XX"`, `200.0`, `{"Ref":"A"}`, `true`} {
		if n, ok := decode[extensions.String](t, value).Int(); ok {
			t.Errorf("Int() of %s = %d", value, n)
		}
	}
}

func TestStaticTextIsWithoutItsQuotes(t *testing.T) {
	if text, ok := extensions.Static("*").StaticText(); text != "*" || !ok {
		t.Errorf("StaticText() = %q, %t", text, ok)
	}
	for _, value := range []string{`"*"`, `"'"`, `"stageVariables.origin"`, `{"Ref":"A"}`, `200`} {
		if text, ok := decode[extensions.String](t, value).StaticText(); ok {
			t.Errorf("StaticText() of %s = %q", value, text)
		}
	}
}

func TestIsIntrinsicTakesAnyText(t *testing.T) {
	for _, value := range []string{"", " ", "{", "[]", `"Ref"`, "{}", `{"Fn:Sub":1}`, "nul"} {
		if extensions.IsIntrinsic(json.RawMessage(value)) {
			t.Errorf("%q is taken for an intrinsic", value)
		}
	}
}
