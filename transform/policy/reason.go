package policy

import (
	"maps"
	"slices"
)

// Reason says what is wrong with a value. The set is closed, and the texts are
// stable: a program may switch on them.
type Reason string

// Reasons that any list may give.
const (
	// ReasonEmptyValue: an entry is empty.
	ReasonEmptyValue Reason = "empty-value"
	// ReasonEmptyList: a list has no entry. Whether that means "none" or was
	// forgotten cannot be told, so it must be said.
	ReasonEmptyList Reason = "empty-list"
	// ReasonListInValue: one entry is written as a list.
	ReasonListInValue Reason = "list-in-value"
	// ReasonQuoteResidue: quotes are part of the value. API Gateway's mappings
	// need a pair of single quotes around a static value; a policy does not.
	ReasonQuoteResidue Reason = "quote-residue"
	// ReasonListSyntax: the name of a method or of a header is not a token (RFC
	// 9110, section 5.6.2), which voids the header that lists it.
	ReasonListSyntax Reason = "list-syntax"
	// ReasonNotDerivable: the member cannot be worked out from a document.
	ReasonNotDerivable Reason = "not-derivable"
)

// Reasons why an origin equals none that a browser sends (Fetch standard,
// serializing a request origin; HTML standard, serialization of an origin;
// URL standard, host serializer), or why it must not be allowed.
const (
	// ReasonOriginBlank: blanks or control characters, which no origin has.
	ReasonOriginBlank Reason = "origin-blank"
	// ReasonOriginNull: "null", which every sandboxed frame of every site sends.
	ReasonOriginNull Reason = "origin-null"
	// ReasonOriginExpression: a stage variable or placeholder where a literal is
	// expected.
	ReasonOriginExpression Reason = "origin-expression"
	// ReasonOriginNoScheme: no scheme and "://" in front.
	ReasonOriginNoScheme Reason = "origin-no-scheme"
	// ReasonOriginSlashes: too few, too many or reversed slashes after the scheme.
	ReasonOriginSlashes Reason = "origin-slashes"
	// ReasonOriginScheme: a scheme no page has, or whose pages send "null".
	ReasonOriginScheme Reason = "origin-scheme"
	// ReasonOriginCase: upper-case letters in scheme or host.
	ReasonOriginCase Reason = "origin-case"
	// ReasonOriginUserinfo: a user name or password, as in user@host.
	ReasonOriginUserinfo Reason = "origin-userinfo"
	// ReasonOriginHost: no host, or one that no page can have.
	ReasonOriginHost Reason = "origin-host"
	// ReasonOriginIDN: a host in other letters than ASCII.
	ReasonOriginIDN Reason = "origin-idn"
	// ReasonOriginPunycode: a label that begins with "xn--" and stands for no name.
	ReasonOriginPunycode Reason = "origin-punycode"
	// ReasonOriginIPForm: an IP address in another form than a browser's.
	ReasonOriginIPForm Reason = "origin-ip-form"
	// ReasonOriginWildcardForm: an asterisk that does not stand for the whole
	// leftmost label. A pattern such as https://*example.com would also admit
	// evilexample.com.
	ReasonOriginWildcardForm Reason = "origin-wildcard-form"
	// ReasonOriginPort: a port that is not a plain number.
	ReasonOriginPort Reason = "origin-port"
	// ReasonOriginPortRange: a port outside 1 to 65535.
	ReasonOriginPortRange Reason = "origin-port-range"
	// ReasonOriginDefaultPort: the default port of the scheme, which browsers
	// leave out.
	ReasonOriginDefaultPort Reason = "origin-default-port"
	// ReasonOriginPath: a path, query or fragment.
	ReasonOriginPath Reason = "origin-path"
	// ReasonOriginTrailingSlash: nothing but a slash after the host.
	ReasonOriginTrailingSlash Reason = "origin-trailing-slash"
	// ReasonOriginDuplicate: the same origin twice.
	ReasonOriginDuplicate Reason = "origin-duplicate"
	// ReasonOriginNone: the decision to let nobody in.
	ReasonOriginNone Reason = "origin-none"
)

