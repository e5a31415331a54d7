package policy

import "strings"

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
