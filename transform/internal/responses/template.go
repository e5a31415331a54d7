package responses

import (
	"regexp"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// A response of a REST API names one origin, and no mapping can choose it: only a
// template can look at the request, and override the header. Templates are written
// in the Velocity Template Language. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
//
// What is written here renders no character, wherever it stands: every line ends in
// a directive or a comment, and Velocity takes the line break away with it. The
// header is set at most once, because a second override of it answers 5XX; and it
// is not set at all for an origin that is not listed, so that such a page gets no
// header rather than somebody else's origin. The request's header is looked up in
// both spellings: REST APIs tell Origin from origin, and HTTP/2 sends the latter.

const (
	preflightVariable = "$origin"
	snippetVariable   = "$apigwCorsOrigin" // beside an author's own variables
)

// PreflightTemplate returns the response template of an OPTIONS whose origin is the
// caller's, if it is one of the given.
func PreflightTemplate(origins []policy.Origin) string {
	return choose(preflightVariable, origins)
}

// Snippet returns what is put in front of an author's response template so that it
// sets the caller's origin, if it is one of the given. unquoted says that the
// template stands without quotes in its document, which the snippet must record,
// because they have to go with it.
func Snippet(origins []policy.Origin, unquoted bool) string {
	begin := fenceBegin
	if unquoted {
		begin += fenceUnquoted
	}
	return begin + "\n" + choose(snippetVariable, origins) + fenceEnd + "\n"
}

// The comments that fence a snippet off.
const (
	fenceBegin    = "## apigw-cors: begin"
	fenceUnquoted = ", unquoted without it"
	fenceEnd      = "## apigw-cors: end"
)

func choose(variable string, origins []policy.Origin) string {
	tests := make([]string, len(origins))
	for i, o := range origins {
		tests[i] = test(variable, o)
	}
	return `#set(` + variable + ` = $input.params().header.get("Origin"))
#if(!` + variable + ` || ` + variable + ` == "")#set(` + variable + ` = $input.params().header.get("origin"))#end
#if(` + strings.Join(tests, "\n|| ") + `)
#set($context.responseOverride.header.Access-Control-Allow-Origin = ` + variable + `)
#end
`
}

// test returns the condition under which the caller's origin is o: equality, or a
// match of the whole. A wildcard stands for one label.
func test(variable string, o policy.Origin) string {
	if o.Form == policy.OriginExact {
		return variable + ` == "` + o.String() + `"`
	}
	return variable + `.matches("` + OriginPattern(o) + `")`
}

const (
	anyLabel = "[a-z0-9-]+"
	anyHost  = "[a-z0-9.:-]+"
)

// OriginPattern returns the regular expression that the whole of an origin matches which
// a pattern stands for. It has no anchors, and no character that a string or a regular
// expression of another language would take for something else.
func OriginPattern(o policy.Origin) string {
	host := anyHost
	if o.Form == policy.OriginSubdomains {
		host = anyLabel + "[.]" + strings.ReplaceAll(o.Host, ".", "[.]")
	}
	if o.Port != "" {
		host += ":" + o.Port
	}
	return o.Scheme + "://" + host
}

// Fenced splits a template into the snippet that was put in front of it and the
// author's text behind it. Without a snippet, all of it is the author's.
func Fenced(template string) (snippet, author string) {
	const first = "\n#set(" + snippetVariable + " = "
	if !strings.HasPrefix(template, fenceBegin+first) && !strings.HasPrefix(template, fenceBegin+fenceUnquoted+first) {
		return "", template
	}
	before, after, ok := strings.Cut(template, "\n"+fenceEnd+"\n")
	if !ok {
		return "", template
	}
	return before + "\n" + fenceEnd + "\n", after
}

// IsUnquoted reports whether the template behind a snippet stood without quotes.
func IsUnquoted(snippet string) bool {
	return strings.HasPrefix(snippet, fenceBegin+fenceUnquoted)
}

var overridden = regexp.MustCompile(`(?i)responseOverride\s*\.\s*header\s*(\.\s*|\[\s*["'])access-control-allow-origin`)

// OverridesOrigin reports whether a template sets the header, by its author's text or by the snippet
// that was put in front of it.
func OverridesOrigin(template string) bool {
	return overridden.MatchString(WithoutComments(template))
}

// AuthorOverridesOrigin reports whether a template sets the header apart from such a snippet.
func AuthorOverridesOrigin(template string) bool {
	_, author := Fenced(template)
	return OverridesOrigin(author)
}

// WithoutComments returns a template without its comments, which nobody renders.
func WithoutComments(template string) string { return comment.ReplaceAllString(template, "") }

// comment is a comment of the Velocity Template Language, of a line or of a block.
var comment = regexp.MustCompile(`##[^\n]*|(?s:#\*.*?\*#)`)

var tested = regexp.MustCompile(`\$(?:origin|apigwCorsOrigin)(?: == |\.matches\()"([^"]+)"`)

// TemplateOrigins returns the origins among which a template of ours chooses.
func TemplateOrigins(template string) []policy.Origin {
	var origins []policy.Origin
	for _, m := range tested.FindAllStringSubmatch(template, -1) {
		text := m[1]
		text = strings.Replace(text, anyLabel, "*", 1)
		text = strings.Replace(text, anyHost, "*", 1)
		if o, err := policy.ParseOrigin(strings.ReplaceAll(text, "[.]", ".")); err == nil {
			origins = append(origins, o)
		}
	}
	return origins
}

// IsPreflightTemplate reports whether a template is one that [PreflightTemplate] returns, apart from
// the line breaks around it, which a change of style may add.
func IsPreflightTemplate(template string) bool {
	origins := TemplateOrigins(template)
	return len(origins) > 0 && strings.TrimSpace(template) == strings.TrimSpace(PreflightTemplate(origins))
}
