package extensions_test

import (
	"slices"
	"testing"

	"github.com/apigw-cors/apigw-cors/extensions"
)

func TestBinaryMediaTypesMatchAny(t *testing.T) {
	for value, want := range map[string]bool{
		`["image/png","*/*"]`:       true,
		`["image/png","image/*"]`:   false,
		`[{"Ref":"Type"}]`:          false,
		`[]`:                        false,
		`["application/json",null]`: false,
	} {
		types := decode[extensions.BinaryMediaTypes](t, value)
		if got := types.MatchesAny(); got != want {
			t.Errorf("MatchesAny() of %s = %t", value, got)
		}
		if got := encode(t, types); got != value {
			t.Errorf("round trip: got %s, want %s", got, value)
		}
	}
}

func TestBinaryMediaTypeMistakes(t *testing.T) {
	testMistakes[extensions.BinaryMediaTypes](t, []mistakeCase{
		{"none", `["*/*", "image/png", "application/vnd.a+zip", {"Ref": "Type"}, "${type}"]`, ""},
		{"spelling of CloudFormation", `["image~1png"]`, `[0]: "image~1png" has an escaped slash; write "image/png"`},
		{"no subtype", `["image/png", "zip"]`, `[1]: "zip" is not a media type; write type/subtype or */*`},
		{"another type", `[1]`, `[0]: "1" is not a string; write "1"`},
	})
}

func TestRequestValidatorsRoundTrip(t *testing.T) {
	const value = `{"all":{"validateRequestBody":true,"validateRequestParameters":true},"body only":{"validateRequestBody":true,"validateRequestParameters":false},"none":{}}`
	validators := decode[extensions.RequestValidators](t, value)
	if got := encode(t, validators); got != value {
		t.Errorf("got %s", got)
	}
	wantMistakes(t, validators)
	if all := validators["all"]; all.ValidateRequestBody == nil || !*all.ValidateRequestBody {
		t.Error("all does not validate bodies")
	}
}

func TestRequestValidatorMistakes(t *testing.T) {
	testMistakes[extensions.RequestValidators](t, []mistakeCase{
		{"member misspelled", `{"all": {"validateRequestParams": true, "validateRequestParameter": true}}`, `all.validateRequestParameter: is not a member, did you mean "validateRequestParameters"`},
		{"quoted", `{"all": {"validateRequestBody": "true"}}`, `all.validateRequestBody: "true" is not true or false; write true without quotes`},
	})
}

func TestAnyCoversSevenMethodsWithoutTrace(t *testing.T) {
	methods := extensions.AnyMethods()
	if len(methods) != 7 || !slices.IsSorted(methods) || slices.Contains(methods, "TRACE") {
		t.Errorf("got %q", methods)
	}
	methods[0] = "changed"
	if extensions.AnyMethods()[0] == "changed" {
		t.Error("the list is shared")
	}
}
