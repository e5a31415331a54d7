package extensions_test

import (
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/extensions"
)

func TestCORSRoundTrips(t *testing.T) {
	for _, value := range []string{
		`{"allowOrigins":["https://a.example",{"Ref":"Origin"}],"allowMethods":["GET"],"allowHeaders":["x-a"],"exposeHeaders":[],"maxAge":0,"allowCredentials":false}`,
		`{}`,
		`{"allowOrigins":{"Fn::If":["C",["*"],[]]},"maxAge":{"Ref":"Age"},"allow_methods":["GET"]}`,
	} {
		if got := encode(t, decode[extensions.CORS](t, value)); got != value {
			t.Errorf("got %s, want %s", got, value)
		}
	}
}

func TestCORSMistakes(t *testing.T) {
	const members = `allowOrigins, allowMethods, allowHeaders, exposeHeaders, maxAge or allowCredentials`
	testMistakes[extensions.CORS](t, []mistakeCase{
		{"none", `{"allowOrigins": ["https://app.example.com", "https://*", "http://localhost:3000"], "allowMethods": ["GET"], "allowHeaders": ["x-a"], "maxAge": 86400, "allowCredentials": true}`, ""},
		{"any method with credentials", `{"allowMethods": ["GET", "*"], "allowCredentials": true}`, `allowMethods[1]: "*" is a name, not a wildcard, to browsers when allowCredentials is true; list the methods`},
		{"none in an export", `{"allowOrigins": ["*"], "allowMethods": [], "allowHeaders": [], "exposeHeaders": [], "maxAge": 0, "allowCredentials": false}`, ""},
		{"none in intrinsics", `{"allowOrigins": {"Fn::Split": [",", {"Ref": "Origins"}]}, "allowMethods": [{"Ref": "M"}], "maxAge": {"Ref": "A"}}`, ""},
		{"none that is templated", `{"allowOrigins": ["${origin}"], "allowHeaders": "${headers}", "maxAge": "${age}"}`, ""},
		{"empty block", `{}`, `"{}" allows nobody; write allowOrigins, or remove the block`},
		{"member in the singular", `{"allowOrigin": ["*"]}`, `allowOrigin: is not a member, did you mean "allowOrigins"`},
		{"member in snake case", `{"allow_origins": ["*"]}`, `allow_origins: is not a member, did you mean "allowOrigins"`},
		{"member in CloudFormation's case", `{"AllowOrigins": ["*"]}`, `AllowOrigins: is not a member, did you mean "allowOrigins"`},
		{"member of something else", `{"origins": ["*"]}`, `origins: is not a member; use ` + members},
		{"list in one string", `{"allowMethods": "'GET,POST'"}`, `allowMethods: "'GET,POST'" is not a list; write ["GET", "POST"]`},
		{"list in one entry", `{"allowMethods": ["GET,POST"]}`, `allowMethods[0]: "GET,POST" is a list in one string; write one entry for each`},
		{"list in one quoted entry", `{"allowMethods": ["'GET,POST'"]}`, `allowMethods[0]: "'GET,POST'" is a list in one string; write one entry for each`},
		{"quoted entry", `{"allowHeaders": ["'x-a'"]}`, `allowHeaders[0]: "'x-a'" stands in quotes or blanks; write "x-a"`},
		{"empty entry", `{"allowOrigins": [""]}`, "allowOrigins[0]: is empty; remove it"},
		{"entry of another type", `{"exposeHeaders": [1]}`, `exposeHeaders[0]: "1" is not a string; write "1"`},
		{"origin with a slash", `{"allowOrigins": ["https://app.example.com/"]}`, `allowOrigins[0]: "https://app.example.com/" ends in a slash, which no browser sends; write "https://app.example.com"`},
		{"method too long", `{"allowMethods": ["` + strings.Repeat("M", 65) + `"]}`, `allowMethods[0]: "` + strings.Repeat("M", 65) + `" is longer than the 64 characters of a method`},
		{"method with a blank", `{"allowMethods": ["GET POST"]}`, `allowMethods[0]: "GET POST" is not a method`},
		{"header with a colon", `{"allowHeaders": ["x-a:"]}`, `allowHeaders[0]: "x-a:" is not a header name`},
		{"age too low", `{"maxAge": -2}`, `maxAge: "-2" is out of bounds; write -1 to 86400`},
		{"age too high", `{"maxAge": 86401}`, `maxAge: "86401" is out of bounds; write -1 to 86400`},
		{"age quoted", `{"maxAge": "600"}`, `maxAge: "600" is not a whole number; write 600 without quotes`},
		{"credentials quoted", `{"allowCredentials": "'true'"}`, `allowCredentials: "'true'" is not true or false; write true without quotes`},
		{"any origin with credentials", `{"allowOrigins": ["*"], "allowCredentials": true}`, `allowOrigins[0]: "*" is refused when allowCredentials is true; list the origins`},
		{"any header with credentials", `{"allowHeaders": ["*"], "allowCredentials": true}`, `allowHeaders[0]: "*" is a name, not a wildcard, to browsers when allowCredentials is true; list the headers`},
	})
}