// Reasons why values do not go together (Fetch standard, CORS protocol and
// credentials).
const (
	// ReasonStarMixed: "*" beside others that it covers.
	ReasonStarMixed Reason = "star-mixed"
	// ReasonStarWithCredentials: every origin allowed, with credentials.
	// Browsers refuse "*", API Gateway refuses to configure it, and to answer
	// each with its own origin instead would hand every user's data to every
	// site.
	ReasonStarWithCredentials Reason = "star-with-credentials"
	// ReasonWildcardCredentials: "*" among methods or headers, with credentials,
	// where it is no wildcard but a name.
	ReasonWildcardCredentials Reason = "wildcard-credentials"
)

// Reasons of single members.
const (
	// ReasonMethodCase: a method in lower case. Methods are case-sensitive.
	ReasonMethodCase Reason = "method-case"
	// ReasonForbiddenMethod: a method browsers never send (Fetch standard,
	// forbidden method).
	ReasonForbiddenMethod Reason = "forbidden-method"
	// ReasonUnknownMethod: not a method of API Gateway, which ANY is not either.
	ReasonUnknownMethod Reason = "unknown-method"
	// ReasonForbiddenHeader: a request header browsers never let a script set
	// (Fetch standard, forbidden request-header).
	ReasonForbiddenHeader Reason = "forbidden-header"
	// ReasonUnmappable: a name that no mapping of API Gateway can hold.
	ReasonUnmappable Reason = "unmappable"
	// ReasonResponseHeader: a header of CORS answers among request headers.
	ReasonResponseHeader Reason = "response-header"
	// ReasonExposeForbidden: a response header no script can read (Fetch
	// standard, forbidden response-header name).
	ReasonExposeForbidden Reason = "expose-forbidden"
	// ReasonMaxAgeRange: a number of seconds outside API Gateway's bounds.
	ReasonMaxAgeRange Reason = "max-age-range"
)

// Reasons why an origin that a browser can send should not be allowed, or not with
// credentials. Most of them are concerns, see [Policy.Review].
const (
	// ReasonPublicSuffix: a wildcard directly below a public suffix, under which
	// anybody can register a name (https://publicsuffix.org).
	ReasonPublicSuffix Reason = "public-suffix-wildcard"
	// ReasonSubdomains: a wildcard. A takeover of one sub-domain, or a hole in what
	// it serves, is enough.
	ReasonSubdomains Reason = "subdomain-wildcard"
	// ReasonSubdomainsWithCredentials: a wildcard, with credentials. What is served from
	// any sub-domain then makes requests in the name of users.
	ReasonSubdomainsWithCredentials Reason = "subdomain-with-credentials"
	// ReasonAnyHost: every origin of a scheme.
	ReasonAnyHost Reason = "any-host"
	// ReasonInsecureOrigin: an origin over http that is not the user's own machine.
	// Whoever is on the way can change its pages.
	ReasonInsecureOrigin Reason = "insecure-origin"
	// ReasonDevOrigin: the user's own machine, a private network, an online
	// playground or a tunnel.
	ReasonDevOrigin Reason = "dev-origin"
	// ReasonNoPort: localhost without a port.
	ReasonNoPort Reason = "origin-no-port"
	// ReasonThirdPartyHost: an origin at a provider whose names are given to
	// anybody, and to somebody else later.
	ReasonThirdPartyHost Reason = "third-party-host"
	// ReasonStarWithAuthorization: "*" where methods need authorization.
	ReasonStarWithAuthorization Reason = "star-with-authorization"
	// ReasonExposeStar: every response header is readable.
	ReasonExposeStar Reason = "expose-star"
	// ReasonMaxAgeCapped: longer than browsers keep a preflight.
	ReasonMaxAgeCapped Reason = "max-age-capped"
	// ReasonMaxAgeZero: browsers keep no preflight.
	ReasonMaxAgeZero Reason = "max-age-zero"
)

