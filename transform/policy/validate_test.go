package policy

import (
	"reflect"
	"slices"
	"testing"
)

// list returns a literal list.
func list(values ...string) Value[[]string] { return Literal(values) }

func TestValidateAcceptsPolicies(t *testing.T) {
	for name, p := range map[string]Policy{
		"zero": {},
		"one origin": {
			AllowOrigins: list("https://app.example.com"),
		},
		"origins and patterns with credentials": {
			AllowOrigins:     list("https://app.example.com", "https://*.example.com", "http://localhost:3000"),
			AllowCredentials: Literal(true),
		},
		"stars without credentials": {
			AllowOrigins:     list("*"),
			AllowMethods:     list("*"),
			AllowHeaders:     list("*", "Authorization"),
			ExposeHeaders:    list("*"),
			AllowCredentials: Literal(false),
		},
		"every method and usual headers": {
			AllowMethods:  Literal(AnyMethods()),
			AllowHeaders:  Literal(ConsoleHeaders()),
			AddHeaders:    []string{"x-request-id", "User-Agent", "X-HTTP-Method-Override"},
			ExposeHeaders: list("ETag", "x-amzn-requestid"),
		},
		"none where it means something": {
			AllowMethods:     None[[]string](),
			AllowHeaders:     None[[]string](),
			ExposeHeaders:    None[[]string](),
			MaxAge:           None[int](),
			AllowCredentials: None[bool](),
		},
		"derived where it means something": {
			AllowMethods:  Derived[[]string](),
			AllowHeaders:  Derived[[]string](),
			ExposeHeaders: Derived[[]string](),
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
			AllowHeaders:  list("Origin", "sec-fetch-mode", "Proxy-Authorization", "Access-Control-Allow-Origin"),
			AddHeaders:    []string{"Cookie"},
			ExposeHeaders: list("Set-Cookie", "set-cookie2"),
		},
		"least age":    {MaxAge: Literal(-1)},
		"zero age":     {MaxAge: Literal(0)},
		"greatest age": {MaxAge: Literal(86400)},
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
			Policy{AllowOrigins: list("https://app.example.com/")},
			[]want{{"allowOrigins", "https://app.example.com/", ReasonOriginTrailingSlash, "https://app.example.com"}}},
		{"no origins",
			Policy{AllowOrigins: None[[]string]()},
			[]want{{"allowOrigins", "none", ReasonOriginNone, ""}}},
		{"derived origins",
			Policy{AllowOrigins: Derived[[]string]()},
			[]want{{"allowOrigins", "derived", ReasonNotDerivable, ""}}},
		{"empty origins",
			Policy{AllowOrigins: list()},
			[]want{{"allowOrigins", "[]", ReasonEmptyList, ""}}},
		{"duplicate origins",
			Policy{AllowOrigins: list("https://a.example", "https://b.example", "https://a.example", "https://a.example")},
			[]want{{"allowOrigins", "https://a.example", ReasonOriginDuplicate, ""}}},
		{"duplicate misspelt origins",
			Policy{AllowOrigins: list("null", "null")},
			[]want{
				{"allowOrigins", "null", ReasonOriginNull, ""},
				{"allowOrigins", "null", ReasonOriginDuplicate, ""}}},
		{"star beside an origin",
			Policy{AllowOrigins: list("https://a.example", "*")},
			[]want{{"allowOrigins", "*", ReasonStarMixed, ""}}},
		{"star with credentials",
			Policy{AllowOrigins: list("*"), AllowCredentials: Literal(true)},
			[]want{{"allowOrigins", "*", ReasonStarWithCredentials, ""}}},
		{"every https origin with credentials",
			Policy{AllowOrigins: list("https://*"), AllowCredentials: Literal(true)},
			[]want{{"allowOrigins", "https://*", ReasonStarWithCredentials, ""}}},
		{"stars in names with credentials",
			Policy{
				AllowMethods: list("*"), AllowHeaders: list("X-A", "*"), AddHeaders: []string{"*"},
				ExposeHeaders: list("*"), AllowCredentials: Literal(true),
			},
			[]want{
				{"allowMethods", "*", ReasonWildcardCredentials, ""},
				{"allowHeaders", "*", ReasonWildcardCredentials, ""},
				{"addHeaders", "*", ReasonWildcardCredentials, ""},
				{"exposeHeaders", "*", ReasonWildcardCredentials, ""}}},
		{"empty lists",
			Policy{AllowMethods: list(), AllowHeaders: list(), ExposeHeaders: list()},
			[]want{
				{"allowMethods", "[]", ReasonEmptyList, ""},
				{"allowHeaders", "[]", ReasonEmptyList, ""},
				{"exposeHeaders", "[]", ReasonEmptyList, ""}}},
		{"methods",
			Policy{AllowMethods: list("get", "Patch", "trace", "TRACK", "CONNECT", "ANY", "any", "PURGE", "GET,PUT", "GET PUT", "'GET'", "POST,", "", "G(T")},
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
			Policy{AllowMethods: list("GET", "*")},
			[]want{{"allowMethods", "*", ReasonStarMixed, ""}}},
		{"request headers",
			Policy{AllowHeaders: list("X-A ", "x-a:", "X-A,X-B", "'X-A'", "'X-A',", "Überschrift", "")},
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
			Policy{ExposeHeaders: list("ETag", "x y")},
			[]want{
				{"exposeHeaders", "x y", ReasonListInValue, ""}}},
		{"age too small", Policy{MaxAge: Literal(-2)}, []want{{"maxAge", "-2", ReasonMaxAgeRange, ""}}},
		{"age too great", Policy{MaxAge: Literal(86401)}, []want{{"maxAge", "86401", ReasonMaxAgeRange, ""}}},
		{"derived age", Policy{MaxAge: Derived[int]()}, []want{{"maxAge", "derived", ReasonNotDerivable, ""}}},
		{"derived credentials", Policy{AllowCredentials: Derived[bool]()},
			[]want{{"allowCredentials", "derived", ReasonNotDerivable, ""}}},
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
		AllowCredentials: Derived[bool](),
		MaxAge:           Literal(100000),
		ExposeHeaders:    list("Set-Cookie"),
		AddHeaders:       []string{"Host"},
		AllowHeaders:     list("Origin"),
		AllowMethods:     list("get", "ANY"),
		AllowOrigins:     list("https://a.example/", "*", "null"),
	}
	const want = `allowOrigins: "https://a.example/" ends with a slash; write "https://a.example"
allowOrigins: "null" is sent by every sandboxed frame of every site; remove it and allow the origin of a page that is served over http or https
allowOrigins: "*" stands beside others that it covers; write "*" alone, or leave it out
allowMethods: "get" is not in upper case; write "GET"
allowMethods: "ANY" is not a method of API Gateway; list DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, or leave allowMethods derived
maxAge: "100000" is neither -1 nor from 0 to 86400; write a number of seconds up to 86400, or -1 against caching
allowCredentials: "derived" has nothing to be derived from; write true or false`
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
