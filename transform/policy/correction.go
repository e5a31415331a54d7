package policy

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// A correction follows one value from what was written to what should have
// been. Its stages mend what has one right spelling, refuse what has none, and
// go on, so that one error can tell everything.
type correction struct {
	written  string
	refused  []Reason
	fixed    []Reason
	remedies []string
}

func (c *correction) mend(r Reason) {
	if !slices.Contains(c.fixed, r) {
		c.fixed = append(c.fixed, r)
	}
}

func (c *correction) refuse(r Reason, remedy string) {
	if !slices.Contains(c.refused, r) {
		c.refused = append(c.refused, r)
		c.remedies = append(c.remedies, remedy)
	}
}

// err returns what is wrong with the value, or nil. The suggestion is spelling,
// what the fixed value has become, unless something was refused.
func (c *correction) err(spelling string) *Error {
	reasons := slices.Concat(c.refused, c.fixed)
	if len(reasons) == 0 {
		return nil
	}
	e := &Error{Value: c.written, Reason: reasons[0], Also: reasons[1:]}
	if len(c.refused) > 0 {
		e.Remedy = strings.Join(c.remedies, "; ")
		return e
	}
	e.Suggestion = spelling
	e.Remedy = "write " + strconv.Quote(spelling)
	return e
}

// entry returns s without what may cling to one entry of a list: blanks, the
// commas that held it to its neighbours, and quotes. They are left over from
// where the value comes from: a shell, a header, a mapping of API Gateway.
func (c *correction) entry(s string, blank Reason) string {
	for {
		before := len(s)
		s = c.trim(s, isBlank, blank)
		s = c.trim(s, isComma, ReasonListInValue)
		s = c.trim(s, isQuote, ReasonQuoteResidue)
		if len(s) == before {
			return s
		}
	}
}

func (c *correction) trim(s string, superfluous func(rune) bool, r Reason) string {
	trimmed := strings.TrimFunc(s, superfluous)
	if len(trimmed) != len(s) {
		c.mend(r)
	}
	return trimmed
}

// name reads one entry that is the name of a method or of a header, and reports
// whether it is a token.
func (c *correction) name(value string) (string, bool) {
	s := c.entry(value, ReasonListSyntax)
	switch {
	case s == "":
		c.refuse(ReasonEmptyValue, "write a name or remove it")
	case strings.ContainsFunc(s, isSeparator):
		c.refuse(ReasonListInValue, "give each name as an entry of its own")
	case !IsToken(s):
		c.refuse(ReasonListSyntax, "write a name of letters, digits and hyphens")
	default:
		return s, true
	}
	return s, false
}

// isBlank counts the invisible characters that come along when text is copied
// out of a page.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\u200b' || r == '\ufeff'
}

func isComma(r rune) bool { return r == ',' || r == ';' }

func isSeparator(r rune) bool { return isComma(r) || isBlank(r) }

func isQuote(r rune) bool { return strings.ContainsRune("'\"`“”‘’", r) }
