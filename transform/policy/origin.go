package policy

import "strings"

// OriginForm says what an [Origin] stands for. Its zero value is invalid.
type OriginForm int

const (
	// OriginAny is "*": every origin, also an opaque one.
	OriginAny OriginForm = iota + 1
	// OriginAnyHost is "https://*" or "http://*": every origin of that scheme.
	// See https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html.
	OriginAnyHost
	// OriginSubdomains is "https://*.example.com": the origins below a domain,
	// and not the domain itself.
	OriginSubdomains
	// OriginExact is one origin.
	OriginExact
)

// Origin is a well-spelled entry of [Policy.AllowOrigins], in its parts.
type Origin struct {
	Form   OriginForm
	Scheme string // "https"; empty in OriginAny
	Host   string // "app.example.com", "[::1]"; what is below "*." in OriginSubdomains
	Port   string // "8443"; empty for the default port
}

// String returns the spelling that [ParseOrigin] reads.
func (o Origin) String() string {
	host := o.Host
	switch o.Form {
	case OriginAny:
		return "*"
	case OriginAnyHost:
		host = "*"
	case OriginSubdomains:
		host = "*." + host
	}
	if o.Port != "" {
		host += ":" + o.Port
	}
	return o.Scheme + "://" + host
}

// IsFixed reports whether one value of Access-Control-Allow-Origin says the
// origin. Of what a pattern stands for, it has to be the caller's.
func (o Origin) IsFixed() bool { return o.Form == OriginAny || o.Form == OriginExact }

// ParseOrigin reads one entry of [Policy.AllowOrigins]. It accepts a spelling
// only if a browser sends exactly that (HTML standard, serialization of an
// origin), because the comparison is byte for byte (Fetch standard, CORS
// check), and the patterns of [OriginForm]. Any other is an [*Error] without a
// member.
//
// Schemes other than http and https are accepted, for they are those of
// browser extensions and of applications built on a browser.
func ParseOrigin(value string) (Origin, error) {
	o, err := parseOrigin(value)
	if err != nil {
		return Origin{}, err
	}
	return o, nil
}

// parseOrigin is [ParseOrigin] with the error in its own type. The origin is
// good for use only without an error.
func parseOrigin(value string) (Origin, *Error) {
	p := &originParser{correction: correction{written: value}}
	s := p.entry(value, ReasonOriginBlank)
	switch {
	case p.isNoSingleOrigin(s):
	case s == "*":
		p.out.Form = OriginAny
	default:
		p.parts(s)
	}
	return p.out, p.err(p.out.String())
}

// An originParser builds an origin from what it corrects.
type originParser struct {
	correction
	out Origin
}

// isNoSingleOrigin refuses what is not worth taking apart.
func (p *originParser) isNoSingleOrigin(s string) bool {
	switch {
	case s == "":
		p.refuse(ReasonEmptyValue, "name an origin or remove it")
	case IsExpression(s):
		p.refuse(ReasonOriginExpression, "give it alone, as a raw expression")
	case strings.EqualFold(s, "null"):
		p.refuse(ReasonOriginNull, "remove it and allow the origin of a page that is served over http or https")
	case isOriginList(s):
		p.refuse(ReasonListInValue, "give each origin as an entry of its own")
	case strings.ContainsFunc(s, isBlank):
		p.refuse(ReasonOriginBlank, "remove them")
	default:
		return false
	}
	return true
}

// isOriginList reports whether s holds several origins. A separator alone does
// not make a list: it may stand in a path.
func isOriginList(s string) bool {
	parts := strings.FieldsFunc(s, isSeparator)
	if len(parts) < 2 {
		return false
	}
	origins := 0
	for _, part := range parts {
		if part == "*" || strings.Contains(part, "://") {
			origins++
		}
	}
	_, rest, ok := strings.Cut(s, "://")
	if !ok {
		rest = s
	}
	authority, _ := cutAuthority(rest)
	return origins > 1 || strings.ContainsAny(authority, ",;")
}
