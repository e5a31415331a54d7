package velocity

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// textMethods are the methods of Java's String with texts for arguments.
var textMethods = map[string]func(s string, args []string) any{
	"contains/1":   func(s string, a []string) any { return strings.Contains(s, a[0]) },
	"startsWith/1": func(s string, a []string) any { return strings.HasPrefix(s, a[0]) },
	"endsWith/1":   func(s string, a []string) any { return strings.HasSuffix(s, a[0]) },
	"concat/1":     func(s string, a []string) any { return s + a[0] },
	"isEmpty/0":    func(s string, _ []string) any { return s == "" },
	"trim/0":       func(s string, _ []string) any { return strings.Trim(s, blanks) },
	"toString/0":   func(s string, _ []string) any { return s },
}

// countingMethods are those that count letters, which Java does in halves of letters
// beyond U+FFFF.
var countingMethods = map[string]func(s string, args []string) any{
	"length/0":      func(s string, _ []string) any { return utf8.RuneCountInString(s) },
	"indexOf/1":     func(s string, a []string) any { return countBefore(s, strings.Index(s, a[0])) },
	"lastIndexOf/1": func(s string, a []string) any { return countBefore(s, strings.LastIndex(s, a[0])) },
}

// casingMethods are those that change case, for which Java and Go have different
// tables beyond ASCII.
var casingMethods = map[string]func(s string, args []string) any{
	"equalsIgnoreCase/1": func(s string, a []string) any { return strings.EqualFold(s, a[0]) },
	"toLowerCase/0":      func(s string, _ []string) any { return strings.ToLower(s) },
	"toUpperCase/0":      func(s string, _ []string) any { return strings.ToUpper(s) },
}

// blanks are what Java's trim takes away.
const blanks = "\x00\x01\x02\x03\x04\x05\x06\x07\x08\t\n\x0b\x0c\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f "

func countBefore(s string, end int) int {
	if end < 0 {
		return -1
	}
	return utf8.RuneCountInString(s[:end])
}

// callText calls a method of a text.
func (r *renderer) callText(s string, c step) any {
	if !c.call {
		r.fail(c.at, "%s of a text is not known here", c.spell())
	}
	r.spend(c.at, len(s))
	args := make([]any, len(c.args))
	for i, arg := range c.args {
		args[i] = r.value(arg)
	}
	switch {
	case c.name == "substring":
		return r.substring(s, c, args)
	case c.name == "equals" && len(args) == 1:
		return r.equal(c.at, s, args[0])
	case c.name == "equalsIgnoreCase" && len(args) == 1 && args[0] == nil:
		return false
	}
	return r.callWithTexts(s, c, r.texts(c, args))
}

// texts returns arguments that have to be texts.
func (r *renderer) texts(c step, args []any) []string {
	texts := make([]string, len(args))
	for i, arg := range args {
		text, ok := arg.(string)
		if !ok {
			r.fail(c.at, "the arguments of %s are texts", c.spell())
		}
		r.spend(c.at, len(text))
		texts[i] = text
	}
	return texts
}

func (r *renderer) callWithTexts(s string, c step, args []string) any {
	switch name := c.name + "/" + string(rune('0'+min(len(args), 9))); name {
	case "matches/1":
		return r.compile(c, s, args[0], true).MatchString(s)
	case "split/1":
		return r.split(s, c, args[0])
	case "replace/2":
		return r.replace(s, c, args[0], args[1])
	case "replaceAll/2":
		return r.replaceAll(s, c, args[0], args[1])
	default:
		return r.methodOf(s, c, name, args)(s, args)
	}
}

// methodOf looks a method up, and refuses texts that it does not read as Java does.
func (r *renderer) methodOf(s string, c step, name string, args []string) func(string, []string) any {
	all := s + strings.Join(args, "")
	if method := textMethods[name]; method != nil {
		return method
	}
	if method := countingMethods[name]; method != nil {
		r.countable(c, all)
		return method
	}
	method := casingMethods[name]
	if method == nil {
		r.fail(c.at, "%s with %d arguments is not known here", c.spell(), len(args))
	}
	if strings.IndexFunc(all, func(letter rune) bool { return letter >= utf8.RuneSelf }) >= 0 {
		r.fail(c.at, "%s is known here with ASCII letters", c.spell())
	}
	return method
}

// countable refuses texts in which Java counts other letters than Go.
func (r *renderer) countable(c step, s string) {
	if !utf8.ValidString(s) || strings.IndexFunc(s, func(letter rune) bool { return letter > 0xFFFF }) >= 0 {
		r.fail(c.at, "%s is known here with letters up to U+FFFF", c.spell())
	}
}

