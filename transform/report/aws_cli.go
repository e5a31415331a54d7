package report

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
)

// updateAPI returns the command that configures an HTTP API, as in
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
func updateAPI(c configuration) (string, error) {
	argument, err := shorthand(c)
	if err != nil {
		return "", err
	}
	return "aws apigatewayv2 update-api --api-id api-id --cors-configuration " + argument + "\n", nil
}

// isPlain matches what means itself in a shell between double quotes and in the
// shorthand of the AWS CLI.
var isPlain = regexp.MustCompile(`^[A-Za-z0-9:/.*_-]+$`)

// shorthand writes a configuration in the shorthand of the AWS CLI, or as JSON where a
// value has characters that mean something else there.
func shorthand(c configuration) (string, error) {
	var parts []string
	object := map[string]any{}
	plain := true
	for _, m := range c {
		texts, err := m.texts(nothing)
		if err != nil {
			return "", err
		}
		for _, text := range texts {
			plain = plain && isPlain.MatchString(text)
		}
		if m.list == nil {
			parts = append(parts, m.capitalized()+"="+quote(texts[0]))
			object[m.capitalized()] = m.scalar
			continue
		}
		parts = append(parts, m.capitalized()+`="`+strings.Join(texts, ",")+`"`)
		object[m.capitalized()] = texts
	}
	if plain {
		return strings.Join(parts, ","), nil
	}
	return quote(compact(object)), nil
}

// quote writes an argument for a POSIX shell: as it is, or between single quotes.
func quote(argument string) string {
	if isPlain.MatchString(argument) && !strings.Contains(argument, "*") {
		return argument
	}
	return "'" + strings.ReplaceAll(argument, "'", `'\''`) + "'"
}

func compact(v any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // texts and maps of them
	return strings.TrimSuffix(b.String(), "\n")
}