// Reasons why an HTTP API cannot be configured with a value.
const (
	// ReasonHTTPSubdomains: a wildcard for sub-domains. The patterns of HTTP APIs
	// are "*", "https://*" and "http://*".
	ReasonHTTPSubdomains Reason = "http-api-subdomains"
	// ReasonHTTPStageVariable: a stage variable, which is worked out in mappings
	// only.
	ReasonHTTPStageVariable Reason = "http-api-stage-variable"
	// ReasonHTTPOnePolicy: a value for some routes.
	ReasonHTTPOnePolicy Reason = "http-api-one-policy"
)

// Reasons why a policy file or a block cannot be read.
const (
	// ReasonUnknownKey: a key that nobody reads. API Gateway ignores such a one in
	// a block without a word.
	ReasonUnknownKey Reason = "unknown-key"
	// ReasonDuplicateKey: a key that stands twice in one object.
	ReasonDuplicateKey Reason = "duplicate-key"
	// ReasonDuplicateEntry: a second entry for one resource.
	ReasonDuplicateEntry Reason = "duplicate-entry"
	// ReasonNotAList: something else where a list belongs.
	ReasonNotAList Reason = "not-a-list"
	// ReasonNotAnObject: something else where an object belongs.
	ReasonNotAnObject Reason = "not-an-object"
	// ReasonNotAText: something else where a text belongs.
	ReasonNotAText Reason = "not-a-text"
	// ReasonQuotedWord: a number or a boolean in quotes, which makes it a text.
	ReasonQuotedWord Reason = "quoted-word"
	// ReasonNotANumber: no whole number.
	ReasonNotANumber Reason = "not-a-number"
	// ReasonNotABoolean: neither true nor false.
	ReasonNotABoolean Reason = "not-a-boolean"
	// ReasonUnknownWord: none of the words that are accepted.
	ReasonUnknownWord Reason = "unknown-word"
	// ReasonNoValue: a key without a value, or none where one must be.
	ReasonNoValue Reason = "no-value"
	// ReasonSaysNothing: an entry that changes nothing.
	ReasonSaysNothing Reason = "says-nothing"
	// ReasonEmptyCORSObject: a block without members, which on an HTTP API is CORS that
	// allows nobody.
	ReasonEmptyCORSObject Reason = "empty-block"
	// ReasonPathForm: no path of a resource.
	ReasonPathForm Reason = "path-form"
	// ReasonStageVariable: a stage variable whose name none can have.
	ReasonStageVariable Reason = "stage-variable"
	// ReasonNotAnIntrinsic: an object that is no CloudFormation intrinsic.
	ReasonNotAnIntrinsic Reason = "not-an-intrinsic"
	// ReasonExpressionMixed: an expression beside other values. What it gives is
	// not known, so nothing can be made of the whole.
	ReasonExpressionMixed Reason = "expression-mixed"
)

// Reasons returns all of them, sorted.
func Reasons() []Reason { return slices.Sorted(maps.Keys(phrases)) }

