package policy

import "testing"

func TestValueIsInOneState(t *testing.T) {
	tests := []struct {
		value             Value[int]
		kind              Kind
		name              string
		set, literal, raw bool
	}{
		{Value[int]{}, KindUnset, "unset", false, false, false},
		{None[int](), KindNone, "none", true, false, false},
		{Literal(0), KindLiteral, "literal", true, true, false},
		{Raw[int](""), KindRaw, "raw", true, false, true},
	}
	for _, tt := range tests {
		_, literal := tt.value.Literal()
		_, isRaw := tt.value.Raw()
		if tt.value.Kind() != tt.kind || tt.value.IsSet() != tt.set || literal != tt.literal || isRaw != tt.raw {
			t.Errorf("%s: got kind %v, set %t, literal %t, raw %t", tt.name, tt.value.Kind(), tt.value.IsSet(), literal, isRaw)
		}
		if got := tt.kind.String(); got != tt.name {
			t.Errorf("kind is named %q, want %q", got, tt.name)
		}
	}
}

func TestValueGivesBackWhatItHolds(t *testing.T) {
	if n, _ := Literal(600).Literal(); n != 600 {
		t.Errorf("literal is %d", n)
	}
	if expr, _ := Raw[int]("${age}").Raw(); expr != "${age}" {
		t.Errorf("raw is %q", expr)
	}
}

func TestOnlyListsAreDerived(t *testing.T) {
	if v := Derived(); v.Kind() != KindDerived || v.Kind().String() != "derived" || !v.IsSet() {
		t.Errorf("got %v", v.Kind())
	}
}

// TestAnExpressionThatStandsAloneIsRaw holds that a program lists expressions as a policy
// file does.
func TestAnExpressionThatStandsAloneIsRaw(t *testing.T) {
	for text, want := range map[string]Kind{
		"https://app.example.com": KindLiteral,
		"stageVariables.origin":   KindRaw,
		"${origin}":               KindRaw,
		`{"Ref":"Origin"}`:        KindRaw,
	} {
		if got := Origins(text).Kind(); got != want {
			t.Errorf("%s alone: got %v, want %v", text, got, want)
		}
		if got := Headers(text, "X-A").Kind(); got != KindLiteral {
			t.Errorf("%s beside another: got %v", text, got)
		}
	}
}
