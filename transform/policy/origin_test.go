package policy

import (
	"net/url"
	"reflect"
	"strings"
	"testing"
)

// Spellings that browsers send, and the patterns.
var acceptedOrigins = []struct {
	value string
	want  Origin
}{
	{"*", Origin{Form: OriginAny}},
	{"https://*", Origin{Form: OriginAnyHost, Scheme: "https"}},
	{"http://*", Origin{Form: OriginAnyHost, Scheme: "http"}},
	{"https://app.example.com", Origin{OriginExact, "https", "app.example.com", ""}},
	{"http://app.example.com", Origin{OriginExact, "http", "app.example.com", ""}},
	{"https://app.example.com:8443", Origin{OriginExact, "https", "app.example.com", "8443"}},
	{"https://app.example.com:80", Origin{OriginExact, "https", "app.example.com", "80"}},
	{"http://app.example.com:443", Origin{OriginExact, "http", "app.example.com", "443"}},
	{"https://app.example.com:1", Origin{OriginExact, "https", "app.example.com", "1"}},
	{"https://app.example.com:65535", Origin{OriginExact, "https", "app.example.com", "65535"}},
	{"https://app.example.com.", Origin{OriginExact, "https", "app.example.com.", ""}},
	{"https://com", Origin{OriginExact, "https", "com", ""}},
	{"http://localhost", Origin{OriginExact, "http", "localhost", ""}},
	{"http://localhost:3000", Origin{OriginExact, "http", "localhost", "3000"}},
	{"http://app.localhost:3000", Origin{OriginExact, "http", "app.localhost", "3000"}},
	{"https://my_app.example.com", Origin{OriginExact, "https", "my_app.example.com", ""}},
	{"https://-.example.com", Origin{OriginExact, "https", "-.example.com", ""}},
	{"https://xn--bcher-kva.example", Origin{OriginExact, "https", "xn--bcher-kva.example", ""}},
	{"https://1.example.com", Origin{OriginExact, "https", "1.example.com", ""}},
	{"https://0xg.0xyz", Origin{OriginExact, "https", "0xg.0xyz", ""}},
	{"https://" + strings.Repeat("a", 63) + ".com", Origin{OriginExact, "https", strings.Repeat("a", 63) + ".com", ""}},
	{"http://127.0.0.1", Origin{OriginExact, "http", "127.0.0.1", ""}},
	{"https://192.0.2.7:8443", Origin{OriginExact, "https", "192.0.2.7", "8443"}},
	{"http://[::1]", Origin{OriginExact, "http", "[::1]", ""}},
	{"http://[::1]:3000", Origin{OriginExact, "http", "[::1]", "3000"}},
	{"http://[2001:db8::7]", Origin{OriginExact, "http", "[2001:db8::7]", ""}},
	{"http://[2001:db8:0:1:1:1:1:1]", Origin{OriginExact, "http", "[2001:db8:0:1:1:1:1:1]", ""}},
	{"http://[::ffff:c000:207]", Origin{OriginExact, "http", "[::ffff:c000:207]", ""}},
	{"https://*.example.com", Origin{OriginSubdomains, "https", "example.com", ""}},
	{"https://*.example.com:8443", Origin{OriginSubdomains, "https", "example.com", "8443"}},
	{"http://*.localhost:3000", Origin{OriginSubdomains, "http", "localhost", "3000"}},
	{"chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai", Origin{OriginExact, "chrome-extension", "mhjfbmdgcfjbbpaeojofohoefgiehjai", ""}},
	{"moz-extension://a2bf9a7d-5a3c-4d4b-9d31-0c1f5d4ed1a1", Origin{OriginExact, "moz-extension", "a2bf9a7d-5a3c-4d4b-9d31-0c1f5d4ed1a1", ""}},
	{"safari-web-extension://5C2B3A60-1F5A-4C0E-8B7D-0C1F5D4ED1A1", Origin{OriginExact, "safari-web-extension", "5C2B3A60-1F5A-4C0E-8B7D-0C1F5D4ED1A1", ""}},
	{"capacitor://localhost", Origin{OriginExact, "capacitor", "localhost", ""}},
}

