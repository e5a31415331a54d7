package responses

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/proof/velocity"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

func parsed(t *testing.T, origins ...string) []policy.Origin {
	t.Helper()
	list := make([]policy.Origin, len(origins))
	for i, value := range origins {
		o, err := policy.ParseOrigin(value)
		if err != nil {
			t.Fatal(err)
		}
		list[i] = o
	}
	return list
}

// disallowedOrigins are origins that look like those of the table and are none of them.
var disallowedOrigins = []string{
	"", "null", "*", "https://", "https://evil.net",
	"https://app.example.com.evil.net", "https://evil.net/https://app.example.com", "https://appXexample.com", "https://appXexampleXcom",
	"https://app.example.com/", "https://app.example.com:443", "https://app.example.com:8444", "http://app.example.com",
	"HTTPS://APP.EXAMPLE.COM", "https://App.example.com", " https://app.example.com", "https://app.example.com ",
	"https://app.example.com, https://app.example.com", "https://app.example.com https://evil.net", "https://app.example.com\nx",
	"https://example.com", "https://.example.com", "https://a.b.example.com", "https://evilexample.com", "https://a.example.com.", "https://a.example.com:1",
	"https://*.example.com", "https://a_b.example.com", "https://A.example.com", "https://a.exampleXcom", "https://a@b.example.com", "https://a/.example.com",
	"https://a.example.com@evil.net", "https://evil.net#.example.com", "https://evil.net?.example.com", "https://x\"y.example.com", "https://$origin.example.com",
	"http://localhost:3001", "http://localhost", "http://localhost:30000", "http://localhost.evil.net:3000", "file://", "https://[::1]",
}

// templateTable has, for each policy, every origin that it lets in. All others of
// the table are kept out.
var templateTable = []struct {
	origins []string
	allowed []string
}{
	{
		[]string{"https://app.example.com", "https://admin.example.com"},
		[]string{"https://app.example.com", "https://admin.example.com"},
	},
	{
		[]string{"https://*.example.com"},
		[]string{"https://app.example.com", "https://admin.example.com", "https://a.example.com", "https://a-b1.example.com", "https://xn--bcher-kva.example.com"},
	},
	{
		[]string{"https://app.example.com", "https://*.example.com"},
		[]string{"https://app.example.com", "https://admin.example.com", "https://a.example.com", "https://a-b1.example.com", "https://xn--bcher-kva.example.com"},
	},
	{
		[]string{"https://*.b.example.com:8443", "http://localhost:3000"},
		[]string{"https://a.b.example.com:8443", "http://localhost:3000"},
	},
	{
		[]string{"https://*", "http://localhost:3000"},
		append([]string{
			"https://app.example.com", "https://admin.example.com", "https://a.example.com", "https://a-b1.example.com", "https://xn--bcher-kva.example.com",
			"https://a.b.example.com:8443", "https://app.example.com:8443", "http://localhost:3000",
		}, overHTTPS(disallowedOrigins)...),
	},
	{
		[]string{"capacitor://localhost", "https://app.example.com:8443"},
		[]string{"capacitor://localhost", "https://app.example.com:8443"},
	},
	{
		[]string{"http://[::1]:3000", "http://127.0.0.1:3000"},
		[]string{"http://[::1]:3000", "http://127.0.0.1:3000"},
	},
}

// overHTTPS returns what has https for its scheme and a host for the rest: what
// "https://*" lets in. Browsers send few of them.
func overHTTPS(origins []string) []string {
	var list []string
	for _, o := range origins {
		if host, ok := strings.CutPrefix(o, "https://"); ok && host != "" && strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789.:-") == "" {
			list = append(list, o)
		}
	}
	return list
}

// TestTemplatesLetIn holds, for every template that is emitted, which origins get
// which header, whatever the spelling of the request's own, and that nothing is
// rendered.
func TestTemplatesLetIn(t *testing.T) {
	every := append([]string{}, disallowedOrigins...)
	for _, row := range templateTable {
		every = append(every, row.allowed...)
	}
	for _, row := range templateTable {
		origins := parsed(t, row.origins...)
		for name, template := range map[string]string{
			"preflight": PreflightTemplate(origins),
			"snippet":   Snippet(origins, false) + "body",
			"unquoted":  Snippet(origins, true) + "body",
		} {
			want := ""
			if name != "preflight" {
				want = "body"
			}
			for _, header := range []string{"Origin", "origin"} {
				for _, origin := range every {
					var set []velocity.Field
					for _, allowed := range row.allowed {
						if origin == allowed {
							set = []velocity.Field{{Name: AllowOrigin, Value: origin}}
						}
					}
					check(t, template, []velocity.Field{{Name: header, Value: origin}}, velocity.Output{Text: want, Header: set})
				}
			}
			check(t, template, nil, velocity.Output{Text: want})
		}
	}
}

