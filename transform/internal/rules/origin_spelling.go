package rules

import (
	"errors"
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// What an origin can be written like that no browser sends. Each has a rule of its own,
// so that one can be suppressed without the others.
var (
	OriginCase        = spelling(policy.ReasonOriginCase, "an allowed origin has upper-case letters", "Browsers write scheme and host in lower case.", "https://App.example.com")
	OriginDefaultPort = spelling(policy.ReasonOriginDefaultPort, "an allowed origin names the default port", "Browsers leave :443 out for https, and :80 for http.", "https://app.example.com:443")
	OriginHost        = spelling(policy.ReasonOriginHost, "an allowed origin has no host that a page can have", "A host is a domain name or an IP address.", "https://app..example.com")
	OriginIDN         = spelling(policy.ReasonOriginIDN, "an allowed origin is not in ASCII", "Browsers send the host of an internationalised domain name in Punycode.", "https://bücher.example.com")
	OriginIPForm      = spelling(policy.ReasonOriginIPForm, "an allowed origin has an IP address as no browser writes it", "Browsers write IPv4 in four decimal numbers, and IPv6 in lower case and compressed.", "http://127.1:3000")
	OriginNoScheme    = spelling(policy.ReasonOriginNoScheme, "an allowed origin has no scheme", "An origin begins with its scheme: https://app.example.com.", "app.example.com")
	OriginPath        = spelling(policy.ReasonOriginPath, "an allowed origin has a path", "An origin ends behind its host or port: it has no path, no query and no fragment.", "https://app.example.com/app")
	OriginPort        = spelling(policy.ReasonOriginPort, "an allowed origin has a port that is no number", "A port is a number, without zeros in front.", "http://localhost:0300")
	OriginPortRange   = spelling(policy.ReasonOriginPortRange, "an allowed origin has a port that there is not", "Ports go from 1 to 65535.", "http://localhost:65536")
	OriginPunycode    = spelling(policy.ReasonOriginPunycode, "an allowed origin has a label that is no Punycode", "A label that begins with xn-- stands for a name in other letters, and browsers open no other.", "https://xn--a.example.com")
	OriginScheme      = spelling(policy.ReasonOriginScheme, "an allowed origin has a scheme that no page sends", "Pages of file:, data: and blob: send null as their origin.", "file://app")
	OriginSlashes     = spelling(policy.ReasonOriginSlashes, "an allowed origin has slashes too few or too many", "Two slashes stand behind the scheme, and no others.", "https:/app.example.com")
	OriginSlash       = spelling(policy.ReasonOriginTrailingSlash, "an allowed origin ends with a slash", "An origin has no path, and the slash is one.", "https://app.example.com/")
	OriginUserinfo    = spelling(policy.ReasonOriginUserinfo, "an allowed origin names a user", "Browsers send no user and no password in an origin.", "https://me@app.example.com")
	OriginWildcard    = spelling(policy.ReasonOriginWildcardForm, "an allowed origin is a pattern", "A fixed header takes no pattern, and in a template a wildcard has to be the whole leftmost label: *example.com would let evilexample.com in.", "https://*.example.com")
)

// OriginDuplicate is no error: the origin is let in.
var originDuplicate = &Rule{
	ID:       string(policy.ReasonOriginDuplicate),
	Title:    "a block lists an origin twice",
	Doc:      "Once is enough. One of the two may have been meant to be another origin.",
	URL:      "https://fetch.spec.whatwg.org/#concept-cors-check",
	Severity: finding.Warning,
	CORS:     true,
	Fails: `x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com", "https://app.example.com"]}
paths: {}
`,
	Passes: `x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com"]}
paths: {}
`,
	blocks: []policy.Reason{policy.ReasonOriginDuplicate},
}

var originBlank = &Rule{
	ID:       string(policy.ReasonOriginBlank),
	Title:    "an origin in a block has blanks in it",
	Doc:      "An origin holds no blanks and no control characters.",
	URL:      "https://fetch.spec.whatwg.org/#concept-cors-check",
	Severity: finding.Error,
	CORS:     true,
	Fails: `x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com "]}
paths: {}
`,
	Passes: `x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com"]}
paths: {}
`,
	blocks: []policy.Reason{policy.ReasonOriginBlank},
}

const written = "A browser compares Access-Control-Allow-Origin byte for byte with the origin of the page. "

// spelling returns the rule for origins that cannot stand for a reason, whose id is the
// reason.
func spelling(reason policy.Reason, title, doc, wrong string) *Rule {
	return &Rule{
		ID:       string(reason),
		Title:    title,
		Doc:      written + doc,
		URL:      "https://fetch.spec.whatwg.org/#concept-cors-check",
		Severity: finding.Error,
		CORS:     true,
		Fails:    example("get", fmt.Sprintf(`Access-Control-Allow-Origin: "'%s'"`, wrong)),
		Passes:   example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
		find:     func(d *View) []Finding { return misspelled(d, reason) },
		blocks:   []policy.Reason{reason},
	}
}

// misspelled reports the origins that cannot stand in a header for a reason.
func misspelled(d *View, reason policy.Reason) (found []Finding) {
	for _, h := range d.headers() {
		found = append(found, misspelledIn(what(h.method), h.Header, h.at(), reason)...)
	}
	for _, h := range gatewayHeaders(d) {
		found = append(found, misspelledIn("the gateway response "+h.response.Type, h.Header, h.at(), reason)...)
	}
	return found
}

// misspelledIn reports the origin in one header.
func misspelledIn(who string, h responses.Header, where Place, reason policy.Reason) []Finding {
	value, static := h.Static()
	if !static || !strings.EqualFold(h.Name, responses.AllowOrigin) || isFoundElsewhere(value) {
		return nil
	}
	o, err := policy.ParseOrigin(value)
	var wrong *policy.Error
	switch {
	case errors.As(err, &wrong) && wrong.Reason == reason:
		return []Finding{{
			At:      where,
			Message: fmt.Sprintf("%s: %s %s", who, h.Name, strings.TrimSuffix(wrong.Error(), "; "+wrong.Remedy)),
			Hint:    wrong.Remedy,
			Fix:     suggested(where, wrong),
		}}
	case err == nil && !o.IsFixed() && reason == policy.ReasonOriginWildcardForm:
		return []Finding{{
			At:      where,
			Message: fmt.Sprintf("%s answers %s: %q, a pattern, which equals no origin", who, h.Name, value),
			Hint:    "let a template choose: apigw-cors enable --allow-origin '" + value + "'",
		}}
	}
	return nil
}

// suggested is the change that writes an origin as the error about it suggests.
func suggested(where Place, wrong *policy.Error) []layout.Operation {
	if wrong.Suggestion == "" {
		return nil
	}
	return []layout.Operation{layout.Set{At: where.Pointer, Value: layout.String("'" + wrong.Suggestion + "'")}}
}

// isFoundElsewhere reports whether a value is one that another rule speaks of, or that
// is filled in before the import.
func isFoundElsewhere(value string) bool {
	return value == "" || value == "null" || len(strings.FieldsFunc(value, isSeparator)) > 1 || isQuoted(value) || model.MayHavePlaceholder(value)
}