func (r *renderer) substring(s string, c step, args []any) any {
	r.countable(c, s)
	letters := []rune(s)
	bounds := []int{0, len(letters)}
	if len(args) < 1 || len(args) > 2 {
		r.fail(c.at, "the arguments of .substring() are one or two numbers")
	}
	for i, arg := range args {
		n, ok := arg.(int)
		if !ok {
			r.fail(c.at, "the arguments of .substring() are one or two numbers")
		}
		bounds[i] = n
	}
	if bounds[0] < 0 || bounds[0] > bounds[1] || bounds[1] > len(letters) {
		r.fail(c.at, ".substring() is out of bounds")
	}
	return string(letters[bounds[0]:bounds[1]])
}

// replace replaces a text. Between all letters it is not known: letters may be
// halves there.
func (r *renderer) replace(s string, c step, from, to string) any {
	if from == "" {
		r.fail(c.at, ".replace() of nothing is not known here")
	}
	r.spend(c.at, strings.Count(s, from)*len(to))
	return strings.ReplaceAll(s, from, to)
}

// replaceAll replaces what a pattern matches.
func (r *renderer) replaceAll(s string, c step, pattern, to string) any {
	re := r.compileParts(c, s, pattern)
	if strings.ContainsAny(to, `$\`) {
		r.fail(c.at, "groups in a replacement are not known here")
	}
	r.spend(c.at, len(re.FindAllStringIndex(s, -1))*len(to))
	return re.ReplaceAllLiteralString(s, to)
}

// split splits at a pattern. Java drops empty parts at the end, unless there is but
// one part.
func (r *renderer) split(s string, c step, pattern string) any {
	parts := r.compileParts(c, s, pattern).Split(s, -1)
	if len(parts) > 1 {
		for len(parts) > 0 && parts[len(parts)-1] == "" {
			parts = parts[:len(parts)-1]
		}
	}
	items := make([]any, len(parts))
	for i, part := range parts {
		items[i] = part
	}
	l := r.newList(c.at, items)
	l.isArray = true
	return l
}

// compileParts translates a pattern that is to match parts of a text, and refuses
// one that matches nothing, since Java and Go find such parts in other places.
func (r *renderer) compileParts(c step, s, pattern string) *regexp.Regexp {
	re := r.compile(c, s, pattern, false)
	if re.MatchString("") {
		r.fail(c.at, "%q matches an empty text, which is not known here", pattern)
	}
	return re
}

// compile translates a pattern of Java for use on a text.
func (r *renderer) compile(c step, s, pattern string, whole bool) *regexp.Regexp {
	if !utf8.ValidString(s) {
		r.fail(c.at, "the text is not UTF-8")
	}
	r.spend(c.at, workOf(pattern)*(1+len(s)/100))
	re, err := compilePattern(pattern, whole)
	if err != nil {
		r.fail(c.at, "%s", err)
	}
	return re
}

// workOf guesses how much work a pattern is: counted parts are repeated.
func workOf(pattern string) int {
	if strings.Contains(pattern, "{") {
		return 10_000 + 10*len(pattern)
	}
	return 10 * len(pattern)
}

// callList calls a method of a list or an array, or takes an item.
func (r *renderer) callList(l *list, c step) any {
	r.spend(c.at, l.weight)
	var args []any
	for _, arg := range c.args {
		args = append(args, r.value(arg))
	}
	switch {
	case c.index != nil:
		return r.item(l, c, r.value(c.index))
	case !c.call:
	case len(args) == 0 && c.name == "size":
		return len(l.items)
	case len(args) == 0 && c.name == "isEmpty":
		return len(l.items) == 0
	case len(args) == 1 && c.name == "get":
		return r.item(l, c, args[0])
	case len(args) == 1 && c.name == "contains":
		return r.indexIn(l, c, args[0]) >= 0
	case len(args) == 1 && c.name == "indexOf":
		return r.indexIn(l, c, args[0])
	}
	r.fail(c.at, "%s of a list is not known here", c.spell())
	return nil
}

func (r *renderer) item(l *list, c step, index any) any {
	i, ok := index.(int)
	if !ok || i < 0 || i >= len(l.items) {
		r.fail(c.at, "the list has no such item")
	}
	return l.items[i]
}

func (r *renderer) indexIn(l *list, c step, item any) int {
	return slices.IndexFunc(l.items, func(has any) bool { return r.equal(c.at, has, item) })
}
