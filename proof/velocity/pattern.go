package velocity

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// maxPattern is longer than any pattern of an origin.
const maxPattern = 1000

// compilePattern returns a pattern of Java as one of Go, which reads them alike but
// for a few things. Those are translated, or refused if they cannot be. whole says
// that the pattern is to match the whole of a text. See
// https://docs.oracle.com/javase/8/docs/api/java/util/regex/Pattern.html and
// https://pkg.go.dev/regexp/syntax
func compilePattern(java string, whole bool) (*regexp.Regexp, error) {
	if len(java) > maxPattern || !utf8.ValidString(java) {
		return nil, fmt.Errorf("%q is no pattern that is known here", excerpt(java))
	}
	t := &translator{rest: java, whole: whole}
	for t.rest != "" && t.foreign == "" {
		t.next()
	}
	if t.foreign != "" {
		return nil, fmt.Errorf("%q in a pattern is not known here", t.foreign)
	}
	re, err := regexp.Compile(t.out.String())
	if err == nil && whole { // compiled before, so that no parenthesis of it closes this one
		re, err = regexp.Compile(`\A(?:` + t.out.String() + `)\z`)
	}
	if err != nil {
		return nil, fmt.Errorf("%q is no pattern that is known here", java)
	}
	return re, nil
}

// translator writes a pattern of Java as one of Go.
type translator struct {
	rest    string
	out     strings.Builder
	whole   bool
	foreign string // what cannot be translated
}

// Classes that Java and Go read differently: a dot leaves more line breaks out in
// Java, and a vertical tab is a blank there.
const (
	anyLetter = `[^\n\r\x{85}\x{2028}\x{2029}]`
	blank     = `\t\n\x0B\f\r `
)

// quantifiers that count, which Go, unlike Java, reads as letters when malformed.
var counted = regexp.MustCompile(`^\{[0-9]+(,[0-9]*)?\}`)

func (t *translator) next() {
	switch c := t.rest[0]; c {
	case '\\':
		t.write(t.escape(false))
	case '[':
		t.class()
	case '.':
		t.skip(1, anyLetter)
	case '(':
		if strings.HasPrefix(t.rest, "(?") && !strings.HasPrefix(t.rest, "(?:") {
			t.foreign = "(?" // look-around, flags, names
		}
		t.skip(1, "(")
	case '^', '$':
		t.anchor()
	case '*', '+', '?', '{':
		t.quantifier()
	case ')', '|':
		t.skip(1, string(rune(c)))
	default:
		_, size := utf8.DecodeRuneInString(t.rest)
		t.skip(size, regexp.QuoteMeta(t.rest[:size]))
	}
}

func (t *translator) write(s string) { t.out.WriteString(s) }

// skip goes on behind a part of the pattern, and writes what stands for it.
func (t *translator) skip(length int, s string) {
	t.rest = t.rest[length:]
	t.write(s)
}

// anchor leaves out an anchor at an end of a pattern that is to match the whole. No
// other is known: Java's dollar sign also holds in front of a last line break.
func (t *translator) anchor() {
	atEnd := t.out.Len() == 0
	if t.rest[0] == '$' {
		atEnd = len(t.rest) == 1
	}
	if !atEnd || !t.whole {
		t.foreign = t.rest[:1]
	}
	t.skip(1, "")
}

func (t *translator) quantifier() {
	length := 1
	if t.rest[0] == '{' {
		length = len(counted.FindString(t.rest))
	}
	after := t.rest[length:]
	if length == 0 || t.out.Len() == 0 || strings.HasPrefix(after, "+") { // possessive
		t.foreign = excerpt(t.rest)
		return
	}
	t.skip(length, t.rest[:length])
}

// escape translates a letter behind a backslash.
func (t *translator) escape(inClass bool) string {
	if len(t.rest) < 2 {
		t.foreign = t.rest
		return ""
	}
	c := t.rest[1]
	t.rest = t.rest[2:]
	switch {
	case c == 's' && inClass:
		return blank
	case c == 's':
		return "[" + blank + "]"
	case c == 'S' && !inClass:
		return "[^" + blank + "]"
	case strings.IndexByte("dDwWntrf", c) >= 0:
		return `\` + string(c)
	case c > ' ' && c < utf8.RuneSelf && !isLetter(c) && !isDigit(c):
		return `\` + string(c)
	}
	t.foreign = `\` + string(rune(c))
	return ""
}

// class translates a class. Classes in classes, and intersections, are not known.
func (t *translator) class() {
	t.skip(1, "[")
	if strings.HasPrefix(t.rest, "^") {
		t.skip(1, "^")
	}
	for first := true; t.foreign == ""; first = false {
		switch {
		case t.rest == "", strings.HasPrefix(t.rest, "&&"), t.rest[0] == '[', t.rest[0] == ']' && first:
			t.foreign = "[" + excerpt(t.rest)
		case t.rest[0] == ']':
			t.skip(1, "]")
			return
		case t.rest[0] == '-':
			t.hyphen(first)
		case t.rest[0] == '\\':
			t.write(t.escape(true))
		default:
			_, size := utf8.DecodeRuneInString(t.rest)
			t.member(size)
		}
	}
}

// hyphen translates a hyphen that is neither part of a range nor escaped: it is
// known at the ends of a class.
func (t *translator) hyphen(first bool) {
	if !first && !strings.HasPrefix(t.rest, "-]") {
		t.foreign = excerpt(t.rest)
	}
	t.skip(1, `\-`)
}

// member translates a letter of a class, or a range from it to another.
func (t *translator) member(size int) {
	t.write(quoteInClass(t.rest[:size]))
	t.rest = t.rest[size:]
	to, isRange := strings.CutPrefix(t.rest, "-")
	if !isRange || strings.HasPrefix(to, "]") {
		return
	}
	_, size = utf8.DecodeRuneInString(to)
	if to == "" || strings.ContainsAny(to[:size], `\[&-`) {
		t.foreign = excerpt(t.rest)
		return
	}
	t.write("-" + quoteInClass(to[:size]))
	t.rest = to[size:]
}

// quoteInClass writes a letter so that it stands for itself in a class of Go.
func quoteInClass(letter string) string {
	if strings.ContainsAny(letter, `\^-[]:`) {
		return `\` + letter
	}
	return letter
}