// phrases say each reason as a verb that follows the value.
var phrases = map[Reason]string{
	ReasonEmptyValue:    "is empty",
	ReasonEmptyList:     "lists nothing",
	ReasonListInValue:   "is written as a list",
	ReasonQuoteResidue:  "stands in quotes",
	ReasonListSyntax:    "is not an HTTP token",
	ReasonNotDerivable:  "has nothing to be derived from",
	ReasonOriginBlank:   "has blanks or control characters",
	ReasonOriginNull:    "is sent by every sandboxed frame of every site",
	ReasonOriginScheme:  "has a scheme that no page sends as its origin",
	ReasonOriginSlashes: `does not have "://" exactly once, after the scheme`,

	ReasonOriginExpression:   "is an expression and no literal origin",
	ReasonOriginNoScheme:     `does not start with a scheme and "://"`,
	ReasonOriginCase:         "has upper-case letters",
	ReasonOriginUserinfo:     "names a user",
	ReasonOriginHost:         "has no host that a page can have",
	ReasonOriginIDN:          "has a host that is not ASCII",
	ReasonOriginPunycode:     "has a label that is no Punycode",
	ReasonOriginIPForm:       "has an IP address in a form that browsers do not send",
	ReasonOriginWildcardForm: "has a wildcard that is not the whole leftmost label of a domain",
	ReasonOriginPort:         "has a port that is not a plain number",
	ReasonOriginPortRange:    "has a port outside 1 to 65535",
	ReasonOriginDefaultPort:  "names the default port",
	ReasonOriginPath:         "has a path, query or fragment",

	ReasonOriginTrailingSlash: "ends with a slash",
	ReasonOriginDuplicate:     "is listed more than once",
	ReasonOriginNone:          "lets nobody in",
	ReasonStarMixed:           "stands beside others that it covers",
	ReasonStarWithCredentials: "lets every site in and cannot go with credentials",
	ReasonWildcardCredentials: "is no wildcard when calls carry credentials",

	ReasonMethodCase:      "is not in upper case",
	ReasonForbiddenMethod: "is never sent by browsers",
	ReasonUnknownMethod:   "is not a method of API Gateway",
	ReasonForbiddenHeader: "is a header that no script can set",
	ReasonUnmappable:      "holds an apostrophe, which no mapping of API Gateway can hold",
	ReasonResponseHeader:  "is a header of responses",
	ReasonExposeForbidden: "is a header that no script can read",
	ReasonMaxAgeRange:     "is neither -1 nor from 0 to 86400",

	ReasonPublicSuffix: "lets in whoever registers a name under a public suffix",
	ReasonSubdomains:   "lets every sub-domain in: one that is taken over, or has a hole, is enough",

	ReasonSubdomainsWithCredentials: "lets every sub-domain in with credentials: one that is taken over, or has a hole, is enough",
	ReasonAnyHost:                   "lets every site of the scheme in",
	ReasonInsecureOrigin:            "is not encrypted: whoever is on the way can change its pages and call in their name",
	ReasonDevOrigin:                 "is an origin of development",
	ReasonNoPort:                    "is the page on the default port alone, and development servers have a port of their own",
	ReasonThirdPartyHost:            "is at a provider that gives such names to anybody, and to somebody else when they are given up",
	ReasonStarWithAuthorization:     "stands for methods that need authorization: a page of any site may call them with a token that it has",
	ReasonExposeStar:                "lets scripts read every response header",
	ReasonMaxAgeCapped:              "is longer than browsers keep a preflight: Chromium 7200 seconds, Safari 600, Firefox 86400",
	ReasonMaxAgeZero:                "keeps browsers from keeping a preflight, so each call that needs one costs two round trips",

	ReasonHTTPSubdomains:    "is a pattern that HTTP APIs do not know",
	ReasonHTTPStageVariable: "is a stage variable, which the CORS configuration of an HTTP API cannot hold",
	ReasonHTTPOnePolicy:     "is told something of its own, and an HTTP API has one CORS configuration for all of its routes",

	ReasonUnknownKey:      "is unknown",
	ReasonDuplicateKey:    "stands twice",
	ReasonDuplicateEntry:  "has a rule already",
	ReasonNotAList:        "is not a list",
	ReasonNotAnObject:     "is not an object",
	ReasonNotAText:        "is not a text",
	ReasonQuotedWord:      "stands in quotes, which makes it a text",
	ReasonNotANumber:      "is not a whole number",
	ReasonNotABoolean:     "is neither true nor false",
	ReasonUnknownWord:     "is unknown",
	ReasonNoValue:         "there is no value",
	ReasonSaysNothing:     "the rule says nothing",
	ReasonEmptyCORSObject: "is CORS that allows nobody",
	ReasonPathForm:        "is no path of a resource",
	ReasonNotAnIntrinsic:  "is not a CloudFormation intrinsic",
	ReasonStageVariable:   "is no stage variable",
	ReasonExpressionMixed: "is an expression beside other values",
}