// TestTemplatesWithTwoHeaders holds that only the first spelling counts where a
// client sends both, so that none of the two can be used to get past the other.
func TestTemplatesWithTwoHeaders(t *testing.T) {
	template := PreflightTemplate(parsed(t, "https://app.example.com", "https://b.example.com"))
	const evil, app = "https://evil.net", "https://app.example.com"
	check(t, template, []velocity.Field{{Name: "Origin", Value: evil}, {Name: "origin", Value: app}}, velocity.Output{})
	check(t, template, []velocity.Field{{Name: "Origin", Value: app}, {Name: "origin", Value: evil}}, velocity.Output{Header: []velocity.Field{{Name: AllowOrigin, Value: app}}})
	check(t, template, []velocity.Field{{Name: "Origin", Value: ""}, {Name: "origin", Value: app}}, velocity.Output{Header: []velocity.Field{{Name: AllowOrigin, Value: app}}})
}

// TestTemplatesReadHeadersOnly holds that a query or a path cannot stand in for the
// header.
func TestTemplatesReadHeadersOnly(t *testing.T) {
	template := PreflightTemplate(parsed(t, "https://app.example.com", "https://b.example.com"))
	as := []velocity.Field{{Name: "Origin", Value: "https://app.example.com"}, {Name: "origin", Value: "https://app.example.com"}}
	got, err := render(template, velocity.Input{Query: as, Path: as})
	if diff := cmp.Diff(velocity.Output{}, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
}

func check(t *testing.T, template string, header []velocity.Field, want velocity.Output) {
	t.Helper()
	for name, src := range map[string]string{"LF": template, "CRLF": strings.ReplaceAll(template, "\n", "\r\n")} {
		for _, empty := range []bool{false, true} { // a header that is missing is null, or empty
			got, err := render(src, velocity.Input{Header: header, MissingIsEmpty: empty})
			if err != nil {
				t.Errorf("%s, %v: %v\n%s", name, header, err, template)
			} else if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, %v: (-want +got)\n%s%s", name, header, diff, template)
			}
		}
	}
}

func render(src string, in velocity.Input) (velocity.Output, error) {
	tmpl, err := velocity.Parse(src)
	if err != nil {
		return velocity.Output{}, fmt.Errorf("parse: %w", err)
	}
	return tmpl.Render(in)
}

// TestTemplatesAreMinimal holds what a template looks like: a line for each origin,
// and no placeholder that a tool would fill in.
func TestTemplatesAreMinimal(t *testing.T) {
	origins := parsed(t, "https://app.example.com", "https://*.example.org", "http://localhost:3000")
	const want = `#set($origin = $input.params().header.get("Origin"))
#if(!$origin || $origin == "")#set($origin = $input.params().header.get("origin"))#end
#if($origin == "https://app.example.com"
|| $origin.matches("https://[a-z0-9-]+[.]example[.]org")
|| $origin == "http://localhost:3000")
#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
#end
`
	if diff := cmp.Diff(want, PreflightTemplate(origins)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if strings.Contains(Snippet(origins, true), "${") {
		t.Error("the snippet has a placeholder")
	}
}

// TestTemplateOrigins holds that what was written can be read back.
func TestTemplateOrigins(t *testing.T) {
	for _, row := range templateTable {
		origins := parsed(t, row.origins...)
		for _, template := range []string{PreflightTemplate(origins), Snippet(origins, false) + "x", Snippet(origins, true) + "x"} {
			if diff := cmp.Diff(origins, TemplateOrigins(template)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		}
	}
}

// TestFenced holds where a snippet ends.
func TestFenced(t *testing.T) {
	origins := parsed(t, "https://a.example.com", "https://b.example.com")
	for _, unquoted := range []bool{false, true} {
		snippet := Snippet(origins, unquoted)
		for _, author := range []string{"", "x", "\n", "## apigw-cors: end\n", "  {}"} {
			has, rest := Fenced(snippet + author)
			if has != snippet || rest != author || IsUnquoted(has) != unquoted {
				t.Errorf("%q is split into %q and %q", snippet+author, has, rest)
			}
		}
	}
	for _, whole := range []string{"", "x", "## apigw-cors: begin\nx", "## apigw-cors: beginning of a sample\n#set($x = 1)\n## apigw-cors: end\n$x", " " + Snippet(origins, false)} {
		if has, rest := Fenced(whole); has != "" || rest != whole {
			t.Errorf("%q is split into %q and %q", whole, has, rest)
		}
	}
}

// TestOverridesOrigin holds which templates of authors set the header themselves.
func TestOverridesOrigin(t *testing.T) {
	for template, want := range map[string]bool{
		`#set($context.responseOverride.header.Access-Control-Allow-Origin = "*")`:                    true,
		`#set($context.responseOverride.header["access-control-allow-origin"] = $o)`:                  true,
		`#set($context.responseOverride.header['Access-Control-Allow-Origin'] = $o)`:                  true,
		`#set($context.responseOverride.header.Access-Control-Allow-Credentials = true)`:              false,
		"## never set $context.responseOverride.header.Access-Control-Allow-Origin here\n$input.body": false,
		"#* $context.responseOverride.header.Access-Control-Allow-Origin\n*# $input.body":             false,
		"## a\n#set($context.responseOverride.header.Access-Control-Allow-Origin = 'x')":              true,
		`Access-Control-Allow-Origin`: false,
		``:                            false,
	} {
		if got := OverridesOrigin(template); got != want {
			t.Errorf("%q: got %v", template, got)
		}
	}
}