func TestParseOriginAcceptsWhatBrowsersSend(t *testing.T) {
	for _, tt := range acceptedOrigins {
		got, err := ParseOrigin(tt.value)
		if err != nil {
			t.Errorf("ParseOrigin(%q): %v", tt.value, err)
			continue
		}
		if got != tt.want {
			t.Errorf("ParseOrigin(%q) = %+v, want %+v", tt.value, got, tt.want)
		}
		if got.String() != tt.value {
			t.Errorf("ParseOrigin(%q).String() = %q", tt.value, got)
		}
	}
}

// Spellings that no browser sends. An empty suggestion means that more than one
// thing could have been meant.
var refusedOrigins = []struct {
	value      string
	reasons    []Reason
	suggestion string
}{
	// What follows the host.
	{"https://app.example.com/", []Reason{ReasonOriginTrailingSlash}, "https://app.example.com"},
	{"https://app.example.com//", []Reason{ReasonOriginTrailingSlash}, "https://app.example.com"},
	{`https://app.example.com\`, []Reason{ReasonOriginTrailingSlash}, "https://app.example.com"},
	{"https://app.example.com:8443/", []Reason{ReasonOriginTrailingSlash}, "https://app.example.com:8443"},
	{"https://*.example.com/", []Reason{ReasonOriginTrailingSlash}, "https://*.example.com"},
	{"https://*/", []Reason{ReasonOriginTrailingSlash}, "https://*"},
	{"http://[::1]/", []Reason{ReasonOriginTrailingSlash}, "http://[::1]"},
	{"chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/", []Reason{ReasonOriginTrailingSlash}, "chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai"},
	{"https://app.example.com/login", []Reason{ReasonOriginPath}, "https://app.example.com"},
	{"https://app.example.com/*", []Reason{ReasonOriginPath}, "https://app.example.com"},
	{"https://app.example.com?x=1", []Reason{ReasonOriginPath}, "https://app.example.com"},
	{"https://app.example.com#top", []Reason{ReasonOriginPath}, "https://app.example.com"},
	{"https://app.example.com/?next=http://b.example", []Reason{ReasonOriginPath}, "https://app.example.com"},
	{"https://app.example.com/a,b", []Reason{ReasonOriginPath}, "https://app.example.com"},

	// What precedes the host.
	{"app.example.com", []Reason{ReasonOriginNoScheme}, ""},
	{"//app.example.com", []Reason{ReasonOriginNoScheme}, ""},
	{"://app.example.com", []Reason{ReasonOriginNoScheme}, ""},
	{"localhost:3000", []Reason{ReasonOriginNoScheme}, ""},
	{"[::1]:3000", []Reason{ReasonOriginNoScheme}, ""},
	{"*.example.com", []Reason{ReasonOriginNoScheme}, ""},
	{"https", []Reason{ReasonOriginNoScheme}, ""},
	{"https:app.example.com", []Reason{ReasonOriginNoScheme}, ""},
	{"https:/app.example.com", []Reason{ReasonOriginSlashes}, "https://app.example.com"},
	{"https:///app.example.com", []Reason{ReasonOriginSlashes}, "https://app.example.com"},
	{`https:\\app.example.com`, []Reason{ReasonOriginSlashes}, "https://app.example.com"},
	{"http://https://app.example.com", []Reason{ReasonOriginSlashes}, ""},
	{"file://", []Reason{ReasonOriginScheme}, ""},
	{"file:///home/me/index.html", []Reason{ReasonOriginScheme}, ""},
	{"FILE://host", []Reason{ReasonOriginScheme}, ""},
	{"data:text/html,hello", []Reason{ReasonOriginScheme}, ""},
	{"about:blank", []Reason{ReasonOriginScheme}, ""},
	{"blob:https://app.example.com/1", []Reason{ReasonOriginScheme}, ""},
	{"wss://app.example.com", []Reason{ReasonOriginScheme}, ""},
	{"htps://app.example.com", []Reason{ReasonOriginScheme}, ""},
	{"ttps://app.example.com", []Reason{ReasonOriginScheme}, ""},
	{"1http://app.example.com", []Reason{ReasonOriginScheme}, ""},
	{"^https://app[.]example[.]com$", []Reason{ReasonOriginScheme}, ""},
	{"https://user@app.example.com", []Reason{ReasonOriginUserinfo}, "https://app.example.com"},
	{"https://user:pass@app.example.com", []Reason{ReasonOriginUserinfo}, "https://app.example.com"},
	{"https://@app.example.com", []Reason{ReasonOriginUserinfo}, "https://app.example.com"},

	// Case.
	{"HTTPS://app.example.com", []Reason{ReasonOriginCase}, "https://app.example.com"},
	{"https://App.example.com", []Reason{ReasonOriginCase}, "https://app.example.com"},
	{"https://*.Example.com", []Reason{ReasonOriginCase}, "https://*.example.com"},
	{"http://[2001:DB8::7]", []Reason{ReasonOriginCase}, "http://[2001:db8::7]"},
	{"Chrome-Extension://abc", []Reason{ReasonOriginCase}, "chrome-extension://abc"},

	// Ports.
	{"https://app.example.com:443", []Reason{ReasonOriginDefaultPort}, "https://app.example.com"},
	{"http://app.example.com:80", []Reason{ReasonOriginDefaultPort}, "http://app.example.com"},
	{"https://*.example.com:443", []Reason{ReasonOriginDefaultPort}, "https://*.example.com"},
	{"https://*:443", []Reason{ReasonOriginDefaultPort}, "https://*"},
	{"https://app.example.com:0443", []Reason{ReasonOriginPort, ReasonOriginDefaultPort}, "https://app.example.com"},
	{"https://app.example.com:08443", []Reason{ReasonOriginPort}, "https://app.example.com:8443"},
	{"https://app.example.com:", []Reason{ReasonOriginPort}, "https://app.example.com"},
	{"https://app.example.com:https", []Reason{ReasonOriginPort}, ""},
	{"https://app.example.com:-1", []Reason{ReasonOriginPort}, ""},
	{"https://app.example.com:0", []Reason{ReasonOriginPortRange}, ""},
	{"https://app.example.com:65536", []Reason{ReasonOriginPortRange}, ""},
	{"https://app.example.com:99999999999999999999", []Reason{ReasonOriginPortRange}, ""},
	{"https://app.example.com:*", []Reason{ReasonOriginWildcardForm}, ""},

	// Hosts.
	{"https://", []Reason{ReasonOriginHost}, ""},
	{"https:///", []Reason{ReasonOriginHost, ReasonOriginSlashes}, ""},
	{"https://:8443", []Reason{ReasonOriginHost}, ""},
	{"chrome-extension://", []Reason{ReasonOriginHost}, ""},
	{"chrome-extension://a!b", []Reason{ReasonOriginHost}, ""},
	{"https://.", []Reason{ReasonOriginHost}, ""},
	{"https://.example.com", []Reason{ReasonOriginHost}, ""},
	{"https://app..example.com", []Reason{ReasonOriginHost}, ""},
	{"https://app.example.com..", []Reason{ReasonOriginHost}, ""},
	{"https://app%2eexample.com", []Reason{ReasonOriginHost}, ""},
	{"https://app^.example.com", []Reason{ReasonOriginHost}, ""},
	{"https://{env}.example.com", []Reason{ReasonOriginHost}, ""},
	{"https://" + strings.Repeat("a", 64) + ".com", []Reason{ReasonOriginHost}, ""},
	{"https://" + strings.Repeat("a.", 126) + "bc", []Reason{ReasonOriginHost}, ""},
	{"https://bücher.example", []Reason{ReasonOriginIDN}, "https://xn--bcher-kva.example"},
	{"https://BÜCHER.example/", []Reason{ReasonOriginTrailingSlash, ReasonOriginIDN}, "https://xn--bcher-kva.example"},
	{"https://straße.example", []Reason{ReasonOriginIDN}, "https://xn--strae-oqa.example"},
	{"https://*.bücher.example", []Reason{ReasonOriginIDN}, "https://*.xn--bcher-kva.example"},
	{"https://ａｐｐ.example.com", []Reason{ReasonOriginIDN}, "https://app.example.com"},
	{"https://xn--a.example", []Reason{ReasonOriginPunycode}, ""},
	{"moz-extension://bücher", []Reason{ReasonOriginIDN}, ""},
	{"https://例え.jp", []Reason{ReasonOriginIDN}, "https://xn--r8jz45g.jp"},
	{"https://app。example.com", []Reason{ReasonOriginIDN}, "https://app.example.com"},
	{"https://\xff.example.com", []Reason{ReasonOriginIDN}, ""},

	// IPv4.
	{"http://127.1", []Reason{ReasonOriginIPForm}, "http://127.0.0.1"},
	{"http://127.0.1", []Reason{ReasonOriginIPForm}, "http://127.0.0.1"},
	{"http://2130706433", []Reason{ReasonOriginIPForm}, "http://127.0.0.1"},
	{"http://0x7f000001:3000", []Reason{ReasonOriginIPForm}, "http://127.0.0.1:3000"},
	{"http://0X7F.0.0.1", []Reason{ReasonOriginCase, ReasonOriginIPForm}, "http://127.0.0.1"},
	{"http://127.0.0.01", []Reason{ReasonOriginIPForm}, "http://127.0.0.1"},
	{"http://127.0.0.1.", []Reason{ReasonOriginIPForm}, "http://127.0.0.1"},
	{"http://192.0.519", []Reason{ReasonOriginIPForm}, "http://192.0.2.7"},
	{"http://010.0.0.1", []Reason{ReasonOriginIPForm}, ""},
	{"http://09.0.0.1", []Reason{ReasonOriginIPForm}, ""},
	{"http://256.0.0.1", []Reason{ReasonOriginIPForm}, ""},
	{"http://1.2.3.4.5", []Reason{ReasonOriginIPForm}, ""},
	{"http://1..4", []Reason{ReasonOriginIPForm}, ""},
	{"http://4294967296", []Reason{ReasonOriginIPForm}, ""},
	{"http://app.example.1", []Reason{ReasonOriginIPForm}, ""},
	{"http://app.example.0x1", []Reason{ReasonOriginIPForm}, ""},

	// IPv6.
	{"http://[0:0:0:0:0:0:0:1]", []Reason{ReasonOriginIPForm}, "http://[::1]"},
	{"http://[2001:0db8::7]:3000", []Reason{ReasonOriginIPForm}, "http://[2001:db8::7]:3000"},
	{"http://[2001:db8::1:1:1:1:1]", []Reason{ReasonOriginIPForm}, "http://[2001:db8:0:1:1:1:1:1]"},
	{"http://[::ffff:192.0.2.7]", []Reason{ReasonOriginIPForm}, "http://[::ffff:c000:207]"},
	{"http://[::192.0.2.7]", []Reason{ReasonOriginIPForm}, "http://[::c000:207]"},
	{"http://[fe80::1%eth0]", []Reason{ReasonOriginIPForm}, ""},
	{"http://[fe80::1%25eth0]", []Reason{ReasonOriginIPForm}, ""},
	{"http://::1", []Reason{ReasonOriginIPForm}, ""},
	{"http://::1:3000", []Reason{ReasonOriginIPForm}, ""},
	{"http://[::1", []Reason{ReasonOriginIPForm}, ""},
	{"http://[::1]x", []Reason{ReasonOriginIPForm}, ""},
	{"http://[127.0.0.1]", []Reason{ReasonOriginIPForm}, ""},
	{"http://[]", []Reason{ReasonOriginIPForm}, ""},
	{"http://[", []Reason{ReasonOriginIPForm}, ""},

	// Wildcards.
	{"https://*example.com", []Reason{ReasonOriginWildcardForm}, ""},
	{"https://app-*.example.com", []Reason{ReasonOriginWildcardForm}, ""},
	{"https://app.*.example.com", []Reason{ReasonOriginWildcardForm}, ""},
	{"https://*.*.example.com", []Reason{ReasonOriginWildcardForm}, ""},
	{"https://app.*", []Reason{ReasonOriginWildcardForm}, ""},
	{"https://*.", []Reason{ReasonOriginWildcardForm}, ""},
	{"https://**", []Reason{ReasonOriginWildcardForm}, ""},
	{"https://*:8443", []Reason{ReasonOriginWildcardForm}, ""},
	{"https://*.0.0.1", []Reason{ReasonOriginWildcardForm}, ""},
	{"*://app.example.com", []Reason{ReasonOriginWildcardForm}, ""},
	{"http*://app.example.com", []Reason{ReasonOriginWildcardForm}, ""},
	{"chrome-extension://*", []Reason{ReasonOriginWildcardForm}, ""},

	// Blanks, quotes and lists.
	{"", []Reason{ReasonEmptyValue}, ""},
	{" ", []Reason{ReasonEmptyValue, ReasonOriginBlank}, ""},
	{"''", []Reason{ReasonEmptyValue, ReasonQuoteResidue}, ""},
	{" https://app.example.com", []Reason{ReasonOriginBlank}, "https://app.example.com"},
	{"https://app.example.com\n", []Reason{ReasonOriginBlank}, "https://app.example.com"},
	{"\ufeffhttps://app.example.com\u00a0", []Reason{ReasonOriginBlank}, "https://app.example.com"},
	{"https://app .example.com", []Reason{ReasonOriginBlank}, ""},
	{"https://app\x00.example.com", []Reason{ReasonOriginBlank}, ""},
	{"https://app\u200b.example.com", []Reason{ReasonOriginBlank}, ""},
	{"'https://app.example.com'", []Reason{ReasonQuoteResidue}, "https://app.example.com"},
	{`"https://app.example.com"`, []Reason{ReasonQuoteResidue}, "https://app.example.com"},
	{"“https://app.example.com”", []Reason{ReasonQuoteResidue}, "https://app.example.com"},
	{"'https://app.example.com", []Reason{ReasonQuoteResidue}, "https://app.example.com"},
	{"'*'", []Reason{ReasonQuoteResidue}, "*"},
	{"https://app.example.com,", []Reason{ReasonListInValue}, "https://app.example.com"},
	{"https://a.example,https://b.example", []Reason{ReasonListInValue}, ""},
	{"https://a.example/ , https://b.example/", []Reason{ReasonListInValue}, ""},
	{"https://a.example https://b.example", []Reason{ReasonListInValue}, ""},
	{"https://a.example;https://b.example", []Reason{ReasonListInValue}, ""},
	{"https://a.example,b.example", []Reason{ReasonListInValue}, ""},
	{"a.example,b.example", []Reason{ReasonListInValue}, ""},
	{"*,https://a.example", []Reason{ReasonListInValue}, ""},

	// What must not be allowed, or is none of this package's business.
	{"null", []Reason{ReasonOriginNull}, ""},
	{"NULL", []Reason{ReasonOriginNull}, ""},
	{"'null'", []Reason{ReasonOriginNull, ReasonQuoteResidue}, ""},
	{"stageVariables.origin", []Reason{ReasonOriginExpression}, ""},
	{"${origin}", []Reason{ReasonOriginExpression}, ""},
	{"https://${env}.example.com", []Reason{ReasonOriginExpression}, ""},
	{"%{ if dev }http://localhost%{ endif }", []Reason{ReasonOriginExpression}, ""},

	// Several things at once.
	{
		"https://App.example.com:443/",
		[]Reason{ReasonOriginTrailingSlash, ReasonOriginDefaultPort, ReasonOriginCase},
		"https://app.example.com",
	},
	{
		" 'HTTPS:/me@127.1:0443/login' ",
		[]Reason{
			ReasonOriginBlank, ReasonQuoteResidue, ReasonOriginCase, ReasonOriginSlashes, ReasonOriginPath,
			ReasonOriginUserinfo, ReasonOriginPort, ReasonOriginDefaultPort, ReasonOriginIPForm,
		},
		"https://127.0.0.1",
	},
	{
		"https://bücher.example:443/",
		[]Reason{ReasonOriginTrailingSlash, ReasonOriginDefaultPort, ReasonOriginIDN},
		"https://xn--bcher-kva.example",
	},
	{
		"https://*example.com:99999",
		[]Reason{ReasonOriginPortRange, ReasonOriginWildcardForm},
		"",
	},
}

func TestParseOriginRefusesWhatNoBrowserSends(t *testing.T) {
	for _, tt := range refusedOrigins {
		_, err := ParseOrigin(tt.value)
		e, ok := err.(*Error)
		if !ok {
			t.Errorf("ParseOrigin(%q): got error %v, want %v", tt.value, err, tt.reasons)
			continue
		}
		if got := append([]Reason{e.Reason}, e.Also...); !reflect.DeepEqual(got, tt.reasons) {
			t.Errorf("ParseOrigin(%q): reasons %v, want %v", tt.value, got, tt.reasons)
		}
		if e.Suggestion != tt.suggestion {
			t.Errorf("ParseOrigin(%q): suggestion %q, want %q", tt.value, e.Suggestion, tt.suggestion)
		}
		checkOriginError(t, tt.value, e)
	}
}

func TestOriginErrorsSayWhatToWrite(t *testing.T) {
	for value, want := range map[string]string{
		"https://app.example.com/":      `"https://app.example.com/" ends with a slash; write "https://app.example.com"`,
		"https://App.example.com:443/":  `"https://App.example.com:443/" ends with a slash, names the default port and has upper-case letters; write "https://app.example.com"`,
		"App.example.com:443/":          `"App.example.com:443/" does not start with a scheme and "://"; write "https://app.example.com" or "http://app.example.com:443"`,
		"not/a/host":                    `"not/a/host" does not start with a scheme and "://"; write "https://not" or "http://not"`,
		"!":                             `"!" does not start with a scheme and "://"; write a scheme, "://" and a host, as in "https://app.example.com"`,
		"https://*example.com":          `"https://*example.com" has a wildcard that is not the whole leftmost label of a domain; write a form such as "https://*.example.com"`,
		"http://*acme.example:8080":     `"http://*acme.example:8080" has a wildcard that is not the whole leftmost label of a domain; write a form such as "http://*.acme.example:8080"`,
		"https://pr-*.acme.example":     `"https://pr-*.acme.example" has a wildcard that is not the whole leftmost label of a domain; write a form such as "https://*.example.com"`,
		"http://010.0.0.1":              `"http://010.0.0.1" has an IP address in a form that browsers do not send; remove the leading zeros: browsers read such a number as octal and send "8.0.0.1"`,
		"https://bücher.example":        `"https://bücher.example" has a host that is not ASCII; write "https://xn--bcher-kva.example"`,
		"null":                          `"null" is sent by every sandboxed frame of every site; remove it and allow the origin of a page that is served over http or https`,
		"'https://app.example.com'":     `"'https://app.example.com'" stands in quotes; write "https://app.example.com"`,
		"https://a.test,https://b.test": `"https://a.test,https://b.test" is written as a list; give each origin as an entry of its own`,
	} {
		_, err := ParseOrigin(value)
		if err == nil || err.Error() != want {
			t.Errorf("ParseOrigin(%q):\n got %v\nwant %v", value, err, want)
		}
	}
}

// checkOriginError holds an error to its promises.
func checkOriginError(t *testing.T, value string, e *Error) {
	t.Helper()
	if e.Value != value {
		t.Errorf("error on %q says it is on %q", value, e.Value)
	}
	if e.Remedy == "" {
		t.Errorf("error on %q has no remedy", value)
	}
	if strings.ContainsAny(e.Error(), "\r\n") {
		t.Errorf("error on %q has several lines", value)
	}
	if e.Suggestion == "" {
		return
	}
	if e.Suggestion == value {
		t.Errorf("error on %q suggests the same", value)
	}
	if o, err := ParseOrigin(e.Suggestion); err != nil {
		t.Errorf("error on %q suggests %v", value, err)
	} else if o.String() != e.Suggestion {
		t.Errorf("suggestion %q is read as %q", e.Suggestion, o)
	}
}

func FuzzParseOrigin(f *testing.F) {
	for _, tt := range acceptedOrigins {
		f.Add(tt.value)
	}
	for _, tt := range refusedOrigins {
		f.Add(tt.value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		o, err := ParseOrigin(value)
		if err != nil {
			checkOriginError(t, value, err.(*Error))
			return
		}
		if o.String() != value {
			t.Errorf("%q is accepted and read as %q", value, o)
		}
		if o.Form == OriginExact {
			checkAgainstURL(t, value, o)
		}
	})
}

// checkAgainstURL asks a parser other than ours what it sees in an accepted
// origin.
func checkAgainstURL(t *testing.T, value string, o Origin) {
	t.Helper()
	u, err := url.Parse(value)
	if err != nil {
		t.Errorf("%q is accepted: %v", value, err)
		return
	}
	host := strings.Trim(o.Host, "[]")
	if u.Scheme != o.Scheme || u.Hostname() != host || u.Port() != o.Port {
		t.Errorf("%q is read as %+v and as %+v", value, o, u)
	}
	if u.Path != "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		t.Errorf("%q is accepted with more than an origin: %+v", value, u)
	}
}
