package layout

import (
	"encoding/json"
	"regexp"
	"strings"
	"unicode"
)

// plainSafe matches text that every YAML reader takes for the same string
// without quotes, words and numbers apart. It is far narrower than the grammar:
// quoting too much harms nobody.
var plainSafe = regexp.MustCompile(`^[A-Za-z/$_][A-Za-z0-9/$_.+~-]*(://[A-Za-z0-9./_:-]*[A-Za-z0-9/_-])?( [A-Za-z0-9(][A-Za-z0-9().,/-]*)*$|^[0-9]+( [A-Za-z]+)+$`)

// plainSafeFlow is plainSafe without what ends a scalar in flow style.
var plainSafeFlow = regexp.MustCompile(`^[A-Za-z/$_][A-Za-z0-9/$_.+-]*$`)

// words are taken for booleans and nulls by readers of YAML 1.1 or 1.2.
var words = map[string]bool{
	"y": true, "n": true, "yes": true, "no": true, "on": true, "off": true,
	"true": true, "false": true, "null": true,
}

// yamlString writes text as a YAML scalar on one line. quote is the kind of
// quotes that the neighbours use.
func yamlString(text string, quote byte, flow bool) string {
	safe := plainSafe
	if flow {
		safe = plainSafeFlow
	}
	if safe.MatchString(text) && !words[strings.ToLower(text)] {
		return text
	}
	return quoted(text, quote)
}

// quoted puts text in quotes, in those that need no escapes where possible.
func quoted(text string, quote byte) string {
	double := quote == '"'
	switch {
	case strings.ContainsFunc(text, needsEscape):
		double = true
	case strings.ContainsRune(text, '\''):
		double = true
	case strings.ContainsAny(text, `"\`):
		double = false
	}
	if double {
		return jsonString(text)
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}

// needsEscape reports characters that only a double-quoted scalar can hold, line
// breaks of YAML 1.1 included.
func needsEscape(r rune) bool {
	return r == unicode.ReplacementChar || r != ' ' && !unicode.IsGraphic(r) || r == '\u2028' || r == '\u2029' || r == '\u0085' || r == '\uFEFF'
}

// jsonString writes text as a JSON string, which is a YAML double-quoted scalar
// as well. Characters that break lines or show nothing are escaped.
func jsonString(text string) string {
	if !strings.ContainsFunc(text, isEscaped) {
		return `"` + text + `"`
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(text) // a string always encodes
	out := strings.TrimSuffix(b.String(), "\n")
	for _, r := range []struct{ char, escape string }{{"\u0085", `\u0085`}, {"\uFEFF", `\ufeff`}, {"\u007f", `\u007f`}} {
		out = strings.ReplaceAll(out, r.char, r.escape)
	}
	return out
}

// isEscaped reports whether a JSON string may hold a character as an escape only.
func isEscaped(c rune) bool { return c < ' ' || c == '"' || c == '\\' || c > '~' }
