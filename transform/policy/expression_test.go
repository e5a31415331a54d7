package policy

import (
	"slices"
	"testing"
)

// TestExpressions holds which expressions a mapping can hold.
func TestExpressions(t *testing.T) {
	for text, want := range map[string]Reason{
		"stageVariables.origin":                "",
		"${origin}":                            "",
		"'${origin}'":                          "",
		`{"Ref":"Origin"}`:                     "",
		`{"Fn::Sub":"https://${Host}"}`:        "",
		`{"Fn::Sub":"'https://${Host}'"}`:      "",
		`{"Fn::Sub":["${A}",{"A":"b"}]}`:       "",
		`{"Fn::If":["Prod","it's","a"]}`:       "",
		"stageVariables.":                      ReasonStageVariable,
		"${stageVariables.origin}":             ReasonStageVariable,
		"https://${stageVariables.host}":       ReasonStageVariable,
		"'${origin}":                           ReasonUnmappable,
		"${origin}'":                           ReasonUnmappable,
		"'${a}','${b}'":                        ReasonUnmappable,
		`"${origin}"`:                          ReasonQuoteResidue,
		`{"Ref":5}`:                            ReasonNotAnIntrinsic,
		`{"Ref":["a"]}`:                        ReasonNotAnIntrinsic,
		`{"a":"b"}`:                            ReasonNotAnIntrinsic,
		`{"Ref":"a","b":1}`:                    ReasonNotAnIntrinsic,
		`{"Fn::Sub":"it's ${Host}"}`:           ReasonUnmappable,
		`{"Fn::Sub":"'${Host}"}`:               ReasonUnmappable,
		`{"Fn::Sub":["'${A}' ${A}",{"A":""}]}`: ReasonUnmappable,
	} {
		var got Reason
		for e := range All(Policy{AllowOrigins: Raw[[]string](text)}.Validate()) {
			got = e.Reason
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

// TestValidateForHTTP holds what the CORS configuration of an HTTP API cannot say.
func TestValidateForHTTP(t *testing.T) {
	for name, tt := range map[string]struct {
		policy Policy
		want   []Reason
	}{
		"everything": {Policy{
			AllowOrigins: Origins("https://a.example.com", "https://*", "http://*"), AllowMethods: Methods("*"),
			AllowHeaders: Headers("*"), ExposeHeaders: Derived(), MaxAge: Seconds(-1),
		}, nil},
		"filled in":        {Policy{AllowOrigins: Raw[[]string]("${origin}"), MaxAge: Raw[int](`{"Ref":"Age"}`)}, nil},
		"sub-domains":      {Policy{AllowOrigins: Origins("https://*.example.com", "http://*.example.org")}, []Reason{ReasonHTTPSubdomains, ReasonHTTPSubdomains}},
		"stage variables":  {Policy{AllowOrigins: Raw[[]string]("stageVariables.o"), MaxAge: Raw[int]("stageVariables.a")}, []Reason{ReasonHTTPStageVariable, ReasonHTTPStageVariable}},
		"star with cookie": {Policy{AllowOrigins: Origins("*"), AllowCredentials: Credentials(true)}, []Reason{ReasonStarWithCredentials}},
		"age":              {Policy{MaxAge: Seconds(86401)}, []Reason{ReasonMaxAgeRange}},
	} {
		var got []Reason
		for e := range All(tt.policy.ValidateForHTTP()) {
			got = append(got, e.Reason)
			if e.Remedy == "" {
				t.Errorf("%s: %v has no remedy", name, e)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, want %v", name, got, tt.want)
		}
	}
}
