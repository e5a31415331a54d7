package lint

import (
	"errors"
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// What an origin can be written like that no browser sends. Each has a rule of its own,
// so that one can be suppressed without the others.
var (
	originCase        = spelling(policy.ReasonOriginCase, "an allowed origin has upper-case letters", "Browsers write scheme and host in lower case.", "https://App.example.com")
	originDefaultPort = spelling(policy.ReasonOriginDefaultPort, "an allowed origin names the default port", "Browsers leave :443 out for https, and :80 for http.", "https://app.example.com:443")
	originHost        = spelling(policy.ReasonOriginHost, "an allowed origin has no host that a page can have", "A host is a domain name or an IP address.", "https://app..example.com")
	originIDN         = spelling(policy.ReasonOriginIDN, "an allowed origin is not in ASCII", "Browsers send the host of an internationalised domain name in Punycode.", "https://bücher.example.com")
	originIPForm      = spelling(policy.ReasonOriginIPForm, "an allowed origin has an IP address as no browser writes it", "Browsers write IPv4 in four decimal numbers, and IPv6 in lower case and compressed.", "http://127.1:3000")
	originNoScheme    = spelling(policy.ReasonOriginNoScheme, "an allowed origin has no scheme", "An origin begins with its scheme: https://app.example.com.", "app.example.com")
	originPath        = spelling(policy.ReasonOriginPath, "an allowed origin has a path", "An origin ends behind its host or port: it has no path, no query and no fragment.", "https://app.example.com/app")
	originPort        = spelling(policy.ReasonOriginPort, "an allowed origin has a port that is no number", "A port is a number, without zeros in front.", "http://localhost:0300")
	originPortRange   = spelling(policy.ReasonOriginPortRange, "an allowed origin has a port that there is not", "Ports go from 1 to 65535.", "http://localhost:65536")
	originPunycode    = spelling(policy.ReasonOriginPunycode, "an allowed origin has a label that is no Punycode", "A label that begins with xn-- stands for a name in other letters, and browsers open no other.", "https://xn--a.example.com")
	originScheme      = spelling(policy.ReasonOriginScheme, "an allowed origin has a scheme that no page sends", "Pages of file:, data: and blob: send null as their origin.", "file://app")
	originSlashes     = spelling(policy.ReasonOriginSlashes, "an allowed origin has slashes too few or too many", "Two slashes stand behind the scheme, and no others.", "https:/app.example.com")
	originSlash       = spelling(policy.ReasonOriginTrailingSlash, "an allowed origin ends with a slash", "An origin has no path, and the slash is one.", "https://app.example.com/")
	originUserinfo    = spelling(policy.ReasonOriginUserinfo, "an allowed origin names a user", "Browsers send no user and no password in an origin.", "https://me@app.example.com")
	originWildcard    = spelling(policy.ReasonOriginWildcardForm, "an allowed origin is a pattern", "A fixed header takes no pattern, and in a template a wildcard has to be the whole leftmost label: *example.com would let evilexample.com in.", "https://*.example.com")
)

// originDuplicate is no error: the origin is let in.
var originDuplicate = &Rule{
	ID:       string(policy.ReasonOriginDuplicate),
	Title:    "a block lists an origin twice",
	Doc:      "Once is enough. One of the two may have been meant to be another origin.",
	URL:      "https://fetch.spec.whatwg.org/#concept-cors-check",
	Severity: finding.Warning,
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
		Fails:    example("get", fmt.Sprintf(`Access-Control-Allow-Origin: "'%s'"`, wrong)),
		Passes:   example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
		run:      func(p *pass) { p.misspelled(reason) },
		blocks:   []policy.Reason{reason},
	}
}

func (p *pass) misspelled(reason policy.Reason) {
	p.corsHeaders(func(m *model.Method, e *model.IntegrationResponse, h answers.Header) {
		p.misspelledHeader(what(m), h, ofHeader(e, h), reason)
	})
	p.gatewayHeaders(func(g answers.GatewayResponse, h answers.Header) {
		p.misspelledHeader("the gateway response "+g.Type, h, ofGateway(g, h), reason)
	})
}

func (p *pass) misspelledHeader(who string, h answers.Header, where place, reason policy.Reason) {
	value, static := h.Static()
	value = strings.Trim(value, " \t") // as browsers do
	if !static || !isNamed(h, answers.AllowOrigin) || isFoundElsewhere(value) {
		return
	}
	o, err := policy.ParseOrigin(value)
	var wrong *policy.Error
	switch {
	case errors.As(err, &wrong) && wrong.Reason == reason:
		var fix []layout.Wish
		if wrong.Suggestion != "" {
			fix = []layout.Wish{layout.Set{At: where.pointer, Value: layout.String("'" + wrong.Suggestion + "'")}}
		}
		p.report(where, wrong.Remedy, fix, "%s: %s %s", who, h.Name, strings.TrimSuffix(wrong.Error(), "; "+wrong.Remedy))
	case err == nil && !o.IsFixed() && reason == policy.ReasonOriginWildcardForm:
		p.report(where, "let a template choose: apigw-cors enable --allow-origin '"+value+"'", nil,
			"%s answers %s: %q, a pattern, which equals no origin", who, h.Name, value)
	}
}

// isFoundElsewhere reports whether a value is one that another rule speaks of, or that
// is filled in before the import.
func isFoundElsewhere(value string) bool {
	return value == "" || value == "null" || len(strings.FieldsFunc(value, isSeparator)) > 1 || isQuoted(value) || isFilledIn(value)
}
