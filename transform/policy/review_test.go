package policy

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReview holds what is warned about, and that its neighbours are not.
func TestReview(t *testing.T) {
	type kase struct {
		policy        Policy
		authorization bool
		want          []string // value and reason
	}
	origins := func(credentials bool, values ...string) Policy {
		return Policy{AllowOrigins: Origins(values...), AllowCredentials: Credentials(credentials)}
	}
	for name, tt := range map[string]kase{
		"star":                         {policy: origins(false, "*")},
		"star where tokens are needed": {policy: origins(false, "*"), authorization: true, want: []string{"* star-with-authorization"}},
		"one origin, tokens needed":    {policy: origins(true, "https://app.example.com"), authorization: true},
		"every host":                   {policy: origins(false, "https://*"), want: []string{"https://* any-host"}},
		"over http":                    {policy: origins(false, "http://app.example.com"), want: []string{"http://app.example.com insecure-origin"}},
		"sub-domains over http":        {policy: origins(false, "http://*.example.com"), want: []string{"http://*.example.com insecure-origin"}},
		"development": {policy: origins(false, "http://localhost:3000", "http://app.localhost:3000", "http://127.0.0.1:5173", "http://[::1]:8080", "http://192.168.1.7:3000", "https://abc.ngrok.io", "https://stackblitz.io"),
			want: []string{
				"http://localhost:3000 dev-origin", "http://app.localhost:3000 dev-origin", "http://127.0.0.1:5173 dev-origin",
				"http://[::1]:8080 dev-origin", "http://192.168.1.7:3000 dev-origin", "https://abc.ngrok.io dev-origin", "https://stackblitz.io dev-origin",
			}},
		"localhost without a port":        {policy: origins(false, "http://localhost", "https://localhost"), want: []string{"http://localhost origin-no-port", "https://localhost dev-origin"}},
		"no playground":                   {policy: origins(false, "https://myngrok.io.example", "https://xstackblitz.io", "https://8.8.8.8")},
		"sub-domains":                     {policy: origins(false, "https://*.example.com"), want: []string{"https://*.example.com subdomain-wildcard"}},
		"sub-domains with credentials":    {policy: origins(true, "https://*.example.com"), want: []string{"https://*.example.com subdomain-with-credentials"}},
		"below a public suffix":           {policy: origins(false, "https://*.com", "https://*.co.uk", "https://*.github.io", "https://*.cloudfront.net"), want: []string{"https://*.com public-suffix-wildcard", "https://*.co.uk public-suffix-wildcard", "https://*.github.io public-suffix-wildcard", "https://*.cloudfront.net public-suffix-wildcard"}},
		"below a name at a public suffix": {policy: origins(false, "https://*.me.github.io"), want: []string{"https://*.me.github.io subdomain-wildcard"}},
		"at a provider":                   {policy: origins(false, "https://me.github.io")},
		"at a provider with credentials":  {policy: origins(true, "https://me.github.io"), want: []string{"https://me.github.io third-party-host"}},
		"of one's own with credentials":   {policy: origins(true, "https://app.example.co.uk", "https://intranet")},
		"pointless names": {
			policy: Policy{AllowHeaders: Headers("Origin", "X-A"), AddHeaders: []string{"Access-Control-Allow-Origin"}, ExposeHeaders: Headers("Set-Cookie", "*")},
			want:   []string{"Origin forbidden-header", "Access-Control-Allow-Origin response-header", "Set-Cookie expose-forbidden", "* expose-star"},
		},
		"longer than browsers keep it": {policy: Policy{MaxAge: Seconds(7201)}, want: []string{"7201 max-age-capped"}},
		"as long as Chromium keeps it": {policy: Policy{MaxAge: Seconds(7200)}},
		"not kept":                     {policy: Policy{MaxAge: Seconds(0)}, want: []string{"0 max-age-zero"}},
		"never kept":                   {policy: Policy{MaxAge: Seconds(-1)}, want: []string{"-1 max-age-zero"}},
		"expressions":                  {policy: Policy{AllowOrigins: Raw[[]string]("${o}"), MaxAge: Raw[int]("${a}"), AllowCredentials: Raw[bool]("${c}")}, authorization: true},
	} {
		t.Run(name, func(t *testing.T) {
			if err := tt.policy.Validate(); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, c := range tt.policy.Review(tt.authorization) {
				got = append(got, fmt.Sprintf("%s %s", c.Value, c.Reason))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestPublicSuffixWithCredentials holds that a wildcard below a public suffix is
// refused where calls carry credentials.
func TestPublicSuffixWithCredentials(t *testing.T) {
	for value, refused := range map[string]bool{
		"https://*.github.io": true, "https://*.com": true, "https://*.execute-api.eu-west-1.amazonaws.com": true,
		"https://*.example.com": false, "http://*.localhost:3000": false, "https://*.corp": false,
	} {
		err := Policy{AllowOrigins: Origins(value), AllowCredentials: Credentials(true)}.Validate()
		if (err != nil) != refused {
			t.Errorf("%s: got %v, refused should be %v", value, err, refused)
		}
	}
}
