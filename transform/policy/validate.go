package policy

import (
	"slices"
	"strconv"
	"strings"
)

// mostSeconds is API Gateway's upper bound (MaxAge of Cors in
// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html).
const mostSeconds = 86400

// expression checks what a mapping can hold of a raw value. What it gives is for others to
// work out.
func (v *validation) expression(member, text string) {
	const unquoted = "leave it out: the single quotes of the mapping are put around the whole"
	switch e := ParseExpression(text); {
	case e.Form == StageVariable && !isStageVariableName(strings.TrimPrefix(text, stageVariables)):
		v.add(member, text, ReasonStageVariable, `write "stageVariables." and a name of letters, digits and underscores`)
	case e.Form == Intrinsic && !isIntrinsic(text):
		v.add(member, text, ReasonNotAnIntrinsic, `write it in long form as JSON, such as {"Ref": "Origin"}`)
	case e.Form == Intrinsic && !isMappable(substituted(text)), e.Form == Placeholder && !isMappable(text):
		v.add(member, text, ReasonUnmappable, unquoted)
	case e.Form == Placeholder && strings.Contains(text, `"`):
		v.add(member, text, ReasonQuoteResidue, "leave the quotes out")
	case e.Form == Placeholder && strings.Contains(text, "${"+stageVariables):
		v.add(member, text, ReasonStageVariable, `write "stageVariables.NAME" alone: only the address of a backend holds them in braces`)
	}
}

// isMappable reports whether a text has no single quotes, or those of a mapping around
// it.
func isMappable(text string) bool {
	if len(text) > 1 && text[0] == '\'' && text[len(text)-1] == '\'' {
		text = text[1 : len(text)-1]
	}
	return !strings.Contains(text, "'")
}

// A validation collects what is wrong with a policy.
type validation struct {
	credentials bool // whether calls are known to carry credentials
	errs        []error
}

func (v *validation) add(member, value string, r Reason, remedy string) {
	v.errs = append(v.errs, &Error{Member: member, Value: value, Reason: r, Remedy: remedy})
}

func (v *validation) origins(origins Value[[]string]) {
	const m, remedy = MemberAllowOrigins, "name the origins, or leave the resource out"
	switch origins.Kind() {
	case KindNone:
		v.add(m, "none", ReasonOriginNone, remedy)
	case KindDerived:
		v.add(m, "derived", ReasonNotDerivable, remedy)
	case KindLiteral:
		list := v.list(m, origins, remedy)
		v.distinct(m, list, checkOrigin)
		v.dangerous(list)
		v.starAlone(m, list)
		v.starWithCredentials(list)
	}
}

// dangerous refuses patterns that with credentials hand every user's data to
// whoever registers a name under a public suffix.
func (v *validation) dangerous(list []string) {
	for _, value := range list {
		if o, err := parseOrigin(value); err == nil && v.credentials && o.isPublic() {
			v.add(MemberAllowOrigins, value, ReasonPublicSuffix, "name the origins, or turn allowCredentials off")
		}
	}
}

func checkOrigin(value string) *Error {
	_, err := parseOrigin(value)
	return err
}

// distinct checks each value where it first occurs, and reports it once if it
// occurs again.
func (v *validation) distinct(member string, list []string, check func(string) *Error) {
	seen := make(map[string]int)
	for _, value := range list {
		seen[value]++
		switch seen[value] {
		case 1:
			v.check(member, value, check)
		case 2:
			v.add(member, value, ReasonOriginDuplicate, "list it once")
		}
	}
}

// starWithCredentials refuses what lets every site in with credentials. It
// counts "https://*" too: no browser objects to it, since the answer names the
// caller's own origin, and that makes it the more dangerous of the two.
func (v *validation) starWithCredentials(origins []string) {
	for _, star := range []string{"*", "https://*", "http://*"} {
		if v.credentials && slices.Contains(origins, star) {
			v.add(MemberAllowOrigins, star, ReasonStarWithCredentials, "name the origins, or turn allowCredentials off")
		}
	}
}

func (v *validation) methods(methods Value[[]string]) {
	list := v.list(MemberAllowMethods, methods, "write none to leave the header out")
	v.names(MemberAllowMethods, list, checkMethod)
	v.starAlone(MemberAllowMethods, list)
}

func (v *validation) headers(headers Value[[]string]) {
	list := v.list(MemberAllowHeaders, headers, "write none to leave the header out")
	v.names(MemberAllowHeaders, list, checkRequestHeader)
}

// added checks what comes on top of the headers that are allowed.
func (v *validation) added(added []string, headers Value[[]string]) {
	v.names(MemberAddHeaders, added, checkRequestHeader)
	if expr, ok := headers.Raw(); ok && len(added) > 0 {
		v.add(MemberAllowHeaders, expr, ReasonExpressionMixed, "put what addHeaders lists into the expression")
	}
}

func (v *validation) exposed(headers Value[[]string]) {
	list := v.list(MemberExposeHeaders, headers, "write none to leave the header out")
	v.names(MemberExposeHeaders, list, checkExposedHeader)
}

func (v *validation) seconds(member string, age Value[int]) {
	if n, _ := age.Literal(); n < -1 || n > mostSeconds {
		v.add(member, strconv.Itoa(n), ReasonMaxAgeRange, "write a number of seconds up to 86400, or -1 against caching")
	}
}

// list returns the entries of a literal list, and reports one without entries.
func (v *validation) list(member string, value Value[[]string], remedy string) []string {
	list, ok := value.Literal()
	if ok && len(list) == 0 {
		v.add(member, "[]", ReasonEmptyList, remedy)
	}
	return list
}

// names checks the names of methods or headers, among which "*" is a name like
// any other as soon as calls carry credentials.
func (v *validation) names(member string, list []string, check func(string) *Error) {
	for _, value := range list {
		v.check(member, value, check)
	}
	if v.credentials && slices.Contains(list, "*") {
		v.add(member, "*", ReasonWildcardCredentials, "list the names, or turn allowCredentials off")
	}
}

func (v *validation) check(member, value string, check func(string) *Error) {
	if e := check(value); e != nil && !isPointless(e.Reason) {
		e.Member = member
		v.errs = append(v.errs, e)
	}
}

// isPointless reports whether a reason makes a value useless and no more: a header
// that nobody can send or read. Review speaks of those.
func isPointless(r Reason) bool {
	return r == ReasonForbiddenHeader || r == ReasonResponseHeader || r == ReasonExposeForbidden
}

// starAlone refuses "*" beside other values.
func (v *validation) starAlone(member string, list []string) {
	if slices.Contains(list, "*") && slices.ContainsFunc(list, func(s string) bool { return s != "*" }) {
		v.add(member, "*", ReasonStarMixed, `write "*" alone, or leave it out`)
	}
}
