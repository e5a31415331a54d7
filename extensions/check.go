package extensions

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// members reports the members that an object should not have, and whether the
// rest can be judged: an object that is an intrinsic as a whole cannot.
//
// A member that resembles a known one is taken for a slip. What resembles none
// is a mistake only where closed says that AWS's list is complete; elsewhere it
// may be newer than this package.
func (c checker) members(fields []field, unknown map[string]json.RawMessage, closed bool) (ok bool) {
	if isIntrinsicObject(fields, unknown) {
		return false
	}
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	for _, name := range sortedKeys(unknown) {
		at := c.member(name)
		if i := slices.Index(names, name); i >= 0 {
			at.misfit(fields[i], unknown[name])
			continue
		}
		at.unknown(name, names, closed)
	}
	return true
}

func isIntrinsicObject(fields []field, unknown map[string]json.RawMessage) bool {
	if len(unknown) != 1 || !IsIntrinsicName(sortedKeys(unknown)[0]) {
		return false
	}
	return !slices.ContainsFunc(fields, func(f field) bool { return !f.isZero() })
}

// misfit reports a known member whose value does not fit its field.
func (c checker) misfit(f field, value json.RawMessage) {
	s := Raw(value)
	text, _ := s.Text()
	_, err := f.decode(value)
	switch kind := reflect.TypeOf(f.place).Elem(); {
	case s.IsIntrinsic(), isTemplated(text):
	case s == Literal(""):
		c.report("", "is empty")
	case hasMistakes(err):
		c.adopt(err)
	default:
		c.report(s.String(), "is not %s%s", describe(kind), remedy(kind, text))
	}
}

// remedy spells a value of the wrong type as one of the right type, if it can.
func remedy(kind reflect.Type, text string) string {
	bare := strings.Trim(text, `'" `)
	switch kind {
	case reflect.TypeFor[[]String]():
		entries := strings.FieldsFunc(bare, func(r rune) bool { return strings.ContainsRune(`,'" `, r) })
		if len(entries) > 0 {
			return fmt.Sprintf("; write [%s]", strings.Join(quoteAll(entries), ", "))
		}
	case reflect.TypeFor[*bool]():
		if bare == "true" || bare == "false" {
			return fmt.Sprintf("; write %s without quotes", bare)
		}
	case reflect.TypeFor[*int]():
		if _, err := strconv.Atoi(bare); err == nil {
			return fmt.Sprintf("; write %s without quotes", bare)
		}
	}
	return ""
}

func quoteAll(texts []string) []string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = strconv.Quote(text)
	}
	return quoted
}

func (c checker) unknown(name string, known []string, closed bool) {
	if IsIntrinsicName(name) || strings.HasPrefix(name, "x-") {
		return
	}
	if near, ok := nearest(name, known); ok {
		c.reportName("is not a member, did you mean %q", near)
	} else if closed {
		c.reportName("is not a member; use %s", list(known))
	}
}

// missing reports that none of the fields and no unknown member has the name.
func missing(name string, fields []field, unknown map[string]json.RawMessage) bool {
	if _, ok := unknown[name]; ok {
		return false
	}
	i := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
	return fields[i].isZero()
}

// text returns the text of s if there is one that can be judged. Anything that
// is no text and no intrinsic is reported.
func (c checker) text(s String) (text string, ok bool) {
	if s.IsZero() || s.IsIntrinsic() {
		return "", false
	}
	text, ok = s.Text()
	if !ok {
		c.report(s.String(), "is not a string")
	}
	return text, ok && !isTemplated(text)
}

// quoted is text for the members where API Gateway drops a number or a boolean
// that stands for a string.
func (c checker) quoted(s String) (text string, ok bool) {
	if s.form == scalar {
		c.report(s.text, "is not a string; write %q", s.text)
		return "", false
	}
	return c.text(s)
}

func (c checker) quotedEntries(entries map[string]String) {
	for _, name := range sortedKeys(entries) {
		if !IsIntrinsicName(name) {
			c.member(name).quoted(entries[name])
		}
	}
}

// status checks a status code: three digits, a number or a string.
func (c checker) status(s String) {
	text, ok := c.text(s)
	if !ok {
		return
	}
	if code, err := strconv.Atoi(text); err != nil || len(text) != 3 || code < 100 || code > 599 {
		c.report(text, "is not a status code; write 100 to 599")
	}
}

// oneOf checks a value of a closed vocabulary, without regard to case as the
// import does. An empty value is absent.
func oneOf[T ~string](c checker, value T, allowed ...T) {
	text := string(value)
	if text == "" || isTemplated(text) {
		return
	}
	names := make([]string, len(allowed))
	for i, name := range allowed {
		names[i] = string(name)
		if strings.EqualFold(text, names[i]) {
			return
		}
	}
	if near, ok := nearest(text, names); ok {
		c.report(text, "is not a value of this member, did you mean %q", near)
		return
	}
	c.report(text, "is not a value of this member; use %s", list(names))
}

func oneOfString(c checker, s String, allowed ...string) {
	if text, ok := c.quoted(s); ok {
		oneOf(c, text, allowed...)
	}
}

// list names the choices in a message: a, b or c.
func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
