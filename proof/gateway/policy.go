package gateway

import (
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/getkin/kin-openapi/openapi3"
)

// policyMembers are the members of a policy.
var policyMembers = []string{"allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders", "maxAge", "allowCredentials"}

// anyMethod is what a method is called that takes all those its resource does not have.
const anyMethod = "ANY"

// methodNames are the members of a path item that are methods of an API.
var methodNames = map[string]string{
	"get": "GET", "put": "PUT", "post": "POST", "delete": "DELETE", "options": "OPTIONS", "head": "HEAD", "patch": "PATCH",
	extensions.NameAnyMethod: anyMethod,
}

// basePath returns what stands before each resource.
func (r *reader) basePath() string {
	path := asText(r.root["basePath"])
	if servers, ok := r.root["servers"].([]any); ok && len(servers) > 0 {
		path = r.serverPath(asObject(servers[0]))
	}
	path = strings.Trim(path, "/")
	if r.api.options.BasePath == BasePathSplit {
		_, path, _ = strings.Cut(path, "/")
	}
	if path == "" || r.api.options.BasePath == BasePathIgnore || r.api.options.BasePath == "" {
		return ""
	}
	return "/" + path
}

// serverPath returns the base path of a server: its variable basePath, else the path of its
// URL.
func (r *reader) serverPath(server map[string]any) string {
	read := &openapi3.Server{}
	if err := kinRead(r.budget, server, read); err != nil {
		return ""
	}
	if v := read.Variables["basePath"]; v != nil {
		return v.Default
	}
	path, err := read.BasePath()
	if err != nil {
		return ""
	}
	return path
}

// configurable tells why a configuration is not known, or why the import refuses it.
func configurable(cors extensions.CORS) *Unknown {
	at := pointer(extensions.NameCORS)
	if u := misread(cors.Unknown, at, policyMembers...); u != nil {
		return u
	}
	if age := cors.MaxAge; age != nil && (*age < -1 || *age > 86400) {
		return refusal(behaviourImportAge, at+pointer("maxAge"), "the import fails: maxAge %d is not within -1 and 86400", *age)
	}
	for _, s := range slices.Concat(cors.AllowOrigins, cors.AllowMethods, cors.AllowHeaders, cors.ExposeHeaders) {
		if text, ok := s.Text(); !ok || hasPlaceholder(text) {
			return unknown(reasonOfString(s), at, "%s is known only when the document is deployed", s)
		}
	}
	for _, origin := range texts(cors.AllowOrigins) {
		switch {
		case origin == "*" && cors.AllowCredentials != nil && *cors.AllowCredentials: // aws/aws-cdk#9076
			return refusal(behaviourImportCredentials, at, `the import fails: allowCredentials is not supported with the origin "*"`)
		case strings.HasSuffix(origin, "://*") && cors.AllowCredentials != nil && *cors.AllowCredentials:
			return unknown(ReasonAmbiguous, at, "whether the import takes %q together with allowCredentials is not known", origin)
		case strings.Contains(origin, "*") && !slices.Contains([]string{"*", "https://*", "http://*"}, origin):
			return refusal(behaviourImportOriginPattern, at, "the import is reported to fail: %q is a pattern that HTTP APIs do not have", origin)
		}
	}
	return nil
}

var behaviourImportAge = Behaviour{ID: "import-max-age",
	Does:   "the import as an HTTP API refuses a maxAge that is not within -1 and 86400",
	Source: "the shape IntegerWithLengthBetweenMinus1And86400 of the service's model"}

// preflightHeaders are the headers that a policy asks of a response to a preflight beside those
// that it asks of every response.
func preflightHeaders(policy extensions.CORS) []Field {
	var header []Field
	if names := texts(policy.AllowMethods); len(names) > 0 {
		header = append(header, Field{"Access-Control-Allow-Methods", strings.Join(names, ",")})
	}
	if names := texts(policy.AllowHeaders); len(names) > 0 {
		header = append(header, Field{"Access-Control-Allow-Headers", strings.Join(names, ",")})
	}
	if age := policy.MaxAge; age != nil && *age != 0 {
		header = append(header, Field{"Access-Control-Max-Age", strconv.Itoa(*age)})
	}
	return header
}

// corsHeaders are those that a policy, with its origins resolved, asks of a response to a page
// of an origin.
func corsHeaders(policy extensions.CORS, origins []string, origin string) []Field {
	allowed, computed := allows(origins, origin)
	var header []Field
	if computed {
		header = append(header, Field{"Vary", "Origin"})
	}
	if allowed == "" {
		return header
	}
	header = append(header, Field{"Access-Control-Allow-Origin", allowed})
	if policy.AllowCredentials != nil && *policy.AllowCredentials {
		header = append(header, Field{"Access-Control-Allow-Credentials", "true"})
	}
	if names := texts(policy.ExposeHeaders); len(names) > 0 {
		header = append(header, Field{"Access-Control-Expose-Headers", strings.Join(names, ",")})
	}
	return header
}

// allows returns the Access-Control-Allow-Origin that an allow-list gives to an origin; empty:
// none. computed tells that others get another one.
func allows(names []string, origin string) (allowed string, computed bool) {
	if slices.Contains(names, "*") {
		return "*", false
	}
	if len(names) == 1 && !strings.Contains(names[0], "*") {
		return names[0], false
	}
	if slices.ContainsFunc(names, func(name string) bool { return Covers(name, origin) }) {
		return origin, true
	}
	return "", true
}

// Covers reports whether an entry of an allow-list is an origin, or a pattern that matches
// it: "https://*" for all of a scheme, "https://*.example.com" for one label.
func Covers(entry, origin string) bool {
	if entry == origin {
		return true
	}
	before, after, isPattern := strings.Cut(entry, "*")
	if !isPattern || len(origin) <= len(before)+len(after) || !strings.HasPrefix(origin, before) || !strings.HasSuffix(origin, after) {
		return false
	}
	return after == "" || !strings.ContainsAny(origin[len(before):len(origin)-len(after)], "./:")
}

// texts are the literals of a list.
func texts(list []extensions.String) []string {
	var names []string
	for _, s := range list {
		if text, ok := s.Text(); ok {
			names = append(names, text)
		}
	}
	return names
}
