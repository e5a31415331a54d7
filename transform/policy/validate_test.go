package policy

import (
	"reflect"
	"slices"
	"testing"
)

func TestValidateAcceptsPolicies(t *testing.T) {
	for name, p := range map[string]Policy{
		"zero": {},
		"one origin": {
			AllowOrigins: Origins("https://app.example.com"),
		},
		"origins and patterns with credentials": {
			AllowOrigins:     Origins("https://app.example.com", "https://*.example.com", "http://localhost:3000"),
			AllowCredentials: Credentials(true),
		},
		"stars without credentials": {
			AllowOrigins:     Origins("*"),
			AllowMethods:     Methods("*"),
			AllowHeaders:     Headers("*", "Authorization"),
			ExposeHeaders:    Headers("*"),
			AllowCredentials: Credentials(false),
		},
		"every method and usual headers": {
			AllowMethods:  Literal(AnyMethods()),
			AllowHeaders:  Literal(ConsoleHeaders()),
			AddHeaders:    []string{"x-request-id", "User-Agent", "X-HTTP-Method-Override"},
			ExposeHeaders: Headers("ETag", "x-amzn-requestid"),
		},
		"none where it means something": {
			AllowMethods:     None[[]string](),
			AllowHeaders:     None[[]string](),
			ExposeHeaders:    None[[]string](),
			MaxAge:           None[int](),
			AllowCredentials: None[bool](),
		},
		"derived where it means something": {
			AllowMethods:  Derived(),
			AllowHeaders:  Derived(),
			ExposeHeaders: Derived(),
		},
		"raw everywhere": {
			AllowOrigins:     Raw[[]string]("stageVariables.origin"),
			AllowMethods:     Raw[[]string]("${methods}"),
			AllowHeaders:     Raw[[]string]("'*'"),
			ExposeHeaders:    Raw[[]string](""),
			MaxAge:           Raw[int]("${age}"),
			AllowCredentials: Raw[bool]("${cookies}"),
		},
		"names that are pointless and no more": {
			AllowHeaders:  Headers("Origin", "sec-fetch-mode", "Proxy-Authorization", "Access-Control-Allow-Origin"),
			AddHeaders:    []string{"Cookie"},
			ExposeHeaders: Headers("Set-Cookie", "set-cookie2"),
		},
		"least age":    {MaxAge: Seconds(-1)},
		"zero age":     {MaxAge: Seconds(0)},
		"greatest age": {MaxAge: Seconds(86400)},
	} {
		t.Run(name, func(t *testing.T) {
			if err := p.Validate(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestValidateRefusesValues(t *testing.T) {
	type want struct {
		member     string
		value      string
		reason     Reason
		suggestion string
	}
	tests := []struct {
		name   string
		policy Policy
		want   []want
	}{
		{"misspelt origin",
			Policy{AllowOrigins: Origins("https://app.example.com/")},
			[]want{{"allowOrigins", "https://app.example.com/", ReasonOriginTrailingSlash, "https://app.example.com"}}},
		{"no origins",
			Policy{AllowOrigins: None[[]string]()},
			[]want{{"allowOrigins", "none", ReasonOriginNone, ""}}},
		{"derived origins",
			Policy{AllowOrigins: Derived()},
			[]want{{"allowOrigins", "derived", ReasonNotDerivable, ""}}},
		{"empty origins",
			Policy{AllowOrigins: Literal([]string{})},
			[]want{{"allowOrigins", "[]", ReasonEmptyList, ""}}},
		{"duplicate origins",
			Policy{AllowOrigins: Origins("https://a.example", "https://b.example", "https://a.example", "https://a.example")},
			[]want{{"allowOrigins", "https://a.example", ReasonOriginDuplicate, ""}}},
		{"duplicate misspelt origins",
			Policy{AllowOrigins: Origins("null", "null")},
			[]want{
				{"allowOrigins", "null", ReasonOriginNull, ""},
				{"allowOrigins", "null", ReasonOriginDuplicate, ""}}},
		{"star beside an origin",
			Policy{AllowOrigins: Origins("https://a.example", "*")},
			[]want{{"allowOrigins", "*", ReasonStarMixed, ""}}},
		{"star with credentials",
			Policy{AllowOrigins: Origins("*"), AllowCredentials: Credentials(true)},
			[]want{{"allowOrigins", "*", ReasonStarWithCredentials, ""}}},
		{"every https origin with credentials",
			Policy{AllowOrigins: Origins("https://*"), AllowCredentials: Credentials(true)},
			[]want{{"allowOrigins", "https://*", ReasonStarWithCredentials, ""}}},
		{"stars in names with credentials",
			Policy{
				AllowMethods: Methods("*"), AllowHeaders: Headers("X-A", "*"), AddHeaders: []string{"*"},
				ExposeHeaders: Headers("*"), AllowCredentials: Credentials(true),
			},
			[]want{
				{"allowMethods", "*", ReasonWildcardCredentials, ""},
				{"allowHeaders", "*", ReasonWildcardCredentials, ""},
				{"addHeaders", "*", ReasonWildcardCredentials, ""},
				{"exposeHeaders", "*", ReasonWildcardCredentials, ""}}},
		{"empty lists",
			Policy{AllowMethods: Literal([]string{}), AllowHeaders: Literal([]string{}), ExposeHeaders: Literal([]string{})},
			[]want{
				{"allowMethods", "[]", ReasonEmptyList, ""},
				{"allowHeaders", "[]", ReasonEmptyList, ""},
				{"exposeHeaders", "[]", ReasonEmptyList, ""}}},
		{"methods",
			Policy{AllowMethods: Methods("get", "Patch", "trace", "TRACK", "CONNECT", "ANY", "any", "PURGE", "GET,PUT", "GET PUT", "'GET'", "POST,", "", "G(T")},
			[]want{
				{"allowMethods", "get", ReasonMethodCase, "GET"},
				{"allowMethods", "Patch", ReasonMethodCase, "PATCH"},
				{"allowMethods", "trace", ReasonForbiddenMethod, ""},
				{"allowMethods", "TRACK", ReasonForbiddenMethod, ""},
				{"allowMethods", "CONNECT", ReasonForbiddenMethod, ""},
				{"allowMethods", "ANY", ReasonUnknownMethod, ""},
				{"allowMethods", "any", ReasonUnknownMethod, ""},
				{"allowMethods", "PURGE", ReasonUnknownMethod, ""},
				{"allowMethods", "GET,PUT", ReasonListInValue, ""},
				{"allowMethods", "GET PUT", ReasonListInValue, ""},
				{"allowMethods", "'GET'", ReasonQuoteResidue, "GET"},
				{"allowMethods", "POST,", ReasonListInValue, "POST"},
				{"allowMethods", "", ReasonEmptyValue, ""},
				{"allowMethods", "G(T", ReasonListSyntax, ""}}},
		{"star beside methods",
			Policy{AllowMethods: Methods("GET", "*")},
			[]want{{"allowMethods", "*", ReasonStarMixed, ""}}},
		{"request headers",
			Policy{AllowHeaders: Headers("X-A ", "x-a:", "X-A,X-B", "'X-A'", "'X-A',", "Überschrift", "")},
			[]want{
				{"allowHeaders", "X-A ", ReasonListSyntax, "X-A"},
				{"allowHeaders", "x-a:", ReasonListSyntax, ""},
				{"allowHeaders", "X-A,X-B", ReasonListInValue, ""},
				{"allowHeaders", "'X-A'", ReasonQuoteResidue, "X-A"},
				{"allowHeaders", "'X-A',", ReasonListInValue, "X-A"},
				{"allowHeaders", "Überschrift", ReasonListSyntax, ""},
				{"allowHeaders", "", ReasonEmptyValue, ""}}},
		{"added headers",
			Policy{AddHeaders: []string{"X-A", "Co okie"}},
			[]want{{"addHeaders", "Co okie", ReasonListInValue, ""}}},
		{"exposed headers",
			Policy{ExposeHeaders: Headers("ETag", "x y")},
			[]want{
				{"exposeHeaders", "x y", ReasonListInValue, ""}}},
		{"age too small", Policy{MaxAge: Seconds(-2)}, []want{{"maxAge", "-2", ReasonMaxAgeRange, ""}}},
		{"age too great", Policy{MaxAge: Seconds(86401)}, []want{{"maxAge", "86401", ReasonMaxAgeRange, ""}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []want
			for e := range All(tt.policy.Validate()) {
				got = append(got, want{e.Member, e.Value, e.Reason, e.Suggestion})
				if e.Remedy == "" {
					t.Errorf("no remedy: %v", e)
				}
			}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got  %v\nwant %v", got, tt.want)
			}
		})
	}
}

func TestValidateReportsEveryMistakeInTheOrderOfTheMembers(t *testing.T) {
	p := Policy{
		MaxAge:        Seconds(100000),
		ExposeHeaders: Headers("Set-Cookie"),
		AddHeaders:    []string{"Host"},
		AllowHeaders:  Headers("Origin"),
		AllowMethods:  Methods("get", "ANY"),
		AllowOrigins:  Origins("https://a.example/", "*", "null"),
	}
	const want = `allowOrigins: "https://a.example/" ends with a slash; write "https://a.example"
allowOrigins: "null" is sent by every sandboxed frame of every site; remove it and allow the origin of a page that is served over http or https
allowOrigins: "*" stands beside others that it covers; write "*" alone, or leave it out
allowMethods: "get" is not in upper case; write "GET"
allowMethods: "ANY" is not a method of API Gateway; list DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, or leave allowMethods derived
maxAge: "100000" is neither -1 nor from 0 to 86400; write a number of seconds up to 86400, or -1 against caching`
	for range 10 {
		if got := p.Validate().Error(); got != want {
			t.Fatalf("got:\n%s\nwant:\n%s", got, want)
		}
	}
}

func TestValidateLeavesThePolicyAlone(t *testing.T) {
	origins := []string{"https://B.example/", "https://a.example"}
	headers := []string{"X-B", "x-a"}
	p := Policy{AllowOrigins: Literal(slices.Clone(origins)), AddHeaders: slices.Clone(headers)}
	_ = p.Validate()
	if got, _ := p.AllowOrigins.Literal(); !slices.Equal(got, origins) || !slices.Equal(p.AddHeaders, headers) {
		t.Errorf("Validate changed the policy: %v", p)
	}
}
