package extensions_test

import (
	"encoding/json"
	"testing"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// TestResourcePolicy holds who may ask OPTIONS /a/b without a signature.
func TestResourcePolicy(t *testing.T) {
	const everybody = `"Principal": "*", "Action": "execute-api:Invoke"`
	allow := func(resource string) string {
		return `{"Effect": "Allow", ` + everybody + `, "Resource": ` + resource + `}`
	}
	deny := func(resource string) string {
		return `{"Effect": "Deny", ` + everybody + `, "Resource": ` + resource + `}`
	}
	for statements, want := range map[string]extensions.Certainty{
		`[]`:                      extensions.No,
		`[` + allow(`"*"`) + `]`:  extensions.Yes,
		allow(`"execute-api:/*"`): extensions.Yes,
		`[` + allow(`["execute-api:/*/GET/*", "execute-api:/*/OPTIONS/*"]`) + `]`:                                                     extensions.Yes,
		`[` + allow(`"execute-api:/*/PUT/*"`) + `]`:                                                                                   extensions.No,
		`[` + allow(`"execute-api:/*/*/a/?"`) + `]`:                                                                                   extensions.Yes,
		`[` + allow(`"execute-api:/prod/OPTIONS/*"`) + `]`:                                                                            extensions.Maybe,
		`[` + allow(`"arn:aws:execute-api:eu-west-1:1:abc/*/OPTIONS/a/b"`) + `]`:                                                      extensions.Yes,
		`[` + allow(`"arn:aws:execute-api:eu-west-1:1:abc/*/OPTIONS/c"`) + `]`:                                                        extensions.No,
		`[` + allow(`"${arn}"`) + `]`:                                                                                                 extensions.Maybe,
		`[` + allow(`{"Fn::Sub": "x"}`) + `]`:                                                                                         extensions.Maybe,
		`[` + allow(`"*"`) + `, ` + deny(`"execute-api:/*/OPTIONS/*"`) + `]`:                                                          extensions.No,
		`[` + allow(`"*"`) + `, ` + deny(`"execute-api:/prod/OPTIONS/*"`) + `]`:                                                       extensions.Maybe,
		`[` + allow(`"*"`) + `, {"Fn::If": []}]`:                                                                                      extensions.Maybe,
		`[` + deny(`"*"`) + `, {"Fn::If": []}]`:                                                                                       extensions.No,
		`[{"Effect": "Allow", "Principal": {"AWS": "1"}, "Action": "*", "Resource": "*"}]`:                                            extensions.No,
		`[{"Effect": "Allow", "Principal": {"AWS": ["1", "*"]}, "Action": "*", "Resource": "*"}]`:                                     extensions.Yes,
		`[{"Effect": "Allow", "Principal": {"Service": "x"}, "Action": "*", "Resource": "*"}]`:                                        extensions.No,
		`[{"Effect": "Allow", "Principal": {"Ref": "x"}, "Action": "*", "Resource": "*"}]`:                                            extensions.Maybe,
		`[{"Effect": "Allow", "Principal": "*", "Action": ["execute-api:InvalidateCache"], "Resource": "*"}]`:                         extensions.No,
		`[{"Effect": "Allow", "Principal": "*", "NotAction": "execute-api:Invoke", "Resource": "*"}]`:                                 extensions.Maybe,
		`[{"Effect": "Allow", "Principal": "*", "Action": "execute-api:*", "Resource": "*", "Condition": {"IpAddress": {}}}]`:         extensions.Maybe,
		`[{"Effect": "Allow", "Principal": "*", "Action": "execute-api:*", "NotResource": "*"}]`:                                      extensions.Maybe,
		`[{"Effect": "Allow", "NotPrincipal": {"AWS": "1"}, "Principal": "*", "Action": "execute-api:*", "Resource": ["x", "a/[b"]}]`: extensions.Maybe,
	} {
		policy := []byte(`{"Version": "2012-10-17", "Statement": ` + statements + `}`)
		if got := extensions.ReadResourcePolicy(policy).Allows("OPTIONS", "/a/b"); got != want {
			t.Errorf("%s: got %d, want %d", statements, got, want)
		}
		text, err := json.Marshal(string(policy))
		if err != nil {
			t.Fatal(err)
		}
		if got := extensions.ReadResourcePolicy(text).Allows("OPTIONS", "/a/b"); got != want {
			t.Errorf("as a text, %s: got %d, want %d", statements, got, want)
		}
	}
	for _, text := range []string{"", "null", "1", `"{"`, `{}`, `{"Statement": 1}`, `{"Fn::Transform": {}}`} {
		if got := extensions.ReadResourcePolicy([]byte(text)).Allows("GET", "/"); got != extensions.Maybe {
			t.Errorf("%s: got %d", text, got)
		}
	}
}
