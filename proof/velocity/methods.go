package velocity

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// textMethods are the methods of Java's String with texts for arguments.
var textMethods = map[string]func(s string, args []string) any{
	"equals/1":           func(s string, a []string) any { return s == a[0] },
	"equalsIgnoreCase/1": func(s string, a []string) any { return strings.EqualFold(s, a[0]) },
	"contains/1":         func(s string, a []string) any { return strings.Contains(s, a[0]) },
	"startsWith/1":       func(s string, a []string) any { return strings.HasPrefix(s, a[0]) },
	"endsWith/1":         func(s string, a []string) any { return strings.HasSuffix(s, a[0]) },
	"concat/1":           func(s string, a []string) any { return s + a[0] },
	"replace/2":          func(s string, a []string) any { return strings.ReplaceAll(s, a[0], a[1]) },
	"length/0":           func(s string, _ []string) any { return utf8.RuneCountInString(s) },
	"isEmpty/0":          func(s string, _ []string) any { return s == "" },
	"trim/0":             func(s string, _ []string) any { return strings.Trim(s, blanks) },
	"toLowerCase/0":      func(s string, _ []string) any { return strings.ToLower(s) },
	"toUpperCase/0":      func(s string, _ []string) any { return strings.ToUpper(s) },
	"toString/0":         func(s string, _ []string) any { return s },
	"indexOf/1":          func(s string, a []string) any { return indexOf(s, a[0]) },
}

// blanks are what Java's trim takes away.
const blanks = "\x00\x01\x02\x03\x04\x05\x06\x07\x08\t\n\x0b\x0c\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f "

func indexOf(s, part string) int {
	i := strings.Index(s, part)
	if i < 0 {
		return -1
	}
	return utf8.RuneCountInString(s[:i])
}

// callText calls a method of a text.
func (r *renderer) callText(s string, c step) any {
	if !c.call {
		r.fail(c.at, "a text has no %s", c.spell())
	}
	args := make([]any, len(c.args))
	for i, arg := range c.args {
		args[i] = r.value(arg)
	}
	if c.name == "substring" {
		return r.substring(s, c, args)
	}
	texts := make([]string, len(args))
	for i, arg := range args {
		text, ok := arg.(string)
		if !ok {
			r.fail(c.at, "the arguments of %s are texts", c.spell())
		}
		texts[i] = text
	}
	switch {
	case c.name == "matches" && len(texts) == 1:
		return r.compile(c, texts[0]).MatchString(s)
	case c.name == "split" && len(texts) == 1:
		return r.split(s, c, texts[0])
	}
	method := textMethods[c.name+"/"+string(rune('0'+min(len(texts), 9)))]
	if method == nil {
		r.fail(c.at, "%s with %d arguments is not known here", c.spell(), len(texts))
	}
	if result, ok := method(s, texts).(string); ok && len(result) > maxText {
		r.fail(c.at, "the template does too much")
	}
	return method(s, texts)
}

func (r *renderer) substring(s string, c step, args []any) any {
	letters := []rune(s)
	bounds := []int{0, len(letters)}
	for i, arg := range args {
		n, ok := arg.(int)
		if !ok || i > 1 {
			r.fail(c.at, "the arguments of .substring() are one or two numbers")
		}
		bounds[i] = n
	}
	if len(args) == 0 || bounds[0] < 0 || bounds[0] > bounds[1] || bounds[1] > len(letters) {
		r.fail(c.at, ".substring() is out of bounds")
	}
	return string(letters[bounds[0]:bounds[1]])
}

// split splits at a text; a pattern is not known here.
func (r *renderer) split(s string, c step, at string) any {
	if at == "" || regexp.QuoteMeta(at) != at {
		r.fail(c.at, ".split() is known here with plain text")
	}
	parts := strings.Split(s, at)
	for len(parts) > 1 && parts[len(parts)-1] == "" { // Java drops those
		parts = parts[:len(parts)-1]
	}
	list := make([]any, len(parts))
	for i, part := range parts {
		list[i] = part
	}
	return list
}

// foreign finds what Java's patterns have and Go's have not, or read otherwise:
// look-around, back references, possessive quantifiers, classes within classes,
// quotes, and letters behind a backslash but the usual ones.
var foreign = regexp.MustCompile(`\(\?|\\[^dDwWsS.\-\\/\[\](){}*+?|^$:]|[*+?}]\+|&&|\[[^\]]*\[|[\pZ\pC]`)

// compile translates a pattern of Java, which has to match the whole text.
func (r *renderer) compile(c step, pattern string) *regexp.Regexp {
	if found := foreign.FindString(pattern); found != "" {
		r.fail(c.at, "%q in a pattern is not known here", found)
	}
	re, err := regexp.Compile(`\A(?:` + pattern + `)\z`)
	if err != nil || len(pattern) > 1000 {
		r.fail(c.at, "%q is no pattern that is known here", pattern)
	}
	return re
}

// callList calls a method of a list, or takes an item.
func (r *renderer) callList(list []any, c step) any {
	var arg any
	switch {
	case c.index != nil:
		return r.item(list, c, r.value(c.index))
	case len(c.args) == 1:
		arg = r.value(c.args[0])
	}
	switch {
	case !c.call:
	case c.name == "size" && len(c.args) == 0:
		return len(list)
	case c.name == "isEmpty" && len(c.args) == 0:
		return len(list) == 0
	case c.name == "get" && len(c.args) == 1:
		return r.item(list, c, arg)
	case c.name == "contains" && len(c.args) == 1:
		return r.indexIn(list, c, arg) >= 0
	case c.name == "indexOf" && len(c.args) == 1:
		return r.indexIn(list, c, arg)
	}
	r.fail(c.at, "%s of a list is not known here", c.spell())
	return nil
}

func (r *renderer) item(list []any, c step, index any) any {
	i, ok := index.(int)
	if !ok || i < 0 || i >= len(list) {
		r.fail(c.at, "the list has no such item")
	}
	return list[i]
}

func (r *renderer) indexIn(list []any, c step, item any) int {
	return slices.IndexFunc(list, func(has any) bool {
		if _, isList := has.([]any); isList {
			r.fail(c.at, "lists in lists are not compared here")
		}
		return has == item
	})
}
