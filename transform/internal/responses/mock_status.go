package responses

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
)

// renderedStatus is the status that the request template of a mock renders.
type renderedStatus struct {
	number  int
	none    bool   // it renders none, whatever the request
	unknown string // why that cannot be told
}

const noneRecorded = "how much API Gateway makes of what is nearly JSON is not recorded"

// statusOf returns the status that a request template renders: the statusCode of a JSON object, a
// whole number. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
func statusOf(template string) renderedStatus {
	text, fixed := renderedText(template)
	switch {
	case fixed:
		return statusIn(text)
	case !strings.Contains(text, statusMember) && !isLive(text):
		return renderedStatus{none: true} // none of its branches has one
	}
	return renderedStatus{unknown: "the status that its request template renders is computed for each request"}
}

const statusMember = "statusCode"

// statusIn returns the status in a text without directives.
func statusIn(text string) renderedStatus {
	var object map[string]json.RawMessage
	if json.Valid([]byte(text)) {
		_ = json.Unmarshal([]byte(text), &object) // what is no object has no members
		return wholeNumber(string(object[statusMember]))
	}
	text = strings.TrimSpace(text)
	switch {
	case !strings.HasPrefix(text, "{") || !strings.HasSuffix(text, "}"):
		return renderedStatus{none: true}
	case looseObject.MatchString(text):
		return wholeNumber(looseMember(text, statusMember))
	case plainMember.MatchString(text):
		return renderedStatus{unknown: noneRecorded}
	}
	return renderedStatus{none: true}
}

func wholeNumber(text string) renderedStatus {
	n, err := strconv.Atoi(text)
	return renderedStatus{number: n, none: err != nil}
}

// API Gateway takes names without quotes, as recorded by LocalStack's
// test_integration_mock_with_path_param, and single quotes: looseObject is an object of such
// members without objects, lists and braces in it. plainMember is what may still be taken for a status.
var (
	looseObject  = regexp.MustCompile(`^\{(?:` + loose + `(?:,` + loose + `)*|\s*)\}$`)
	looseMembers = regexp.MustCompile(loose)
	plainMember  = regexp.MustCompile(`[{,]\s*["']?statusCode["']?\s*:\s*\d`)
)

const (
	quotedText = `"(?:[^"\\{}]|\\.)*"|'(?:[^'\\{}]|\\.)*'`
	loose      = `\s*(` + quotedText + `|[A-Za-z_]\w*)\s*:\s*(` + quotedText + `|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)\s*`
)

// looseMember returns the value of a member of a loose object as it is written; of two members
// with the name the last one, and empty where there is none.
func looseMember(object, name string) (value string) {
	for _, m := range looseMembers.FindAllStringSubmatch(object, -1) {
		if strings.Trim(m[1], `"'`) == name {
			value = m[2]
		}
	}
	return value
}

// renderedText returns what a template of the Velocity Template Language renders, but for white
// space. fixed tells that this is so whatever the request; else it is the text of all branches.
func renderedText(template string) (text string, fixed bool) {
	text = without(assignments, WithoutComments(template))
	if !isLive(text) {
		return text, true
	}
	return without(branches, text), false
}

// isLive reports whether a text has something that a template renders as something else.
func isLive(text string) bool { return live.MatchString(text) }

var live = regexp.MustCompile(`#[A-Za-z{@\[]|\$!?\{?[A-Za-z]|\\[$#]`)

var (
	assignments = regexp.MustCompile(`#set\b[ \t]*`)
	branches    = regexp.MustCompile(`#(?:if|elseif|else|end|foreach)\b[ \t]*`)
)

// without returns a text without these directives and what they have in parentheses.
func without(directive *regexp.Regexp, text string) string {
	var left strings.Builder
	for {
		at := directive.FindStringIndex(text)
		if at == nil {
			return left.String() + text
		}
		left.WriteString(text[:at[0]])
		text = text[at[1]:]
		if strings.HasPrefix(text, "(") {
			text = text[argumentEnd(text):]
		}
	}
}

// argumentEnd returns where what a text has in parentheses at its beginning ends.
func argumentEnd(text string) int {
	depth := 0
	var quote rune
	for i, c := range text {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}
